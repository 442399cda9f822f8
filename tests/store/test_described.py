"""Descriptions and their vectors in the database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mididrumigen.knowledge import Library
from mididrumigen.models import Artist
from mididrumigen.models.described import Described
from mididrumigen.research.profile import build_profile
from mididrumigen.store import Store, queries
from mididrumigen.store import described as kept

NOW = "2026-01-02T03:04:05+00:00"
KNOWN = Library().find("rock")
MODEL = "m1"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new database."""
    opened = await Store.open(tmp_path / "x.db")
    yield opened
    await opened.close()


async def learn(store: Store, name: str) -> int:
    """Store an artist with a profile."""
    assert KNOWN
    artist = Artist(name)
    artist_id = await store.write(queries.keep_evidence, None, artist, KNOWN.evidence[0])
    evidence, stamp = await store.read(queries.evidence_and_stamp, artist_id)
    await store.write(queries.save_profile, artist_id, build_profile(artist, evidence), stamp)
    return artist_id


def entry(name: str, style: str = "rock", tempo_bpm: float = 100) -> Described:
    return Described(name, "artist", {style: 1.0}, traits={"tempo_bpm": tempo_bpm})


async def describe(store: Store, artist_id: int, text: str = "t", **more: object) -> None:
    found = entry(f"A{artist_id}", **more)  # type: ignore[arg-type]
    await store.write(kept.describe, {artist_id: (found, text, f"hash of {text}")})


async def read(store: Store, artist_id: int, text: str = "t") -> None:
    found = {artist_id: (text, f"hash of {text}", b"1234")}
    await store.write(kept.keep_vectors, MODEL, found)


async def test_a_new_profile_is_to_be_described_and_one_that_is_described_is_not(
    store: Store,
) -> None:
    artist_id = await learn(store, "A")
    assert await store.read(kept.undescribed, 9) == [artist_id]
    assert await store.read(kept.count_described) == 0
    assert await store.read(kept.of_everybody, MODEL) == []
    await describe(store, artist_id)
    assert await store.read(kept.undescribed, 9) == []
    assert await store.read(kept.count_described) == 1
    assert await store.read(kept.of_everybody, MODEL) == [(artist_id, entry(f"A{artist_id}"), None)]
    await learn(store, "A")
    assert await store.read(kept.undescribed, 9) == [artist_id]


async def test_a_text_is_read_once_by_each_model_and_again_when_it_changes(store: Store) -> None:
    artist_id = await learn(store, "A")
    assert await store.read(kept.without_vector, MODEL, 9) == []  # not described yet
    await describe(store, artist_id)
    assert await store.read(kept.without_vector, MODEL, 9) == [(artist_id, "t")]
    assert await store.read(kept.count_without_vector, MODEL) == 1
    await read(store, artist_id)
    assert await store.read(kept.without_vector, MODEL, 9) == []
    assert await store.read(kept.count_without_vector, MODEL) == 0
    for other in ("a model before", "z model after"):
        assert await store.read(kept.without_vector, other, 9) == [(artist_id, "t")]
    [one] = await store.read(kept.of_artists, MODEL, [artist_id])
    assert one.vector == b"1234"

    await learn(store, "A")  # a new profile whose text is the same
    await describe(store, artist_id)
    assert await store.read(kept.without_vector, MODEL, 9) == []
    await describe(store, artist_id, "another")
    assert await store.read(kept.without_vector, MODEL, 9) == [(artist_id, "another")]


async def test_a_vector_of_a_text_that_has_changed_meanwhile_is_not_kept(store: Store) -> None:
    artist_id = await learn(store, "A")
    await describe(store, artist_id, "new")
    await read(store, artist_id, "old")
    assert await store.read(kept.vectors_stamp, MODEL) == (0, 0)
    assert await store.read(kept.without_vector, MODEL, 9) == [(artist_id, "new")]


async def test_a_serial_never_comes_again(store: Store) -> None:
    first = await learn(store, "A")
    await describe(store, first)
    await read(store, first)
    assert await store.read(kept.vectors_stamp, MODEL) == (1, 1)
    await store.write(queries.forget_artist, first)
    assert await store.read(kept.vectors_stamp, MODEL) == (0, 0)
    second = await learn(store, "B")
    await describe(store, second)
    await read(store, second)
    assert await store.read(kept.vector_serials, MODEL) == [2]
    assert await store.read(kept.vectors_since, MODEL, 1, 9) == [(2, second, b"1234")]
    assert await store.read(kept.vectors_since, MODEL, 2, 9) == []


async def test_who_is_forgotten_is_compared_no_more(store: Store) -> None:
    artist_id = await learn(store, "A")
    await describe(store, artist_id)
    await read(store, artist_id)
    await store.write(queries.forget_artist, artist_id)
    assert await store.read(kept.of_everybody, MODEL) == []
    assert await store.read(kept.undescribed, 9) == []
    await describe(store, artist_id)
    await read(store, artist_id)
    assert await store.read(kept.of_everybody, MODEL) == []


async def test_of_a_style_the_nearest_in_tempo_are_compared(store: Store) -> None:
    ids = [await learn(store, name) for name in "ABCDEF"]
    for artist_id, bpm in zip(ids, (60, 80, 100, 120, 140, 160), strict=True):
        await describe(store, artist_id, tempo_bpm=bpm)
    await describe(store, ids[5], style="punk", tempo_bpm=100)
    found = await store.read(kept.of_styles, MODEL, ["rock", ""], 99, 4)
    assert sorted(one.artist_id for one in found) == ids[:4]
    found = await store.read(kept.of_styles, MODEL, ["rock", ""], 99, 100)
    assert sorted(one.artist_id for one in found) == ids[:5]


async def test_vectors_of_built_in_texts_are_kept_by_model_and_hash(store: Store) -> None:
    await store.write(kept.keep_text_vectors, MODEL, {"h1": b"1", "h2": b"2"})
    await store.write(kept.keep_text_vectors, "m0", {"h1": b"0"})
    assert await store.read(kept.text_vectors, MODEL) == {"h1": b"1", "h2": b"2"}
    await store.write(kept.drop_text_vectors, MODEL, ["h2"])
    assert await store.read(kept.text_vectors, MODEL) == {"h2": b"2"}
    assert await store.read(kept.text_vectors, "m0") == {}


async def test_who_has_no_profile_any_more_is_taken_out(store: Store) -> None:
    artist_id = await learn(store, "A")
    await store.write(kept.drop_undescribable, [artist_id])
    await store.write(kept.drop_undescribable, [])
    assert await store.read(kept.undescribed, 9) == []
