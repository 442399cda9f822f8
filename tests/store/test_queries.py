"""What is asked of the database and written to it, on a real one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence, StyleProfile
from mididrumigen.models.job import BACKGROUND, Job
from mididrumigen.research import build_profile
from mididrumigen.store import Store, queries

NOW = "2026-01-02T03:04:05+00:00"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new, empty database."""
    opened = await Store.open(tmp_path / "x.db")
    yield opened
    await opened.close()


def evidence(name: str, tempo_bpm: float = 100.0, quote: str = "") -> Evidence:
    """A piece of evidence with every field filled."""
    return Evidence(
        id=name,
        source="local_midi",
        kind="midi",
        url=f"file:///{name}.mid",
        value={"traits": {"tempo_bpm": [tempo_bpm, 8]}, "bars": [], "about": "Ünïcode 🥁"},
        confidence=0.6,
        retrieved_at=NOW,
        licence="user's own file",
        quote=quote,
    )


def profile_named(name: str) -> StyleProfile:
    """A real profile, of built-in notes, under another name."""
    known = Library().find("John Bonham")
    assert known
    return replace(build_profile(known.artist, known.evidence), artist_name=name)


async def save(store: Store, artist_id: int, profile: StyleProfile) -> None:
    """Keep a profile that was built from all the evidence that there is."""
    if not await store.read(queries.evidence_of, artist_id):
        await store.write(queries.add_evidence, artist_id, evidence("1"))
    stamp = await store.read(queries.evidence_stamp, artist_id)
    await store.write(queries.save_profile, artist_id, profile, stamp)


async def test_an_artist_is_found_in_any_spelling(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("Björk Guðmundsdóttir"), NOW)
    for spelling in ("bjork gudmundsdottir", "BJÖRK  GUÐMUNDSDÓTTIR!", "Björk-Guðmundsdóttir"):
        found = await store.read(queries.find_artist, spelling)
        assert found == (number, Artist("Björk Guðmundsdóttir")), spelling
    assert await store.read(queries.find_artist, "Bjork") is None


async def test_an_artist_is_stored_once_and_keeps_its_first_spelling(store: Store) -> None:
    first = await store.write(queries.add_artist, Artist("The Who"), NOW)
    second = await store.write(queries.add_artist, Artist("WHO"), NOW)
    assert first == second
    assert await store.read(queries.find_artist, "who") == (first, Artist("The Who"))


async def test_a_disambiguation_makes_another_artist_of_the_same_name(store: Store) -> None:
    one = await store.write(queries.add_artist, Artist("Nirvana"), NOW)
    two = await store.write(queries.add_artist, Artist("Nirvana", "60s UK band"), NOW)
    assert one != two


async def test_an_artist_is_found_by_an_alias_but_an_own_name_comes_first(store: Store) -> None:
    alias = Artist("John Bonham", aliases=("Bonzo", "Bonzo Dog"))
    number = await store.write(queries.add_artist, alias, NOW)
    assert await store.read(queries.find_artist, "bonzo") == (number, Artist("John Bonham"))
    own = await store.write(queries.add_artist, Artist("Bonzo Dog"), NOW)
    assert await store.read(queries.find_artist, "bonzo dog") == (own, Artist("Bonzo Dog"))


async def test_names_of_punctuation_alone_are_artists_of_their_own(store: Store) -> None:
    names = ["!!!", "???", "+/-", "()"]
    ids = [await store.write(queries.add_artist, Artist(name), NOW) for name in names]
    assert len(set(ids)) == len(names)
    for number, name in zip(ids, names, strict=True):
        assert await store.read(queries.find_artist, name) == (number, Artist(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("米津玄師", "星野源"),
        ("Кино", "Аквариум"),
        ("عمر خيرت", "عمر دياب"),
        ("राम", "रोम"),  # vowel signs are letters to a reader, marks to Unicode
        ("สี", "สู"),
        ("バード", "ハード"),  # "bird" and "hard": the two dots make another syllable
    ],
)
async def test_different_names_in_another_script_are_different_artists(
    store: Store, one: str, other: str
) -> None:
    first = await store.write(queries.add_artist, Artist(one), NOW)
    second = await store.write(queries.add_artist, Artist(other), NOW)
    assert first != second
    assert await store.read(queries.find_artist, other) == (second, Artist(other))


