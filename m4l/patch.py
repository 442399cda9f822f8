"""The patch: panel, cords and script.

Conventions: a box has the id `obj-N` in the order in which boxes are added. The script has six
inlets: 0 what is clicked and turned, 1-4 the fields in their order, 5 what [maxurl] answers; and
two outlets: 0 what the panel shows, 1 what [maxurl] is asked.
"""

from typing import Any

from m4l import boxes
from m4l.boxes import BLOB, ENUM, FLOAT, INT, STORED, Box
from m4l.panel import BANKS, CONTROLS, FIELDS, HEIGHT, LABELS, WIDTH, Control, Field, Label, Page

MAXURL_INLET = len(FIELDS) + 1
MADE_HFS_S = 3_850_000_000
"""When the device says that it was made; the same always, so that the same sources give the same
file."""
_MIDI_EFFECT = 1_835_887_981
_COLUMN, _ROW = 130, 30
"""Where boxes lie when the patch is opened for editing."""

SHOWN_BY_SET = ("status", "progress", "connection", "version", "memory")
"""What the script writes into a box of this name."""
SHOWN_BY_ACTIVE = ("cancel", "better")
"""Buttons that the script lights and dims."""


class Patch:
    """A patch as it is put together."""

    def __init__(self) -> None:
        self.boxes: list[dict[str, Box]] = []
        self.lines: list[dict[str, Any]] = []

    def add(self, box: Box) -> str:
        """Add a box; its id."""
        number = len(self.boxes)
        left, top = 20 + number % 8 * _COLUMN, 200 + number // 8 * _ROW
        rect = [float(part) for part in (left, top, 120, 22)]
        identity = f"obj-{number + 1}"
        self.boxes.append({"box": {"id": identity, "patching_rect": rect} | box})
        return identity

    def cord(self, source: str, outlet: int, target: str, inlet: int = 0) -> None:
        """Connect two boxes."""
        line = {"source": [source, outlet], "destination": [target, inlet]}
        self.lines.append({"patchline": line})


def patcher(script_name: str) -> dict[str, Any]:
    """The whole patch; the script is found under its name."""
    patch = Patch()
    patch.cord(patch.add(boxes.objekt("midiin", 1, ["int"])), 0, _midiout(patch))
    script = patch.add(_script(script_name))
    controls = {control.key: patch.add(_control(control)) for control in CONTROLS}
    fields = {field.key: patch.add(_field(field)) for field in FIELDS}
    labels = {label.name: patch.add(_label(label)) for label in LABELS}
    for inlet, identity in enumerate(fields.values(), start=1):
        patch.cord(identity, 0, script, inlet)
    typed = [fields[key] for key in ("artist", "host", "port")]
    _add_controls(patch, script, controls, typed)
    _add_start(patch, script, controls, list(fields.values()))
    _add_answers(patch, script, controls | fields | labels)
    return _frame(patch, controls, fields)


def _midiout(patch: Patch) -> str:
    return patch.add(boxes.objekt("midiout", 1, []))


def _script(name: str) -> Box:
    saved = {"filename": name, "parameter_enable": 0}
    return boxes.objekt(f"js {name}", MAXURL_INLET + 1, ["", ""], saved_object_attributes=saved)


