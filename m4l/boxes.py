"""The objects of a Max patch, in the shapes that Max itself writes.

Conventions: rectangles are (left, top, width, height) in pixels; inlet and outlet counts are those
of real devices (Max 8.6-9.1). Max passes over what it does not know without a word, so nothing here
is made up: the tests hold every name against a list of what exists.
"""

from typing import Any, Literal

Box = dict[str, Any]
Rect = tuple[int, int, int, int]

FLOAT, INT, ENUM, BLOB = 0, 1, 2, 3
"""Types of a parameter; an int goes no further than 255."""
AUTOMATED, STORED, HIDDEN = 0, 1, 2
"""Who knows of a parameter: Live and the set; the set alone; nobody."""
PLAIN, PERCENT, CUSTOM = 0, 5, 9
"""Unit styles: whole numbers, per cent, a format of one's own."""


def parameter(
    long: str,
    short: str,
    info: str,
    type_: int,
    visibility: int,
    *,
    initial: Any = None,
    span: tuple[float, float] | None = None,
    choices: tuple[str, ...] = (),
    unit: int | None = None,
) -> Box:
    """What makes an object a parameter of Live, with a default that works."""
    values: dict[str, Any] = {
        "parameter_longname": long,
        "parameter_shortname": short,
        "parameter_type": type_,
        "parameter_invisible": visibility,
        "parameter_annotation_name": long,
        "parameter_info": info,
        "parameter_modmode": 0,
    }
    if initial is not None:
        values |= {"parameter_initial_enable": 1, "parameter_initial": [initial]}
    if span:
        values |= {"parameter_mmin": float(span[0]), "parameter_mmax": float(span[1])}
    if choices:
        values |= {"parameter_enum": list(choices), "parameter_mmax": len(choices) - 1}
    if unit is not None:
        values["parameter_unitstyle"] = unit
    return {
        "parameter_enable": 1,
        "annotation_name": long,
        "annotation": info,
        "saved_attribute_attributes": {"valueof": values},
    }


def dial(**more: Any) -> Box:
    """A dial with its name above and its value below."""
    return _box("live.dial", 1, ["", "float"], **more)


def numbox(**more: Any) -> Box:
    """A number."""
    return _box("live.numbox", 1, ["", "float"], **more)


def menu(**more: Any) -> Box:
    """A menu; outlet 0 is the index."""
    return _box("live.menu", 1, ["", "", "float"], **more)


def tab(count: int, **more: Any) -> Box:
    """Buttons side by side, one of which is on; outlet 0 is the index."""
    lines = {"num_lines_patching": 1, "num_lines_presentation": 1, "multiline": 0}
    return _box("live.tab", 1, ["", "", "float"], **lines, **more)


def button(text: str, **more: Any) -> Box:
    """A button with a text; outlet 0 is a bang."""
    return _box("live.text", 1, ["", ""], mode=0, text=text, **more)


def switch(off: str, on: str, **more: Any) -> Box:
    """A button that stays down; outlet 0 is 0 or 1."""
    return _box("live.text", 1, ["", ""], mode=1, text=off, texton=on, **more)


def label(text: str, **more: Any) -> Box:
    """Words that the script may replace by `set`."""
    return _box("live.comment", 1, [], text=text, **more)


def field(text: str, **more: Any) -> Box:
    """Text that a person types: outlet 0 is `text ...`, as one symbol, on Return and on a bang."""
    keys = {"keymode": 1, "outputmode": 1, "tabmode": 0, "nosymquotes": 1, "bangmode": 0}
    return _box("textedit", 1, ["", "int", "", ""], text=text, **keys, **more)


def reading(text: str, **more: Any) -> Box:
    """Text that a person reads: it wraps and scrolls, however long it is."""
    keys = {"readonly": 1, "wordwrap": 1, "nosymquotes": 1, "tabmode": 0}
    return _box("textedit", 1, ["", "int", "", ""], text=text, **keys, **more)


def message(text: str) -> Box:
    """A message box."""
    return _box("message", 2, [""], text=text)


def objekt(text: str, inlets: int, outlets: list[str], **more: Any) -> Box:
    """An object by its name and arguments."""
    return _box("newobj", inlets, outlets, text=text, **more)


def presented(box: Box, name: str, rect: Rect, *, is_hidden: bool = False) -> Box:
    """A box with a name and a place on the panel."""
    shown: dict[str, Literal[0, 1]] = {"presentation": 1, "hidden": 1 if is_hidden else 0}
    return box | shown | {"varname": name, "presentation_rect": [float(part) for part in rect]}


def _box(maxclass: str, inlets: int, outlets: list[str], **more: Any) -> Box:
    box = {"maxclass": maxclass, "numinlets": inlets, "numoutlets": len(outlets)}
    return box | ({"outlettype": outlets} if outlets else {}) | more
