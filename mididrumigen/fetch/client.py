"""What sources ask through: each call with its cache, turns, tries and redirects.

Conventions: every request takes its turn, other tries, redirects and robots.txt too. Every failure
is a SourceUnavailable in a sentence for the user; neither it nor the log ever holds a secret or a
whole address.
"""

import asyncio
import dataclasses
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from mididrumigen import __version__
from mididrumigen.errors import SourceUnavailable
from mididrumigen.fetch.bodies import ENCODINGS
from mididrumigen.fetch.cache import Cache, is_worth_keeping
from mididrumigen.fetch.limits import Limits
from mididrumigen.fetch.pace import Pace, Resting, Ticket
from mididrumigen.fetch.robots import MAX_BYTES as ROBOTS_BYTES
from mididrumigen.fetch.robots import Robots, Rules
from mididrumigen.fetch.trouble import Trouble, clock_time, trouble_with
from mididrumigen.models import Fetched, SourceCard, Waits
from mididrumigen.models.fetched import Keeping

if TYPE_CHECKING:
    from ssl import SSLContext

    from mididrumigen.fetch.call import Call
    from mididrumigen.fetch.wire import Answer, Resolve, Wire

logger = logging.getLogger(__name__)

_PAUSES_S, _REFUSED_PAUSES_S = (0.5, 1.5), (2.0, 6.0)
"""Before the second and the third try: after a broken connection, and where a site is too busy but
names no time (facts/sources: what Semantic Scholar's shared pool lets through).
"""
_JITTER = (1.0, 1.5)
"""What pauses are multiplied by, so that not all who were refused come back at once."""


