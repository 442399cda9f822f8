"""Who and what is named in a sentence.

Conventions: a mention is a run of words with capitals, a known name or a pronoun. `who` is "" for
the artist, a drummer as `Names` writes him, and None for anybody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mididrumigen.prose.claims import Names
from mididrumigen.prose.tokens import Token, tokens_of
from mididrumigen.prose.words_grammar import NO_NAMES, OTHER_ROLES, PERSON_WORDS, SPEAKER_WORDS
from mididrumigen.prose.words_grammar import DRUMS as _DRUMS
from mididrumigen.prose.tokens import Book

_JOINS = frozenset({" ", "-", ". ", " & ", "’", "'", "/"})
_TITLES = frozenset("mr mrs ms sir dr professor dj saint".split())
_OF = frozenset("prince king queen duke earl kings queens sons sounds".split())
_QUOTES = {'"': '"', "“": "”", "«": "»", "‘": "’"}
_LONGEST_TITLE = 8
_DRUM_WORDS = Book([_DRUMS, "shuffle|rhythm|style|drummer|sound"])


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named: tokens `first` to `last`."""

    first: int
    last: int
    name: str
    who: str | None
    is_pronoun: bool = False
    is_speaker: bool = False
    """A pronoun of the first person."""
    owns: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A song named: tokens `first` to `last`."""

    first: int
    last: int
    title: str
    is_known: bool


@dataclass(slots=True)
class Sentence:
    """A sentence as it is read."""

    text: str
    tokens: list[Token]
    titles: list[Title] = field(default_factory=list)
    speech: list[tuple[int, int]] = field(default_factory=list)
    """Tokens of what is quoted from somebody's mouth."""
    mentions: list[Mention] = field(default_factory=list)


class Roll:
    """Everybody who is known: from `Names`, and from the text as far as it was read."""

    def __init__(self, names: Names) -> None:
        self._who: dict[tuple[str, ...], str | None] = {}
        self._last: dict[str, str | None] = {}
        """A surname or first name -> whose it is, as the text used it last."""
        self.is_band = bool(names.drummers) and names.artist not in names.drummers
        self.artist = names.artist
        for other in names.others:
            self._add(other, None, parts=True)
        for name in (names.artist, *names.aliases):
            self._add(name, "", parts=not self.is_band)
        for drummer in names.drummers:
            if drummer != names.artist:
                self._add(drummer, drummer, parts=True)
        self._songs = {
            tuple(t.word for t in tokens_of(song)): song for song in names.songs if song.strip()
        }
        self._longest_song = max(map(len, self._songs), default=0)

    def _add(self, name: str, who: str | None, parts: bool) -> None:
        words = _bare(name)
        if not words:
            return
        self._who[words] = who
        if words[0] == "the" and len(words) > 1:
            self._who[words[1:]] = who
        if parts and len(words) > 1:
            for part in (words[-1], words[0]):
                if len(part) > 2 and part not in NO_NAMES:
                    self._last[part] = who

    def names_somebody(self, words: tuple[str, ...]) -> bool:
        """Whether these words are a name that is known."""
        return words in self._who or (len(words) == 1 and words[0] in self._last)

    def whose(self, words: tuple[str, ...]) -> str | None:
        """Who is called so, None for another; and remembers a full name for its parts."""
        while words and words[0] in _TITLES:
            words = words[1:]
        if words in self._who:
            who = self._who[words]
        elif len(words) == 1:
            return self._last.get(words[0])
        else:
            who = None
        if len(words) > 1:
            is_artist_band = self.is_band and who == ""
            if not is_artist_band:
                self._last[words[-1]] = who
                if who is not None or words[0] not in self._last:
                    self._last[words[0]] = who
        return who

    def who_answers(self, name: str) -> str | None:
        """Whose answer follows a name or initials: "Porcaro", "PORCARO", "JP"; None for another."""
        words = _bare(name)
        if len(words) == 1 and name.isupper() and len(name) <= 3:
            initials = {"".join(w[0] for w in known): who for known, who in self._who.items()}
            return initials.get(words[0])
        return (
            self._who.get(words)
            if words in self._who
            else self._last.get(words[-1:][0])
            if words
            else None
        )

    def song_at(self, tokens: list[Token], at: int) -> tuple[int, str] | None:
        """Last token and title of a song of the artist that is named from token `at` on."""
        for size in range(min(self._longest_song, len(tokens) - at), 0, -1):
            song = self._songs.get(tuple(t.word for t in tokens[at : at + size]))
            if song is not None:
                return at + size - 1, song
        return None


def _bare(name: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens_of(name))


def read_sentence(text: str, roll: Roll) -> Sentence:
    """A sentence with everything that it names."""
    sentence = Sentence(text, tokens_of(text))
    _find_titles(sentence, roll)
    taken = {at for t in sentence.titles for at in range(t.first, t.last + 1)}
    sentence.mentions = list(_find_mentions(sentence.tokens, taken, roll))
    return sentence