def _control(control: Control) -> Box:
    words = tuple(word for word, _ in control.choices)
    about: dict[str, Any] = {"initial": control.initial, "unit": control.unit}
    match control.kind:
        case "dial" | "meter":
            about |= {"type_": FLOAT, "span": control.span}
        case "numbox":
            # A parameter of whole numbers ends at 255; a fixed tempo goes to 300.
            about |= {"type_": INT if control.span[1] <= 255 else FLOAT, "span": control.span}
        case "menu" | "tab":
            about |= {"type_": ENUM, "choices": words, "unit": None}
        case "switch":
            about |= {"type_": ENUM, "choices": _distinct(words), "unit": None}
        case "button":
            about |= {"type_": ENUM, "choices": ("Up", "Down"), "unit": None, "initial": None}
    made = boxes.parameter(
        control.long, control.short, control.info, visibility=control.visibility, **about
    )
    match control.kind:
        case "dial":
            box = boxes.dial(active=int(not control.used_where[0]), **made)
        case "numbox":
            box = boxes.numbox(active=int(not control.used_where[0]), **made)
        case "meter":
            box = boxes.numbox(appearance=2, ignoreclick=1, **made)
        case "menu":
            box = boxes.menu(**made)
        case "tab":
            box = boxes.tab(len(words), **made)
        case "switch":
            box = boxes.switch(*words, **made)
        case "button":
            active = 0 if control.key in SHOWN_BY_ACTIVE else 1
            box = boxes.button(control.long, active=active, **made)
    return boxes.presented(box, control.key, control.rect, is_hidden=_is_hidden(control.page))


def _distinct(words: tuple[str, ...]) -> tuple[str, ...]:
    """What Live shows of a switch: its words, or off and on where both are the same."""
    return words if len(set(words)) == len(words) else ("Off", "On")


def _field(field: Field) -> Box:
    made = boxes.parameter(field.long, field.short, field.info, BLOB, STORED, initial=field.initial)
    box = boxes.field(field.initial, lines=1, **made)
    if field.rect is None:
        return box | {"varname": field.key}
    return boxes.presented(box, field.key, field.rect, is_hidden=_is_hidden(field.page))


def _label(label: Label) -> Box:
    if label.key == "status":
        about = {"annotation_name": "Status", "annotation": _STATUS_INFO}
        box = boxes.reading(label.text, border=0.0, **about)
    else:
        box = boxes.label(label.text, textjustification=0)
    return boxes.presented(box, label.name, label.rect, is_hidden=_is_hidden(label.page))


_STATUS_INFO = "What the daemon says, and where the clips went. It scrolls when it is long."


def _is_hidden(page: Page) -> bool:
    """Whether it is on a page that is not in front when the device is new."""
    return page not in ("", "play")


def _add_controls(patch: Patch, script: str, controls: dict[str, str], typed: list[str]) -> None:
    """What is turned goes to the script under its name. A click first sends what is typed, so that
    nobody needs to press Return.
    """
    for control in CONTROLS:
        identity = controls[control.key]
        if control.kind == "meter":
            continue
        if control.kind != "button":
            named = patch.add(boxes.objekt(f"prepend {control.key}", 1, [""]))
            patch.cord(identity, 0, named)
            patch.cord(named, 0, script)
            _add_dimming(patch, control, controls)
            continue
        order = patch.add(boxes.objekt("t b b", 1, ["bang", "bang"]))
        click = patch.add(boxes.message(control.key))
        patch.cord(identity, 0, order)
        for field in typed:
            patch.cord(order, 1, field)
        patch.cord(order, 0, click)
        patch.cord(click, 0, script)


def _add_dimming(patch: Patch, control: Control, controls: dict[str, str]) -> None:
    """What has no effect as another control stands looks so, and cannot be turned."""
    key, place = control.used_where
    if key:
        compared = patch.add(boxes.objekt(f"== {place}", 2, ["int"]))
        active = patch.add(boxes.objekt("prepend active", 1, [""]))
        patch.cord(controls[key], 0, compared)
        patch.cord(compared, 0, active)
        patch.cord(active, 0, controls[control.key])


