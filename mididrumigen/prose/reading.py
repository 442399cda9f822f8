"""A text -> claims: every step in order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from mididrumigen.prose.claims import Claim, Names
from mididrumigen.prose.denial import certainty
from mididrumigen.prose.mentions import Sentence, read_sentence
from mididrumigen.prose.quotes import best_quote
from mididrumigen.prose.roll import Roll
from mididrumigen.prose.spots import Spot, Spotter
from mididrumigen.prose.subjects import NAMED, Clause, Speaking, Subject, clause_at, clauses
from mididrumigen.prose.text import clean, paragraphs, sentences
from mididrumigen.prose.tokens import Book
from mididrumigen.prose.words_grammar import DOUBTED_SECTIONS, SKIPPED_SECTIONS, TOLD_SECTIONS

LEAST_SURE, MOST_SURE = 0.25, 0.95
"""What is less certain is not told; no words are more."""
MOST_SAID = 16
"""Claims, and numbers, in one sentence; what has more is a list or no language."""
MOST_CLAIMS = 400
"""Of one text; no article has that many."""
_BEGINNING = 500
"""Characters in which a text says whom it is about."""
_TOLD, _DOUBTED = 1.1, 0.8
_BY_DEFAULT = 0.85
_SAME_SONG = Book(["the|this song|track|tune|single|recording|number|take / it|its"])


class _Reader:
    """A text as far as it was read: who was named, who is spoken of, which song was the last."""

    def __init__(self, text: str, names: Names, is_about: bool | None) -> None:
        self.roll = Roll(names)
        self.spotter = Spotter(self.roll)
        self._is_about = is_about is True
        about = _is_about(text, Roll(names)) if is_about is None else is_about
        self.speaking = Speaking(Subject("", _BY_DEFAULT, names.artist) if about else None)
        self.song = ""

    def begin(self, paragraph: str) -> None:
        """A new paragraph; where all is about the artist it is about him again."""
        self.roll.begin()
        self.speaking.begin(paragraph, self.roll, forgets=self._is_about)


def read(text: str, names: Names, has_sections: bool, is_about: bool | None) -> list[Claim]:
    """See `prose.claims_of`."""
    reader = _Reader(text, names, is_about)
    claims: list[Claim] = []
    for paragraph in paragraphs(text, has_sections):
        weight = section_weight(paragraph.section)
        if not weight:
            continue
        reader.begin(paragraph.text)
        for line in sentences(paragraph.text):
            for claim in _distinct(_of_sentence(reader, line)):
                sure = round(min(MOST_SURE, claim.confidence * weight), 3)
                if sure >= LEAST_SURE:
                    claims.append(replace(claim, confidence=sure, section=paragraph.section))
            if len(claims) >= MOST_CLAIMS:
                return claims[:MOST_CLAIMS]
    return claims


def section_weight(section: str) -> float:
    """What is said under headings ("style / drums") is worth: 0 where nothing is read."""
    parts = section.split(" / ")
    if any(part.startswith(SKIPPED_SECTIONS) for part in parts):
        return 0.0
    words = {word for part in parts for word in part.split()}
    if words & TOLD_SECTIONS:
        return _TOLD
    return _DOUBTED if words & DOUBTED_SECTIONS else 1.0


def _is_about(text: str, roll: Roll) -> bool:
    """Whether a text is about the artist: it is a note, or names him at its beginning."""
    return len(text) < _BEGINNING or any(
        mention.who is not None
        for line in clean(text[:_BEGINNING]).split("\n")
        for mention in read_sentence(line, roll).mentions
    )


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """The surest of those that say the same."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.trait, claim.value, claim.song, claim.who, claim.negated)
        if key not in best or best[key].confidence < claim.confidence:
            best[key] = claim
    return list(best.values())


def _of_sentence(reader: _Reader, text: str) -> Iterator[Claim]:
    sentence = read_sentence(text, reader.roll)
    if sum(token.raw[0].isdecimal() for token in sentence.tokens) > MOST_SAID:
        return
    parts = clauses(sentence)
    subjects = reader.speaking.of_sentence(sentence, parts)
    song_before = reader.song
    if sentence.titles:
        reader.song = sentence.titles[-1].title
    for spot in islice(reader.spotter.spots(sentence, parts), MOST_SAID):
        part = clause_at(parts, spot.first)
        subject = _subject_of(reader, sentence, part, spot, subjects[part])
        if subject is None or subject.who is None:
            continue
        is_company = spot.trait == "plays_with"
        yield Claim(
            trait=spot.trait,
            value=spot.value,
            low=spot.low,
            high=spot.high,
            quote=best_quote(text, sentence.tokens[spot.first].start),
            song="" if is_company else _song_of(sentence, part, spot.first, song_before),
            who=subject.who,
            confidence=spot.sure * subject.sure * certainty(sentence, part, spot.first, spot.last),
            negated=spot.negated,
        )


def _subject_of(
    reader: _Reader, sentence: Sentence, part: Clause, spot: Spot, subject: Subject | None
) -> Subject | None:
    """Of whom something is said: the subject of its clause, unless it is somebody's own."""
    if spot.is_of_band:
        return Subject("", NAMED)
    if spot.trait == "plays_with":
        return subject
    owner = reader.speaking.owner(sentence, part, spot.first, subject)
    # What a drummer does to his band's songs is his own playing.
    is_own_band = owner and owner.who == "" and subject and subject.who
    return subject if is_own_band else owner


def _song_of(sentence: Sentence, part: Clause, at: int, before: str) -> str:
    """The song that is meant at token `at`: named in the clause, in the sentence, or before. Of
    several in one clause none is: they are examples.
    """
    inside = [t for t in sentence.titles if part.first <= t.first < part.end]
    if len(inside) > 1:
        return ""
    if near := inside or sentence.titles:
        return min(near, key=lambda t: (abs(t.first - at), t.first)).title
    return before if before and _SAME_SONG.has(sentence.tokens[part.first : part.end]) else ""
