"""What is asked of `generate`."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.app.ask import (
    BlendAsk,
    ClipAsk,
    GenerateAsk,
    LockAsk,
    ask_from_json,
    ask_to_json,
)
from mididrumigen.drums import FAMILY, Voice
from mididrumigen.errors import InputError
from mididrumigen.models import Clip, Controls, Hit, Metre


@pytest.mark.parametrize(
    ("text", "name", "amount", "aspects"),
    [
        ("J Dilla:0.4", "J Dilla", 0.4, ("grooves", "fills", "feel", "dynamics")),
        ("J Dilla", "J Dilla", 0.5, ("grooves", "fills", "feel", "dynamics")),
        (" J Dilla : 1 :feel, fills", "J Dilla", 1.0, ("feel", "fills")),
        ("J Dilla:feel", "J Dilla", 0.5, ("feel",)),
        ("Blink-182:.25", "Blink-182", 0.25, ("grooves", "fills", "feel", "dynamics")),
        ("2:54:1", "2:54", 1.0, ("grooves", "fills", "feel", "dynamics")),
    ],
)
def test_a_blend_is_read_as_it_is_written(
    text: str, name: str, amount: float, aspects: tuple[str, ...]
) -> None:
    assert BlendAsk.parse(text) == BlendAsk(name, amount, aspects)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("J Dilla:40", "40 is no amount of a blend"),
        ("J Dilla:1.2.3", "1.2.3 is no amount"),
        ("J Dilla:0.4:groove", "'groove' is nothing that can be blended"),
        (":0.4", "name"),
    ],
)
def test_a_blend_that_is_none_is_a_sentence(text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        BlendAsk.parse(text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("words", "families"),
    [
        (["kick"], {"kick"}),
        (["Hats", "toms"], {"hat", "tom"}),
        (["hi-hat"], {"hat"}),
        (["cymbals"], {"ride", "crash"}),
        (["crashes", "percussion"], {"crash", "percussion"}),
    ],
)
def test_drums_are_locked_by_the_words_of_a_drummer(words: list[str], families: set[str]) -> None:
    lock = LockAsk.parse(words, [], "12/2")
    assert lock is not None
    assert (lock.generation_id, lock.take) == (12, 2)
    assert set(lock.voices) == {voice for voice, family in FAMILY.items() if family in families}


def test_one_voice_and_ranges_of_bars_are_locked_too() -> None:
    assert LockAsk.parse(["hat-open"], ["4", "1-2"], " 3 / 1 ") == LockAsk(
        3, 1, (Voice.HAT_OPEN,), (1, 2, 4)
    )
    assert LockAsk.parse([], [], "") is None


@pytest.mark.parametrize(
    ("words", "bars", "source", "says"),
    [
        (["kick"], [], "", "nothing says which take"),
        ([], [], "12/1", "nothing says what stays"),
        (["gong"], [], "12/1", "'gong' is no drum; say kick, snare"),
        (["kick"], [], "12", "'12' is no take"),
        ([], ["0"], "12/1", "'0' is no bar"),
        ([], ["4-2"], "12/1", "'4-2' is no bar"),
        ([], ["33"], "12/1", "'33' is no bar"),
    ],
)
def test_a_lock_that_is_none_is_a_sentence(
    words: list[str], bars: list[str], source: str, says: str
) -> None:
    with pytest.raises(InputError) as refused:
        LockAsk.parse(words, bars, source)
    assert says in str(refused.value)


HITS = st.builds(Hit, st.integers(-30, 4000), st.sampled_from(Voice), st.integers(1, 127))
ASKS = st.builds(
    GenerateAsk,
    bars=st.none() | st.integers(1, 32),
    metre=st.none() | st.just(Metre(7, 8)),
    seed=st.none() | st.integers(0, 2**53 - 1),
    controls=st.builds(Controls, swing=st.none() | st.just(61.7)),
    blend=st.none() | st.builds(BlendAsk, st.text(min_size=1), st.floats(0, 1)),
    lock=st.none()
    | st.builds(
        LockAsk,
        st.integers(1, 9),
        st.integers(1, 8),
        st.lists(st.sampled_from(Voice)).map(tuple),
        st.lists(st.integers(1, 32)).map(tuple),
    ),
    clip=st.none()
    | st.builds(
        ClipAsk,
        st.builds(
            Clip,
            st.text(),
            st.lists(HITS, max_size=5).map(tuple),
            st.integers(1, 32),
            st.just(Metre(6, 8)),
            st.floats(30, 300),
            st.lists(st.text()).map(tuple),
        ),
        st.sampled_from(["play-as", "continue"]),
    ),
)


@given(ASKS)
def test_an_ask_is_the_same_after_it_was_on_disk(ask: GenerateAsk) -> None:
    assert ask_from_json(json.loads(json.dumps(ask_to_json(ask)))) == ask


def test_an_ask_that_an_older_version_kept_is_still_read() -> None:
    plain = ask_to_json(GenerateAsk(bars=2, seed=1))
    for name in ("blend", "lock", "clip"):
        del plain[name]
    assert ask_from_json(plain) == GenerateAsk(bars=2, seed=1)
