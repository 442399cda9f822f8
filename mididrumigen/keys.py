"""Keys of the services that want one: from the environment, the system's keyring or a file.

Conventions: a name is that of the source or the provider. The environment counts first, as
everywhere; then the keyring (Keychain, Credential Manager, Secret Service). Where there is no
keyring, or it does not answer within 2 s, keys go to a file beside the database that its user alone
may read. A key is never logged, shown whole or kept anywhere else.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from mididrumigen.errors import InputError, NotFound, OutputError
from mididrumigen.files import write_whole

SERVICE = "MidiDrumiGen"
"""What the keyring files them under."""
KEYRING_LIMIT_S, _PATIENCE_S = 2.0, 60.0
MAX_KEY_LENGTH = 1000
_ANEW = "remove it, and set the keys anew"
_SHOWN = 4
"""Characters at the end of a key that people tell it by."""

Place = Literal["environment", "keyring", "file", ""]
_Answer = TypeVar("_Answer")
_NONE: Any = object()
_SILENT: Any = object()


@dataclass(frozen=True, slots=True)
class KeyKind:
    """A key that can be set."""

    name: str
    variable: str
    """Of the environment."""
    title: str
    brings: str
    """What one has of it."""
    get_at: str
    """Where one gets it."""


KEYS = {
    kind.name: kind
    for kind in (
        KeyKind(
            "anthropic",
            "ANTHROPIC_API_KEY",
            "Anthropic",
            "advice by Claude, in a later version",
            "https://console.anthropic.com/settings/keys",
        ),
        KeyKind(
            "openai",
            "OPENAI_API_KEY",
            "OpenAI",
            "advice by GPT, in a later version",
            "https://platform.openai.com/api-keys",
        ),
        KeyKind(
            "google",
            "GOOGLE_API_KEY",
            "Google",
            "advice by Gemini, in a later version",
            "https://aistudio.google.com/apikey",
        ),
        KeyKind(
            "getsongbpm",
            "GETSONGBPM_API_KEY",
            "GetSongBPM",
            "tempo and metre of songs; free",
            "https://getsongbpm.com/api",
        ),
        KeyKind(
            "lastfm",
            "LASTFM_API_KEY",
            "Last.fm",
            "tags and biographies; free",
            "https://www.last.fm/api/account/create",
        ),
        KeyKind(
            "genius",
            "GENIUS_ACCESS_TOKEN",
            "Genius",
            "who drums on a song; free",
            "https://genius.com/api-clients",
        ),
        KeyKind(
            "guardian",
            "GUARDIAN_API_KEY",
            "The Guardian",
            "whole articles; free",
            "https://open-platform.theguardian.com/access/",
        ),
        KeyKind(
            "discogs",
            "DISCOGS_TOKEN",
            "Discogs",
            "more questions a minute; free",
            "https://www.discogs.com/settings/developers",
        ),
        KeyKind(
            "listenbrainz",
            "LISTENBRAINZ_TOKEN",
            "ListenBrainz",
            "tags of recordings; free",
            "https://listenbrainz.org/settings/",
        ),
        KeyKind(
            "semanticscholar",
            "SEMANTICSCHOLAR_API_KEY",
            "Semantic Scholar",
            "a lane of your own for papers; free",
            "https://www.semanticscholar.org/product/api",
        ),
        KeyKind(
            "openalex",
            "OPENALEX_API_KEY",
            "OpenAlex",
            "ten times as many searches for papers a day; free",
            "https://openalex.org/settings/api",
        ),
    )
}
"""Every key, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """How a key stands."""

    kind: KeyKind
    place: Place
    """Empty: it is not set."""
    end: str = ""
    """Its last characters."""


def key_kind(name: str) -> KeyKind:
    """The key of a name, or of a variable of the environment; raises NotFound."""
    wanted = name.strip().lower()
    for kind in KEYS.values():
        if wanted in (kind.name, kind.variable.lower()):
            return kind
    raise NotFound(f"there is no key called {name[:40]}", f"known are {', '.join(KEYS)}")


