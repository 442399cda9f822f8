"""Of whom each part of a sentence speaks.

Conventions: a clause is a run of tokens with one subject. A subject is somebody asked for (`who`,
"" for the artist), or somebody else (`who` None), with how sure that is.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from mididrumigen.prose.mentions import Mention, Sentence
from mididrumigen.prose.roll import Roll
from mididrumigen.prose.tokens import Book, word_set
from mididrumigen.prose.words_grammar import OPENERS, PLACED, RELATIVE

NAMED, BY_PRONOUN, BY_TOPIC, UNKNOWN = 1.0, 0.92, 0.8, 0.7
_ANSWER = re.compile(r"([^\W\d_][\w.'\u2019-]{0,20}(?: [^\W\d_][\w.'\u2019-]{0,20}){0,2}):\s")
_OWNED_WITHIN = 7
_BEFORE_A_NAME = word_set("the a an his her their drummer band most many other some all")
_SAYS = word_set("says said recalls recalled explains explained adds added remembers notes")
_BESIDE = word_set("by with against than unlike alongside")
_HARD = (";", ":", "\u2014", "(", ")", " \u2013 ")
_AT_A_TIME = word_set("after before since until following despite during")
_PLAYING = Book(["playing|drumming|style|parts|work|grooves|beats|time|approach|drum"])
_PLAYS = word_set("play playing plays played using hitting drumming laying keeping")
_PRAISES = word_set(
    "described describes called calls praised praises hailed hails dubbed considers considered"
)
_ABOUT = word_set("about of by hear heard watch watching hearing from")
_VERBS_AFTER_AND = word_set(
    "plays played uses used keeps kept has had is was were adds added gives gave makes made gets"
    " got"
    " prefers preferred likes liked does did never always often rarely seldom hits hit sits sat"
    " pushes"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is spoken of."""

    who: str | None
    sure: float
    name: str = ""


class Clause(NamedTuple):
    """Tokens `first` to `end` (not included)."""

    first: int
    end: int
    opener: str


def clauses(sentence: Sentence) -> list[Clause]:
    """A sentence divided where another subject may begin."""
    tokens, first, opener = sentence.tokens, 0, ""
    found: list[Clause] = []
    begins = {m.first for m in sentence.mentions if not m.owns or not m.is_pronoun}
    owners = {m.first for m in sentence.mentions if m.owns}
    for at, token in enumerate(tokens):
        if at == 0:
            opener = token.word if token.word in OPENERS else ""
            continue
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        is_hard = any(mark in token.gap for mark in _HARD)
        comma = "," in token.gap
        divides = (
            is_hard
            or (comma and (at in begins or at in owners))
            or (comma and token.word in ("the", "a") and at + 1 in begins)
            or (token.word in OPENERS and token.word not in ("and", "that"))
            or (token.word == "that" and at + 1 in begins)
            or (token.word == "and" and at + 1 in begins and not _is_list(sentence, at))
            or (token.word == "and" and following in _VERBS_AFTER_AND)
            or (token.word == "and" and following in ("his", "her", "their", "the") and comma)
        )
        if divides and at > first:
            found.append(Clause(first, at, opener))
            first, opener = at, token.word if token.word in OPENERS else ""
    if first < len(tokens):
        found.append(Clause(first, len(tokens), opener))
    return found


def _is_list(sentence: Sentence, at: int) -> bool:
    """Whether the "and" at token `at` stands in a list of names: "with Franklin and Steely Dan"."""
    before = any(m.last == at - 1 and not m.is_pronoun for m in sentence.mentions)
    after = next((m for m in sentence.mentions if m.first == at + 1), None)
    return before and after is not None and not after.is_pronoun


