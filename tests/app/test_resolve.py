"""A name -> the profile to play from: researched, then noted, then the nearest style."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mididrumigen.app.resolve import find, known, like, resolve
from mididrumigen.errors import InputError
from mididrumigen.groove import measure
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist
from mididrumigen.sources.local_midi import to_evidence
from mididrumigen.store import Store, queries
from tests.takes import ROCK, take_of

NOW = "2026-01-02T03:04:05+00:00"
LIBRARY = Library()
TAKE_PATH = Path("/takes/1.mid").absolute()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new, empty database."""
    opened = await Store.open(tmp_path / "x.db")
    yield opened
    await opened.close()


async def test_built_in_notes_say_that_they_are_not_yet_research(store: Store) -> None:
    resolved = await resolve(store, LIBRARY, "  bonzo ")
    assert resolved.artist.name == "John Bonham"
    assert resolved.profile.basis == "builtin"
    assert resolved.profile.notices == ("John Bonham: from built-in notes, not yet researched",)
    assert resolved.artist_id is None


async def test_a_band_leads_to_its_drummer_and_keeps_its_own_name(store: Store) -> None:
    resolved = await resolve(store, LIBRARY, "led zeppelin")
    assert (resolved.artist.name, resolved.player) == ("Led Zeppelin", "John Bonham")
    assert resolved.profile.artist_name == "Led Zeppelin"
    assert resolved.profile.basis == "builtin"
    assert any("John Bonham" in notice for notice in resolved.profile.notices)
    drummer = await resolve(store, LIBRARY, "John Bonham")
    assert resolved.profile.grooves == drummer.profile.grooves
    first, *_ = resolved.evidence
    assert first.url == "builtin:John Bonham"


async def test_an_unknown_name_gets_the_nearest_style_and_is_told_what_helps(store: Store) -> None:
    resolved = await resolve(store, LIBRARY, "The Zyxwv Reggae Band")
    assert resolved.profile.basis == "unknown"
    assert resolved.profile.confidence_score < 0.2
    assert resolved.profile.artist_name == "The Zyxwv Reggae Band"
    first, second = resolved.profile.notices
    assert first.startswith("unknown artist: the nearest known style is")
    assert "eggae" in first
    assert "--midi" in second
    assert '"The Zyxwv Reggae Band"' in second


async def test_a_misspelt_name_is_taken_for_the_one_it_is_like_and_says_so(store: Store) -> None:
    resolved = await resolve(store, LIBRARY, "Jon Bonham")
    assert (resolved.artist.name, resolved.profile.basis) == ("John Bonham", "builtin")
    assert resolved.profile.notices[0] == '"Jon Bonham" is not known: taken for John Bonham'


async def test_a_name_that_is_like_several_or_less_alike_is_asked_about(store: Store) -> None:
    resolved = await resolve(store, LIBRARY, "Jhn Bonhamer")
    assert resolved.profile.basis == "unknown"
    assert resolved.profile.notices[-1].startswith("did you mean John Bonham")


@pytest.mark.parametrize(
    ("typed", "artist", "player"),
    [
        ("Lynard Skynard", "Lynyrd Skynyrd", "Bob Burns"),
        ("Jimmy Hendrix", "The Jimi Hendrix Experience", "Mitch Mitchell"),
        ("Coldpaly", "Coldplay", "Will Champion"),
        ("raggae", "reggae", "reggae"),
        ("jayz", "Jay-Z", "Jay-Z"),
        ("A C D C", "AC/DC", "Phil Rudd"),
        ("thebeatles", "The Beatles", "Ringo Starr"),
        ("Kool & Gang", "Kool & the Gang", "George Brown"),
        ("Bonham, John", "John Bonham", "John Bonham"),
        ('John "Bonzo" Bonham', "John Bonham", "John Bonham"),
        ("Queen (band)", "Queen", "Roger Taylor"),
        ("the drummer of Rush", "Rush", "Neil Peart"),
        ("Metallica\u2019s drummer", "Metallica", "Lars Ulrich"),
        ("in the style of John Bonham", "John Bonham", "John Bonham"),
        ("John Bonham of Led Zeppelin", "John Bonham", "John Bonham"),
        ("Nirvana (Chad Channing)", "Nirvana", "Chad Channing"),
        ("Queen & David Bowie", "Queen", "Roger Taylor"),
        ("Skrillex / Diplo", "Skrillex", "Skrillex"),
        ("Metallica w/ Lou Reed", "Metallica", "Lars Ulrich"),
        ("a funk groove", "funk", "funk"),
        ("Zep", "Led Zeppelin", "John Bonham"),
        ("\u0411\u0438\u0442\u043b\u0437", "The Beatles", "Ringo Starr"),
        ("Nirvana (UK band)", "Nirvana", "Nirvana"),
    ],
)
def test_a_name_is_taken_as_people_mean_it(typed: str, artist: str, player: str) -> None:
    resolved = known(LIBRARY, typed)
    assert (resolved.artist.name, resolved.player) == (artist, player)
    assert resolved.profile.basis != "unknown"
    is_known = LIBRARY.find(typed) is not None
    taken = f'"{typed}" is not known: taken for {artist}'
    assert (taken in resolved.profile.notices) == (not is_known)


