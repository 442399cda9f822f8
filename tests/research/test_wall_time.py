"""How long a full research takes at the real pace of all sites: hardly more than the slowest."""

import itertools
import time
from pathlib import Path

import pytest

from mididrumigen.models import Inputs, Progress
from mididrumigen.sources.registry import SOURCES
from tests.internet import loopback
from tests.planted.players import ROCK
from tests.planted.running import go_online, hurry, plant, program, settings
from tests.planted.ten import WORLD

CARDS = {source.card.name: source.card for source in SOURCES}
PLATFORMS = {"wikimedia": "wikipedia"}
"""Of which sources share one pace: one of them."""
AT_ONCE = 4
EARLY_S = 0.02
MOST = 1.2
"""Times the paced time of the slowest."""


@pytest.mark.slow
async def test_a_full_research_takes_hardly_longer_than_its_slowest_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_online(monkeypatch)
    real = hurry(monkeypatch, 1.0)
    async with loopback() as internet:
        await plant(internet, WORLD)
        config = settings(internet, max_concurrent_collectors=AT_ONCE)
        async with program(config, tmp_path) as app:
            began = time.monotonic()
            await app.research(ROCK.name, Inputs(), Progress())
            took_s = time.monotonic() - began
    paced_s: dict[str, float] = {}
    for key, sent in real.sent.items():
        card = CARDS[PLATFORMS.get(key, key.partition(" ")[0])]
        paced_s[key] = len(sent) / card.per_second
        gaps = [after - before for before, after in itertools.pairwise(sent)]
        assert [gap for gap in gaps if gap < 1 / card.per_second - EARLY_S] == [], key
    assert sum(map(len, real.sent.values())) == sum(len(s.asked) for s in internet.sites.values())
    slowest = max(paced_s, key=lambda name: paced_s[name])
    print(f"{took_s:.1f} s; {slowest} alone {paced_s[slowest]:.1f} s")
    assert took_s <= MOST * paced_s[slowest]