class Fetch:
    """The way out, a `models.Fetching`; to be used as `async with`, once a process."""

    def __init__(
        self,
        waits: Waits,
        *,
        cache: Cache | None = None,
        contact: str = "",
        configured: frozenset[tuple[str, int]] = frozenset(),
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        rng: random.Random | None = None,
        resolve: "Resolve | None" = None,
        trusted: "Callable[[], SSLContext] | None" = None,
    ) -> None:
        """`contact` is the user's e-mail or web address; `configured` holds what `places_of` makes
        of the addresses in the configuration, which may be in the user's own network. `clock` gives
        seconds since 1970, `sleep` waits by it, `rng` shifts pauses, `resolve` finds the addresses
        of a name, `trusted` says by whose word sites are who they say.
        """
        self._limits, self._clock, self._cache = limits or Limits(), clock, cache
        self._rng = rng or random.Random()
        self._pace = Pace(waits, clock, sleep)
        self._robots = Robots(clock)
        # It goes into a header, where brackets around it mean a remark.
        self._contact = "".join(c for c in contact if " " <= c <= "~" and c not in "()\\").strip()
        named = f" ({self._contact})" if self._contact else ""
        self._agent = f"MidiDrumiGen/{__version__}{named}"
        self._configured, self._resolve, self._trusted = configured, resolve, trusted
        self._wire: Wire | None = None
        self._is_closed = False
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._is_closed = True
        if self._wire is not None:
            await self._wire.close()
            self._wire = None

    async def get(
        self,
        card: SourceCard,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        secret_params: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        keep: Keeping = "metadata",
        accept: frozenset[int] = frozenset({200}),
    ) -> Fetched:
        """See `models.Fetching`."""
        from mididrumigen.fetch.call import begin

        try:
            call = begin(
                card,
                url,
                params=params,
                headers=headers,
                secret_params=secret_params,
                secret_headers=secret_headers,
                accept=accept,
            )
        except Trouble as trouble:
            raise _unavailable(card.title, trouble) from trouble
        cache = None if keep == "never" else self._cache
        if cache is not None and (kept := await cache.find(call.cache_key, keep)) is not None:
            return kept
        answer = await self._follow(call)
        url = call.secrets.hide(call.url)
        fetched = Fetched(url, answer.status, answer.body, answer.headers)
        tells = call.secrets.are_in_bytes(fetched.body)
        if cache is not None and is_worth_keeping(fetched) and not tells:
            await cache.keep(call.cache_key, fetched)
        return fetched

    async def refused(
        self, card: SourceCard, url: str, why: str, rest_s: float | None = None
    ) -> SourceUnavailable:
        """See `models.Fetching`."""
        from mididrumigen.fetch.call import Call, address

        try:
            call = Call(card, address(url), frozenset())
        except Trouble as trouble:
            return _unavailable(card.title, trouble)
        rest_s = card.rest_s if rest_s is None else rest_s
        return await self._leave_alone(call, Trouble(why, rest_s=rest_s))

    async def _follow(self, call: "Call") -> "Answer":
        """The answer at the end of all redirects; `call.url` is where that is."""
        for _ in range(self._limits.redirects + 1):
            rules = await self._rules(call)
            answer = await self._ask(call, rules.delay_s)
            if answer.status in call.accept:
                return answer
            try:
                call.turn(answer.headers.get("location"))
            except Trouble as trouble:
                raise _unavailable(call.title, trouble) from trouble
        raise _unavailable(call.title, Trouble("sends us on and on"))

    async def _rules(self, call: "Call") -> Rules:
        """What robots.txt says to a call; raises SourceUnavailable where it says no."""
        from mididrumigen.fetch.call import Call

        if not call.card.asks_robots:
            return Rules()
        url, origin = call.url, f"{call.url.scheme}://{call.url.netloc.decode()}"

        async def ask() -> str:
            accept = frozenset({200, *range(400, 500)}) - {429}
            card = dataclasses.replace(
                call.card, asks_robots=False, tries=1, max_bytes=ROBOTS_BYTES
            )
            answer = await self._follow(Call(card, url.copy_with(raw_path=b"/robots.txt"), accept))
            return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

        rules = await self._robots.rules(origin, ask)
        if not rules.allow(url.raw_path.decode("ascii")):
            text = "does not want programs to read this page (robots.txt)"
            raise _unavailable(call.title, Trouble(text))
        return rules

    async def _ask(self, call: "Call", delay_s: float) -> "Answer":
        """An answer that was wanted or points elsewhere, after as many tries as are worth it;
        `delay_s` is what robots.txt asks for between two pages.
        """
        card = call.card
        per_second = card.per_second
        if card.per_second_nameless and not self._contact:
            per_second = min(per_second, card.per_second_nameless)
        every_s = max(1 / per_second, min(delay_s, self._limits.crawl_delay_s))
        while True:
            call.tries += 1
            try:
                async with self._pace.turn(call.pace_key, every_s, card.at_once) as ticket:
                    try:
                        return await self._try(call, ticket)
                    except Trouble as trouble:
                        await self._take(call, trouble)
            except Resting as resting:
                raise self._resting(call, resting) from resting

    async def _try(self, call: "Call", ticket: Ticket) -> "Answer":
        """One request; raises Trouble."""
        from mididrumigen.fetch.call import REDIRECTS

        wire = self._wire or await self._open()
        clock, total_s = asyncio.get_running_loop().time, self._limits.total_s
        started, status = clock(), 0

        def sent() -> None:
            ticket.sent_at = self._clock()

        fixed = {"accept-encoding": ENCODINGS, "user-agent": self._agent}
        try:
            async with asyncio.timeout(max(0.0, total_s - call.spent_s)):
                answer = await wire.ask(
                    call.url,
                    {"accept": "*/*", **call.headers, **fixed},
                    wanted=call.accept,
                    max_bytes=call.card.max_bytes,
                    on_sent=sent,
                )
            status = answer.status
        except TimeoutError as error:
            raise Trouble(f"did not answer within {total_s:g} s") from error
        finally:
            took_s = clock() - started
            call.spent_s += took_s
            logger.debug(
                "%s asked %s: %s after %.0f ms",
                *(call.card.name, call.url.host, status or "no answer", took_s * 1000),
            )
        if status in call.accept or status in REDIRECTS:
            return answer
        has_key, now = bool(call.secrets), self._clock()
        raise trouble_with(status, answer.headers, call.card, has_key=has_key, now=now)

    async def _take(self, call: "Call", trouble: Trouble) -> None:
        """Take what went wrong: hold the site's next turn where another try is worth it, else raise
        SourceUnavailable.
        """
        is_last = call.tries >= call.card.tries
        asked_s = trouble.wait_s or 0.0
        if trouble.is_passing and not is_last and asked_s <= self._limits.wait_s:
            pauses = _PAUSES_S if trouble.rest_s is None else _REFUSED_PAUSES_S
            pause_s = pauses[min(call.tries, len(pauses)) - 1] * self._rng.uniform(*_JITTER)
            await self._pace.hold(call.pace_key, self._clock() + max(asked_s, pause_s))
        elif trouble.rest_s is None:
            raise _unavailable(call.title, trouble) from trouble
        else:
            raise await self._leave_alone(call, trouble) from trouble

    async def _leave_alone(self, call: "Call", trouble: Trouble) -> SourceUnavailable:
        """Leave a site alone that refused us; what to raise then."""
        rest_s, asked_s = trouble.rest_s or 0.0, trouble.wait_s or 0.0
        # A site that named a short time again and again did not mean it.
        rest_s = asked_s if asked_s > self._limits.wait_s else max(rest_s, asked_s)
        until = self._clock() + min(rest_s, self._limits.rest_s)
        return self._resting(call, await self._pace.rest(call.pace_key, until, trouble.text))

    def _resting(self, call: "Call", resting: Resting) -> SourceUnavailable:
        """What to say of a site that is left alone."""
        until = clock_time(resting.turn.at, self._clock())
        return SourceUnavailable(f"{call.title} {resting.turn.refusal} until {until}")

    async def _open(self) -> "Wire":
        """The wire, made with the first question; raises Trouble when all is over."""
        async with self._opening:
            if self._is_closed:
                raise Trouble("is not asked any more")
            if self._wire is None:
                from mididrumigen.fetch.wire import Wire, system_names, usual_trust

                # Reading the certificates takes a moment.
                context = await asyncio.to_thread(self._trusted or usual_trust)
                resolve = self._resolve or system_names
                self._wire = Wire(self._limits, resolve, self._configured, context)
            return self._wire


def _unavailable(title: str, trouble: Trouble) -> SourceUnavailable:
    return SourceUnavailable(f"{title} {trouble.text}", trouble.hint)
