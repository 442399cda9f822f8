"""A take from the history: its file to the byte, its notes page by page."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.app import App, GenerateAsk
from mididrumigen.app.results import GenerateResult
from mididrumigen.app.takes import PAGE_BYTES, page, take_file
from mididrumigen.config import Config, find_paths
from mididrumigen.drums import Voice
from mididrumigen.engine import play
from mididrumigen.errors import InputError, NotFound
from mididrumigen.knowledge import Library
from mididrumigen.midi import midi_bytes
from mididrumigen.models import (
    COMMON_TIME,
    METRES,
    Controls,
    Hit,
    Metre,
    Pattern,
    Request,
    StyleProfile,
    TraitFit,
)
from mididrumigen.research import build_profile

FIT = TraitFit("backbeat", 0.9, 0.9, 0.98765)


def profile() -> StyleProfile:
    """A real one, of built-in notes."""
    known = Library().find("John Bonham")
    assert known
    return build_profile(known.artist, known.evidence)


PROFILE = profile()


def kept(patterns: list[Pattern], name: str = PROFILE.artist_name) -> dict[str, Any]:
    """Patterns as the history gives them back."""
    first = patterns[0]
    request = Request(
        bars=first.bars, tempo_bpm=first.tempo_bpm, metre=first.metre, seed=first.seed
    )
    result = GenerateResult(
        profile=replace(PROFILE, artist_name=name),
        request=request,
        patterns=tuple(patterns),
        files=(),
        notices=(),
        generation_time_ms=1.0,
    )
    return {**json.loads(json.dumps(result.to_json())), "generation_id": 2**53 - 1}


def dense(
    per_bar: int, *, bars: int = 32, metre: Metre = COMMON_TIME, artist: str = "Me"
) -> Pattern:
    """A take with so many strokes in each bar, of three voices in turn."""
    voices = (Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED)
    hits = [
        Hit(bar * metre.ticks + stroke * metre.ticks // per_bar, voices[stroke % 3], 127)
        for bar in range(bars)
        for stroke in range(per_bar)
    ]
    return Pattern(tuple(hits), bars, metre, 129.37, 2**53 - 1, 1, artist, (FIT,))


def pages(generation: dict[str, Any], bars: int | None) -> list[dict[str, Any]]:
    """All pages of the first take, as one who reads from the first bar gets them."""
    found, bar = [], 0
    while True:
        found.append(page(generation, 1, bar, bars))
        following = found[-1]["next_bar"]
        if following is None:
            return found
        assert following > bar
        bar = following


def test_a_take_is_the_file_that_was_played_to_the_byte() -> None:
    for metre in (Metre(4, 4), Metre(7, 8), Metre(12, 8)):
        request = Request(bars=8, metre=metre, seed=4, tempo_bpm=97.35, variations=3)
        patterns = play(PROFILE, request)
        generation = kept(list(patterns))
        for number, pattern in enumerate(patterns, 1):
            assert take_file(generation, number) == midi_bytes(pattern), (metre, number)


@settings(max_examples=30, deadline=None)
@given(
    ticks=st.lists(st.integers(0, 4 * 3360 - 1), max_size=60),
    metre=st.sampled_from(METRES),
    tempo=st.floats(30, 300).map(lambda bpm: round(bpm, 2)),
    name=st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable()),
)
def test_any_take_is_its_file_whatever_its_ticks_tempo_and_name(
    ticks: list[int], metre: Metre, tempo: float, name: str
) -> None:
    hits = tuple(sorted(Hit(tick, Voice.SNARE, tick % 127 + 1) for tick in ticks))
    pattern = Pattern(hits, 4, metre, tempo, 7, 1, name)
    assert take_file(kept([pattern], name), 1) == midi_bytes(pattern)


def test_a_generation_of_before_there_was_a_choice_is_general_midi_in_one_track() -> None:
    pattern = dense(4, bars=2)
    old = {k: v for k, v in kept([pattern], "Me").items() if k not in ("map", "voices", "tracks")}
    assert take_file(old, 1) == midi_bytes(pattern)


async def test_a_take_out_of_the_database_is_the_file_on_the_disk(
    home: Path, tmp_path: Path
) -> None:
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    ask = GenerateAsk(bars=8, variations=2, seed=3, controls=Controls(swing=61.7, humanize=80))
    async with App.open(Config(), paths) as app:
        result = await app.generate("John Bonham", ask, tmp_path / "out")
        assert result.generation_id is not None
        generation = await app.generation(result.generation_id)
        for number, file in enumerate(result.files, 1):
            assert take_file(generation, number) == file.read_bytes()
            assert await app.take_path(result.generation_id, number) == file


@settings(max_examples=40, deadline=None)
@given(
    per_bar=st.integers(0, 96),
    count=st.integers(1, 32),
    bars=st.none() | st.integers(1, 40),
    metre=st.sampled_from(METRES),
)
def test_pages_together_are_every_note_once_in_order_and_each_is_small(
    per_bar: int, count: int, bars: int | None, metre: Metre
) -> None:
    generation = kept([dense(per_bar, bars=count, metre=metre)])
    found = pages(generation, bars)
    together = [note for one in found for note in one["notes"]]
    assert together == generation["clips"][0]["notes"]
    for one in found:
        assert len(json.dumps(one)) < PAGE_BYTES
        until = one["next_bar"] if one["next_bar"] is not None else count
        assert bars is None or until - one["from_bar"] <= bars
        low, high = one["from_bar"] * metre.quarters, until * metre.quarters
        assert all(low <= start < high for _, start, _, _ in one["notes"])


def test_a_long_take_is_more_than_one_page_and_none_is_smaller_than_it_must_be() -> None:
    generation = kept([dense(64)])
    found = pages(generation, None)
    assert len(found) > 1
    sizes = [len(json.dumps(one)) for one in found]
    assert max(sizes) < PAGE_BYTES
    assert min(sizes[:-1]) > PAGE_BYTES * 0.85  # a bar more would have been too much


@pytest.mark.parametrize(
    "name", ["\N{DRUM WITH DRUMSTICKS}" * 200, '"\\' * 100], ids=["drums", "quotes"]
)
def test_a_page_is_small_however_the_artist_is_called(name: str) -> None:
    for per_bar in range(56, 97, 8):
        generation = kept([dense(per_bar, artist=name)], name)
        sizes = [len(json.dumps(one)) for one in pages(generation, None)]
        assert max(sizes) < PAGE_BYTES, per_bar


def test_a_page_says_what_it_is_a_page_of() -> None:
    generation = kept([dense(4, bars=6)])
    first = page(generation, 1, 0, 4)
    assert first == {
        "generation_id": 2**53 - 1,
        "take": 1,
        "name": "Me - Variation 1",
        "tempo": 129.37,
        "time_signature": "4/4",
        "bars": 6,
        "length_beats": 24.0,
        "fit": 0.988,
        "from_bar": 0,
        "next_bar": 4,
        "notes": generation["clips"][0]["notes"][:16],
    }
    rest = page(generation, 1, 4, 4)
    assert (rest["from_bar"], rest["next_bar"]) == (4, None)
    assert rest["notes"] == generation["clips"][0]["notes"][16:]


def test_bars_without_notes_are_pages_too() -> None:
    silent = Pattern((Hit(7 * 1920, Voice.KICK, 100),), 8, Metre(4, 4), 120.0, 1, 1, "Me")
    generation = kept([silent])
    assert pages(generation, 7)[0]["notes"] == []
    assert len(pages(generation, None)[0]["notes"]) == 1


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_take_that_is_not_there_is_named(number: int) -> None:
    generation = kept([dense(4), replace(dense(4), variation=2)])
    for ask in (lambda: take_file(generation, number), lambda: page(generation, number, 0, None)):
        with pytest.raises(NotFound, match=f"takes 1 to 2, not {number}"):
            ask()


@pytest.mark.parametrize("bar", [-1, 6, 10**9])
def test_a_bar_that_is_not_there_is_named(bar: int) -> None:
    with pytest.raises(InputError, match=f"from_bar must be 0 to 5, not {bar}"):
        page(kept([dense(4, bars=6)]), 1, bar, None)
