"""The built-in notes as a source beside the others."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from mididrumigen.config import SOURCE_NAMES, SourceSettings
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence, Inputs, Progress
from mididrumigen.sources.builtin import Builtin
from mididrumigen.sources.registry import SOURCES, enabled_sources
from mididrumigen.sources.tools import Tools
from mididrumigen.workers import Workers


class NoLibraries:
    """Libraries that nobody looks into here."""

    async def refresh(self, folders: Sequence[Path], progress: Progress) -> None:
        raise AssertionError(folders)

    async def files_of(self, names: Iterable[str]) -> list[Path]:
        raise AssertionError(names)


TOOLS = Tools(Workers(), NoLibraries())


async def said_of(name: str) -> list[Evidence]:
    """What the source says of a name."""
    source = Builtin(SourceSettings(), TOOLS)
    return [e async for e in source.collect(Artist(name), Inputs(), Progress())]


@pytest.mark.parametrize("name", ["John Bonham", "bonzo", "Led  Zeppelin"])
async def test_an_artist_an_alias_and_a_band_lead_to_the_notes_of_the_drummer(name: str) -> None:
    found = await said_of(name)
    entry = Library().artists["John Bonham"]
    styles = sorted(entry["styles"].items(), key=lambda style: -style[1])
    assert len(styles) >= 2
    assert [e.url for e in found] == [
        "builtin:John Bonham",
        *(f"builtin:style/{style}" for style, _ in styles),
    ]
    assert [e.value["basis"] for e in found] == ["builtin", *("genre" for _ in styles)]
    assert [e.value["weight"] for e in found] == [1.0, *(weight for _, weight in styles)]
    assert {(e.source, e.kind) for e in found} == {("builtin", "knowledge")}
    assert found[0].value["traits"]["tempo_bpm"] == [entry["tempo_bpm"][1], 1]


async def test_a_name_that_nothing_is_noted_about_gives_nothing() -> None:
    assert await said_of("Zyxwv Qrst") == []


def test_a_source_that_is_switched_off_is_not_asked() -> None:
    on, off = SourceSettings(), SourceSettings(enabled=False)
    none = dict.fromkeys(SOURCE_NAMES, off)
    both = enabled_sources({**none, "builtin": on, "local_midi": on}, TOOLS)
    assert [source.name for source in both] == ["builtin", "local_midi"]
    one = enabled_sources({**none, "local_midi": on}, TOOLS)
    assert [s.name for s in one] == ["local_midi"]


def test_all_sources_are_asked_in_their_order() -> None:
    every = enabled_sources(dict.fromkeys(SOURCE_NAMES, SourceSettings()), TOOLS)
    names = [source.name for source in every]
    assert names == [source.name for source in SOURCES]
    assert len(set(names)) == len(names)


async def test_a_namesake_gets_none_of_the_notes_about_the_other() -> None:
    source = Builtin(SourceSettings(), TOOLS)
    other = Artist("John Bonham", "the baker")
    assert [e async for e in source.collect(other, Inputs(), Progress())] == []
