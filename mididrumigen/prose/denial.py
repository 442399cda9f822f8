"""Whether something is said, denied, guessed, or no statement at all."""

from mididrumigen.prose.mentions import Sentence
from mididrumigen.prose.subjects import Clause
from mididrumigen.prose.tokens import Book, Token, word_set
from mididrumigen.prose.words_grammar import (
    AFFIRMING,
    COMPARED,
    DENYING,
    DENYING_AFTER,
    HEDGED,
    MYTHICAL,
    SCOPE_ENDS,
    UNREAL,
)

_DENYING, _AFFIRMING, _AFTER = Book([DENYING]), Book([AFFIRMING]), Book([DENYING_AFTER])
_UNREAL, _HEDGED, _MYTHICAL = Book([UNREAL]), Book([HEDGED]), Book([MYTHICAL])
_BEFORE, _AFTER_WITHIN = 8, 5
_HEDGE, _MYTH, _SPOKEN, _COMPARED = 0.8, 0.35, 0.9, 0.9
_BREAKS = ";:()—.!?"


def is_denied(
    tokens: list[Token], part: Clause, first: int, last: int, within: int = _BEFORE
) -> bool:
    """Whether what stands at tokens `first` to `last` is denied: an odd number of denials in the
    words `within` before it, or one after it.
    """
    start = max(first - within, 0, part.first if part.opener else 0)
    for at in range(first, start, -1):
        word, gap = tokens[at].word, tokens[at].gap
        if (at < first and word in SCOPE_ENDS) or any(mark in gap for mark in _BREAKS):
            start = at
            break
        if "," in gap and not _is_list(tokens, at, first):
            start = at
            break
        if tokens[at - 1].word == "and" and word in _GOES_ON and at < first:
            start = at
            break
    before = tokens[start:first]
    harmless = {
        at for f in _AFFIRMING.find(tokens[start : last + 1]) for at in range(f.first, f.last + 1)
    }
    denials: list[int] = []
    for found in _DENYING.find(before):
        if found.first not in harmless and not (denials and found.first <= denials[-1]):
            denials.append(found.last)
    comma = next((at for at in range(first - 1, start, -1) if "," in tokens[at].gap), start) - start
    nearest = [at for at in denials if at >= comma] or denials
    if len(nearest) % 2:
        return True
    after = tokens[last + 1 : min(last + 1 + _AFTER_WITHIN, len(tokens))]
    return any(found.first == 0 for found in _AFTER.find(after))


_GOES_ON = word_set(
    "always often plays played uses used keeps kept is was has had he she they his her"
)


def _is_list(tokens: list[Token], at: int, first: int) -> bool:
    """Whether a comma before token `at` divides the items of one list: "never cowbell, china or
    splash": few words to a comma, and no new denial.
    """
    return first - at <= 4 and not any(
        t.word in ("he", "his", "she", "her", "they", "their", "the", "just", "it", "there")
        or t.owns
        for t in tokens[at:first]
    )


def certainty(sentence: Sentence, part: Clause, first: int, last: int) -> float:
    """How far the sentence means what it says at these tokens: 1 plainly, 0 not at all (a question,
    a wish, a condition).
    """
    if sentence.text.rstrip("\"'\u201d\u2019) ").endswith("?"):
        return 0.0
    tokens = sentence.tokens
    within = tokens[0 if part.opener == "that" else part.first : part.end]
    if _UNREAL.has(within) or (_UNREAL.has(tokens) and tokens[0].word in ("if", "had")):
        return 0.0
    sure = 1.0
    if _MYTHICAL.has(tokens):
        sure *= _MYTH if not _mythical_apart(tokens) else 1.0
    if _HEDGED.has(within):
        sure *= _HEDGE
    if any(a <= first <= b for a, b in sentence.speech):
        sure *= _SPOKEN
    if any(t.word in COMPARED for t in tokens[last + 1 : last + 5]):
        sure *= _COMPARED
    return sure


def _mythical_apart(tokens: list[Token]) -> bool:
    """Whether the myth is told of first and set right after: "contrary to legend he did"."""
    found = next(_MYTHICAL.find(tokens), None)
    return found is not None and tokens[found.first].word == "contrary"