def _find_titles(sentence: Sentence, roll: Roll) -> None:
    tokens = sentence.tokens
    opened: int | None = None
    close = ""
    for at, gap in enumerate(
        [*(t.gap for t in tokens), sentence.text[tokens[-1].end :] if tokens else ""]
    ):
        for mark in gap:
            if opened is not None and mark == close:
                _take_quoted(sentence, opened, at - 1, roll)
                opened = None
            elif opened is None and mark in _QUOTES:
                opened, close = at, _QUOTES[mark]
    if opened is not None and opened < len(tokens):
        sentence.speech.append((opened, len(tokens) - 1))
    quoted = {at for t in sentence.titles for at in range(t.first, t.last + 1)}
    at = 0
    while at < len(tokens):
        found = roll.song_at(tokens, at) if at not in quoted else None
        if (
            found
            and found[0] > at
            and all(t.is_capital or len(t.word) < 4 for t in tokens[at : found[0] + 1])
            and tokens[at].is_capital
        ):
            sentence.titles.append(Title(at, found[0], found[1], True))
            at = found[0]
        at += 1
    sentence.titles.sort(key=lambda title: title.first)


def _take_quoted(sentence: Sentence, first: int, last: int, roll: Roll) -> None:
    tokens = sentence.tokens[first : last + 1]
    if not tokens:
        return
    known = roll.song_at(tokens, 0)
    title = sentence.text[tokens[0].start : tokens[-1].end]
    if known and known[0] == len(tokens) - 1:
        sentence.titles.append(Title(first, last, known[1], True))
    elif (
        len(tokens) <= _LONGEST_TITLE
        and all(t.is_capital or len(t.word) < 5 for t in tokens)
        and (tokens[0].is_capital and tokens[-1].is_capital)
    ):
        sentence.titles.append(Title(first, last, title, False))
    else:
        sentence.speech.append((first, last))


def _find_mentions(tokens: list[Token], taken: set[int], roll: Roll) -> Iterable[Mention]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if at in taken:
            at += 1
            continue
        if token.word in ("you", "your"):
            yield Mention(at, at, token.word, None, owns=token.word == "your")
            at += 1
            continue
        if token.word in PERSON_WORDS or token.word in SPEAKER_WORDS:
            speaks = token.word in SPEAKER_WORDS
            owns = token.word in ("his", "her", "their", "my", "our")
            yield Mention(at, at, token.word, None, True, speaks, owns)
            at += 1
            continue
        last = _run(tokens, at, taken, roll)
        if last is None:
            if token.word in OTHER_ROLES and not _is_apposition(tokens, at):
                yield Mention(at, at, token.word, None, owns=token.owns)
            at += 1
            continue
        first, words = _trimmed(tokens, at, last, roll)
        if words:
            name = _written(tokens, first, first + len(words) - 1)
            who = roll.whose(words)
            yield Mention(first, first + len(words) - 1, name, who, owns=tokens[last].owns)
        at = last + 1


def _is_apposition(tokens: list[Token], at: int) -> bool:
    """Whether a role stands before a name ("producer Quincy Jones"), which then says who."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and following.gap in (" ", ", ") and following.is_capital


def _run(tokens: list[Token], at: int, taken: set[int], roll: Roll) -> int | None:
    """Last token of the name that begins at token `at`; None where none does."""
    token = tokens[at]
    if not token.is_capital or token.word in NO_NAMES and not _begins_name(tokens, at, roll):
        return None
    starts = at == 0 or any(mark in token.gap for mark in '.!?:“"')
    last = at
    while last + 1 < len(tokens) and last + 1 not in taken and not tokens[last].owns:
        following = tokens[last + 1]
        if following.gap in _JOINS and following.is_capital and following.word not in NO_NAMES:
            last += 1
        elif (
            following.word == "of"
            and tokens[at].word in _OF
            and last + 2 < len(tokens)
            and tokens[last + 2].is_capital
        ):
            last += 2
        else:
            break
    words = tuple(t.word for t in tokens[at : last + 1])
    if roll.names_somebody(words):
        # "Yes, he said": a name that is a word too.
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if words[0] in NO_NAMES and len(words) == 1 and following and following.gap.startswith(","):
            return None
        return last
    if starts and last == at and not token.owns:
        return None
    if starts and last == at and _DRUM_WORDS.has([token]):
        return None
    return last


def _begins_name(tokens: list[Token], at: int, roll: Roll) -> bool:
    """Whether a word that is no name by itself is one here: "The Rolling Stones", "Yes"."""
    return any(
        roll.names_somebody(tuple(t.word for t in tokens[at : at + size]))
        for size in (1, 2, 3, 4)
        if all(t.is_capital for t in tokens[at : at + size])
    )


def _trimmed(tokens: list[Token], at: int, last: int, roll: Roll) -> tuple[int, tuple[str, ...]]:
    """First token and words of the name in a run: without drum words, and without a first word that
    hides a known name ("Legendary Keith Moon", "The Purdie Shuffle").
    """
    while (
        last >= at
        and _DRUM_WORDS.has([tokens[last]])
        and not roll.names_somebody((tokens[last].word,))
    ):
        last -= 1
    words = tuple(t.word for t in tokens[at : last + 1])
    if not roll.names_somebody(words):
        for skip in range(1, len(words) - 1):
            if roll.names_somebody(words[skip:]):
                return at + skip, words[skip:]
    return at, words


def _written(tokens: list[Token], first: int, last: int) -> str:
    parts = [tokens[first].raw]
    for token in tokens[first + 1 : last + 1]:
        parts += [token.gap, token.raw]
    name = "".join(parts)
    return name[:-2] if tokens[last].owns and name[-2:] in ("'s", "’s") else name