class Keys:
    """The keys of this user. Every call may wait for the keyring, 2 s at most."""

    def __init__(self, path: Path, environ: Mapping[str, str]) -> None:
        self._path, self._environ = path, environ
        self._asks_again_at = 0.0
        """When a keyring that did not answer is asked again, by the monotonic clock."""
        self._changing = threading.Lock()

    def all(self) -> dict[str, str]:
        """Name -> key of every one that is set."""
        return {name: key for name, (key, _) in self._found().items()}

    def states(self) -> list[KeyState]:
        """How every key stands, in the order of the table."""
        found = self._found()
        states = []
        for kind in KEYS.values():
            key, place = found.get(kind.name, ("", ""))
            end = key[-_SHOWN:] if len(key) > 3 * _SHOWN else ""
            states.append(KeyState(kind, place, end))
        return states

    def set(self, name: str, key: str) -> Place:
        """Keep a key; where it is now. Raises NotFound, InputError, OutputError."""
        kind, key = key_kind(name), key.strip()
        if not key or len(key) > MAX_KEY_LENGTH or not (key.isascii() and key.isprintable()):
            raise InputError(
                f"that is no key: one line of 1 to {MAX_KEY_LENGTH} plain characters is",
                f"get one at {kind.get_at}",
            )
        if " " in key:
            raise InputError("a key has no spaces", "copy it once more, alone")
        with self._changing:
            kept = self._ask(lambda keyring: keyring.set_password(SERVICE, kind.name, key))
            if kept not in (_NONE, _SILENT):
                self._write({n: k for n, k in self._read().items() if n != kind.name})
                return "keyring"
            self._write({**self._read(), kind.name: key})
            return "file"

    def remove(self, name: str) -> bool:
        """Forget a key; False where none was kept. One of the environment stays. Raises OutputError
        where the keyring could not be asked, and may have it still.
        """
        kind = key_kind(name)

        def delete(keyring: Any) -> bool:
            if keyring.get_password(SERVICE, kind.name) is None:
                return False
            keyring.delete_password(SERVICE, kind.name)
            return True

        with self._changing:
            kept = self._read()
            was_in_file = kept.pop(kind.name, None) is not None
            if was_in_file:
                self._write(kept)
            deleted = self._ask(delete)
        if deleted is _SILENT and not was_in_file:
            raise OutputError("the keyring does not answer", "unlock it, and try again")
        return deleted is True or was_in_file

    def _found(self) -> dict[str, tuple[str, Place]]:
        """Name -> (key, where it is) of every one that is set."""

        def all_of(keyring: Any) -> dict[str, str]:
            asked = {name: keyring.get_password(SERVICE, name) for name in KEYS}
            return {name: key for name, key in asked.items() if key}

        kept = self._ask(all_of)
        found: dict[str, tuple[str, Place]] = {}
        if kept not in (_NONE, _SILENT):
            found |= {name: (key, "keyring") for name, key in kept.items()}
        # One in the file was set when the keyring did not answer, and is the newer.
        found |= {name: (key, "file") for name, key in self._read().items()}
        for kind in KEYS.values():
            key = self._environ.get(kind.variable, "").strip()
            if key:
                found[kind.name] = (key, "environment")
        return found

    def _ask(self, question: Callable[[Any], _Answer]) -> _Answer | Any:
        """What the keyring answers; `_NONE` where there is none, `_SILENT` where it does not
        answer in time or fails: it is asked again after a minute.
        """
        if time.monotonic() < self._asks_again_at:
            return _SILENT
        answers: list[Any] = []

        def run() -> None:
            try:
                import keyring  # 100 ms, and it may ask the desktop

                has_one = keyring.get_keyring().priority > 0
                answers.append(question(keyring) if has_one else _NONE)
            except Exception:  # a backend raises whatever its system does
                answers.clear()

        # A thread of its own, that nobody waits for at the end: a locked keyring may ask its user
        # for a password and never return.
        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(KEYRING_LIMIT_S)
        if not answers:
            self._asks_again_at = time.monotonic() + _PATIENCE_S
            return _SILENT
        return answers[0]

    def _read(self) -> dict[str, str]:
        try:
            plain = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise OutputError(
                f"{self._path} cannot be read", "remove it, and set the keys anew"
            ) from error
        if not isinstance(plain, dict):
            raise OutputError(f"{self._path} holds no keys", _ANEW)
        return {name: key for name, key in plain.items() if name in KEYS and isinstance(key, str)}

    def _write(self, keys: Mapping[str, str]) -> None:
        """Replace the file, readable by its user alone; there is none for no keys."""
        try:
            if keys:
                write_whole(self._path, json.dumps(dict(keys)).encode())
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{self._path} cannot be written: {reason}") from error
