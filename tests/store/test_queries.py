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
