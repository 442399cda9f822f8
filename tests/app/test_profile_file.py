"""A profile as a file: out, in again, and what is no such file."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mididrumigen.app.profile_file import check_playable, profile_document, read_profile
from mididrumigen.errors import InputError
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Drummer, Evidence, evidence_id
from mididrumigen.research.profile import build_profile

URL = "file:///home/me/Secret%20Band/My%20Song.mid"


def document() -> dict[str, Any]:
    """The file of an artist known from the notes and from one file of the user's."""
    noted = Library().find("John Bonham")
    assert noted is not None
    own = Evidence(
        id=evidence_id("local_midi", URL),
        source="local_midi",
        kind="midi",
        url=URL,
        value={"traits": {"tempo_bpm": [92.0, 8]}, "bars": [], "bar_count": 8, "hit_count": 9},
        confidence=0.6,
        retrieved_at="2026-01-02T03:04:05+00:00",
    )
    artist = Artist("John Bonham", aliases=("Bonzo",))
    evidence = (*noted.evidence, own)
    return profile_document(artist, build_profile(artist, evidence), evidence)


def as_file(plain: object) -> bytes:
    return json.dumps(plain).encode()


def test_what_goes_out_comes_in_and_builds_the_same_profile() -> None:
    plain = document()
    artist, evidence = read_profile(as_file(plain), "x.json")
    assert artist == Artist("John Bonham", aliases=("Bonzo",))
    assert build_profile(artist, evidence).to_json() == plain["profile"]


def test_no_path_of_this_machine_goes_out() -> None:
    text = json.dumps(document())
    assert "Secret" not in text
    assert "/home/me" not in text
    assert "file:My Song.mid" in text


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    plain = document()
    change(plain)
    return as_file(plain)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "no profile"),
        (b'{"format": "other"}', "no profile"),
        (b'{"format": "mididrumigen-profile", "version": 1}', "damaged: artist"),
        (as_file({**document(), "version": 2}), "newer MidiDrumiGen"),
        (as_file({**document(), "evidence": []}), "damaged: evidence"),
        (changed(lambda p: p["evidence"][0].update(confidence=2)), "confidence"),
        (changed(lambda p: p["evidence"][0].update(kind="gossip")), "kind"),
        (changed(lambda p: p["evidence"][0].update(value={})), "traits"),
        (changed(lambda p: p["evidence"][0]["value"].update(bars=[1])), "bars"),
        (changed(lambda p: p["evidence"][0]["value"].update(styles={"rock": "many"})), "styles"),
        (changed(lambda p: p["evidence"][0]["value"].update(styles=["rock"])), "styles"),
        (changed(lambda p: p["evidence"][0]["value"].update(velocities=[1] * 17)), "velocities"),
        (changed(lambda p: p["evidence"][0]["value"].update(claims=[{}] * 201)), "claims"),
        (changed(lambda p: p["artist"].update(identity={"drummers": [1]})), "artist.identity"),
        (as_file(document()).replace(b"0.6", b"NaN"), "no JSON"),
        (changed(lambda p: p["artist"].update(name="")), "artist.name"),
    ],
)
def test_what_is_no_profile_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_profile(content, "x.json")


def test_a_name_of_the_file_is_cleaned_like_any_other() -> None:
    content = changed(lambda p: p["artist"].update(name="  A\u202eB   C "))
    assert read_profile(content, "x.json")[0].name == "AB C"


def test_what_reads_well_and_cannot_be_played_is_refused_before_it_is_kept() -> None:
    content = changed(lambda p: p["evidence"][0]["value"].update(bars=[{"metre": "4/4"}]))
    artist, evidence = read_profile(content, "x.json")
    with pytest.raises(InputError, match="cannot be played from"):
        check_playable(artist, evidence, "x.json")


def test_whom_the_sites_know_goes_along() -> None:
    whole = Artist("Glass Harbour", mbid="m-1", drummers=(Drummer("Nils", 1979, 1984),))
    noted = Library().find("John Bonham")
    assert noted is not None
    plain = profile_document(whole, build_profile(whole, noted.evidence), noted.evidence)
    assert read_profile(as_file(plain), "x.json")[0] == whole
