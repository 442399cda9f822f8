"""Near vectors: by sqlite-vec and by numpy the same."""

import importlib.util
import math
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from mididrumigen.store.nearest import (
    SPARE,
    Exact,
    Indexed,
    Search,
    cosines,
    open_search,
    vec_problem,
)

DIMENSIONS = 16
NEEDS_NUMPY = pytest.mark.skipif(
    importlib.util.find_spec("numpy") is None, reason="numpy is not installed: the extra similar"
)
NEEDS_VEC = pytest.mark.skipif(vec_problem() is not None, reason=str(vec_problem()))
BACKENDS = [pytest.param("numpy", marks=NEEDS_NUMPY), pytest.param("sqlite-vec", marks=NEEDS_VEC)]


def unit(rng: Random) -> bytes:
    """A vector of length 1."""
    values = [rng.gauss(0, 1) for _ in range(DIMENSIONS)]
    length = math.sqrt(sum(value * value for value in values))
    return struct.pack(f"<{DIMENSIONS}f", *(value / length for value in values))


def some(count: int, seed: int = 1, first: int = 1) -> list[tuple[int, int, bytes]]:
    """(serial, artist, vector): artists are numbered from 1000 down, so that no order fits two."""
    rng = Random(seed)
    return [(first + n, 1000 - n, unit(rng)) for n in range(count)]


@pytest.fixture(params=BACKENDS)
def begin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Search]]:
    """Opens a search over vectors of a model; all are closed at the end."""
    opened: list[Search] = []

    def open_one(model: str = "m1") -> Search:
        search: Search = (
            Exact(DIMENSIONS)
            if request.param == "numpy"
            else Indexed(tmp_path / "index.db", model, DIMENSIONS)
        )
        opened.append(search)
        return search

    yield open_one
    for search in opened:
        search.close()


def test_the_nearest_come_first_and_no_more_than_there_are(
    begin: Callable[..., Search],
) -> None:
    search, rows = begin(), some(50)
    search.add(rows)
    for _, artist, vector in rows[:5]:
        assert search.nearest(vector, 3)[0] == artist
    everybody = search.nearest(rows[0][2], 500)
    assert sorted(everybody) == sorted(artist for _, artist, _ in rows)
    assert search.nearest(rows[0][2], 7) == everybody[:7]
    assert search.held() == (50, 50)


def test_what_is_empty_has_nobody_near(begin: Callable[..., Search]) -> None:
    search = begin()
    assert search.held() == (0, 0)
    assert search.nearest(unit(Random(3)), 5) == []


def test_more_may_be_added_and_others_dropped(begin: Callable[..., Search]) -> None:
    search, rows = begin(), some(30)
    search.add(rows[:10])
    search.add(rows[10:])
    search.add(rows[20:])  # what is there already is not there twice
    assert search.held() == (30, 30)
    search.keep_only([serial for serial, _, _ in rows[5:25]])
    assert search.held() == (20, 25)
    left = search.nearest(rows[0][2], 100)
    assert sorted(left) == sorted(artist for _, artist, _ in rows[5:25])
    search.add([(40, 7, rows[0][2])])
    assert search.nearest(rows[0][2], 1) == [7]


@NEEDS_NUMPY
@NEEDS_VEC
@pytest.mark.parametrize("seed", range(3))
def test_both_ways_give_the_same_answers(seed: int, tmp_path: Path) -> None:
    rows, rng = some(400, seed), Random(seed + 100)
    exact, indexed = Exact(DIMENSIONS), Indexed(tmp_path / "index.db", "m1", DIMENSIONS)
    try:
        vector_of = {artist: vector for _, artist, vector in rows}

        def chosen(search: Search, vector: bytes, most: int) -> list[int]:
            found = search.nearest(vector, most + SPARE)
            near = cosines(vector, [vector_of[artist] for artist in found])
            return [artist for _, artist in sorted(zip(near, found, strict=True))[::-1][:most]]

        for search in (exact, indexed):
            search.add(rows)
            search.keep_only([serial for serial, _, _ in rows if serial % 7])
        for most in (1, 10, 300, 1000):
            for _ in range(20):
                vector = unit(rng)
                assert chosen(exact, vector, most) == chosen(indexed, vector, most)
    finally:
        exact.close()
        indexed.close()


@NEEDS_VEC
def test_the_index_is_there_again_and_one_of_another_model_is_made_anew(tmp_path: Path) -> None:
    path, rows = tmp_path / "index.db", some(20)
    first = Indexed(path, "m1", DIMENSIONS)
    first.add(rows)
    first.close()
    again = Indexed(path, "m1", DIMENSIONS)
    assert again.held() == (20, 20)
    assert again.nearest(rows[3][2], 1) == [rows[3][1]]
    again.close()
    other = Indexed(path, "m2", DIMENSIONS)
    assert other.held() == (0, 0)
    other.close()


@NEEDS_NUMPY
def test_where_sqlite_vec_does_not_load_or_its_file_is_broken_numpy_searches(
    tmp_path: Path,
) -> None:
    path = tmp_path / "index.db"
    search = open_search(path, "m1", DIMENSIONS)
    assert isinstance(search, Exact if vec_problem() else Indexed)
    search.close()
    path.write_bytes(b"no database" * 1000)
    broken = open_search(path, "m1", DIMENSIONS)
    assert isinstance(broken, Exact)
    broken.add(some(3))
    assert broken.held() == (3, 3)
    broken.close()


@NEEDS_NUMPY
def test_cosines_are_in_the_order_of_the_vectors_and_none_for_one_that_is_missing() -> None:
    rng = Random(5)
    one, two = unit(rng), unit(rng)
    same, nothing, other = cosines(one, [one, None, two])
    assert same == pytest.approx(1, abs=1e-6)
    assert nothing is None
    assert other is not None
    assert -1 <= other < 1
