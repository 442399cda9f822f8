"""The artist of the tests that ask sites about one, and damage to what they answer."""

import copy
from collections.abc import Iterator
from typing import Any

from mididrumigen.models import Artist, Drummer, Inputs, Track
from tests.internet import NOW

MBID = "8f6bd1e4-fbe1-4f50-aa9b-94c450ec0f11"
RECORDINGS = [f"00000000-0000-4000-8000-00000000000{i}" for i in range(10)]
"""Ids that MusicBrainz gives nobody."""

PORTISHEAD = Artist(
    "Portishead",
    kind="group",
    mbid=MBID,
    drummers=(Drummer("Clive Deamer", 1994),),
    tracks=(
        Track("Sour Times", RECORDINGS[1], "GB-AAA-94-00002"),
        Track("Glory Box", RECORDINGS[2], "GBAAA9400001"),
        Track("Roads", RECORDINGS[3]),
        Track("Strangers", RECORDINGS[4], "GBAAA9400003"),
    ),
)
NAMESAKE = Artist("Portishead", "the football club's choir", kind="group")
"""Somebody else of the same name, of whom nothing is known."""

QUICK = Inputs(retrieved_at=NOW, is_quick=True)

_WRONG: tuple[Any, ...] = (
    None,
    [],
    {},
    "",
    "text",
    7,
    -1,
    True,
    [None],
    {"a": [{}]},
    "\ud800",
    1e308,
)


def damaged(body: Any) -> Iterator[Any]:
    """Copies of `body`, each with one thing in it left out, or of another type or value."""
    for path in list(_paths(body)):
        for wrong in _WRONG:
            yield _with(body, path, wrong)
        if path:
            yield _without(body, path)


def _paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        yield from _paths(inner, (*at, key))


def _with(body: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copied = copy.deepcopy(body)
    _parent(copied, path)[path[-1]] = new
    return copied


def _without(body: Any, path: tuple[Any, ...]) -> Any:
    copied = copy.deepcopy(body)
    del _parent(copied, path)[path[-1]]
    return copied


def _parent(body: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        body = body[key]
    return body
