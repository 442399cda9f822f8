"""The words of a sentence that state a claim, at most 25."""

import re

_WORD = re.compile(r"\S+")
QUOTE_WORDS = 25
LONGEST_QUOTE = 240
"""Characters; a quote of words that long is none."""


def best_quote(sentence: str, at: int, words: int = QUOTE_WORDS) -> str:
    """At most `words` words of `sentence` around the character `at`, no word cut; the whole of it
    where it is short. Begins after a comma or the like where one is near. Empty where a single word
    is longer than a quote may be.
    """
    found = list(_WORD.finditer(sentence))
    if not found or words < 1:
        return ""
    if len(found) <= words:
        return (
            sentence[found[0].start() : found[-1].end()]
            if _fits(sentence, found, 0, len(found))
            else _narrow(sentence, found, at, words)
        )
    here = next((n for n, word in enumerate(found) if word.end() > at), len(found) - 1)
    first = max(0, min(here - words * 3 // 5, len(found) - words))
    for start in range(first, here + 1):
        if start and found[start - 1][0][-1] in ",;:—":
            first = start
            break
    last = min(len(found), first + words)
    if not _fits(sentence, found, first, last):
        return _narrow(sentence, found, at, words)
    return sentence[found[first].start() : found[last - 1].end()]


def _fits(sentence: str, found: list[re.Match[str]], first: int, last: int) -> bool:
    return found[last - 1].end() - found[first].start() <= LONGEST_QUOTE


def _narrow(sentence: str, found: list[re.Match[str]], at: int, words: int) -> str:
    """As many words around `at` as are no longer than a quote may be; empty where one word is."""
    here = next((n for n, word in enumerate(found) if word.end() > at), len(found) - 1)
    if not _fits(sentence, found, here, here + 1):
        return ""
    first, last = here, here + 1
    grown = True
    while grown:
        grown = False
        if last - first >= words:
            break
        if first > 0 and _fits(sentence, found, first - 1, last):
            first, grown = first - 1, True
        if last < len(found) and last - first < words and _fits(sentence, found, first, last + 1):
            last, grown = last + 1, True
    return sentence[found[first].start() : found[last - 1].end()]
