"""Names of artists: what two spellings share, and what a file may be called.

Conventions: a normalised name is lower case, without accents, punctuation, a leading "the" or any
"and", words one space apart. A name that normalises to nothing (`!!!`) falls back to itself.
"""

import re
import unicodedata

from mididrumigen.errors import InputError

MAX_NAME_LENGTH = 200

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "\u0131": "i"}
)
"""Letters that Unicode does not decompose."""

_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_ACCENTED_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ")

_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
"""File names that Windows keeps for devices."""

_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_MAX_FILE_NAME_BYTES = 60
"""It stands in the names of folder and file, and both must fit the 260 characters of Windows."""


def clean_name(text: str) -> str:
    """A name as the user typed it, tidied; raises InputError where it cannot be a name."""
    # Format characters (direction marks, joiners) do not show and would tell equal names apart.
    shown = "".join(c for c in unicodedata.normalize("NFC", text) if _shows(c))
    name = " ".join(shown.split())
    if not name:
        raise InputError("the artist's name is empty", 'type a name such as "John Bonham"')
    if len(name) > MAX_NAME_LENGTH:
        raise InputError(f"the artist's name is longer than {MAX_NAME_LENGTH} characters")
    return name


def normalise_name(name: str) -> str:
    """What two spellings of one name share."""
    if name.isascii():  # most are, and there are thousands to look through
        words = _ASCII_WORDS.findall(name.lower())
        return _without_articles(words) or name.strip().casefold()
    kept = []
    accents_drop = False
    for c in unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS):
        kind = unicodedata.category(c)[0]
        if kind == "M":
            # An accent on a Latin letter is a matter of spelling; a vowel sign is a letter.
            kept.append("" if accents_drop else c)
        else:
            accents_drop = unicodedata.name(c, "").startswith(_ACCENTED_SCRIPTS)
            kept.append(c if kind in "LN" else " ")
    words = "".join(kept).split()
    return unicodedata.normalize("NFC", _without_articles(words)) or name.strip().casefold()


def _without_articles(words: list[str]) -> str:
    words = [word for word in words if word != "and"] or words  # "&" is gone already
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def file_name(name: str) -> str:
    """A name that every file system takes, as near to `name` as it can be; never empty, hidden or a
    path.
    """
    safe = _UNSAFE.sub("-", "".join(c for c in unicodedata.normalize("NFC", name) if _shows(c)))
    safe = " ".join(safe.split()).strip(". ")
    while len(safe.encode()) > _MAX_FILE_NAME_BYTES:
        safe = safe[:-1].rstrip(". ")
    if not safe or _RESERVED.match(safe):
        safe = f"Artist {safe}".strip()
    return safe


def _shows(character: str) -> bool:
    """False for control, format, surrogate and unassigned characters; white space counts as
    shown.
    """
    return unicodedata.category(character)[0] != "C" or character in "\t\n\r"
