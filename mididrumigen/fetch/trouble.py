"""Why there is no answer, in the words of the user.

Conventions: a text is what follows the name of a site in a sentence ("did not answer within 20 s");
that of a refusal goes on with "until 14:05", for the site is left alone from then on.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mididrumigen.models import SourceCard

_PASSING = frozenset({429, 502, 503, 504})
"""Statuses that may be another a moment later."""
_CHECKS = {
    "cf-mitigated": ("challenge",),
    "x-amzn-waf-action": ("challenge", "captcha"),
}
"""How sites say that they want to see a person, by header."""
CHECK_REST_S = 1800.0
"""How long a site that wants to see a person is left alone at least."""


class Trouble(Exception):
    """One try that came to nothing."""

    def __init__(
        self,
        text: str,
        hint: str = "",
        *,
        is_passing: bool = False,
        rest_s: float | None = None,
        wait_s: float | None = None,
    ) -> None:
        super().__init__(text)
        self.text, self.hint = text, hint
        self.is_passing = is_passing
        """Whether another try is worth it."""
        self.rest_s = rest_s
        """For how long a refusal makes us leave the site alone, unless it names a time; None: it is
        no refusal.
        """
        self.wait_s = wait_s
        """How long the site itself asked us to wait."""


def trouble_with(
    status: int, headers: Mapping[str, str], card: SourceCard, *, has_key: bool, now: float
) -> Trouble:
    """What is wrong with an answer whose status was not wanted; headers by lower-case name, `now`
    in seconds since 1970.
    """
    for name, words in _CHECKS.items():
        if headers.get(name, "").lower() in words:
            rest_s = max(card.rest_s, CHECK_REST_S)
            return Trouble("wants to see a person and is left alone", rest_s=rest_s)
    wait_s = retry_after_s(headers, now)
    if status in (202, 429) or (status == 503 and wait_s is not None):
        passing = status in _PASSING
        return Trouble("asks us to wait", is_passing=passing, rest_s=card.rest_s, wait_s=wait_s)
    if status == 503:
        text = "is overloaded (503) and is left alone"
        return Trouble(text, is_passing=True, rest_s=card.rest_s)
    if status == 401 and card.key:
        hint = f"mididrumigen keys set {card.key}"
        text = "does not accept the key (401)" if has_key else "wants a key (401)"
        return Trouble(text, hint)
    if status in (404, 410):
        return Trouble(f"has nothing at this address ({status})")
    if 400 <= status < 500:
        return Trouble(f"refuses to answer ({status})")
    return Trouble(f"answered with an error ({status})", is_passing=status in _PASSING)


def retry_after_s(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that `Retry-After` asks to wait, a number or a date; None without one that can be
    read. A date is counted from the site's own clock where it is told.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.partition(".")[0].isdigit():
        try:
            return float(value)
        except ValueError:
            return None
    until = _seconds(value)
    if until is None:
        return None
    told = _seconds(headers.get("date", ""))
    return max(0.0, until - (now if told is None else told))


def _seconds(date: str) -> float | None:
    """A date of HTTP in seconds since 1970."""
    try:
        found = parsedate_to_datetime(date)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def clock_time(at: float, now: float) -> str:
    """A time as people here say it: "14:05", with the date where it is not today's."""
    then, today = datetime.fromtimestamp(at).astimezone(), datetime.fromtimestamp(now).astimezone()
    return f"{then:%H:%M}" if then.date() == today.date() else f"{then:%Y-%m-%d %H:%M}"
