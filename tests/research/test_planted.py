"""Ten artists on a loopback internet, whose truth is known: what a research finds, misses, invents.

The whole program researches them by real HTTP, by a clock that runs fast; see `tests/planted`.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from mididrumigen.app.results import ShowResult
from mididrumigen.errors import ResearchError
from mididrumigen.models import Inputs, Progress
from tests.internet import loopback
from tests.planted.bands import NAMESAKE, OTHER_NAMESAKE
from tests.planted.running import go_online, hurry, plant, program, settings
from tests.planted.scoring import Score, score
from tests.planted.ten import TEN, WORLD

TIMES = 25
"""How much faster than life."""
KNOWN = [kind for kind in TEN if kind != "known to nobody"]
LEAST_FOUND = 0.8
"""Of all that texts state; reached were 0.9."""


@dataclass(slots=True)
class Found:
    """What came of all of them."""

    shown: dict[str, ShowResult] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    """Errors, by kind."""
    other: tuple[ShowResult, Score] | None = None
    """The second of one name."""
    unscripted: list[str] = field(default_factory=list)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def found(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Found]:
    """Every one of the ten, researched in full."""
    home: Path = tmp_path_factory.mktemp("planted")
    result = Found()
    with pytest.MonkeyPatch.context() as monkeypatch:
        go_online(monkeypatch)
        hurry(monkeypatch, TIMES)
        async with loopback() as internet:
            await plant(internet, WORLD)
            async with program(settings(internet), home) as app:
                for kind, someone in TEN.items():
                    try:
                        await app.research(someone.name, Inputs(), Progress())
                    except ResearchError as error:
                        result.questions[kind] = str(error)
                        continue
                    result.shown[kind] = await app.show(someone.name)
                asked = result.questions["name that two have"]
                told = asked.partition(": ")[2]
                for number, listed in enumerate(told.split("; ")[:2], 1):
                    name, artist_id = await app.pick(NAMESAKE.name, number)
                    await app.research(name, Inputs(), Progress(), artist_id=artist_id)
                    shown = await app.show(name, artist_id)
                    assert shown.artist.disambiguation in listed
                    if shown.artist.disambiguation == NAMESAKE.disambiguation:
                        result.shown["name that two have"] = shown
                    else:
                        result.other = shown, score(shown, OTHER_NAMESAKE)
        result.unscripted = [
            f"{name}{asked.path}"
            for name, site in internet.sites.items()
            for asked in site.unscripted
        ]
    result.scores = {kind: score(shown, TEN[kind]) for kind, shown in result.shown.items()}
    yield result


pytestmark = pytest.mark.slow


def test_what_was_found_can_be_read(found: Found, tmp_path_factory: pytest.TempPathFactory) -> None:
    for kind in KNOWN:
        print(f"{kind}: {found.scores[kind].line()}")
    for kind in ("rock drummer", "band of three drummers"):
        print(json.dumps(found.shown[kind].to_json(), ensure_ascii=False, default=str))
    assert found.unscripted == []


@pytest.mark.parametrize("kind", KNOWN)
def test_no_trait_is_invented(found: Found, kind: str) -> None:
    assert found.scores[kind].invented == frozenset()


@pytest.mark.parametrize("kind", KNOWN)
def test_the_usual_tempo_lies_where_it_is(found: Found, kind: str) -> None:
    assert found.scores[kind].tempo_is_right, found.scores[kind].tempo_bpm
    trait = found.shown[kind].profile.traits["tempo_bpm"]
    assert trait.low is not None
    assert trait.high is not None
    assert trait.low <= trait.value <= trait.high


@pytest.mark.parametrize("kind", KNOWN)
def test_who_drummed_when_is_right(found: Found, kind: str) -> None:
    assert found.shown[kind].lineup == TEN[kind].truth.drummers


@pytest.mark.parametrize("kind", KNOWN)
def test_all_genres_are_there_and_no_song_of_anybody_else(found: Found, kind: str) -> None:
    assert found.scores[kind].genres_missed == frozenset()
    assert found.scores[kind].of_others == frozenset()


def test_most_of_what_texts_state_is_found(found: Found) -> None:
    hits = sum(len(one.found) for one in found.scores.values())
    missed = sum(len(one.missed) for one in found.scores.values())
    assert hits / (hits + missed) >= LEAST_FOUND


def test_the_two_of_one_name_are_asked_about_and_each_can_be_picked(found: Found) -> None:
    question = found.questions["name that two have"]
    for someone in (NAMESAKE, OTHER_NAMESAKE):
        assert f"{someone.name} ({someone.disambiguation})" in question
    assert found.other is not None
    shown, other = found.other
    assert shown.artist.disambiguation == OTHER_NAMESAKE.disambiguation
    assert (other.invented, other.of_others) == (frozenset(), frozenset())
    assert other.tempo_is_right


def test_whom_nobody_knows_is_not_made_up(found: Found) -> None:
    assert "nothing is to be found about Quillon Tarn" in found.questions["known to nobody"]
    assert "known to nobody" not in found.shown


def test_sites_that_disagree_are_kept_and_make_less_sure(found: Found) -> None:
    swing = found.shown["sites that disagree"].profile.traits["swing_16ths"]
    assert swing.against
    assert swing.confidence < found.shown["producer"].profile.traits["swing_16ths"].confidence
