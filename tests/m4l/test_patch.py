"""The patch inside the committed device, held against what Max and Live take: names, ports, cords,
parameters, places. Max passes over a mistake in any of these without a word.

Ports are those of the reference pages of Max and of real devices; `None`: as many as its arguments
make.
"""

from collections import Counter
from itertools import combinations
from typing import Any

import pytest

from m4l.container import parse
from m4l.panel import BANKS, CONTROLS, FIELDS, LABELS, PAGES, WIDTH, names_on
from m4l.writer import DEVICE
from mididrumigen.midi.maps import MAPS

PATCHER = parse(DEVICE.read_bytes()).patcher
BOXES: list[dict[str, Any]] = [entry["box"] for entry in PATCHER["boxes"]]
BY_ID = {box["id"]: box for box in BOXES}
CORDS = [
    (*line["patchline"]["source"], *line["patchline"]["destination"]) for line in PATCHER["lines"]
]
PRESENTED = [box for box in BOXES if box.get("presentation")]
PARAMETERS = [box for box in BOXES if box.get("parameter_enable")]
LAST_PIXEL = 168

PORTS: dict[str, tuple[int | None, int | None]] = {
    **{"live.dial": (1, 2), "live.numbox": (1, 2), "live.menu": (1, 3), "live.tab": (1, 3)},
    **{"live.text": (1, 2), "live.comment": (1, 0), "textedit": (1, 4), "message": (2, 1)},
    **{"midiin": (1, 1), "midiout": (1, 0), "live.thisdevice": (1, 3), "prepend": (1, 1)},
    **{"==": (2, 1), "t": (1, None), "route": (None, None), "js": (None, None), "maxurl": (1, 2)},
}
OUTLET_TYPES = {
    **{"live.dial": ["", "float"], "live.numbox": ["", "float"], "live.text": ["", ""]},
    **{"live.menu": ["", "", "float"], "live.tab": ["", "", "float"]},
    **{"textedit": ["", "int", "", ""], "live.thisdevice": ["bang", "int", "int"]},
}
VALUES_OF_ALL = {
    *("parameter_longname", "parameter_shortname", "parameter_type", "parameter_invisible"),
    *("parameter_annotation_name", "parameter_info", "parameter_modmode"),
}
FLOAT, INT, ENUM, BLOB = range(4)
AUTOMATED, STORED, HIDDEN = range(3)


def name_of(box: dict[str, Any]) -> str:
    return str(box["text"].split()[0] if box["maxclass"] == "newobj" else box["maxclass"])


