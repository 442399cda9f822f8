"""Whatever is fed to it: claims keep to their scales and limits, and time is bounded."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.groove.traits import trait_kind
from mididrumigen.prose import Names, claims_of
from mididrumigen.prose.quotes import LONGEST_QUOTE, QUOTE_WORDS
from mididrumigen.prose.spots import WORDS
from mididrumigen.prose.text import clean
from tests.prose.sentences import NAMES, SENTENCES

PIECES = sorted({word for line in WORDS for word in line.phrases.replace("|", " ").split()})
GLUE = [" ", ", ", ". ", "; ", " and ", " not ", " Bonham ", ' "Kashmir" ', " He ", "\n", "\u200b"]
NUMBERS = ["92 bpm", "at 90-110 BPM", "7/8 time", "1e9", "0", "one twenty bpm", "99999999 bpm"]
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*PIECES, *GLUE, *NUMBERS]), max_size=60).map("".join),
    st.lists(st.sampled_from([*PIECES, *NUMBERS]), max_size=40).map(" ".join),
    st.lists(st.sampled_from([s.text for s in SENTENCES]), max_size=4).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(texts, st.booleans(), st.sampled_from([None, True, False]), st.sampled_from(sorted(NAMES)))
def test_claims_keep_to_scales_and_limits(
    text: str, has_sections: bool, is_about: bool | None, called: str
) -> None:
    names = NAMES[called]
    read = clean(text).replace("\n", " ")
    for claim in claims_of(text, names, has_sections=has_sections, is_about=is_about):
        assert 0 < claim.confidence <= 1
        assert claim.who in ("", *names.drummers)
        assert len(claim.quote.split()) <= QUOTE_WORDS
        assert len(claim.quote) <= LONGEST_QUOTE
        assert claim.quote in read
        base, _, part = claim.trait.partition(".")
        if isinstance(claim.value, str):
            assert base in ("metre", "plays_with")
            assert (claim.low, claim.high) == (None, None)
            continue
        assert claim.low is not None
        assert claim.high is not None
        assert claim.low <= claim.value <= claim.high
        if base in ("kit", "groove"):
            assert base == "groove" or part in (*Voice, "brushes", "mallets")
        else:
            kind = trait_kind(claim.trait)
            assert kind.low <= claim.low
            assert claim.high <= kind.high


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3), texts)
def test_any_names_do(artist: str, names: list[str], text: str) -> None:
    parts = tuple(names)
    claims_of(text, Names(artist, parts, parts, parts, parts))


HOSTILE = {
    "one long word": "a" * 1_000_000,
    "one long number": "9" * 1_000_000,
    "quotation marks": '"' * 1_000_000,
    "full stops": ". " * 500_000,
    "headings": "== a ==\n" * 120_000,
    "no full stop": "ghost notes never " * 60_000,
    "names": "Ab Cd, " * 150_000,
    "possessives": "a's " * 250_000,
    "numbers": "one hundred and " * 60_000,
    "fractions": "1/" * 500_000,
    "invisible": "ghost\u200b \u202enotes\u2066 " * 50_000,
    "combining": "a\u0301\u0302" * 300_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_megabyte_of_anything_takes_seconds(text: str) -> None:
    started = time.process_time()
    claims_of(text, NAMES["toto"], has_sections=True, is_about=True)
    assert time.process_time() - started < 20


@pytest.mark.parametrize("piece", ["ghost notes never ", "Ab Cd, ", "a's ", "1/", '"a', "92 bpm "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        spent = []
        for _ in range(3):  # the shortest: a collection of garbage falls into any of them
            started = time.process_time()
            claims_of(text, NAMES["toto"], is_about=True)
            spent.append(time.process_time() - started)
        return min(spent)

    seconds(2000)
    # Four times the text; sixteen times the time would be quadratic.
    assert seconds(24_000) < 8 * max(seconds(6_000), 0.01)


def test_what_cannot_be_seen_is_in_no_quote() -> None:
    text = "Bonham plays gh\u200bost\u202e notes\u2069 at \u200f92 BPM\x07."
    claims = claims_of(text, NAMES["bonham"])
    assert {c.trait for c in claims} == {"ghost_share", "tempo_bpm"}
    assert {c.quote for c in claims} == {"Bonham plays ghost notes at 92 BPM."}
