"""Titles of songs: what the versions of one share.

Conventions: a title is compared without what stands in brackets, without guests and without
"Remastered" and its like.
"""

import re

from mididrumigen.models.names import normalise_name

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_VERSION = re.compile(
    r"\s[-\u2013\u2014]\s[^-]*\b(?:remaster(?:ed)?|version|mix|edit|mono|stereo|live|demo|acoustic"
    r"|remix(?:ed)?|single|bonus|take|(?:19|20)\d\d)\b.*\Z",
    re.IGNORECASE,
)
_FEATURING = re.compile(r"\s(?:feat|ft|featuring)\b\.?.*\Z", re.IGNORECASE)
_REMADE = re.compile(
    r"[(\[].*?\b(?:remix(?:ed)?|sped up|speed up|slowed|nightcore|karaoke|8d audio|mashup"
    r"|a ?cap+ella|tribute)\b|\s[-\u2013\u2014]\s.*\b(?:remix(?:ed)?|sped up|speed up|slowed"
    r"|nightcore|karaoke|a ?cap+ella)\b",
    re.IGNORECASE,
)


def bare_title(title: str) -> str:
    """A title without brackets, guests and version; itself where nothing is left."""
    bare = _FEATURING.sub("", _VERSION.sub("", _BRACKETS.sub(" ", title)))
    return " ".join(bare.split()) or title


def song_key(title: str) -> str:
    """What the versions of one song share."""
    return normalise_name(bare_title(title))


def is_remade(title: str) -> bool:
    """Whether the drums or the tempo are not those of the song: a remix, "sped up", karaoke."""
    return bool(_REMADE.search(title))
