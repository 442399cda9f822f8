"""Songs that a sentence names, and what it quotes from somebody's mouth."""

from dataclasses import dataclass

from mididrumigen.prose.roll import Roll
from mididrumigen.prose.tokens import Token
from mididrumigen.prose.words_grammar import NO_NAMES

_QUOTES = {'"': '"', "\u201c": "\u201d", "\u00ab": "\u00bb", "\u2018": "\u2019"}
_LONGEST_TITLE = 8
_SMALL_WORD = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A song named: tokens `first` to `last`."""

    first: int
    last: int
    title: str


@dataclass(slots=True)
class Quoted:
    """What stands in quotation marks, and songs that are named without."""

    titles: list[Title]
    speech: list[tuple[int, int]]
    """First and last token of what is said by somebody."""


def quoted(text: str, tokens: list[Token], roll: Roll) -> Quoted:
    """Songs and speech of a sentence, in order."""
    found = Quoted([], [])
    opened: int | None = None
    close = ""
    after = text[tokens[-1].end :] if tokens else ""
    for at, gap in enumerate([*(token.gap for token in tokens), after]):
        for mark in gap:
            if opened is not None and mark == close:
                _take(found, text, tokens, opened, at - 1, roll)
                opened = None
            elif opened is None and mark in _QUOTES:
                opened, close = at, _QUOTES[mark]
    if opened is not None and opened < len(tokens):
        found.speech.append((opened, len(tokens) - 1))
    found.titles += _unquoted(tokens, {at for t in found.titles for at in _span(t)}, roll)
    found.titles.sort(key=lambda title: title.first)
    return found


def _span(title: Title) -> range:
    return range(title.first, title.last + 1)


def _unquoted(tokens: list[Token], taken: set[int], roll: Roll) -> list[Title]:
    """Known titles of two words and more, written as titles."""
    titles: list[Title] = []
    for at, token in enumerate(tokens):
        song = roll.song_at(tokens, at) if token.is_capital and at not in taken else None
        if song and song[0] > at and _is_written_so(tokens[at : song[0] + 1]):
            titles.append(Title(at, song[0], song[1]))
            taken.update(range(at, song[0] + 1))
    return titles


def _is_written_so(tokens: list[Token]) -> bool:
    """Whether words are written as in a title: with capitals, the small ones maybe without."""
    return (
        tokens[0].is_capital
        and tokens[-1].is_capital
        and all(token.is_capital or len(token.word) <= _SMALL_WORD for token in tokens)
    )


def _take(found: Quoted, text: str, tokens: list[Token], first: int, last: int, roll: Roll) -> None:
    inside = tokens[first : last + 1]
    if not inside:
        return
    song = roll.song_at(inside, 0)
    if _is_nickname(tokens, first, last) and not song:
        return
    if song and song[0] == len(inside) - 1:
        found.titles.append(Title(first, last, song[1]))
    elif len(inside) <= _LONGEST_TITLE and _is_written_so(inside):
        found.titles.append(Title(first, last, text[inside[0].start : inside[-1].end]))
    else:
        found.speech.append((first, last))


def _is_nickname(tokens: list[Token], first: int, last: int) -> bool:
    """Whether what is quoted is part of a name: John "Jabo" Starks."""
    if first != last or not 0 < first < len(tokens) - 1:
        return False
    around = (tokens[first - 1], tokens[first + 1])
    return all(token.is_capital and token.word not in NO_NAMES for token in around) and all(
        len(token.gap) == 2 for token in (tokens[first], tokens[first + 1])
    )
