"""What is asked of the database and written to it, on a real one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence, StyleProfile
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
    await store.write(queries.save_profile, number, profile)
    assert await store.read(queries.profile_of, number, profile.version) == profile


async def test_a_later_profile_takes_the_place_of_the_older_one(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    await store.write(queries.save_profile, number, profile_named("A"))
    later = replace(profile_named("A"), sources_count=7)
    await store.write(queries.save_profile, number, later)
    assert await store.read(queries.profile_of, number, later.version) == later
    assert [a.sources_count for a in await store.read(queries.known_artists)] == [7]


async def test_a_profile_of_another_version_counts_as_none(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("A"), NOW)
    await store.write(queries.save_profile, number, profile_named("A"))
    assert await store.read(queries.profile_of, number, profile_named("A").version + 1) is None


async def test_known_artists_are_those_with_a_profile_by_name(store: Store) -> None:
    for name in ("Zappa", "The Animals", "Ähren", "Mute"):
        number = await store.write(queries.add_artist, Artist(name), NOW)
        if name != "Mute":
            await store.write(queries.save_profile, number, profile_named(name))
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
        await store.write(queries.save_profile, number, profile_named(name))
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