def valueof(box: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = box["saved_attribute_attributes"]["valueof"]
    return values


def test_ids_and_names_are_used_once() -> None:
    for key in ("id", "varname"):
        assert [k for k, n in Counter(b[key] for b in BOXES if key in b).items() if n > 1] == []


@pytest.mark.parametrize("box", BOXES, ids=lambda b: b["id"] + " " + name_of(b))
def test_every_object_exists_and_has_its_ports(box: dict[str, Any]) -> None:
    inlets, outlets = PORTS[name_of(box)]
    words = box.get("text", "").split()
    if name_of(box) == "t":
        outlets = len(words) - 1
        assert set(words[1:]) == {"b"}
    if name_of(box) == "route":
        inlets = outlets = len(words)
    if name_of(box) == "js":
        inlets, outlets = 6, 2
    assert (box["numinlets"], box["numoutlets"]) == (inlets, outlets)
    assert len(box.get("outlettype", [])) == outlets
    assert box.get("outlettype", []) == OUTLET_TYPES.get(name_of(box), box.get("outlettype", []))
    assert len(box["patching_rect"]) == 4


def test_every_cord_goes_from_an_outlet_to_an_inlet_and_none_twice() -> None:
    for source, outlet, target, inlet in CORDS:
        assert 0 <= outlet < BY_ID[source]["numoutlets"], (source, outlet)
        assert 0 <= inlet < BY_ID[target]["numinlets"], (target, inlet)
    assert len(set(CORDS)) == len(CORDS)


def test_every_inlet_and_outlet_that_matters_is_connected() -> None:
    sources, targets = {c[0] for c in CORDS}, {c[2] for c in CORDS}
    labels = {label.name for label in LABELS if not label.key}
    for box in BOXES:
        name = box.get("varname", "")
        if name in labels:
            continue
        if name not in ("status", "progress", "connection", "version") and box["numoutlets"]:
            ends_here = box["maxclass"] == "message" and box["text"].startswith(";")
            assert box["id"] in sources or ends_here, box
        if name_of(box) not in ("midiin", "live.thisdevice"):
            buttons = name_of(box) == "live.text" and box["mode"] == 0
            assert box["id"] in targets or buttons, box


def test_the_midi_of_the_track_goes_through() -> None:
    (midiin,) = (box["id"] for box in BOXES if name_of(box) == "midiin")
    (midiout,) = (box["id"] for box in BOXES if name_of(box) == "midiout")
    assert (midiin, 0, midiout, 0) in CORDS


def test_nothing_is_there_that_makes_trouble_in_a_device() -> None:
    names = {name_of(box) for box in BOXES}
    assert (
        names & {"print", "dac~", "node.script", "jweb", "v8", "delay", "deferlow", "loadbang"}
        == set()
    )
    # Names that Live would share between devices: none are used at all.
    assert names & {"s", "r", "send", "receive", "dict", "coll", "buffer~", "value", "v"} == set()


def test_every_parameter_says_all_that_live_shows_of_it() -> None:
    assert len(PARAMETERS) == len(CONTROLS) + len(FIELDS)
    for box in PARAMETERS:
        values = valueof(box)
        assert values.keys() >= VALUES_OF_ALL
        assert len(values["parameter_shortname"]) <= 11
        assert box["annotation"] == values["parameter_info"]
        assert len(values["parameter_info"]) > 20
        assert values["parameter_info"].endswith(".")
        assert box["annotation_name"] == values["parameter_annotation_name"]
        assert "\t" not in box["annotation"]
        assert "parameter_range" not in values


@pytest.mark.parametrize("key", ["parameter_longname", "parameter_shortname"])
def test_parameter_names_are_used_once(key: str) -> None:
    assert [n for n, k in Counter(valueof(b)[key] for b in PARAMETERS).items() if k > 1] == []


def test_every_parameter_has_a_range_and_a_default_within_it() -> None:
    for box in PARAMETERS:
        values = valueof(box)
        is_button = box["maxclass"] == "live.text" and box["mode"] == 0
        if not is_button:
            assert values["parameter_initial_enable"] == 1
            assert len(values["parameter_initial"]) == 1
        match values["parameter_type"]:
            case 2:
                words = values["parameter_enum"]
                assert values["parameter_mmax"] == len(words) - 1
                assert len(set(words)) == len(words)
                assert all(word and not word.startswith("val") for word in words)
                assert is_button or 0 <= values["parameter_initial"][0] < len(words)
            case 3:
                assert box["maxclass"] == "textedit"
                assert isinstance(values["parameter_initial"][0], str)
            case kind:
                low, high = values["parameter_mmin"], values["parameter_mmax"]
                assert low <= values["parameter_initial"][0] <= high
                assert "parameter_unitstyle" in values
                assert kind == FLOAT or (low >= 0 and high <= 255)


def test_buttons_and_what_the_script_moves_are_hidden_from_live_and_texts_are_stored() -> None:
    for box in PARAMETERS:
        name, seen = box["varname"], valueof(box)["parameter_invisible"]
        if box["maxclass"] == "textedit" or name == "page":
            assert seen == STORED, name
        elif (box["maxclass"] == "live.text" and box["mode"] == 0) or name == "progress":
            assert seen == HIDDEN, name
        else:
            assert seen == AUTOMATED, name


def test_push_banks_have_eight_places_and_every_automated_parameter_once() -> None:
    banks = PATCHER["parameters"]["parameterbanks"]
    assert [banks[str(i)]["name"] for i in range(len(BANKS))] == [name for name, _ in BANKS]
    shown = []
    for index, bank in banks.items():
        assert bank["index"] == int(index)
        assert len(bank["parameters"]) == 8
        shown += [name for name in bank["parameters"] if name != "-"]
    automated = [
        valueof(b)["parameter_longname"]
        for b in PARAMETERS
        if valueof(b)["parameter_invisible"] == AUTOMATED
    ]
    assert sorted(shown) == sorted(automated)


def test_the_registry_of_parameters_agrees_with_the_boxes() -> None:
    registry = {k: v for k, v in PATCHER["parameters"].items() if k.startswith("obj-")}
    assert registry == {
        box["id"]: [valueof(box)["parameter_longname"], valueof(box)["parameter_shortname"], 0]
        for box in PARAMETERS
    }


def rect_of(box: dict[str, Any]) -> tuple[float, ...]:
    return tuple(box["presentation_rect"])


def test_everything_on_the_panel_lies_on_whole_pixels_within_it() -> None:
    assert PATCHER["devicewidth"] == PATCHER["openrect"][2] == WIDTH
    assert (PATCHER["openinpresentation"], PATCHER["openrect"][3]) == (1, 169)
    for box in PRESENTED:
        left, top, width, height = rect_of(box)
        assert all(part == int(part) for part in rect_of(box)), box["varname"]
        assert 0 <= left < left + width <= WIDTH, box["varname"]
        assert 0 <= top < top + height <= LAST_PIXEL, box["varname"]
    assert min(rect_of(b)[0] for b in PRESENTED) == 8
    assert max(rect_of(b)[0] + rect_of(b)[2] for b in PRESENTED) == WIDTH - 8


@pytest.mark.parametrize("page", PAGES)
def test_nothing_overlaps_on_any_page(page: str) -> None:
    elsewhere = {name for other in PAGES if other != page for name in names_on(other)}
    shown = [box for box in PRESENTED if box["varname"] not in elsewhere]
    assert len(shown) > 15
    for one, other in combinations(shown, 2):
        (a, b, c, d), (e, f, g, h) = rect_of(one), rect_of(other)
        apart = a + c <= e or e + g <= a or b + d <= f or f + h <= b
        assert apart, (one["varname"], other["varname"])


def test_a_new_device_shows_its_first_page_and_no_other() -> None:
    for box in PRESENTED:
        is_later = any(box["varname"] in names_on(page) for page in PAGES[1:])
        assert box["hidden"] == int(is_later), box["varname"]


def test_words_fit_where_they_stand() -> None:
    for label in LABELS:
        if not label.key:
            assert len(label.text) * 5.2 <= label.rect[2] + 2, label.text
    for control in CONTROLS:
        words = [word for word, _ in control.choices]
        room = control.rect[2] - (16 if control.kind == "menu" else 4)
        if control.kind == "tab":
            room = control.rect[2] / len(words)
        for word in words or [control.long] if control.kind != "meter" else []:
            if control.kind in ("menu", "switch", "tab", "button"):
                assert len(word) * 5.2 <= room, (control.long, word)


def test_colours_follow_the_theme() -> None:
    for box in BOXES:
        assert [key for key in box if "color" in key] == []


def test_the_device_opens_in_live_11_and_is_a_midi_effect_of_its_own_project() -> None:
    assert PATCHER["minimum_live_version"] == "11.0"
    assert PATCHER["appversion"]["major"] == 8
    assert PATCHER["project"]["amxdtype"] == int.from_bytes(b"mmmm", "big")
    assert PATCHER["classnamespace"] == "box"


def test_the_menu_of_drum_maps_offers_those_of_the_program() -> None:
    (control,) = (control for control in CONTROLS if control.key == "map")
    assert [asked for _, asked in control.choices] == ["", *(drum_map.name for drum_map in MAPS)]
