"""Numbers as articles write them: digits, and words up to 300."""

from mididrumigen.prose.tokens import Token

_UNDER_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_EVERY_TEN = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: value for value, word in enumerate(_UNDER_TWENTY.split())}
_TENS = {word: 10 * value for value, word in enumerate(_EVERY_TEN.split(), 2)}


def number_at(tokens: list[Token], at: int) -> tuple[int, float] | None:
    """Last token and value of the number that begins at token `at`; None where none does."""
    raw = tokens[at].raw
    if raw[0].isdecimal():
        try:
            return (at, float(raw)) if len(raw) <= 8 else None
        except ValueError:
            return None
    return _spelled(tokens, at)


def _spelled(tokens: list[Token], at: int) -> tuple[int, float] | None:
    words = [t.word for t in tokens[at : at + 6]]
    small = _below_hundred(words)
    if words[0] == "a" and words[1:2] == ["hundred"]:
        small = (1, 1)
    if small is None:
        return None
    used, value = small
    rest = words[used:]
    if rest[:1] == ["hundred"]:
        skip = 2 if rest[1:2] == ["and"] else 1
        more = _below_hundred(rest[skip:])
        return (
            (at + used + skip + more[0] - 1, 100.0 * value + more[1])
            if more
            else (at + used, 100.0 * value)
        )
    if used == 1 and value in (1, 2):
        # "one twenty", as musicians say it.
        more = _below_hundred(rest)
        if more and more[1] >= 10:
            return at + used + more[0] - 1, 100.0 * value + more[1]
    return at + used - 1, float(value)


def _below_hundred(words: list[str]) -> tuple[int, int] | None:
    """How many words, and the number that they spell."""
    if not words:
        return None
    if words[0] in _ONES:
        return 1, _ONES[words[0]]
    if words[0] in _TENS:
        one = _ONES.get(words[1], 0) if len(words) > 1 else 0
        return (2, _TENS[words[0]] + one) if 0 < one < 10 else (1, _TENS[words[0]])
    return None
