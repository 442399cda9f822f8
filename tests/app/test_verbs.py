"""The verbs of App on a real database, real files and no network."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.app import App, GenerateAsk
from mididrumigen.app.owner import Owner
from mididrumigen.app.unbroken import unbroken
from mididrumigen.config import Config, Paths, find_paths, parse_config
from mididrumigen.errors import ArtistUnknown, InputError, ResearchError, StoreError
from mididrumigen.groove import measure
from mididrumigen.knowledge import Library
from mididrumigen.midi import read_file
from mididrumigen.models import Artist, Inputs, Metre, Progress
from mididrumigen.sources.local_midi import to_evidence
from mididrumigen.store import queries
from tests.takes import ROCK, midi_file_of, take_of

NOW = "2026-01-02T03:04:05+00:00"
BONHAM = Library().artists["John Bonham"]
"""What is written in his entry, whatever it says."""
BPM = BONHAM["tempo_bpm"][1]
TAKE_PATH = Path("/takes/1.mid").absolute()
SHORT = GenerateAsk(bars=2, variations=2, seed=7)


@pytest.fixture
def paths(home: Path) -> Paths:
    """The places of this test's home."""
    return find_paths({"MIDIDRUMIGEN_HOME": str(home)})


@pytest.fixture
async def app(paths: Paths) -> AsyncIterator[App]:
    """The program with every setting at its default."""
    async with App.open(Config(), paths) as opened:
        yield opened


def with_library(*folders: Path) -> Config:
    """Settings with MIDI libraries."""
    return parse_config({"sources": {"local_midi": {"folders": [str(f) for f in folders]}}})


def below(folder: Path) -> set[Path]:
    """Every file and folder below a folder."""
    return set(folder.rglob("*"))


async def rows(app: App) -> dict[str, int]:
    """Number of rows of every table."""
    tables = ("artists", "aliases", "research_sources", "style_profiles", "generation_history")
    return {
        table: await app.store.read(
            lambda db, t=table: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]
        )
        for table in tables
    }


