"""Bodies that are not what they should be: what parsers must outlive."""

import copy
from collections.abc import Iterator
from typing import Any

HTML = "<!doctype html><html><title>Just a moment...</title></html>"
NO_BODIES: tuple[Any, ...] = (None, [], {}, 5, "words", [None, 1, "x", [], {}], {"error": None})
"""JSON that is no answer."""

_WRONG: tuple[Any, ...] = (None, [], {}, -1, "x", [None], {"x": [None]})


def broken(body: Any) -> Iterator[Any]:
    """The body with one value after the other replaced by something of another kind, or missing."""
    for path in _paths(body):
        for value in _WRONG:
            yield _with(body, path, value)
        yield _without(body, path)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items: Any = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, inner in items:
        yield (*path, key)
        yield from _paths(inner, (*path, key))


def _with(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    whole = copy.deepcopy(body)
    _parent(whole, path)[path[-1]] = value
    return whole


def _without(body: Any, path: tuple[Any, ...]) -> Any:
    whole = copy.deepcopy(body)
    del _parent(whole, path)[path[-1]]
    return whole


def _parent(whole: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        whole = whole[key]
    return whole
