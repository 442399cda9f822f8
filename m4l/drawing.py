"""The panel as a picture, from the patch alone: what the boxes say, where they say it.

Conventions: one view a page, one below the other, in the greys of Live's default theme. Live draws
its own controls in its own font; this shows what stands where, what is cut off and what overlaps.
"""

from html import escape
from math import cos, pi, sin
from typing import Any

from m4l.boxes import PERCENT
from m4l.panel import HEIGHT, PAGE_LABELS, PAGES, WIDTH, names_on

_GAP, _TITLE = 14, 20
_BACK, _TITLE_BACK, _WELL, _KEY, _LINE = "#a5a5a5", "#8e8e8e", "#c7c7c7", "#b6b6b6", "#6f6f6f"
_TEXT, _DIM, _ON, _ARC = "#101010", "#6b6b6b", "#ffad56", "#03a5c4"
_FONT = "font-family='Helvetica Neue, Arial, Liberation Sans, sans-serif' font-size='10'"
_CHARACTER = 5.1
"""Mean width of a letter at ten pixels; for breaking the status into lines."""
_SHOWN = {
    "artist": "John Bonham",
    "status": '4 clips in "Drums", Session view, scenes 3-6. John Bonham: from built-in notes, not'
    " yet researched, confidence 0.35, for 92 BPM, seed 48151.",
    "connection": "MidiDrumiGen at 127.0.0.1:8000",
    "version": "MidiDrumiGen, build 3f2a91c0",
}
"""What the picture shows in boxes that are written at work."""


def draw(patcher: dict[str, Any]) -> str:
    """The picture, as SVG."""
    step = HEIGHT + _TITLE + _GAP
    height = step * len(PAGES) - _GAP
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{height}'"
        f" viewBox='0 0 {WIDTH} {height}' {_FONT}>"
    ]
    shown = [b["box"] for b in patcher["boxes"] if b["box"].get("presentation")]
    for index, page in enumerate(PAGES):
        others = {name for other in PAGES if other != page for name in names_on(other)}
        parts.append(f"<g transform='translate(0 {index * step})'>")
        parts.append(_rect(0, 0, WIDTH, HEIGHT + _TITLE, _BACK, _LINE, 4))
        parts.append(_rect(0, 0, WIDTH, _TITLE, _TITLE_BACK, _LINE, 4))
        parts.append(_text(10, 14, "MidiDrumiGen", weight="bold"))
        parts.append(f"<g transform='translate(0 {_TITLE})'>")
        parts += [_box(box, index) for box in shown if box["varname"] not in others]
        parts.append("</g></g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _box(box: dict[str, Any], page: int) -> str:
    left, top, width, height = map(int, box["presentation_rect"])
    about = box.get("saved_attribute_attributes", {}).get("valueof", {})
    value = (about.get("parameter_initial") or [""])[0]
    words = about.get("parameter_enum", [])
    match box["maxclass"]:
        case "live.dial":
            return _dial(left, top, width, about, float(value), bool(box["active"]))
        case "live.numbox":
            body = _rect(left, top, width, height, _WELL, _LINE)
            if box.get("appearance") == 2:
                return body + _text(left + width / 2, top + 11, "0 %", anchor="middle")
            color = _TEXT if box["active"] else _DIM
            middle = left + width / 2
            return body + _text(middle, top + 11, f"{value:g}", color=color, anchor="middle")
        case "live.menu":
            arrow = f"M{left + width - 11} {top + 6}h6l-3 4z"
            return (
                _rect(left, top, width, height, _KEY, _LINE)
                + _text(left + 4, top + 11, words[int(value)])
                + f"<path d='{arrow}' fill='{_TEXT}'/>"
            )
        case "live.tab":
            share = width / len(PAGE_LABELS)
            return "".join(
                _rect(left + i * share, top, share, height, _ON if i == page else _KEY, _LINE)
                + _text(left + (i + 0.5) * share, top + height / 2 + 4, word, anchor="middle")
                for i, word in enumerate(PAGE_LABELS)
            )
        case "live.text":
            color = _TEXT if box.get("active", 1) else _DIM
            middle = (left + width / 2, top + height / 2 + 3.5)
            body = _rect(left, top, width, height, _KEY, _LINE)
            return body + _text(*middle, box["text"], color=color, anchor="middle")
        case "textedit":
            typed = _SHOWN.get(box["varname"], box["text"])
            lines = _wrapped(typed, width - 8) if box.get("wordwrap") else [typed]
            back = "none" if box.get("readonly") else _WELL
            return _rect(left, top, width, height, back, "none") + "".join(
                _text(left + 4, top + 13 + 12 * i, line) for i, line in enumerate(lines)
            )
    lines = _wrapped(_SHOWN.get(box["varname"], box["text"]), width)
    return "".join(_text(left + 1, top + 14 + 12 * i, line) for i, line in enumerate(lines))


def _dial(
    left: int, top: int, width: int, about: dict[str, Any], value: float, is_active: bool
) -> str:
    """Name, an arc from seven to five o'clock with its value, the number."""
    low, high = about["parameter_mmin"], about["parameter_mmax"]
    middle, center, radius = left + width / 2, top + 24, 9
    share = (value - low) / (high - low)
    unit = " %" if about.get("parameter_unitstyle") == PERCENT else ""
    color = _TEXT if is_active else _DIM

    def arc(until: float, stroke: str) -> str:
        angles = [pi * (0.75 + 1.5 * until * step / 24) for step in range(25)]
        points = " ".join(
            f"{middle + radius * cos(angle):.1f},{center + radius * sin(angle):.1f}"
            for angle in angles
        )
        return f"<polyline points='{points}' fill='none' stroke='{stroke}' stroke-width='3'/>"

    return (
        _text(middle, top + 9, about["parameter_shortname"], color=color, anchor="middle")
        + arc(1, _WELL)
        + arc(share, _ARC if is_active else _DIM)
        + _text(middle, top + 45, f"{value:g}{unit}", color=color, anchor="middle")
    )


def _wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) * _CHARACTER > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _rect(
    left: float, top: float, width: float, height: float, fill: str, line: str, round_: int = 0
) -> str:
    return (
        f"<rect x='{left + 0.5:g}' y='{top + 0.5:g}' width='{width - 1:g}' height='{height - 1:g}'"
        f" rx='{round_}' fill='{fill}' stroke='{line}'/>"
    )


def _text(
    left: float,
    top: float,
    text: str,
    *,
    color: str = _TEXT,
    anchor: str = "start",
    weight: str = "normal",
) -> str:
    return (
        f"<text x='{left:g}' y='{top:g}' fill='{color}' text-anchor='{anchor}'"
        f" font-weight='{weight}'>{escape(text)}</text>"
    )
