"""The note list of the specification: its rules, one by one, and the way there and back."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mididrumigen.drums import DRUMS, Voice
from mididrumigen.errors import NoteListError
from mididrumigen.midi import parse_note_list, to_note_list
from mididrumigen.models import METRES, Hit, Metre, Pattern

GOOD: dict[str, Any] = {
    "notes": [
        {"pitch": 36, "velocity": 110, "time": 0, "duration": 60},
        {"pitch": 42, "velocity": 80, "time": 40, "duration": 30},
        {"pitch": 38, "velocity": 100, "time": 480, "duration": 120},
    ],
    "tempo": 92,
    "time_signature": [4, 4],
    "total_bars": 1,
}


def changed(**top: object) -> dict[str, Any]:
    """The good list with other values at its top."""
    return {**deepcopy(GOOD), **top}


def with_third(**values: object) -> dict[str, Any]:
    """The good list with other values in its third note; None takes a key out."""
    listed = deepcopy(GOOD)
    listed["notes"][2] |= values
    for key in [k for k, v in values.items() if v is None]:
        del listed["notes"][2][key]
    return listed


def test_a_good_list_becomes_a_pattern() -> None:
    pattern = parse_note_list(GOOD)
    assert pattern.hits == (
        Hit(0, Voice.KICK, 110),
        Hit(40, Voice.HAT_CLOSED, 80),
        Hit(480, Voice.SNARE, 100),
    )
    assert (pattern.bars, pattern.metre, pattern.tempo_bpm) == (1, Metre(4, 4), 92.0)


@pytest.mark.parametrize("encode", [json.dumps, lambda d: json.dumps(d).encode()])
def test_text_and_bytes_are_read_like_the_decoded_list(encode: Any) -> None:
    assert parse_note_list(encode(GOOD)).hits == parse_note_list(GOOD).hits


@pytest.mark.parametrize("written", ["7/8", [7, 8], (7, 8), " 7 / 8 "])
def test_a_time_signature_may_be_text_or_a_pair(written: object) -> None:
    assert parse_note_list(changed(time_signature=written)).metre == Metre(7, 8)


@pytest.mark.parametrize(
    "values",
    [
        {"pitch": 35},
        {"pitch": 81},
        {"velocity": 1},
        {"velocity": 127},
        {"duration": 30},
        {"time": 1890, "duration": 30},
        {"time": 1880, "duration": 30},
        {"articulation": "rim"},  # what else a model adds is no matter
    ],
    ids=str,
)
def test_the_limits_themselves_are_allowed(values: dict[str, object]) -> None:
    assert len(parse_note_list(with_third(**values)).hits) == 3


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"pitch": 34}, "pitch"),
        ({"pitch": 82}, "pitch"),
        ({"pitch": 38.5}, "pitch"),
        ({"pitch": "38"}, "pitch"),
        ({"pitch": None}, "pitch"),
        ({"velocity": 0}, "velocity"),
        ({"velocity": 128}, "velocity"),
        ({"velocity": True}, "velocity"),
        ({"velocity": None}, "velocity"),
        ({"duration": 29}, "duration"),
        ({"duration": -30}, "duration"),
        ({"duration": None}, "duration"),
        ({"time": -30}, "time"),
        ({"time": 480.0}, "time"),
        ({"time": None}, "time"),
        ({"time": 481}, "time 481 is off the grid of 30 or 40 ticks"),
        ({"time": 470}, "time 470 is off the grid"),
        ({"time": 1920}, "lies outside 1920 ticks"),
        ({"time": 1900 + 1920 * 9 + 20}, "lies outside 1920 ticks"),
        ({"time": 10**400}, "lies outside"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_broken_rule_alone_is_refused_naming_the_note(
    values: dict[str, object], word: str
) -> None:
    with pytest.raises(NoteListError) as refused:
        parse_note_list(with_third(**values))
    assert "note 3" in str(refused.value)
    assert word in str(refused.value)


def test_the_first_of_several_broken_notes_is_named() -> None:
    listed = with_third(velocity=0)
    listed["notes"][1]["velocity"] = 128
    with pytest.raises(NoteListError, match="note 2 velocity"):
        parse_note_list(listed)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"tempo": 29.9}, "tempo"),
        ({"tempo": 301}, "tempo"),
        ({"tempo": float("nan")}, "tempo"),
        ({"tempo": "fast"}, "tempo"),
        ({"total_bars": 0}, "total_bars"),
        ({"total_bars": 33}, "total_bars"),
        ({"total_bars": 1.5}, "total_bars"),
        ({"time_signature": "4/3"}, "time_signature"),
        ({"time_signature": [4]}, "time_signature"),
        ({"time_signature": 4}, "time_signature"),
        ({"notes": "kick"}, "notes"),
        ({"notes": [[36, 100, 0, 30]]}, "note 1"),
        ({"notes": [GOOD["notes"][0]] * 10_001}, "notes"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_at_the_top_is_named(values: dict[str, object], word: str) -> None:
    with pytest.raises(NoteListError) as refused:
        parse_note_list(changed(**values))
    assert word in str(refused.value)


@pytest.mark.parametrize("key", list(GOOD))
def test_nothing_at_the_top_may_be_missing(key: str) -> None:
    listed = changed()
    del listed[key]
    with pytest.raises(NoteListError, match=f"{key}: Field required"):
        parse_note_list(listed)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kick kick snare", "is not JSON"),
        ("", "is not JSON"),
        (b"\xff\xfe\x00", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "the whole"),
        ("null", "the whole"),
        (" " * 1_000_001, "over 1 MB"),
    ],
    ids=["words", "empty", "bytes", "nested", "list", "null", "huge"],
)
def test_text_that_is_no_note_list_is_refused_with_the_reason(text: str | bytes, says: str) -> None:
    with pytest.raises(NoteListError) as refused:
        parse_note_list(text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("time", "snapped"),
    [
        (0, 0),
        (14, 0),
        (16, 30),
        (34, 30),
        (35, 30),
        (36, 40),
        (55, 60),
        (76, 80),
        (479, 480),
        (488, 480),
    ],
)
def test_with_snap_a_note_moves_to_the_nearest_grid_point(time: int, snapped: int) -> None:
    pattern = parse_note_list(with_third(time=time), snap=True)
    assert [h.tick for h in pattern.hits if h.voice is Voice.SNARE] == [snapped]


def test_with_snap_the_other_rules_still_hold() -> None:
    for values in ({"time": 1921}, {"pitch": 34}, {"duration": 29}, {"time": 10**400}):
        with pytest.raises(NoteListError, match="note 3"):
            parse_note_list(with_third(**values), snap=True)


def on_grid(notes: list[dict[str, int]]) -> bool:
    return all(note["time"] % 30 == 0 or note["time"] % 40 == 0 for note in notes)


def test_a_pattern_becomes_a_list_on_the_grid() -> None:
    hits = (Hit(-5, Voice.KICK, 100), Hit(163, Voice.SNARE, 90), Hit(1679, Voice.RIDE, 80))
    listed = to_note_list(Pattern(hits, 1, Metre(7, 8), 97.5, 3, 1, "Test"))
    assert listed == {
        "notes": [
            {"pitch": 36, "velocity": 100, "time": 0, "duration": 120},
            {"pitch": 38, "velocity": 90, "time": 160, "duration": 120},
            {"pitch": 51, "velocity": 80, "time": 1650, "duration": 30},
        ],
        "tempo": 97.5,
        "time_signature": "7/8",
        "total_bars": 1,
    }


_LATTICE = sorted({*range(0, 3840, 30), *range(0, 3840, 40)})


@settings(max_examples=80, deadline=None)
@given(
    metre=st.sampled_from(METRES),
    cells=st.dictionaries(
        st.tuples(st.sampled_from(_LATTICE), st.sampled_from(Voice)),
        st.integers(1, 127),
        max_size=40,
    ),
)
def test_a_list_survives_the_way_to_a_pattern_and_back(
    metre: Metre, cells: dict[tuple[int, Voice], int]
) -> None:
    length = 2 * metre.beats * 1920 // metre.unit
    wanted: list[tuple[int, int, int]] = []
    last: dict[Voice, int] = {}
    for (time, voice), velocity in sorted(cells.items()):
        if time <= length - 30 and time - last.get(voice, -30) >= 30:  # else one note hides another
            wanted.append((time, DRUMS[voice].note, velocity))
            last[voice] = time
    listed = {
        "notes": [
            {"time": t, "pitch": p, "velocity": v, "duration": 30} for t, p, v in sorted(wanted)
        ],
        "tempo": 101.5,
        "time_signature": str(metre),
        "total_bars": 2,
    }
    back = to_note_list(parse_note_list(json.dumps(listed)))
    assert [(n["time"], n["pitch"], n["velocity"]) for n in back["notes"]] == sorted(wanted)
    assert {k: v for k, v in back.items() if k != "notes"} == {
        k: v for k, v in listed.items() if k != "notes"
    }


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    metre=st.sampled_from(METRES),
    hits=st.lists(
        st.builds(
            Hit,
            st.integers(-30, 400),  # crowded
            st.sampled_from((Voice.KICK, Voice.SNARE)),
            st.integers(1, 127),
        ),
        max_size=40,
    ),
)
@example(Metre(4, 4), [Hit(36, Voice.KICK, 90), Hit(66, Voice.KICK, 80)])
def test_the_list_of_any_pattern_keeps_the_rules_and_loses_nothing_when_read(
    metre: Metre, hits: list[Hit]
) -> None:
    listed = to_note_list(Pattern(tuple(hits), 1, metre, 120.0, 1, 1, "Test"))
    length = metre.beats * 1920 // metre.unit
    assert on_grid(listed["notes"])
    assert all(n["time"] + n["duration"] <= length for n in listed["notes"])
    assert all(n["duration"] >= 30 for n in listed["notes"])
    back = to_note_list(parse_note_list(listed))
    assert [(n["time"], n["pitch"], n["velocity"]) for n in back["notes"]] == [
        (n["time"], n["pitch"], n["velocity"]) for n in listed["notes"]
    ]


def test_two_strokes_of_one_drum_stay_apart_in_the_list() -> None:
    # 36 and 66 snap to 40 and 60: two notes of one pitch that must not overlap.
    hits = (Hit(36, Voice.KICK, 90), Hit(66, Voice.KICK, 80))
    listed = to_note_list(Pattern(hits, 1, Metre(4, 4), 120.0, 1, 1, "Test"))
    first, *rest = (n for n in listed["notes"] if n["pitch"] == 36)
    assert all(first["time"] + first["duration"] <= n["time"] for n in rest)
