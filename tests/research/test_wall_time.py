"""How long a full research takes at the real pace of all sites: hardly more than the slowest."""

import itertools
import time
from collections import defaultdict
from pathlib import Path

import pytest

from mididrumigen.models import Inputs, Progress
from mididrumigen.sources.registry import SOURCES
from tests.internet import loopback
from tests.planted.players import ROCK
from tests.planted.running import go_online, plant, program, settings
from tests.planted.ten import WORLD

CARDS = {source.card.name: source.card for source in SOURCES}
AT_ONCE = 4
MOST = 1.2
"""Times the paced time of the slowest."""


@pytest.mark.slow
async def test_a_full_research_takes_hardly_longer_than_its_slowest_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_online(monkeypatch)
    async with loopback() as internet:
        await plant(internet, WORLD)
        config = settings(internet, max_concurrent_collectors=AT_ONCE)
        async with program(config, tmp_path) as app:
            began = time.monotonic()
            await app.research(ROCK.name, Inputs(), Progress())
            took_s = time.monotonic() - began
    paced_s: dict[str, float] = defaultdict(float)
    for name, site in internet.sites.items():
        card = CARDS[name]
        paced_s[card.paced_as or name] += len(site.asked) / card.per_second
        # Two sites of one platform share a pace, which is looked at below.
        if not card.paced_as:
            assert [gap for gap in site.gaps_s() if gap < 1 / card.per_second - 0.05] == [], name
    shared = [internet.sites[name] for name, card in CARDS.items() if card.paced_as == "wikimedia"]
    times = sorted(asked.at_s for site in shared for asked in site.asked)
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert [gap for gap in gaps if gap < 1 / CARDS["wikipedia"].per_second - 0.05] == []
    slowest = max(paced_s, key=lambda name: paced_s[name])
    print(f"{took_s:.1f} s; {slowest} alone {paced_s[slowest]:.1f} s")
    assert took_s <= MOST * paced_s[slowest]