async def test_evidence_comes_back_as_it_was_in_the_order_of_its_ids(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    other = await store.write(queries.add_artist, Artist("B"), NOW)
    pieces = [evidence("b", quote="Plays late."), evidence("c"), evidence("a")]
    for piece in pieces:
        await store.write(queries.add_evidence, number, piece)
    await store.write(queries.add_evidence, other, evidence("a", tempo_bpm=60))
    assert await store.read(queries.evidence_of, number) == [pieces[2], pieces[0], pieces[1]]
    assert await store.read(queries.evidence_of, other) == [evidence("a", tempo_bpm=60)]


async def test_evidence_with_the_same_id_replaces_and_never_doubles(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    await store.write(queries.add_evidence, number, evidence("a", tempo_bpm=100))
    await store.write(queries.add_evidence, number, evidence("a", tempo_bpm=140))
    assert await store.read(queries.evidence_of, number) == [evidence("a", tempo_bpm=140)]


async def test_evidence_about_nobody_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await store.write(queries.add_evidence, 4711, evidence("a"))


async def test_a_profile_comes_back_as_it_was_saved(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    profile = profile_named("A")
    await save(store, number, profile)
    assert await store.read(queries.profile_of, number, profile.version) == profile


async def test_a_later_profile_takes_the_place_of_the_older_one(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    await save(store, number, profile_named("A"))
    later = replace(profile_named("A"), sources_count=7)
    await save(store, number, later)
    assert await store.read(queries.profile_of, number, later.version) == later
    assert [a.sources_count for a in await store.read(queries.known_artists)] == [7]


async def test_a_profile_of_another_version_counts_as_none(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    await save(store, number, profile_named("A"))
    assert await store.read(queries.profile_of, number, profile_named("A").version + 1) is None


async def test_known_artists_are_those_with_a_profile_by_name(store: Store) -> None:
    for name in ("Zappa", "The Animals", "Ähren", "Mute"):
        number = await store.write(queries.add_artist, Artist(name), NOW)
        if name != "Mute":
            await save(store, number, profile_named(name))
    known = await store.read(queries.known_artists)
    assert [artist.name for artist in known] == ["Ähren", "The Animals", "Zappa"]
    assert {(a.basis, a.confidence) for a in known} == {("builtin", 0.35)}


async def test_forgetting_takes_everything_of_one_artist_and_nothing_of_another(
    store: Store,
) -> None:
    gone = await store.write(queries.add_artist, Artist("A", aliases=("Ay",)), NOW)
    kept = await store.write(queries.add_artist, Artist("B", aliases=("Be",)), NOW)
    for number, name in ((gone, "A"), (kept, "B")):
        await store.write(queries.add_evidence, number, evidence("1"))
        await store.write(queries.add_evidence, number, evidence("2"))
        await save(store, number, profile_named(name))
    assert await store.write(queries.forget_artist, gone) == 2
    left = {
        table: await store.read(
            lambda db, t=table: db.execute(f"SELECT DISTINCT {column(t)} FROM {t}").fetchall()
        )
        for table in ("artists", "aliases", "research_sources", "style_profiles")
    }
    assert left == {table: [(kept,)] for table in left}
    assert await store.read(queries.find_artist, "Ay") is None


def column(table: str) -> str:
    """The column that holds an artist's id."""
    return "id" if table == "artists" else "artist_id"


async def test_generations_come_newest_first_without_their_notes(store: Store) -> None:
    ids = []
    for seed in (11, 22, 33):
        ids.append(
            await store.write(
                queries.add_generation,
                artist_name=f"Artist {seed}",
                created_at=NOW,
                seed=seed,
                provider="template",
                engine_version=3,
                profile_hash="abc",
                request={"bars": 4},
                result={
                    "tempo": 92.5,
                    "time_signature": "7/8",
                    "bars": 4,
                    "basis": "builtin",
                    "confidence": 0.35,
                    "midi_files": [f"/x/{seed}.mid"],
                    "clips": [{"notes": [[36, 0, 0.25, 100]]}],
                },
            )
        )
    assert ids == sorted(set(ids))
    found = await store.read(queries.generations, 2)
    assert [row["generation_id"] for row in found] == [ids[2], ids[1]]
    assert found[0] == {
        "generation_id": ids[2],
        "artist": "Artist 33",
        "created_at": NOW,
        "seed": 33,
        "provider_used": "template",
        "engine_version": 3,
        "profile_hash": "abc",
        "request": {"bars": 4},
        "tempo": 92.5,
        "time_signature": "7/8",
        "bars": 4,
        "basis": "builtin",
        "confidence": 0.35,
        "midi_files": ["/x/33.mid"],
    }


async def test_all_artists_of_one_name_are_given_and_the_first_one_is_found(store: Store) -> None:
    one = await store.write(queries.add_artist, Artist("Nirvana"), NOW)
    two = await store.write(queries.add_artist, Artist("Nirvana", "60s UK band"), NOW)
    await store.write(queries.add_artist, Artist("Other", aliases=("Nirvana",)), NOW)
    named = await store.read(queries.artists_named, "  NIRVANA ")
    assert named == [(one, Artist("Nirvana")), (two, Artist("Nirvana", "60s UK band"))]
    assert await store.read(queries.find_artist, "nirvana") == named[0]


async def test_all_artists_of_one_alias_are_given_where_nobody_has_it_as_a_name(
    store: Store,
) -> None:
    one = await store.write(queries.add_artist, Artist("A", aliases=("Ace", "The Ace")), NOW)
    two = await store.write(queries.add_artist, Artist("B", aliases=("ACE",)), NOW)
    named = await store.read(queries.artists_named, "ace")
    assert named == [(one, Artist("A")), (two, Artist("B"))]
    assert await store.read(queries.artists_named, "Nobody") == []


async def test_an_artist_is_found_by_its_id(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("Nirvana", "60s UK band"), NOW)
    assert await store.read(queries.artist_by_id, number) == Artist("Nirvana", "60s UK band")
    assert await store.read(queries.artist_by_id, number + 1) is None


async def test_evidence_is_kept_with_its_artist_who_comes_to_be_with_the_first_piece(
    store: Store,
) -> None:
    artist = Artist("A", aliases=("Ay",))
    number = await store.write(queries.keep_evidence, None, artist, evidence("1"))
    assert await store.write(queries.keep_evidence, number, artist, evidence("2")) == number
    assert await store.read(queries.find_artist, "ay") == (number, Artist("A"))
    # Forgotten in the middle of a research: what comes after is kept, and its artist anew.
    await store.write(queries.forget_artist, number)
    again = await store.write(queries.keep_evidence, number, artist, evidence("3"))
    assert await store.read(queries.artist_by_id, again) == Artist("A")
    assert await store.read(queries.evidence_of, again) == [evidence("3")]


async def test_a_profile_of_an_artist_who_was_forgotten_is_not_kept(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    await store.write(queries.add_evidence, number, evidence("1"))
    _, stamp = await store.read(queries.evidence_and_stamp, number)
    await store.write(queries.forget_artist, number)
    await store.write(queries.save_profile, number, profile_named("A"), stamp)
    await store.write(queries.save_profile, number, profile_named("A"), (0, 0))
    assert await store.read(queries.known_artists) == []
    assert await store.read(queries.profile_of, number, profile_named("A").version) is None


async def generated(store: Store, task_id: str | None, **result: object) -> int:
    """Keep a generation that a job asked for; its id."""
    return await store.write(
        queries.add_generation,
        artist_name="A",
        created_at=NOW,
        seed=1,
        provider="template",
        engine_version=3,
        profile_hash="abc",
        request={"bars": 4},
        result=result,
        task_id=task_id,
    )


async def test_a_generation_is_given_whole_with_the_id_of_its_row(store: Store) -> None:
    clips = [{"name": "Ü 🥁", "notes": [[36, 0.0, 0.25, 100]]}]
    other = await generated(store, None, generation_id=None, clips=[])
    number = await generated(store, "t1", generation_id=None, clips=clips)
    whole = {"generation_id": number, "clips": clips}
    assert await store.read(queries.generation, number) == whole
    assert await store.read(queries.generation_of_task, "t1") == whole
    assert await store.read(queries.generation, other) == {"generation_id": other, "clips": []}
    assert await store.read(queries.generation, number + 1) is None
    assert await store.read(queries.generation_of_task, "t2") is None


def job(task_id: str, **more: object) -> Job:
    """A job with every field filled."""
    return replace(
        Job(
            command="research",
            payload={"artist": "Björk", "midi_paths": ["/a b/🥁.mid"], "artist_id": None},
            task_id=task_id,
            timestamp=NOW,
            sender="curl",
            priority=BACKGROUND,
            subject="bjork",
            status="running",
            progress=0.625,
            message="Ünïcode",
            rev=9,
            attempts=1,
            finished_at="",
            result={"sources": {"local_midi": {"found": 1}}},
            error={"code": "x", "message": "y", "hint": ""},
        ),
        **more,
    )


async def test_a_job_comes_back_as_it_was_saved_last(store: Store) -> None:
    await store.write(queries.save_job, job("a", rev=1))
    later = job("a", status="completed", finished_at=NOW, progress=1.0)
    await store.write(queries.save_job, later)
    assert await store.read(queries.job, "a") == later
    assert await store.read(queries.job, "b") is None


async def test_unfinished_jobs_come_in_the_order_in_which_they_were_asked(store: Store) -> None:
    for name in ("c", "a", "d", "b"):
        await store.write(queries.save_job, job(name, status="queued"))
    await store.write(queries.save_job, job("a", status="running"))
    await store.write(queries.save_job, job("d", status="completed"))
    await store.write(queries.save_job, job("c", status="running"))
    found = await store.read(queries.unfinished_jobs)
    assert [one.task_id for one in found] == ["c", "a", "b"]


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled"])
async def test_a_job_that_has_ended_is_not_unfinished(store: Store, status: str) -> None:
    await store.write(queries.save_job, job("a", status=status))
    assert await store.read(queries.unfinished_jobs) == []


async def test_the_latest_job_about_someone_is_the_one_that_was_asked_last(store: Store) -> None:
    for name in ("first", "second"):
        await store.write(queries.save_job, job(name, status="queued"))
    await store.write(queries.save_job, job("other", subject="else"))
    await store.write(queries.save_job, job("play", command="generate"))
    # The first one is written again when it ends.
    await store.write(queries.save_job, job("first", status="failed"))
    found = await store.read(queries.latest_job, "research", "bjork")
    assert found
    assert found.task_id == "second"
    assert await store.read(queries.latest_job, "research", "nobody") is None


async def test_what_was_finished_before_a_time_is_pruned_and_nothing_else(store: Store) -> None:
    old, new = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
    for name, status, finished in (
        ("old", "completed", old),
        ("old failure", "failed", old),
        ("new", "completed", new),
        ("waiting", "queued", ""),
        ("running", "running", ""),
    ):
        await store.write(queries.save_job, job(name, status=status, finished_at=finished))
    assert await store.write(queries.prune_jobs, "2026-01-15T00:00:00+00:00") == 2
    names = ("old", "old failure", "new", "waiting", "running")
    left = [name for name in names if await store.read(queries.job, name)]
    assert left == ["new", "waiting", "running"]


async def test_a_profile_that_was_built_without_the_latest_evidence_is_not_kept(
    store: Store,
) -> None:
    artist, profile = Artist("A"), profile_named("A")
    number = await store.write(queries.keep_evidence, None, artist, evidence("1"))
    pieces, stamp = await store.read(queries.evidence_and_stamp, number)
    assert pieces == [evidence("1")]
    for later in (evidence("2"), evidence("1", tempo_bpm=140)):  # a new one, and one replaced
        await store.write(queries.keep_evidence, number, artist, later)
        await store.write(queries.save_profile, number, profile, stamp)
        assert await store.read(queries.profile_of, number, profile.version) is None
        _, stamp = await store.read(queries.evidence_and_stamp, number)
    await store.write(queries.save_profile, number, profile, stamp)
    assert await store.read(queries.profile_of, number, profile.version) == profile
    # And one that was kept is outdated with the next piece.
    await store.write(queries.keep_evidence, number, artist, evidence("3"))
    assert await store.read(queries.profile_of, number, profile.version) is None