@pytest.mark.parametrize(
    "name",
    [
        *("Steve Gaddis", "Tony Alley", "Tony Williamson", "Paul Simmons", "Nick Madison"),
        *("Pink Lloyd", "Iron Aiden", "Arctic Donkeys", "The Beagles", "The Strikes", "Mega Depth"),
        *("Love & Death Row", "Dave and the Daves", "Prince of Nowhere", "Queen of Spades"),
        *("Free Style", "Jazz from Hell", "Ringo Starr of Yes", "John", "Smith, John"),
    ],
)
def test_a_stranger_is_not_taken_for_somebody(name: str) -> None:
    resolved = known(LIBRARY, name)
    assert (resolved.artist.name, resolved.profile.basis) == (name, "unknown")


def test_a_player_may_be_asked_for_with_a_name_that_is_misspelt() -> None:
    assert known(LIBRARY, "Nirvanna", player="Chad Channing").player == "Chad Channing"
    with pytest.raises(InputError, match="Ringo Starr is not known to have drummed for"):
        known(LIBRARY, "Led Zepplin", player="Ringo Starr")


async def test_a_player_of_a_band_can_be_chosen_and_the_others_are_named(store: Store) -> None:
    usual = await resolve(store, LIBRARY, "Yes")
    assert usual.player == "Bill Bruford"
    assert any("Alan White (1972-2022)" in notice for notice in usual.profile.notices)
    chosen = await resolve(store, LIBRARY, "Yes", player="alan white")
    assert chosen.player == "Alan White"
    assert (await resolve(store, LIBRARY, "Yes", era="1969-1970")).player == "Bill Bruford"


async def test_another_artist_of_the_name_is_named(store: Store) -> None:
    resolved = await resolve(store, LIBRARY, "Nirvana")
    assert "there is another of this name: Nirvana (60s)" in resolved.profile.notices


async def test_what_was_researched_comes_before_notes(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("John Bonham"), NOW)
    take = measure(take_of(ROCK, tempo_bpm=123))
    evidence = to_evidence(TAKE_PATH, take, NOW)
    await store.write(queries.add_evidence, number, evidence)
    resolved = await resolve(store, LIBRARY, "john bonham")
    assert resolved.artist_id == number
    assert resolved.profile.basis == "researched"
    assert resolved.profile.traits["tempo_bpm"].value == 123
    assert await store.read(queries.evidence_of, number) == [evidence]
    # Built from the evidence that an interrupted research left, and kept.
    kept = await store.read(queries.profile_of, number, resolved.profile.version)
    assert kept == resolved.profile


async def test_a_profile_of_an_older_version_is_built_again(store: Store) -> None:
    number = await store.write(queries.add_artist, Artist("Me"), NOW)
    take = measure(take_of(ROCK, tempo_bpm=123))
    path = TAKE_PATH
    await store.write(queries.add_evidence, number, to_evidence(path, take, NOW))
    first = await resolve(store, LIBRARY, "me")
    await store.write(
        lambda db: db.execute("UPDATE style_profiles SET version = 0, profile = '{\"old\": 1}'")
    )
    assert (await resolve(store, LIBRARY, "me")).profile == first.profile


async def test_an_artist_without_evidence_counts_as_not_researched(store: Store) -> None:
    await store.write(queries.add_artist, Artist("John Bonham"), NOW)
    assert (await resolve(store, LIBRARY, "John Bonham")).profile.basis == "builtin"


@pytest.mark.parametrize("name", ["", "  \t ", "\u200e\u200f", "x" * 201, "\x00"])
async def test_what_is_no_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InputError, match="name"):
        await resolve(store, LIBRARY, name)


async def test_a_style_is_played_as_a_style(store: Store) -> None:
    resolved = await resolve(store, LIBRARY, "Reggae")
    assert resolved.profile.basis == "genre"
    assert 0.2 <= resolved.profile.confidence_score < 0.4


def test_names_that_are_alike_come_most_alike_first() -> None:
    names = ["John Bonham", "Jon Bonhem", "Ringo Starr", "JOHN BONHAN"]
    assert like("john bonham", names, limit=3) == ["John Bonham", "JOHN BONHAN", "Jon Bonhem"]
    assert like("john bonham", names, limit=1) == ["John Bonham"]
    assert like("Zyxwv", names) == []


async def test_an_alias_of_somebody_is_no_reason_to_forget_whom_the_notes_mean(
    store: Store,
) -> None:
    poison = Artist("Poison", aliases=("John Bonham", "Vera Quell"))
    await store.write(queries.add_artist, poison, NOW)
    assert await find(store, LIBRARY, "John Bonham", None) is None
    found = await find(store, LIBRARY, "vera quell", None)
    assert found is not None
    assert found[1].name == "Poison"


async def test_who_was_researched_is_found_by_the_nickname_that_the_notes_have(
    store: Store,
) -> None:
    await store.write(queries.add_artist, Artist("John Bonham", aliases=("Bonzo",)), NOW)
    found = await find(store, LIBRARY, "bonzo", None)
    assert found is not None
    assert found[1].name == "John Bonham"
