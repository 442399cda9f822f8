"""Keys: environment, keyring, file, in that order; never seen again."""

import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from mididrumigen.errors import InputError, NotFound, OutputError
from mididrumigen.keys import KEYRING_LIMIT_S, KEYS, Keys, key_kind

KEY = "a-key-of-many-characters"


class Ring(KeyringBackend):
    """A keyring that forgets with the test."""

    priority = 5.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Locked(Ring):
    """A keyring whose user is asked for a password and has gone for a coffee."""

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(10 * KEYRING_LIMIT_S)
        return None

    set_password = get_password  # type: ignore[assignment]


class Broken(Ring):
    """A keyring that fails as only its system can."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("no bus")

    set_password = get_password  # type: ignore[assignment]


@pytest.fixture
def ring() -> Ring:
    """The system's keyring for this test."""
    one = Ring()
    keyring.set_keyring(one)
    return one


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Every test begins and ends with the keyring that was there."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_key_goes_to_the_keyring_and_no_file_is_made(tmp_path: Path, ring: Ring) -> None:
    keys = Keys(tmp_path / "keys.json", {})
    assert keys.set("lastfm", f"  {KEY}\n") == "keyring"
    assert ring.kept == {("MidiDrumiGen", "lastfm"): KEY}
    assert list(tmp_path.iterdir()) == []
    assert keys.all() == {"lastfm": KEY}
    assert keys.remove("lastfm") is True
    assert keys.remove("lastfm") is False
    assert keys.all() == {}


def test_without_a_keyring_it_goes_to_a_file_that_its_user_alone_may_read(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "keys.json"
    keys = Keys(file, {})
    assert keys.set("LASTFM_API_KEY", KEY) == "file"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Keys(file, {}).all() == {"lastfm": KEY}
    assert keys.remove("lastfm") is True
    assert not file.exists()


def test_a_key_that_was_in_the_file_moves_into_the_keyring(tmp_path: Path, ring: Ring) -> None:
    file = tmp_path / "keys.json"
    file.write_text('{"lastfm": "old", "discogs": "stays"}')
    assert Keys(file, {}).set("lastfm", KEY) == "keyring"
    assert file.read_text() == '{"discogs": "stays"}'
    assert Keys(file, {}).all() == {"lastfm": KEY, "discogs": "stays"}


def test_the_environment_counts_first_and_stays(tmp_path: Path, ring: Ring) -> None:
    keys = Keys(tmp_path / "keys.json", {"LASTFM_API_KEY": "of-the-environment"})
    keys.set("lastfm", KEY)
    assert keys.all() == {"lastfm": "of-the-environment"}
    [state] = [state for state in keys.states() if state.place]
    assert (state.kind.name, state.place, state.end) == ("lastfm", "environment", "ment")
    assert keys.remove("lastfm") is True
    assert keys.all() == {"lastfm": "of-the-environment"}


@pytest.mark.parametrize("backend", [Broken, Locked])
def test_a_keyring_that_fails_or_never_answers_costs_two_seconds_once(
    backend: type[Ring], tmp_path: Path
) -> None:
    keyring.set_keyring(backend())
    keys = Keys(tmp_path / "keys.json", {})
    began = time.perf_counter()
    assert keys.set("lastfm", KEY) == "file"
    assert keys.all() == {"lastfm": KEY}
    assert keys.remove("lastfm") is True
    with pytest.raises(OutputError, match="does not answer"):
        keys.remove("lastfm")  # it may lie in the keyring
    assert time.perf_counter() - began < KEYRING_LIMIT_S + 1


def test_a_keyring_that_answers_again_is_used_again_and_the_newer_key_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys(tmp_path / "keys.json", {})
    ring = Ring()
    ring.kept["MidiDrumiGen", "lastfm"] = "an-older-key-of-the-keyring"
    keyring.set_keyring(Broken())
    assert keys.set("lastfm", KEY) == "file"
    keyring.set_keyring(ring)
    assert keys.all() == {"lastfm": KEY}
    monkeypatch.setattr("mididrumigen.keys.time.monotonic", lambda: 1e9)
    assert keys.all() == {"lastfm": KEY}
    assert keys.set("lastfm", KEY) == "keyring"
    assert not (tmp_path / "keys.json").exists()
    assert ring.kept["MidiDrumiGen", "lastfm"] == KEY


@pytest.mark.parametrize(
    "key", ["", "  ", "two words", "line\nbreak", "naïve", "x" * 1001, "\x00key"]
)
def test_what_is_no_key_is_refused_and_nothing_is_kept(key: str, tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json", {})
    with pytest.raises(InputError) as refusal:
        keys.set("lastfm", key)
    assert key.strip() == "" or key not in str(refusal.value)
    assert keys.all() == {}


def test_a_short_key_shows_none_of_its_characters(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json", {})
    keys.set("lastfm", "12345678")
    assert [state.end for state in keys.states() if state.place] == [""]


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(NotFound, match="known are anthropic, openai"):
        key_kind("nobody")
    assert {key_kind(kind.variable) for kind in KEYS.values()} == set(KEYS.values())


@pytest.mark.parametrize("text", ["{", "[1]", "\xff"])
def test_a_damaged_file_is_named_and_left_alone(text: str, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(text.encode("latin-1"))
    for act in (Keys(file, {}).all, lambda: Keys(file, {}).set("lastfm", KEY)):
        with pytest.raises(OutputError, match="remove it, and set the keys anew"):
            act()
    assert file.read_bytes() == text.encode("latin-1")