async def refuse_writes(app: App, table: str) -> None:
    """From now on the database says that the disk is full when `table` is written."""
    await app.store.write(
        lambda db: db.execute(
            f"CREATE TRIGGER full_disk BEFORE INSERT ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    )


class TestGenerate:
    """`App.generate`."""

    async def test_it_writes_one_playable_file_a_variation(self, app: App, tmp_path: Path) -> None:
        result = await app.generate("john bonham", SHORT, tmp_path / "out")
        assert [p.name for p in result.files] == [
            "John Bonham - Variation 1.mid",
            "John Bonham - Variation 2.mid",
        ]
        assert {p.parent for p in result.files} == {tmp_path / "out" / "John Bonham - seed 7"}
        for path, pattern in zip(result.files, result.patterns, strict=True):
            take = read_file(path)
            assert len(take.hits) > 10
            assert max(hit.tick for hit in take.hits) < 2 * 4 * 480
            # The tempo of the notes on Bonham, through MIDI's microseconds a quarter.
            assert take.tempos[0][1] == pytest.approx(BPM, abs=0.01)
            assert {hit.voice for hit in take.hits} == {hit.voice for hit in pattern.hits}

    async def test_the_same_request_uses_the_same_folder(self, app: App, tmp_path: Path) -> None:
        first = await app.generate("John Bonham", SHORT, tmp_path)
        again = await app.generate("John Bonham", SHORT, tmp_path)
        longer = await app.generate("John Bonham", replace(SHORT, bars=3), tmp_path)
        assert again.files == first.files
        assert longer.files[0].parent.name == "John Bonham - seed 7 (2)"
        assert {p.name for p in below(tmp_path) if p.suffix == ".mid"} == {
            p.name for p in first.files
        }
        assert {p.parent for p in below(tmp_path) if p.suffix == ".mid"} == {
            first.files[0].parent,
            longer.files[0].parent,
        }
        assert [g["generation_id"] for g in await app.history(9)] == [3, 2, 1]

    async def test_gaps_are_filled_from_the_settings_and_the_profile(self, paths: Paths) -> None:
        config = parse_config({"generation": {"default_bars": 3, "default_variations": 5}})
        async with App.open(config, paths) as app:
            result = await app.generate("John Bonham", GenerateAsk(), None)
            fill = await app.generate("John Bonham", GenerateAsk(part="fill"), None)
        request = result.request
        assert (request.bars, request.variations, str(request.metre)) == (3, 5, "4/4")
        assert request.tempo_bpm == BPM
        assert 0 <= request.seed < 10**6
        assert [p.variation for p in result.patterns] == [1, 2, 3, 4, 5]
        assert {p.bars for p in result.patterns} == {3}
        assert fill.request.bars == 1

    async def test_what_is_asked_goes_before_the_profile_and_the_settings(self, app: App) -> None:
        ask = GenerateAsk(bars=5, tempo_bpm=151.5, metre=Metre(7, 8), variations=1, seed=2**53 - 1)
        result = await app.generate("John Bonham", ask, None)
        [pattern] = result.patterns
        assert (pattern.bars, pattern.tempo_bpm, pattern.metre) == (5, 151.5, Metre(7, 8))
        assert pattern.seed == 2**53 - 1
        assert pattern.ticks == 5 * 7 * 240
        assert any("no bar in 7/8 is known of John Bonham" in n for n in result.notices)

    @pytest.mark.parametrize("ask", [{"tempo_bpm": 0.0}, {"bars": 0}, {"variations": 0}])
    def test_a_zero_is_refused_and_not_taken_for_none(self, ask: dict[str, Any]) -> None:
        with pytest.raises(InputError, match="must be"):
            GenerateAsk(**ask)

    async def test_without_a_seed_each_run_draws_its_own(self, app: App) -> None:
        seeds = {
            (
                await app.generate("John Bonham", GenerateAsk(bars=1, variations=1), None)
            ).request.seed
            for _ in range(4)
        }
        assert len(seeds) > 1

    async def test_a_dry_run_writes_nothing_at_all(self, app: App, tmp_path: Path) -> None:
        before = below(tmp_path)
        result = await app.generate("John Bonham", SHORT, None)
        assert result.files == ()
        assert result.generation_id is None
        assert len(result.patterns) == 2
        assert below(tmp_path) == before
        assert await app.history(9) == []

    async def test_the_history_tells_what_was_asked_and_what_came(
        self, app: App, tmp_path: Path
    ) -> None:
        result = await app.generate("Led Zeppelin", SHORT, tmp_path / "out")
        [row] = await app.history(9)
        assert row["generation_id"] == result.generation_id == 1
        assert (row["artist"], row["seed"], row["provider_used"]) == (
            "Led Zeppelin",
            7,
            "template",
        )
        assert (row["tempo"], row["time_signature"], row["bars"]) == (BPM, "4/4", 2)
        assert row["request"]["variations"] == 2
        assert row["midi_files"] == [str(path) for path in result.files]
        assert row["profile_hash"] == result.profile.hash

    async def test_a_history_that_fails_does_not_take_the_files_away(
        self, app: App, tmp_path: Path
    ) -> None:
        await refuse_writes(app, "generation_history")
        result = await app.generate("John Bonham", SHORT, tmp_path / "out")
        assert [path.exists() for path in result.files] == [True, True]
        assert result.generation_id is None
        assert result.notices[-1].startswith("not in the history: the disk with ")
        assert await app.history(9) == []

    async def test_files_that_cannot_be_written_leave_no_line_in_the_history(
        self, app: App, tmp_path: Path
    ) -> None:
        (tmp_path / "out").write_text("a file")
        with pytest.raises(Exception, match="--out"):
            await app.generate("John Bonham", SHORT, tmp_path / "out")
        assert await app.history(9) == []

    async def test_a_research_that_was_interrupted_is_used_and_finished(self, app: App) -> None:
        number = await app.store.write(queries.add_artist, Artist("Drummer X"), NOW)
        take = measure(take_of(ROCK, tempo_bpm=131))
        evidence = to_evidence(TAKE_PATH, take, NOW)
        await app.store.write(queries.add_evidence, number, evidence)
        assert (await rows(app))["style_profiles"] == 0
        result = await app.generate("drummer x", SHORT, None)
        assert result.profile.basis == "researched"
        assert result.request.tempo_bpm == 131
        assert (await rows(app))["style_profiles"] == 1

    async def test_an_unknown_name_is_researched_in_a_configured_library(
        self, paths: Paths, tmp_path: Path
    ) -> None:
        folder = tmp_path / "library" / "Zyxwv Qrst"
        folder.mkdir(parents=True)
        (folder / "song.mid").write_bytes(midi_file_of(take_of(ROCK, tempo_bpm=133), 8))
        async with App.open(with_library(tmp_path / "library"), paths) as app:
            never = await app.generate("zyxwv qrst", replace(SHORT, research="never"), None)
            assert never.profile.basis == "unknown"
            assert (await rows(app))["artists"] == 0
            auto = await app.generate("zyxwv qrst", SHORT, None)
            other = await app.generate("Nobody There", SHORT, None)
            known = await app.store.read(queries.known_artists)
        assert auto.profile.basis == "researched"
        assert auto.request.tempo_bpm == 133
        assert other.profile.basis == "unknown"
        assert [(a.name, a.basis) for a in known] == [("zyxwv qrst", "researched")]

    async def test_an_unknown_name_without_a_library_leaves_no_artist(
        self, app: App, tmp_path: Path
    ) -> None:
        result = await app.generate("Zyxwv Qrst", SHORT, tmp_path)
        assert result.profile.confidence_score < 0.2
        assert (await rows(app))["artists"] == 0

    async def test_a_metre_that_the_artist_alone_plays_is_the_default(
        self, app: App, tmp_path: Path
    ) -> None:
        take = take_of(
            {
                key: row[:14]
                for key, row in {k: r.replace(" ", "") for k, r in ROCK.items()}.items()
            },
            metre=Metre(7, 8),
            bars=8,
        )
        (tmp_path / "x.mid").write_bytes(midi_file_of(take, 8))
        await app.research("Odd One", Inputs((tmp_path / "x.mid",)), Progress())
        result = await app.generate("Odd One", SHORT, None)
        assert result.request.metre == Metre(7, 8)


class TestResearch:
    """`App.research`."""

    async def test_evidence_and_profile_are_kept(self, app: App, midi_folder: Path) -> None:
        result = await app.research("  My   Drummer ", Inputs((midi_folder,)), Progress())
        assert result.profile.artist_name == "My Drummer"
        assert result.profile.sources_count == 4
        assert result.confidence_before is None
        assert [(r.source, r.state, r.found) for r in result.reports] == [
            ("builtin", "empty", 0),
            ("local_midi", "ok", 4),
        ]
        # The takes go at 100, 101, 102 and 103 BPM.
        assert result.profile.quantitative_params["tempo_avg"] == pytest.approx(101.5, abs=0.05)
        shown = await app.show("my drummer")
        assert shown.profile == result.profile
        assert len(shown.evidence) == 4

    async def test_a_second_research_adds_and_does_not_double(
        self, app: App, midi_folder: Path
    ) -> None:
        takes = sorted(below(midi_folder))
        first = await app.research("Me", Inputs(tuple(takes[:1])), Progress())
        second = await app.research("Me", Inputs(tuple(takes[:3])), Progress())
        assert (first.profile.sources_count, second.profile.sources_count) == (1, 3)
        assert second.confidence_before == first.profile.confidence_score
        assert second.profile.confidence_score > first.profile.confidence_score

    async def test_files_given_for_a_known_name_outvote_the_notes_and_keep_them(
        self, app: App, midi_folder: Path
    ) -> None:
        result = await app.research("Bonzo", Inputs((midi_folder,)), Progress())
        assert result.profile.artist_name == "John Bonham"
        assert result.confidence_before == 0.35
        assert result.profile.basis == "researched"
        assert result.profile.traits["tempo_bpm"].value == pytest.approx(101.5, abs=1)
        assert "builtin:John Bonham" in {e.id for e in (await app.show("Bonzo")).evidence}

    async def test_a_folder_without_midi_is_an_error_that_leaves_nothing(
        self, app: App, tmp_path: Path
    ) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(ResearchError, match="no MIDI file in"):
            await app.research("Zyxwv", Inputs((tmp_path / "empty",)), Progress())
        assert set((await rows(app)).values()) == {0}

    async def test_a_folder_without_midi_leaves_a_known_name_as_it_was(
        self, app: App, tmp_path: Path
    ) -> None:
        (tmp_path / "empty").mkdir()
        before = await app.generate("John Bonham", SHORT, None)
        with pytest.raises(ResearchError, match="no MIDI file in"):
            await app.research("John Bonham", Inputs((tmp_path / "empty",)), Progress())
        assert set((await rows(app)).values()) == {0}
        assert (await app.generate("John Bonham", SHORT, None)).notices == before.notices

    async def test_files_that_are_all_bad_are_named_and_what_was_known_stays(
        self, app: App, midi_folder: Path, tmp_path: Path
    ) -> None:
        known = await app.research("Me", Inputs((midi_folder,)), Progress())
        for name in ("a.mid", "b.mid"):
            (tmp_path / name).write_text("no MIDI")
        with pytest.raises(ResearchError, match=r"a\.mid: not a MIDI file \(and 1 more\)"):
            await app.research("Me", Inputs((tmp_path / "a.mid", tmp_path / "b.mid")), Progress())
        assert (await app.show("Me")).profile == known.profile

    async def test_nothing_found_says_what_to_do(self, app: App) -> None:
        with pytest.raises(ResearchError, match="--midi"):
            await app.research("Zyxwv", Inputs(), Progress())
        assert set((await rows(app)).values()) == {0}

    async def test_a_database_that_is_full_is_what_is_said_and_not_that_no_file_was_there(
        self, app: App, midi_folder: Path
    ) -> None:
        await refuse_writes(app, "research_sources")
        with pytest.raises((StoreError, ResearchError), match="the disk with"):
            await app.research("Me", Inputs((midi_folder,)), Progress())
        assert set((await rows(app)).values()) == {0}

    async def test_an_artist_who_is_but_a_name_is_not_said_to_be_forgotten(self, app: App) -> None:
        await app.store.write(queries.add_artist, Artist("Twins", "a duo"), "2026-01-01")
        [(number, _)] = await app.choices("Twins")
        with pytest.raises(ResearchError, match="nothing is to be found about Twins"):
            await app.research("Twins", Inputs(), Progress(), artist_id=number)
        assert len(await app.choices("Twins")) == 1

    async def test_every_step_is_told(self, app: App, midi_folder: Path) -> None:
        told: list[tuple[str, int, int]] = []
        progress = Progress(listener=lambda *step: told.append(step))
        await app.research("Me", Inputs((midi_folder,)), progress)
        source, other = "Your MIDI files: ", "Built-in notes: nothing found"
        assert [message for message, _, _ in told if message != other] == [
            f"{source}looking for MIDI files",
            *(f"{source}take {number}.mid" for number in (1, 2, 3, 4)),
            f"{source}MIDI files read",
            f"{source}done",
        ]
        assert other in {message for message, _, _ in told}
        assert {total for _, _, total in told} == {200}
        assert told[-1][1] == 200


class TestPick:
    """`pick`, and whom a name means of which several are known."""

    async def test_no_number_leaves_the_name_as_it_is(self, app: App) -> None:
        assert await app.pick("Nirvana", None) == ("Nirvana", None)

    async def test_artists_of_the_notes_are_numbered(self, app: App) -> None:
        assert await app.pick("nirvana", 1) == ("Nirvana", None)
        assert await app.pick("nirvana", 2) == ("Nirvana (60s)", None)
        with pytest.raises(InputError, match=r"1 Nirvana \(Seattle.*; 2 Nirvana \(60s\)"):
            await app.pick("nirvana", 3)
        with pytest.raises(InputError, match="no artist number 1 of the name Zyxwv"):
            await app.pick("Zyxwv", 1)

    async def test_who_was_researched_comes_first_and_takes_no_name_from_another(
        self, app: App, midi_folder: Path
    ) -> None:
        await app.research("Nirvana (60s)", Inputs((midi_folder,)), Progress())
        name, artist_id = await app.pick("Nirvana", 1)
        chosen = await app.generate(name, SHORT, None, artist_id=artist_id)
        assert (name, chosen.profile.basis) == ("Nirvana", "researched")
        assert await app.pick("Nirvana", 2) == ("Nirvana", None)
        with pytest.raises(InputError, match="number 3"):
            await app.pick("Nirvana", 3)
        plain = await app.generate("Nirvana", SHORT, None)
        assert plain.profile.basis == "builtin"
        assert any("Dave Grohl" in notice for notice in plain.notices)


class TestKnowing:
    """`show`, `artists`, `history` and `forget`."""

    async def test_show_cites_only_evidence_that_it_lists(
        self, app: App, midi_folder: Path
    ) -> None:
        await app.research("Bonzo", Inputs((midi_folder,)), Progress())
        for name in ("John Bonham", "Led Zeppelin", "Reggae"):
            shown: dict[str, Any] = (await app.show(name)).to_json()
            cited = {id for trait in shown["traits"].values() for id in trait["evidence"]}
            assert cited
            assert cited <= set(shown["evidence"])
            assert sum(s["found"] for s in shown["sources"].values()) == len(shown["evidence"])
            json.dumps(shown)

    async def test_show_of_an_unknown_name_says_so_and_asks_about_a_slip(self, app: App) -> None:
        with pytest.raises(ArtistUnknown, match="did you mean John Bonham"):
            await app.show("Jon Bonham")
        with pytest.raises(ArtistUnknown, match="mididrumigen artists"):
            await app.show("Zyxwv Qrst")

    async def test_artists_lists_the_researched_first_and_nobody_twice(
        self, app: App, midi_folder: Path
    ) -> None:
        await app.research("Zyxwv Qrst", Inputs((midi_folder,)), Progress())
        await app.research("led zeppelin", Inputs((midi_folder,)), Progress())
        found = await app.artists(None)
        assert [(a.name, a.basis) for a in found[:2]] == [
            ("Led Zeppelin", "researched"),
            ("Zyxwv Qrst", "researched"),
        ]
        names = [artist.name for artist in found]
        assert len(names) == len(set(names))
        bases = [a.basis for a in found[2:]]
        assert bases == sorted(bases)  # builtin, then genre: the styles
        assert set(bases) == {"builtin", "genre"}
        assert "bossa nova" in names
        assert "John Bonham" in names

    async def test_artists_finds_parts_of_a_name_and_slips(self, app: App) -> None:
        assert "John Bonham" in [a.name for a in await app.artists("bonh")]
        assert "John Bonham" in [a.name for a in await app.artists("Jon Bonhem")]
        assert await app.artists("zyxwvq") == []

    async def test_history_is_newest_first_and_as_long_as_asked(
        self, app: App, tmp_path: Path
    ) -> None:
        for seed in (1, 2, 3):
            await app.generate("John Bonham", replace(SHORT, seed=seed), tmp_path)
        assert [row["seed"] for row in await app.history(2)] == [3, 2]

    async def test_forget_removes_the_research_and_leaves_files_and_history(
        self, app: App, midi_folder: Path, tmp_path: Path
    ) -> None:
        await app.research("Zyxwv Qrst", Inputs((midi_folder,)), Progress())
        made = await app.generate("Zyxwv Qrst", SHORT, tmp_path)
        assert await app.forget("ZYXWV qrst") == ("Zyxwv Qrst", 4)
        assert await rows(app) == {
            "artists": 0,
            "aliases": 0,
            "research_sources": 0,
            "style_profiles": 0,
            "generation_history": 1,
        }
        assert all(path.exists() for path in made.files)
        assert (await app.generate("Zyxwv Qrst", SHORT, None)).profile.basis == "unknown"

    async def test_forget_of_a_researched_known_name_goes_back_to_the_notes(
        self, app: App, midi_folder: Path
    ) -> None:
        before = await app.generate("John Bonham", SHORT, None)
        await app.research("John Bonham", Inputs((midi_folder,)), Progress())
        # Four takes, the notes on Bonham and those on his two styles.
        assert await app.forget("bonzo") == ("John Bonham", 5 + len(BONHAM["styles"]))
        after = await app.generate("John Bonham", SHORT, None)
        assert after.profile == before.profile
        assert after.patterns == before.patterns

    async def test_what_was_not_researched_cannot_be_forgotten(self, app: App) -> None:
        with pytest.raises(ArtistUnknown, match="built-in notes cannot be forgotten"):
            await app.forget("John Bonham")
        with pytest.raises(ArtistUnknown, match="nothing is known about Zyxwv"):
            await app.forget("Zyxwv")


class TestUnbroken:
    """Work that goes on to its end when the one who asked for it is cancelled."""

    async def test_its_result_comes_however_often_it_is_cancelled(self) -> None:
        may_end, begun = asyncio.Event(), asyncio.Event()

        async def work() -> str:
            begun.set()
            await may_end.wait()
            return "whole"

        asking = asyncio.ensure_future(unbroken(work()))
        await begun.wait()
        for _ in range(3):
            asking.cancel()
            await asyncio.sleep(0)
        assert not asking.done()
        may_end.set()
        assert await asking == "whole"

    async def test_what_it_raises_is_raised(self) -> None:
        async def work() -> None:
            raise StoreError("full")

        with pytest.raises(StoreError, match="full"):
            await unbroken(work())

    async def test_a_time_that_is_up_meanwhile_does_not_take_the_result_away(self) -> None:
        async def work() -> str:
            await asyncio.sleep(0.1)
            return "whole"

        async with asyncio.timeout(0.02):
            assert await unbroken(work()) == "whole"
        await asyncio.sleep(0)  # nothing of the cancel is left

    async def test_files_and_history_agree_when_it_is_cancelled_as_it_writes(
        self, app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loop = asyncio.get_running_loop()
        rename = os.rename

        def cancelled_here(source: Path, target: Path) -> None:
            loop.call_soon_threadsafe(asking.cancel)
            rename(source, target)

        monkeypatch.setattr(os, "rename", cancelled_here)
        asking = asyncio.ensure_future(app.generate("John Bonham", SHORT, tmp_path / "out"))
        result = await asking
        assert all(path.exists() for path in result.files)
        assert [row["generation_id"] for row in await app.history(9)] == [result.generation_id]


class TestOwnership:
    """Only one process researches at a time."""

    async def test_a_command_owns_the_home_while_it_researches_and_no_longer(
        self, app: App, paths: Paths, midi_folder: Path
    ) -> None:
        owned: list[bool] = []

        def look(message: str, done: int, total: int) -> None:
            other = Owner.take(paths)
            owned.append(other is None)
            if other:
                other.release()

        await app.research("Me", Inputs((midi_folder,)), Progress(listener=look))
        assert owned
        assert all(owned)
        after = Owner.take(paths)
        assert after
        after.release()

    async def test_a_research_that_fails_or_is_cancelled_gives_the_home_back(
        self, app: App, paths: Paths, midi_folder: Path
    ) -> None:
        with pytest.raises(ResearchError):
            await app.research("Zyxwv", Inputs(), Progress())
        begun = asyncio.Event()
        progress = Progress(listener=lambda *step: begun.set())
        going = asyncio.ensure_future(app.research("Me", Inputs((midi_folder,)), progress))
        await begun.wait()
        going.cancel()
        with pytest.raises(asyncio.CancelledError):
            await going
        after = Owner.take(paths)
        assert after
        after.release()

    async def test_researches_about_one_artist_at_once_come_one_after_the_other(
        self, paths: Paths, midi_folder: Path
    ) -> None:
        owner = Owner.take(paths)
        assert owner
        takes = sorted(below(midi_folder))
        async with App.open(Config(), paths, owner) as app:
            results = await asyncio.gather(
                *(app.research("Me", Inputs((take,)), Progress()) for take in takes)
            )
            counts = sorted(result.profile.sources_count for result in results)
            assert counts == [1, 2, 3, 4]
            assert (await rows(app))["artists"] == 1
        owner.release()
