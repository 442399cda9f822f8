"""The files of built-in knowledge, read entry by entry.

Conventions: a kind (styles, artists, names) is a folder of TOML files, one a family. A file is cut
where its entries begin, and an entry is parsed when it is asked for: to play one artist, no other
is parsed. What an entry is called by (title, aliases, bands) is read without parsing it.
"""

import pkgutil
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from mididrumigen.errors import KnowledgeError

FAMILIES = ("rock", "soul_funk", "hip_hop", "jazz_blues", "latin_african_caribbean", "electronic")
"""Files of every kind."""

_TABLE = re.compile(r'^\[("(?:[^"\\]|\\.)*"|[\w-]+)\][ \t]*$', re.MULTILINE)
"""Head of an entry that is a table; `[rock.traits]` and `[[rock.grooves]]` are parts of one."""
_LINE = re.compile(r'^("(?:[^"\\]|\\.)*")[ \t]*=', re.MULTILINE)
"""Head of an entry that is a line."""

_TEXT = r'"((?:[^"\\]|\\.)*)"'
_ALIASES = re.compile(r"\baliases = \[(.*?)\]", re.DOTALL)
_BANDS = re.compile(r"^bands = \{(.*?)\}[ \t]*$", re.MULTILINE | re.DOTALL)
_DRUMMERS = re.compile(r"\bdrummers = \{(.*?)\}", re.DOTALL)
_TITLE = re.compile(rf"\b(?:title|name) = {_TEXT}")
_PAIR = re.compile(rf"(?:{_TEXT}|([\w-]+))\s*=\s*{_TEXT}")


class Entries(Mapping[str, dict[str, Any]]):
    """Key -> entry of one kind; a broken one raises KnowledgeError that names file and entry."""

    def __init__(self, kind: str, keys: frozenset[str], *, lines: bool = False) -> None:
        self._kind, self._keys, self._lines = kind, keys, lines
        self._texts: dict[str, tuple[str, str]] = {}
        """Key -> (file, text)."""
        self._parsed: dict[str, dict[str, Any]] = {}
        for family in FAMILIES:
            self._cut(f"data/{kind}/{family}.toml")

    def _cut(self, path: str) -> None:
        data = pkgutil.get_data(__package__ or "", path)
        assert data is not None  # only loaders that keep no data answer None
        text = data.decode()
        heads = list((_LINE if self._lines else _TABLE).finditer(text))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            end = following.start() if following else len(text)
            key = tomllib.loads(f"k = {head[1]}")["k"] if head[1][0] == '"' else head[1]
            if key in self._texts:
                raise KnowledgeError(f"{path}, {key}: there is an entry of this name already")
            self._texts[key] = (path, text[head.start() : end])

    def __getitem__(self, key: str) -> dict[str, Any]:
        if key not in self._parsed:
            path, text = self._texts[key]
            try:
                entry = tomllib.loads(text)[key]
            except tomllib.TOMLDecodeError as error:
                raise KnowledgeError(f"{path}, {key}: {error}") from error
            if unknown := set(entry) - self._keys:
                raise KnowledgeError(f"{path}, {key}: unknown key {min(unknown)}")
            self._parsed[key] = entry
        return self._parsed[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def called(self, key: str) -> list[str]:
        """Title (else the key) and aliases of an entry."""
        text = self._texts[key][1]
        title = _TITLE.search(_head(text))
        aliases = _ALIASES.search(text)
        return [
            _plain(title[1]) if title else key,
            *(_plain(name) for name in re.findall(_TEXT, aliases[1] if aliases else "")),
        ]

    def family(self, key: str) -> str:
        """The file that an entry stands in, one of FAMILIES."""
        return PurePosixPath(self._texts[key][0]).stem

    def bands(self, key: str) -> dict[str, str]:
        """Band -> years of an artist; years are "" where they are not known."""
        return _pairs(_BANDS.search(self._texts[key][1]))

    def drummers(self, key: str) -> dict[str, str]:
        """Drummer -> years of a name."""
        return _pairs(_DRUMMERS.search(self._texts[key][1]))


def _head(text: str) -> str:
    """An entry up to its first sub-table, where grooves have names of their own."""
    return text.partition("\n[")[0]


def _pairs(found: re.Match[str] | None) -> dict[str, str]:
    pairs = _PAIR.findall(found[1]) if found else []
    return {_plain(quoted or bare): years for quoted, bare, years in pairs}


def _plain(text: str) -> str:
    """Text of a TOML string."""
    return tomllib.loads(f'k = "{text}"')["k"] if "\\" in text else text
