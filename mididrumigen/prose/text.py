"""Any text -> clean paragraphs under their headings -> sentences.

Conventions: what cannot be seen (zero-width, direction marks, controls) is taken out before any
word is read, so no quote carries it to a page or a terminal. Everything is one pass, and what is
longer than an article ever is, is cut.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from mididrumigen.prose.tokens import word_set

LONGEST_TEXT = 250_000
"""Characters that are read: the longest articles have so many."""
LONGEST_SENTENCE = 1200
"""Characters; what is longer is a list or no language, and is read in pieces."""

_HEADING = re.compile(r"(={1,6})([^=\n]{1,120})\1")
_WRAPPED, _LINE_ENDS = 55, '.!?:"\u201d\u2019)]'
_SPACES = re.compile(r"\s+")
_END = re.compile(r"[.!?][\"\u201d\u2019')\]]{0,3} +(?=[\"\u201c\u2018'(\[]?[^\W_])")
_MARK = re.compile(r"\[(?:\d{1,3}|[a-z]|citation needed|note \d{1,3})\]")
_SHORT = word_set(
    "mr mrs ms dr st jr sr prof vs etc approx ca c e.g i.e no vol feat ft b p.m a.m op u.s u.k"
)
"""Words whose full stop ends no sentence."""


class Paragraph(NamedTuple):
    """A piece of text under one heading."""

    section: str
    """Headings above it, in lower case; empty before the first."""
    text: str


def clean(text: str) -> str:
    """The text as it is read and quoted: one line a paragraph, nothing that cannot be seen, no
    marks of references. A long line that does not end a sentence was wrapped, and goes on in the
    next.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).replace("\r\n", "\n")
    text = _MARK.sub("", text)
    seen = (c if c in "\n\t" or unicodedata.category(c)[0] != "C" else "" for c in text)
    parts: list[str] = []
    goes_on = False
    for line in "".join(seen).split("\n"):
        line = _SPACES.sub(" ", line).strip()
        if line and goes_on:
            parts[-1] = f"{parts[-1]} {line}"
        elif line:
            parts.append(line)
        goes_on = len(line) >= _WRAPPED and line[-1] not in _LINE_ENDS
    return "\n".join(parts)


def paragraphs(text: str, has_sections: bool) -> Iterator[Paragraph]:
    """Clean paragraphs in order; lines that are headings divide them where there are sections."""
    section: list[tuple[int, str]] = []
    waiting: list[str] = []
    for line in [*text[:LONGEST_TEXT].split("\n"), "=" if has_sections else ""]:
        heading = _HEADING.fullmatch(line.strip()) if has_sections and line[:200] else None
        if not (heading or line == "="):
            waiting.append(line)
            continue
        yield from _clean_parts(waiting, section)
        waiting = []
        if heading:
            depth = len(heading[1])
            section = [s for s in section if s[0] < depth]
            section.append((depth, heading[2].strip().casefold()))
    yield from _clean_parts(waiting, section)


def _clean_parts(lines: list[str], section: list[tuple[int, str]]) -> Iterator[Paragraph]:
    called = " / ".join(clean(title) for _, title in section)
    for part in clean("\n".join(lines)).split("\n"):
        if part:
            yield Paragraph(called, part)


def sentences(paragraph: str) -> Iterator[str]:
    """Sentences of a clean paragraph, each at most `LONGEST_SENTENCE` characters."""
    start = 0
    for end in _END.finditer(paragraph):
        if end[0][0] == "." and _is_short(paragraph[max(start, end.start() - 12) : end.start()]):
            continue
        yield from _pieces(paragraph[start : end.end()].strip())
        start = end.end()
    yield from _pieces(paragraph[start:].strip())


def _is_short(before: str) -> bool:
    """Whether a full stop after `before` is that of an abbreviation or an initial."""
    word = before.rpartition(" ")[2].lstrip("(\"“'")
    return word.casefold() in _SHORT or (len(word) == 1 and word.isupper() and word != "I")


def _pieces(sentence: str) -> Iterator[str]:
    for at in range(0, len(sentence), LONGEST_SENTENCE):
        yield sentence[at : at + LONGEST_SENTENCE]