class Speaking:
    """Whose turn it is from sentence to sentence."""

    def __init__(self, default: Subject | None) -> None:
        self.default = default
        self.topic = default
        self._answers: Subject | None = None
        """Who speaks in a paragraph that begins with his name: an interview."""

    def begin(self, paragraph: str, roll: Roll, *, forgets: bool) -> None:
        """A new paragraph; one that begins with "Porcaro:" or "JP:" is what he says. `forgets`: of
        nobody else any more.
        """
        if forgets:
            self.topic = self.default
        named = _ANSWER.match(paragraph)
        self._answers = None
        if named:
            self._answers = Subject(roll.who_answers(named[1]), NAMED, named[1])

    def of_sentence(self, sentence: Sentence, parts: list[Clause]) -> dict[Clause, Subject | None]:
        """The subject of every clause; afterwards the topic is what the next sentence's pronouns
        stand for.
        """
        answer: dict[Clause, Subject | None] = {}
        main: Subject | None = None
        speaker = self._speaker(sentence)
        for part in parts:
            own = self._own_subject(sentence, part, main, speaker)
            if part.opener in RELATIVE and not _begins_anew(sentence, part):
                previous = [
                    m for m in sentence.mentions if m.last < part.first and not m.is_pronoun
                ]
                near = previous[-1] if previous and part.first - previous[-1].last <= 3 else None
                if near is None and _is_somebody_new(sentence, part):
                    answer[part] = Subject(None, UNKNOWN)
                    main = main or answer[part]
                    continue
                answer[part] = _named(near) if near else main or self._carried()
                continue
            answer[part] = own or main or self._carried()
            if own:
                main = own
        if main and main.name:
            self.topic = Subject(main.who, BY_TOPIC, main.name)
        return answer

    def _carried(self) -> Subject | None:
        return self.topic and Subject(
            self.topic.who, min(self.topic.sure, BY_TOPIC), self.topic.name
        )

    def _own_subject(
        self, sentence: Sentence, part: Clause, main: Subject | None, speaker: Subject | None
    ) -> Subject | None:
        inside = [m for m in sentence.mentions if part.first <= m.first < part.end]
        placed: Mention | None = None
        for mention in inside:
            if mention.first and sentence.tokens[mention.first - 1].word in _SAYS:
                continue
            if is_placed(sentence, mention, part):
                placed = placed or mention
                continue
            return self.meant(mention, main, speaker)
        if (
            placed
            and not (placed.is_pronoun or placed.owns)
            and main is None
            and _is_of(sentence, placed)
        ):
            return _named(placed)
        return None

    def meant(
        self, mention: Mention, main: Subject | None, speaker: Subject | None
    ) -> Subject | None:
        """Whom a mention means, pronouns too."""
        if not mention.is_pronoun:
            return _named(mention)
        if mention.is_speaker:
            return speaker or self._answers or Subject(None, UNKNOWN)
        meant = main or self.topic
        return meant and Subject(meant.who, BY_PRONOUN, meant.name)

    def _speaker(self, sentence: Sentence) -> Subject | None:
        """Who says what is quoted in the sentence."""
        if not sentence.speech:
            return None
        for mention in sentence.mentions:
            spoken = any(a <= mention.first <= b for a, b in sentence.speech)
            if not spoken and not mention.is_speaker:
                return self.meant(mention, None, None)
        return self.topic and Subject(self.topic.who, UNKNOWN, self.topic.name)

    def owner(
        self, sentence: Sentence, part: Clause, at: int, subject: Subject | None
    ) -> Subject | None:
        """Whose the thing at token `at` is: of "fans praise Bonham's ghost notes" Bonham's."""
        for mention in reversed(sentence.mentions):
            if mention.is_pronoun or not part.first <= mention.first <= mention.last < at:
                continue
            before = sentence.tokens[mention.first - 1].word if mention.first else ""
            after = sentence.tokens[mention.last + 1].word
            if after in _PLAYS or before in _PRAISES:
                return _named(mention)
        for mention in reversed(sentence.mentions):
            if mention.owns and part.first <= mention.first < at <= mention.last + _OWNED_WITHIN:
                if mention.is_pronoun:
                    return subject
                if not _is_of_a_time(sentence, mention, at):
                    return _named(mention)
            is_after = mention.owns and at < mention.first < min(part.end, at + _OWNED_WITHIN)
            if is_after and _PLAYING.has(sentence.tokens[mention.last + 1 : mention.last + 3]):
                return subject if mention.is_pronoun else _named(mention)
        for mention in sentence.mentions:
            by = sentence.tokens[mention.first - 1].word if mention.first else ""
            if by == "by" and at < mention.first < part.end and mention.first - at <= 9:
                return _named(mention) if not mention.is_pronoun else subject
        if subject and subject.who is None and not subject.name:
            # "What I love about Keith Moon is", "most of his fans hear in Moon".
            for mention in reversed(sentence.mentions):
                before = sentence.tokens[mention.first - 1].word if mention.first else ""
                if mention.last < at and not mention.is_pronoun and before in _ABOUT:
                    return Subject(mention.who, UNKNOWN, mention.name)
        return subject


def _named(mention: Mention) -> Subject:
    """A role ("the producer") is somebody else, but nobody whom the next sentence means by "he"."""
    return Subject(mention.who, NAMED, mention.name if mention.name[:1].isupper() else "")


def _is_of_a_time(sentence: Sentence, mention: Mention, at: int) -> bool:
    """Whether what a name owns is no playing: "after Porcaro's death and brought double bass"."""
    before = sentence.tokens[mention.first - 1].word if mention.first else ""
    between = sentence.tokens[mention.last + 1 : at]
    ends = (a.word == "and" and b.word.endswith(("ed", "ght")) for a, b in pairwise(between))
    return before in _AT_A_TIME or any(ends)


def _begins_anew(sentence: Sentence, part: Clause) -> bool:
    """Whether a clause has a subject of its own after all: "in which Moon plays"."""
    return part.opener in ("which", "whom") and any(
        m.first - part.first in (1, 2) for m in sentence.mentions
    )


def _is_somebody_new(sentence: Sentence, part: Clause) -> bool:
    """Whether a clause is about somebody whom nobody named: "a set by a trio whose drummer"."""
    before = [token.word for token in sentence.tokens[max(part.first - 5, 0) : part.first]]
    return any(
        placed in _BESIDE and article in ("a", "an", "another", "some")
        for placed, article in pairwise(before)
    )


def is_placed(sentence: Sentence, mention: Mention, part: Clause) -> bool:
    """Whether a name is not the subject, for it follows a preposition: "with Coltrane"."""
    at = mention.first - 1
    while at >= part.first and sentence.tokens[at].word in _BEFORE_A_NAME:
        at -= 1
    if mention.first > part.first and any(c in sentence.tokens[mention.first].gap for c in ",;:("):
        return False
    if at < part.first:
        return False
    word = sentence.tokens[at].word
    if word == "and":
        return any(m.last == at - 1 and is_placed(sentence, m, part) for m in sentence.mentions)
    return word in PLACED and not (word == "by" and mention.is_pronoun)


def _is_of(sentence: Sentence, mention: Mention) -> bool:
    before = [t.word for t in sentence.tokens[max(mention.first - 2, 0) : mention.first]]
    return "of" in before or "by" in before


def clause_at(parts: list[Clause], at: int) -> Clause:
    """The clause in which a token stands."""
    return next(part for part in parts if part.first <= at < part.end)
