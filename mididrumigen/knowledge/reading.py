"""What a name may mean that is not known as it stands: "Bonham, John", "drummer of Rush", "Queen &
David Bowie".

Conventions: a reading counts only where all of it is known, so that a stranger whose name contains
a known one ("Death & Taxes", "Prince of Nowhere") stays a stranger.
"""

import re
from collections.abc import Iterator

from mididrumigen.errors import InputError
from mididrumigen.knowledge.library import Known, Library
from mididrumigen.models.names import normalise_name

_ASKED_FOR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:the )?drum(?:mer|s|ming) (?:of|from|for|in|by) (.+)",
        r"(.+?)(?:['\u2019]s?)? drummer",
        r"(?:(?:in )?the style of|(?:sounds |plays )?like|[\u00e0a] la) (.{6,})",
        r"(.{6,}?)(?:['\u2019]s?)?[ -](?:style|type beat|drums|drumming)",
        r"(.+) [(\[](?:the )?(?:band|group|duo|trio|artist|musician|singer|drummer|rapper|producer"
        r"|dj)[)\]]",
    )
)
"""Words around a name; those that are part of names too ("Free Style") need a long one."""
_STYLE = re.compile(
    r"(?:an? )?(.+?)(?: (?:music|drums?|drumming|beats?|grooves?|rhythms?|style))?", re.IGNORECASE
)
_SWAPPED = re.compile(r"([^,]+), *([^,]+)")
_NICKNAME = re.compile(r'(\S.*?) (?:"[^"]+"|\u201c[^\u201d]+\u201d|\'[^\']+\'|\([^)]+\)) (\S.*)')
_SEVERAL = re.compile(
    r"\s*([,/]|\s[-\u2013\u2014+&]\s|\s(?:and|of|from|in|with|x|vs\.?)\s|\s[(\[])\s*", re.IGNORECASE
)
_TOGETHER, _PERHAPS = frozenset({"/", "+", "x", "vs", "vs."}), frozenset({",", "&", "and", "with"})
"""What stands between artists; the latter between words too: "Love & Death" is neither's."""


def read(library: Library, name: str) -> tuple[str, str] | None:
    """(name, player) to ask for instead of a name that is not known; None if it says nothing."""
    for pattern in _ASKED_FOR:
        if (match := pattern.fullmatch(name)) and _is_artist(library.find(match[1])):
            return match[1], ""
    if (match := _STYLE.fullmatch(name)) and _is_style(library.find(match[1])):
        return match[1], ""
    if (match := _SWAPPED.fullmatch(name)) and library.find(f"{match[2]} {match[1]}"):
        return f"{match[2]} {match[1]}", ""
    if (match := _NICKNAME.fullmatch(name)) and f"{match[1]} {match[2]}" in library.artists:
        return f"{match[1]} {match[2]}", ""
    return next(_several(library, name), None)


def _several(library: Library, name: str) -> Iterator[tuple[str, str]]:
    """A drummer with his band, and artists who play together: the first of them."""
    for match in _SEVERAL.finditer(name):
        left, right = name[: match.start()], name[match.end() :].rstrip(")]")
        if not (left and right):
            continue
        if _drummed(library, right, left):
            yield (left, "") if _is_artist(library.find(left)) else (right, left)
        elif _drummed(library, left, right):
            yield left, right
            continue
        between = match[1].strip().lower()
        is_list = between in _TOGETHER or (between in _PERHAPS and " " in left + right)
        if is_list and all(_is_artist(library.find(part)) for part in (left, right)):
            yield left, ""


def _drummed(library: Library, band: str, person: str) -> bool:
    """Whether a person is known to have drummed for a band."""
    if normalise_name(band) == normalise_name(person):
        return False
    try:
        found = library.find(band, player=person)
    except InputError:
        return False
    return _is_artist(found)


def _is_artist(known: Known | None) -> bool:
    return known is not None and not _is_style(known)


def _is_style(known: Known | None) -> bool:
    return known is not None and known.evidence[0].value["basis"] == "genre"
