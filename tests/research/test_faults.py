"""Every fault in every source in turn: the research ends, says what happened, keeps the rest, asks
nobody sooner or more often than the rules of the sites say.

The whole program, by real HTTP on loopback and a clock that runs fast. Each case has a home of its
own, since who refused us is left alone from then on.
"""

import itertools
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from mididrumigen.fetch.limits import Limits
from mididrumigen.keys import KEYS
from mididrumigen.models import Inputs, Progress, SourceReport
from mididrumigen.sources.discogs import WITH_TOKEN_PER_SECOND
from mididrumigen.sources.registry import SOURCES
from tests.internet import Site, loopback
from tests.planted.faults import FAULTS, NOWHERE, OF_THE_BODY, PASSING, put
from tests.planted.players import ROCK
from tests.planted.running import ASKING, Hurry, go_online, hurry, plant, program, settings
from tests.planted.ten import WORLD

TIMES = 20
EVERY = tuple(itertools.product(ASKING, FAULTS))
CASES = EVERY if os.environ.get("EVERY_FAULT") else EVERY[::5]
"""`EVERY_FAULT=1` puts all into all, some minutes; otherwise each fifth, so that every source and
every fault comes up.
"""
LIMITS = Limits(connect_s=2.0, read_s=0.4, total_s=3.0)
"""Of real seconds: what is silent is silent."""
ENDS_S = 12.0
EARLY_S = 0.02
"""Of a second of the program's clock: a turn that is taken so little late moves no other."""
CARDS = {source.card.name: source.card for source in SOURCES}
NEEDS_IDS = frozenset({"acousticbrainz", "listenbrainz", "getsongbpm", "genius"})
"""Sources that ask for what MusicBrainz knows."""
WITH_KEY = {"discogs": WITH_TOKEN_PER_SECOND, "semanticscholar": 1.0}
"""Who may be asked more often with a key, requests a second."""
PHASES = {"musicbrainz": 2, "wikidata": 2, "wikipedia": 2}
"""Who is asked twice: whom the name means, then what is known of him."""

pytestmark = pytest.mark.slow


def gaps_are_kept(fast: Hurry, name: str, count: int) -> None:
    """Nobody comes sooner than the site's pace, of which pages have one a host; `count` requests
    arrived.
    """
    card = CARDS[name]
    every_s = 1 / WITH_KEY.get(name, card.per_second)
    key = f"{name} " if card.each_host else card.paced_as or name
    sent = [times for what, times in fast.sent.items() if what.startswith(key)]
    gaps = [after - before for times in sent for before, after in itertools.pairwise(times)]
    assert [gap for gap in gaps if gap < every_s - EARLY_S] == []
    assert sum(map(len, sent)) >= count


def nothing_is_asked_too_often(site: Site, name: str, fault: str) -> None:
    """One and the same answer is asked for as often as it is worth it."""
    tries = CARDS[name].tries if fault in PASSING else 1
    asked = Counter((one.path, tuple(sorted(one.query.items()))) for one in site.asked)
    asked.pop(("/robots.txt", ()), None)
    # A name that two calls of one phase ask for is answered from the cache, if it was an answer.
    most = tries * PHASES.get(name, 1)
    assert [what for what, count in asked.items() if count > most] == []
    if fault.startswith("429 with a date"):
        assert len(site.asked) == 1  # it named a time: nobody comes again before


def is_told(report: SourceReport, fault: str) -> None:
    """The report says in a sentence what happened, and it was no mistake of ours."""
    assert "it broke" not in report.reason
    if fault not in OF_THE_BODY:
        assert report.state == "unavailable"
        assert len(report.reason) > 15
    else:
        assert report.state in ("empty", "unavailable", "ok")


@pytest.mark.parametrize(("name", "fault"), CASES)
async def test_a_fault_in_one_source_leaves_the_rest(
    name: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_online(monkeypatch, frozenset(CARDS[n].key for n in ASKING if CARDS[n].key in KEYS))
    fast = hurry(monkeypatch, TIMES, LIMITS)
    other = "deezer" if name != "deezer" else "reccobeats"
    asked = {name, other, *(["musicbrainz"] if name in NEEDS_IDS else [])}
    async with loopback() as internet:
        tellers = await plant(internet, WORLD, sorted(asked))
        site = internet.sites[name]
        base_url = NOWHERE if fault == "no such name" else site.base_url
        if fault != "no such name":
            put(fault, site, tellers[name])
        config = settings(internet, sorted(asked), at={name: base_url})
        urls = (f"{base_url}/features/iron-meridian",) if name == "web" else ()
        async with program(config, tmp_path) as app:
            began = time.monotonic()
            result = await app.research(ROCK.name, Inputs(urls=urls), Progress())
            assert time.monotonic() - began < ENDS_S
            shown = await app.show(ROCK.name)
    reports = {report.source: report for report in result.reports}
    is_told(reports[name], fault)
    assert shown.to_json()["sources"][name]["reason"] == reports[name].reason
    assert reports[other].state == "ok"
    assert reports[other].found >= 7
    assert result.profile.traits["tempo_bpm"].is_own
    gaps_are_kept(fast, name, len(site.asked))
    nothing_is_asked_too_often(site, name, fault)


def test_a_fifth_of_the_cases_still_has_every_source_and_every_fault() -> None:
    some = EVERY[::5]
    assert {name for name, _ in some} == set(ASKING)
    assert {fault for _, fault in some} == set(FAULTS)
