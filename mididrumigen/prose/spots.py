"""What a sentence says about drumming, and where: not yet of whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from mididrumigen.prose.company import band_drummers, companions
from mididrumigen.prose.denial import is_denied
from mididrumigen.prose.mentions import Sentence
from mididrumigen.prose.roll import Roll
from mididrumigen.prose.subjects import Clause, clause_at
from mididrumigen.prose.table import Said, Word, said, turned
from mididrumigen.prose.tempo import metres, tempos, turned_tempo
from mididrumigen.prose.tokens import Book, Found, Token, word_set
from mididrumigen.prose.words_beats import BEATS
from mididrumigen.prose.words_feel import FEEL
from mididrumigen.prose.words_grammar import DRUMS, INSTRUMENTS
from mididrumigen.prose.words_kit import KIT
from mididrumigen.prose.words_parts import PARTS

WORDS: tuple[Word, ...] = (*FEEL, *BEATS, *PARTS, *KIT)
_NEAR, _UNLESS, _NEAR_A_NUMBER = 7, 4, 4
_PLAYS_WITH, _TURNED = 0.75, 0.9
_CLOSE = (" ", "-")
_VOICE_BEFORE, _VOICE_AFTER = 6, 2
_VOICES = {
    **dict.fromkeys(("snare", "snares", "backbeat", "backbeats"), "snare"),
    **dict.fromkeys(("kick", "kicks"), "kick"),
    **dict.fromkeys(("hat", "hats", "hihat", "hihats"), "hat"),
    **dict.fromkeys(("tom", "toms"), "tom"),
    "ride": "ride",
}
_BE = word_set("is are was were be been slightly always often a bit")
_NO_VOICE_AFTER = word_set("on with in to of and")
_NARROWED = word_set("push_ms swing_8ths swing_16ths timing_sd_ms velocity_mean")


@dataclass(frozen=True, slots=True)
class Spot:
    """A claim at tokens `first` to `last`, before it is known whose it is."""

    first: int
    last: int
    trait: str
    value: float | str
    low: float | None
    high: float | None
    sure: float
    negated: bool
    is_of_band: bool = False
    """True: of the artist whoever the subject is."""


class Spotter:
    """Finds what the tables hold; the books of words are made once for a text."""

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._words = Book(word.phrases for word in WORDS)
        self._around: dict[str, Book] = {}
        self._instruments, self._drums = Book([INSTRUMENTS]), Book([DRUMS])

    def spots(self, sentence: Sentence, parts: list[Clause]) -> Iterator[Spot]:
        """Everything that is said: numbers, words of the tables, who plays with whom."""
        yield from _numbers(sentence.tokens, parts)
        yield from self._told(sentence, parts)
        yield from self._company(sentence, parts)

    def _told(self, sentence: Sentence, parts: list[Clause]) -> Iterator[Spot]:
        tokens = sentence.tokens
        titled = {at for t in sentence.titles for at in range(t.first, t.last + 1)}
        found = [
            f for f in self._words.find(tokens) if titled.isdisjoint(range(f.first, f.last + 1))
        ]
        for one in _longest(found):
            word, part = WORDS[one.entry], clause_at(parts, one.first)
            if not self._means_it(tokens, part, one, word):
                continue
            is_no = word.deniable and is_denied(tokens, part, one.first, one.last)
            if is_no or not word.only_denied:
                for claim in said(word.says):
                    yield _spot(tokens, part, one, claim, word.sure, is_no)

    def _means_it(self, tokens: list[Token], part: Clause, found: Found, word: Word) -> bool:
        """Whether the words around let a phrase mean what the table says."""
        first, last = found.first, found.last
        before = tokens[max(first - _NEAR, 0) : first]
        after = tokens[last + 1 : last + 1 + _NEAR]
        closely = tokens[max(first - _UNLESS, 0) : last + 1 + _UNLESS]
        if after and after[0].gap in _CLOSE and self._any(word.before_not, after[:1]):
            return False
        if before and tokens[first].gap in _CLOSE and self._any(word.after_not, before[-1:]):
            return False
        if self._any(word.unless, closely):
            return False
        if word.near and not self._any(word.near, before) and not self._any(word.near, after):
            return False
        if word.says.startswith(("kit.", "groove.")):
            return True
        # "The guitar plays behind the beat": of another instrument, where no drum is named.
        of_another = self._instruments.has(tokens[part.first : last + 4])
        return not of_another or self._drums.has(tokens[part.first : part.end])

    def _any(self, phrases: str, tokens: list[Token]) -> bool:
        if not phrases:
            return False
        book = self._around.get(phrases)
        if book is None:
            book = self._around[phrases] = Book([phrases])
        return book.has(tokens)

    def _company(self, sentence: Sentence, parts: list[Clause]) -> Iterator[Spot]:
        tokens = sentence.tokens
        for one in companions(sentence):
            if one.mention.who == "" and not self._roll.is_band:
                continue
            name = self._roll.artist if one.mention.who == "" else one.mention.name
            is_no = is_denied(tokens, clause_at(parts, one.at), one.at, one.at)
            last = one.mention.last
            yield Spot(one.at, last, "plays_with", name, None, None, _PLAYS_WITH, is_no)
        for one in band_drummers(sentence) if self._roll.is_band else ():
            name = one.mention.who or one.mention.name
            last = one.mention.last
            yield Spot(one.at, last, "plays_with", name, None, None, _PLAYS_WITH, False, True)


def _numbers(tokens: list[Token], parts: list[Clause]) -> Iterator[Spot]:
    for one in (*tempos(tokens), *metres(tokens)):
        part = clause_at(parts, one.first)
        is_no = is_denied(tokens, part, one.first, one.last, _NEAR_A_NUMBER)
        other = turned_tempo(one) if is_no else None
        says, negated = other or one, is_no and other is None
        yield Spot(
            one.first, one.last, one.trait, says.value, says.low, says.high, one.sure, negated
        )


def _longest(found: list[Found]) -> Iterator[Found]:
    """Those that stand in no longer one; of one line's phrases that overlap, the first."""
    found.sort(key=lambda f: (f.first, -f.last))
    reach, last_of = -1, dict[int, int]()
    spans: set[tuple[int, int]] = set()
    for one in found:
        inside = one.last <= reach and (one.first, one.last) not in spans
        if (inside and not WORDS[one.entry].beside) or one.first <= last_of.get(one.entry, -1):
            continue
        last_of[one.entry] = one.last
        reach = max(reach, one.last)
        spans.add((one.first, one.last))
        yield one


