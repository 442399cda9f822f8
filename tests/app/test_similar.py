"""Who is like whom, on a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mididrumigen.app import App
from mididrumigen.app.similar import COMPARED, Similar
from mididrumigen.app.texts import ALONE
from mididrumigen.config import Config, find_paths
from mididrumigen.errors import InputError
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import described
from mididrumigen.models import Artist, Inputs, Progress
from mididrumigen.models.described import Described
from mididrumigen.similar import text_of
from mididrumigen.similar.model import DIMENSIONS, INSTALL, MODEL_ID, missing
from mididrumigen.similar.traits import spreads
from mididrumigen.store import described as kept
from mididrumigen.store import queries
from mididrumigen.store.nearest import Exact, Indexed, vec_problem

NEEDS_MODEL = pytest.mark.skipif(
    bool(missing()), reason=f"{', '.join(missing())} not installed: {INSTALL}"
)
NAMES = {entry.name for entry in described(Library()) if entry.kind != "style"}
EVERYBODY = len(NAMES) + 1
NOW = "2026-01-02T03:04:05+00:00"


@pytest.fixture
async def app(home: Path) -> AsyncIterator[App]:
    """The program in a home of its own."""
    async with App.open(Config(), find_paths({"MIDIDRUMIGEN_HOME": str(home)})) as opened:
        yield opened


@pytest.fixture
async def similar(app: App, tmp_path: Path) -> AsyncIterator[Similar]:
    """Without the text model, installed or not."""
    opened = Similar(app.store, app.library, tmp_path / "index.db", reads_texts=False)
    yield opened
    await opened.close()


async def store_many(app: App, count: int, entry_of: Callable[[int], Described]) -> None:
    """Store artists that are described already."""

    def fill(db: queries.Connection) -> None:
        for number in range(count):
            entry = entry_of(number)
            artist_id = queries.add_artist(db, Artist(entry.name), NOW)
            db.execute(
                "INSERT INTO descriptions (artist_id, text, facts, model, style, tempo_bpm)"
                " VALUES (?, 't', '', '', '', 0)",
                [artist_id],
            )
            kept.describe(db, {artist_id: (entry, f"text {number}", str(number))})

    await app.store.write(fill)


class TestByStylesAndTraits:
    """Without the model."""

    async def test_an_artist_gets_others_with_reasons_and_the_notice_once(
        self, similar: Similar
    ) -> None:
        found = await similar.to_artist("john bonham", limit=5)
        assert found.asked.name == "John Bonham"
        assert len(found.nearest) == 5
        assert {alike.entry.name for alike in found.nearest} <= NAMES - {"John Bonham"}
        assert all(alike.why for alike in found.nearest)
        assert found.styles[0].entry.name == "hard rock"
        assert (found.model, found.weights.keys()) == (None, {"styles", "traits"})
        assert sum(found.weights.values()) == pytest.approx(1)
        assert found.notices == (ALONE,)

    @pytest.mark.skipif(not missing(), reason="the extra similar is installed")
    async def test_without_the_extra_the_notice_names_the_command(self, app: App) -> None:
        found = await app.similar.to_artist("John Bonham")
        assert [INSTALL in notice for notice in found.notices] == [True]
        assert len(found.nearest) == 10

    async def test_an_alias_and_a_band_lead_to_the_drummer_and_never_back(
        self, similar: Similar
    ) -> None:
        for name in ("Bonzo", "LED ZEPPELIN"):
            found = await similar.to_artist(name, limit=EVERYBODY)
            assert found.asked.name == "John Bonham"
            assert "John Bonham" not in {alike.entry.name for alike in found.nearest}
            assert len(found.nearest) > len(NAMES) - 10
        assert any("John Bonham" in notice for notice in found.notices)

    async def test_a_style_may_be_asked_about(self, similar: Similar) -> None:
        found = await similar.to_artist("Bossa Nova", limit=3)
        assert (found.asked.kind, len(found.nearest)) == ("style", 3)
        assert "bossa nova" not in {alike.entry.name for alike in found.styles}

    async def test_an_unknown_name_gets_the_answer_of_its_nearest_style_and_is_told(
        self, similar: Similar
    ) -> None:
        found = await similar.to_artist("The Zyx Funk Trio", limit=3)
        style = await similar.to_artist("funk", limit=3)
        assert (found.asked, found.nearest) == (style.asked, style.nearest)
        assert "nearest known style is funk" in found.notices[0]

    async def test_text_is_understood_by_its_words(self, similar: Similar) -> None:
        found = await similar.to_text("  dusty swung hip hop with a late snare ", limit=1)
        assert found.asked.name == "dusty swung hip hop with a late snare"
        assert found.nearest[0].entry.name == "J Dilla"

    @pytest.mark.parametrize("text", ["", "  ", "zyxwvq", "x" * 3000])
    async def test_text_that_says_nothing_is_refused(self, similar: Similar, text: str) -> None:
        with pytest.raises(InputError):
            await similar.to_text(text)

    async def test_what_is_no_name_is_refused(self, similar: Similar) -> None:
        with pytest.raises(InputError):
            await similar.to_artist("  ")


class TestStored:
    """Researched artists take part."""

    async def test_who_was_researched_is_asked_about_and_found(
        self, app: App, similar: Similar, midi_folder: Path
    ) -> None:
        await app.research("My Drummer", Inputs((midi_folder,)), Progress())
        mine = await similar.to_artist("my drummer", limit=EVERYBODY)
        assert (mine.asked.name, mine.asked.kind) == ("My Drummer", "artist")
        assert {alike.entry.name for alike in mine.nearest} == NAMES
        assert "traits" in mine.weights
        assert "latency_ms" not in mine.asked.traits
        everybody = (await similar.to_artist("rock", limit=EVERYBODY)).nearest
        [me] = [alike for alike in everybody if alike.entry.name == "My Drummer"]
        assert me.artist_id is not None

        await app.forget("My Drummer")
        everybody = (await similar.to_artist("rock", limit=EVERYBODY)).nearest
        assert {alike.entry.name for alike in everybody} == NAMES

    async def test_a_researched_name_of_the_notes_is_there_once_with_what_was_measured(
        self, app: App, similar: Similar, midi_folder: Path
    ) -> None:
        await app.research("Ringo Starr", Inputs((midi_folder,)), Progress())
        found = await similar.to_artist("John Bonham", limit=EVERYBODY)
        [ringo] = [alike for alike in found.nearest if alike.entry.name == "Ringo Starr"]
        assert ringo.artist_id is not None
        assert ringo.entry.kind == "drummer"
        assert ringo.entry.styles == Library().artists["Ringo Starr"]["styles"]
        assert ringo.entry.traits["tempo_bpm"] == pytest.approx(101.5, abs=2)  # of the takes
        asked = await similar.to_artist("Ringo Starr", limit=EVERYBODY)
        assert "Ringo Starr" not in {alike.entry.name for alike in asked.nearest}

    async def test_a_researched_band_is_not_like_its_drummer(
        self, app: App, similar: Similar, midi_folder: Path
    ) -> None:
        await app.research("Led Zeppelin", Inputs((midi_folder,)), Progress())
        found = await similar.to_artist("Led Zeppelin", limit=EVERYBODY)
        assert (found.asked.kind, found.asked.drummers) == ("band", {"John Bonham": ""})
        assert "John Bonham" not in {alike.entry.name for alike in found.nearest}
        back = await similar.to_artist("John Bonham", limit=EVERYBODY)
        assert "Led Zeppelin" not in {alike.entry.name for alike in back.nearest}

    async def test_two_artists_of_one_name_are_told_apart_by_id(
        self, app: App, similar: Similar
    ) -> None:
        for who, style in (("from Leeds", "rock"), ("from Ghent", "jazz")):
            number = await app.store.write(queries.add_artist, Artist("Twins", who), NOW)
            entry = Described("Twins", "artist", {style: 1.0})
            await app.store.write(
                lambda db, n=number: db.execute(
                    "INSERT INTO descriptions (artist_id, text, facts, model, style, tempo_bpm)"
                    " VALUES (?, 't', '', '', '', 0)",
                    [n],
                )
            )
            await app.store.write(kept.describe, {number: (entry, "t", "h")})
            found = await similar.to_artist("Twins", number)
            assert found.asked.styles == {style: 1.0}

    async def test_of_many_those_of_the_same_styles_are_compared(
        self, app: App, similar: Similar
    ) -> None:
        styles = ("rock", "jazz", "house")
        await store_many(
            app,
            COMPARED + 60,
            lambda n: Described(
                f"Made Up {n}", "artist", {styles[n % 3]: 1.0}, traits={"tempo_bpm": 60 + n / 10}
            ),
        )
        found = await similar.to_artist("Made Up 1", limit=EVERYBODY)
        stored = [alike for alike in found.nearest if alike.artist_id is not None]
        assert len(stored) > 50
        assert all("jazz" in alike.entry.styles for alike in stored)


@NEEDS_MODEL
@pytest.mark.slow
class TestWithTheModel:
    """By text too."""

    async def test_texts_are_read_once_with_progress_and_kept(self, app: App, home: Path) -> None:
        told: list[tuple[str, int, int]] = []
        progress = Progress(listener=lambda *said: told.append(said))
        found = await app.similar.to_artist("John Bonham", progress=progress)
        assert found.model == MODEL_ID
        assert found.weights.keys() == {"text", "styles", "traits"}
        assert found.notices == ()
        entries = list(described(Library()))
        count = len({text_of(entry, spreads(entries)) for entry in entries})
        assert told[-1] == ("reading texts", count, count)
        vectors = await app.store.read(kept.text_vectors, MODEL_ID)
        assert len(vectors) == count
        assert {len(vector) for vector in vectors.values()} == {DIMENSIONS * 4}
        told.clear()
        again = await app.similar.to_artist("John Bonham", progress=progress)
        assert (again, told) == (found, [])
        async with App.open(Config(), find_paths({"MIDIDRUMIGEN_HOME": str(home)})) as other:
            assert await other.similar.to_artist("John Bonham", progress=progress) == found
        assert told == []

    async def test_who_does_not_wait_is_answered_without_texts_and_later_with_them(
        self, app: App
    ) -> None:
        first = await app.similar.to_artist("J Dilla", wait_s=0)
        assert (first.model, len(first.nearest)) == (None, 10)
        assert "being read" in first.notices[0]
        several = await asyncio.gather(
            *(app.similar.to_artist("J Dilla", wait_s=120) for _ in range(3))
        )
        assert {found.model for found in several} == {MODEL_ID}

    async def test_a_text_that_changes_is_read_again(self, app: App) -> None:
        await store_many(app, 1, lambda n: Described("Somebody", "artist", {"rock": 1.0}))
        await app.similar.to_artist("Somebody")
        assert await app.store.read(kept.vectors_stamp, MODEL_ID) == (1, 1)
        entry = Described("Somebody", "artist", {"jazz": 1.0})
        await app.store.write(kept.describe, {1: (entry, "jazz drummer. Brushes.", "other")})
        await app.similar.to_artist("Somebody")
        assert await app.store.read(kept.vectors_stamp, MODEL_ID) == (1, 2)

    async def test_free_text_needs_no_word_that_is_known(self, app: App) -> None:
        found = await app.similar.to_text("smoky late-night Blue Note trio", limit=3)
        assert found.model == MODEL_ID
        assert "text" in found.weights

    async def test_nine_of_ten_of_the_nearest_three_are_of_the_same_family(self, app: App) -> None:
        library = Library()
        family = {n: kind.family(n) for kind in (library.others, library.artists) for n in kind}
        hits = []
        for name in sorted(library.artists):
            found = await app.similar.to_artist(name, limit=3)
            hits += [family[alike.entry.name] == family[name] for alike in found.nearest]
        assert sum(hits) / len(hits) > 0.9

    @pytest.mark.skipif(vec_problem() is not None, reason=str(vec_problem()))
    async def test_both_ways_of_search_give_the_same_answers(
        self, app: App, tmp_path: Path
    ) -> None:
        entries = [entry for entry in described(Library()) if entry.kind != "style"]
        await store_many(
            app,
            COMPARED + 20,
            lambda n: replace(entries[n % len(entries)], name=f"Made Up {n}", aliases=(), bands=()),
        )
        await app.similar.to_artist("John Bonham")  # reads the texts
        answers = []
        for way in ("numpy", "sqlite-vec"):
            similar = Similar(app.store, app.library, tmp_path / "i.db")
            similar._search = (
                Exact(DIMENSIONS)
                if way == "numpy"
                else Indexed(tmp_path / "i.db", MODEL_ID, DIMENSIONS)
            )
            answers.append(
                [await similar.to_artist(name, limit=50) for name in ("John Bonham", "Made Up 7")]
            )
            await similar.close()
        assert answers[0] == answers[1]