def _add_start(patch: Patch, script: str, controls: dict[str, str], fields: list[str]) -> None:
    """When the device is ready every value is sent again, then the script may begin."""
    device = patch.add(boxes.objekt("live.thisdevice", 1, ["bang", "int", "int"]))
    order = patch.add(boxes.objekt("t b b b", 1, ["bang"] * 3))
    values = patch.add(boxes.message("outputvalue"))
    ready = patch.add(boxes.message("ready"))
    enabled = patch.add(boxes.objekt("prepend enabled", 1, [""]))
    patch.cord(device, 0, order)
    patch.cord(order, 2, values)
    for control in CONTROLS:
        if control.kind not in ("button", "meter"):
            patch.cord(values, 0, controls[control.key])
    for field in fields:
        patch.cord(order, 1, field)
    patch.cord(order, 0, ready)
    patch.cord(ready, 0, script)
    patch.cord(device, 1, enabled)
    patch.cord(enabled, 0, script)


def _add_answers(patch: Patch, script: str, shown: dict[str, str]) -> None:
    """What the script says goes to the boxes of these names, to the browser and to [maxurl]."""
    names = (*SHOWN_BY_SET, *SHOWN_BY_ACTIVE, "browse")
    sorter = patch.add(
        boxes.objekt(f"route {' '.join(names)}", len(names) + 1, [""] * (len(names) + 1))
    )
    patch.cord(script, 0, sorter)
    for outlet, name in enumerate(names):
        if name == "browse":
            how = patch.add(boxes.message("; max launchbrowser $1"))
        else:
            word = "set" if name in SHOWN_BY_SET else "active"
            how = patch.add(boxes.objekt(f"prepend {word}", 1, [""]))
            patch.cord(how, 0, shown[name])
        patch.cord(sorter, outlet, how)
    maxurl = patch.add(boxes.objekt("maxurl 12", 1, ["dictionary", ""]))
    patch.cord(script, 1, maxurl)
    patch.cord(maxurl, 0, script, MAXURL_INLET)


def _frame(patch: Patch, controls: dict[str, str], fields: dict[str, str]) -> dict[str, Any]:
    """The patch around the boxes."""
    named = [(controls[c.key], c.long, c.short) for c in CONTROLS]
    named += [(fields[f.key], f.long, f.short) for f in FIELDS]
    banks = {
        str(index): {
            "index": index,
            "name": name,
            "parameters": [*longs, *["-"] * (8 - len(longs))],
        }
        for index, (name, longs) in enumerate(BANKS)
    }
    return {
        "fileversion": 1,
        # Live 11 brings Max 8.5 or older and would ask about a newer file.
        "appversion": {
            **{"major": 8, "minor": 5, "revision": 5, "architecture": "x64", "modernui": 1}
        },
        "classnamespace": "box",
        "rect": [85.0, 104.0, 1100.0, 760.0],
        "openrect": [0.0, 0.0, float(WIDTH), float(HEIGHT)],
        "openinpresentation": 1,
        "devicewidth": float(WIDTH),
        "default_fontsize": 10.0,
        "default_fontface": 0,
        "default_fontname": "Ableton Sans Medium",
        "gridsize": [8.0, 8.0],
        "boxanimatetime": 500,
        "latency": 0,
        "is_mpe": 0,
        "external_mpe_tuning_enabled": 0,
        "minimum_live_version": "11.0",
        "minimum_max_version": "8.2",
        "platform_compatibility": 0,
        "autosave": 0,
        "boxes": patch.boxes,
        "lines": patch.lines,
        "parameters": {
            **{identity: [long, short, 0] for identity, long, short in named},
            "parameterbanks": banks,
            "inherited_shortname": 1,
        },
        "project": _PROJECT,
    }


_PROJECT = {
    "version": 1,
    "creationdate": MADE_HFS_S,
    "modificationdate": MADE_HFS_S,
    "viewrect": [0.0, 0.0, 300.0, 500.0],
    "autoorganize": 1,
    "hideprojectwindow": 1,
    "showdependencies": 1,
    "autolocalize": 0,
    "contents": {"patchers": {}},
    "layout": {},
    "searchpath": {},
    "detailsvisible": 0,
    "amxdtype": _MIDI_EFFECT,
    "readonly": 0,
    "devpathtype": 0,
    "devpath": ".",
    "sortmode": 0,
    "viewmode": 0,
}