def _spot(
    tokens: list[Token], part: Clause, found: Found, claim: Said, sure: float, is_no: bool
) -> Spot:
    first, last = found.first, found.last
    if claim.worth is None:
        return Spot(first, last, claim.trait, 1.0, 0.0, 1.0, sure, is_no)
    trait = claim.trait
    if trait in _NARROWED and (voice := _voice(tokens, part, first, last, "swing" in trait)):
        trait = f"{trait}.{voice}"
    other = turned(claim) if is_no else None
    if other is not None:
        return Spot(first, last, trait, *other, sure * _TURNED, False)
    return Spot(first, last, trait, *claim.worth, sure, is_no)


def _voice(tokens: list[Token], part: Clause, first: int, last: int, is_close: bool) -> str:
    """The voice that a trait is said of: just after, or the nearest before it in its clause. Where
    `is_close`, only words such as "is" may stand between.
    """
    for at in range(last + 1, min(last + 1 + _VOICE_AFTER, part.end)):
        if tokens[at].word in _NO_VOICE_AFTER:
            break
        if voice := _voice_at(tokens, at):
            return voice
    for at in range(last, max(first - 1 - _VOICE_BEFORE, part.first - 1), -1):
        voice = _voice_at(tokens, at)
        if voice or (at < first and _ends_voice(tokens[at], is_close)):
            return voice
    return ""


def _ends_voice(token: Token, is_close: bool) -> bool:
    """Whether no voice before this word is meant."""
    is_far = token.word not in _BE if is_close else token.word in ("on", "with")
    return is_far or any(mark in token.gap for mark in ";:.")


def _voice_at(tokens: list[Token], at: int) -> str:
    is_bass_drum = tokens[at].word == "drum" and at > 0 and tokens[at - 1].word == "bass"
    return "kick" if is_bass_drum else _VOICES.get(tokens[at].word, "")
