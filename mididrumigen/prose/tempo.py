"""Tempo and metre as written: "92 BPM", "between 90 and 110 beats per minute", "in 7/8"."""

from collections.abc import Iterator
from dataclasses import dataclass

from mididrumigen.prose.numbers import number_at
from mididrumigen.prose.tokens import Book, Token, word_set
from mididrumigen.prose.words_grammar import GUESSED_NUMBER

LOWEST_BPM, HIGHEST_BPM = 30.0, 300.0
_DASHES = ("-", "\u2013", "\u2014", "/")
_WIDEST = 2.2
"""Highest to lowest of a range that still says something of a tempo."""
_UNIT = Book(["bpm|bpms / beats per|a|to minute / beats per|a|to the|a minute / b p m"])
_TEMPO_BEFORE = Book(
    [
        "tempo|tempos|tempi|metronome|click|speed .. of|at|to|is|was|around|about|near|between"
        "|from"
        " / metronome mark|marking / set the? metronome|click .. at|to / clocks|clocked in at /"
        " tempo"
    ]
)
_NO_TEMPO = Book(
    [
        "heart|pulse rate|rates / heartbeat|heartbeats|resting|treadmill|cardio|runners|running"
        " / sync|syncs|synced|syncing|supports|firmware|patterns per / faster|slower than|by"
    ]
)
_MORE = word_set("faster slower more less higher lower quicker above below up down")
_ABOVE, _BELOW = (
    word_set("above over exceeding past beyond exceeds exceeded"),
    word_set("below under beneath"),
)
_BEFORE_A_TEMPO = word_set("of at to is was a the from between just set")
_OTHER_UNITS = word_set(
    "kbps khz hz km mph db people seconds minutes hours years inch inches dollars percent songs"
    " tracks"
    " shows copies pages albums dates times bars gigs kg feet measures beats patterns fans"
)
_FEEL_OF = Book(["half|double time / halftime|doubletime / feels|feel like"])
_METRE_NEAR = Book(
    [
        "time|metre|meter|metres|meters|signature|signatures|bar|bars|measure|measures|groove"
        "|grooves|feel|riff"
        "|beat|beats|in|between|section|verse|chorus|intro|pattern|rhythm|alternates|alternating"
    ]
)
_NO_METRE = word_set("of inch inches stars scale volts")
_NAMED_METRES = Book(
    [
        "odd|unusual|irregular|asymmetric|asymmetrical|complex|shifting|changing|strange|mixed"
        "|tricky time? metre|metres"
        "|meter|meters|signature|signatures / odd|asymmetric time|times|metered|timed",
        "waltz time / three four time / in three four / three quarter time / waltz beat|rhythm"
        "|feel",
        "seven|7 eight|eighth|8 time / in seven eight / in seven four",
        "five four time / in five four",
        "six eight time|feel / in six eight",
        "twelve eight time|feel|shuffle / in twelve eight",
    ]
)
_METRES = ("odd", "3/4", "7/8", "5/4", "6/8", "12/8")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A tempo or a metre at tokens `first` to `last`."""

    first: int
    last: int
    trait: str
    value: float | str
    low: float | None
    high: float | None
    sure: float


def tempos(tokens: list[Token], end_gap: str = "") -> Iterator[Mentioned]:
    """Tempos in quarter notes a minute, 30-300."""
    if _NO_TEMPO.has(tokens):
        return
    used = -1
    for at in range(len(tokens)):
        if at <= used:
            continue
        found = number_at(tokens, at)
        if found is None:
            continue
        last, low = found
        high = low
        second = _second(tokens, last)
        unit = _unit_after(tokens, last)
        if second and (unit is None or second[0] <= unit + 3):
            second_unit = _unit_after(tokens, second[0])
            if unit is not None or second_unit is not None or _asks(tokens, at):
                last, high = second[0], second[1]
                unit = second_unit if second_unit is not None else unit
        sure = 0.9
        if unit is None:
            if not _asks(tokens, at) or _other_unit(tokens, last):
                continue
            sure = 0.7
        used = max(last, unit or 0)
        mention = _mentioned(tokens, at, used, min(low, high), max(low, high), sure)
        if mention:
            yield mention


def _mentioned(
    tokens: list[Token], first: int, last: int, low: float, high: float, sure: float
) -> Mentioned | None:
    before = [t.word for t in tokens[max(first - 2, 0) : first]]
    following = tokens[last + 1].word if last + 1 < len(tokens) else ""
    if following in _MORE or "by" in before[-1:] or not LOWEST_BPM <= low <= high <= HIGHEST_BPM:
        return None
    if high > low:
        if high / low > _WIDEST:
            return None
        return Mentioned(first, last, "tempo_bpm", (low + high) / 2, low, high, sure)
    if _ABOVE & set(before):
        return Mentioned(first, last, "tempo_bpm", low, low, HIGHEST_BPM, sure * 0.6)
    if _BELOW & set(before):
        return Mentioned(first, last, "tempo_bpm", low, LOWEST_BPM, low, sure * 0.6)
    vague = bool(GUESSED_NUMBER & set(before)) or "~" in tokens[first].gap
    spread = 0.06 if vague else 0.02
    if _FEEL_OF.has(tokens):
        sure *= 0.7
    return Mentioned(
        first,
        last,
        "tempo_bpm",
        low,
        max(LOWEST_BPM, low * (1 - spread)),
        min(HIGHEST_BPM, low * (1 + spread)),
        sure * (0.95 if vague else 1),
    )


def turned_tempo(one: Mentioned) -> Mentioned | None:
    """A tempo that is denied: "never above 140" leaves what is below; None if nothing."""
    if one.high == HIGHEST_BPM and one.low == one.value:
        return Mentioned(one.first, one.last, one.trait, one.value, LOWEST_BPM, one.low, one.sure)
    if one.low == LOWEST_BPM and one.high == one.value:
        return Mentioned(one.first, one.last, one.trait, one.value, one.high, HIGHEST_BPM, one.sure)
    return None


def _second(tokens: list[Token], last: int) -> tuple[int, float] | None:
    """The other end of a range: "90-110", "90 to 110", "90 bpm and 110 bpm", "105 to about 120"."""
    at = last + 1
    unit = _unit_after(tokens, last)
    if unit is not None:
        at = unit + 1
    if at >= len(tokens):
        return None
    joined = tokens[at].gap.strip() in _DASHES
    if not joined:
        if tokens[at].word not in ("to", "and", "or", "through"):
            return None
        at += 1
        if at < len(tokens) and tokens[at].word in GUESSED_NUMBER:
            at += 1
    if at >= len(tokens) or "," in tokens[at].gap:
        return None
    return number_at(tokens, at)


def _unit_after(tokens: list[Token], last: int) -> int | None:
    """Last token of "bpm" or "beats per minute" just after a number."""
    here = tokens[last + 1 : last + 5]
    if not here or any(mark in here[0].gap for mark in ",;:()"):
        return None
    return next((last + 1 + f.last for f in _UNIT.find(here) if f.first == 0), None)


def _asks(tokens: list[Token], at: int) -> bool:
    """Whether a number must be a tempo though no unit follows: "a tempo of 96", "♩ = 92"."""
    gap = tokens[at].gap
    if any(note in gap for note in "♩♪𝅘𝅥") or (
        "=" in gap and "note" in [t.word for t in tokens[max(at - 2, 0) : at]]
    ):
        return True
    before = tokens[max(at - 5, 0) : at]
    near = next(_TEMPO_BEFORE.find(before), None)
    if near is None or any(c in gap for c in ".;()"):
        return False
    between = before[near.last + 1 :]
    return all(t.word in GUESSED_NUMBER | _BEFORE_A_TEMPO for t in between)


def _other_unit(tokens: list[Token], last: int) -> bool:
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    return following is not None and (
        following.word in _OTHER_UNITS
        or following.gap.startswith("%")
        or following.gap.startswith(":")
    )


def metres(tokens: list[Token]) -> Iterator[Mentioned]:
    """Time signatures, and odd ones that are not given as numbers."""
    named = -1
    for found in _NAMED_METRES.find(tokens):
        if found.first <= named:
            continue
        named = found.last
        yield Mentioned(found.first, found.last, "metre", _METRES[found.entry], None, None, 0.75)
    last = -9
    for at, token in enumerate(tokens):
        beats, slash, unit = token.raw.partition("/")
        if not (slash and beats.isdecimal() and unit.isdecimal()):
            continue
        if unit not in ("2", "4", "8", "16") or not 2 <= int(beats) <= 31:
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is not None and following.word in _NO_METRE and following.gap == " ":
            continue
        around = tokens[max(at - 4, 0) : at] + tokens[at + 1 : at + 4]
        if at - last <= 3 or _METRE_NEAR.has(around):
            last = at
            yield Mentioned(at, at, "metre", token.raw, None, None, 0.8)
