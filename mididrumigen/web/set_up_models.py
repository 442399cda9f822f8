"""What is asked and answered in setting up, as models; conventions as in `bodies` and `answers`."""

from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr

from mididrumigen.keys import MAX_KEY_LENGTH, Place
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.web.answers import Answer
from mididrumigen.web.bodies import Body, Text


class SettingsBody(Body):
    """Of `PUT /settings`."""

    settings: dict[str, Any] = Field(
        description="Tables and keys as the file has them, only those that change; null: default"
    )


class ConsentBody(Body):
    """Of `PUT /consent`."""

    site: Text
    allowed: bool


class KeyBody(Body):
    """Of `PUT /keys/{name}`."""

    key: Annotated[SecretStr, Field(max_length=MAX_KEY_LENGTH)]


class DeviceBody(Body):
    """Of `POST /device/install`."""

    user_library: Text = Field(
        default="", description="Live's User Library; empty: the one that Live's settings name"
    )


class TakeInBody(Body):
    """Of `POST /profiles`."""

    upload_id: Text


class Settings(Answer):
    """The settings in force; what is secret is no setting."""

    path: str
    settings: dict[str, Any]


class Origin(Answer):
    """A source: `wants` says what it waits for."""

    name: str
    title: str
    kind: EvidenceKind
    enabled: bool
    wants: Literal["", "key", "consent", "address"]
    key: str
    licence: str
    address: str
    is_local: bool


class Sources(Answer):
    online: bool
    """Whether anybody outside this machine may be asked."""
    sources: list[Origin]


class Site(Answer):
    """`since` is empty where the user has not said yes."""

    site: str
    title: str
    to: str
    since: str


class Consents(Answer):
    sites: list[Site]


class KeyLine(Answer):
    """`end` are the last characters of a key that is set."""

    name: str
    variable: str
    title: str
    brings: str
    get_at: str
    place: Place
    end: str


class Keys(Answer):
    keys: list[KeyLine]


class KeyPlace(Answer):
    name: str
    place: Place


class KeyTest(Answer):
    """`works` is null where nobody could say."""

    name: str
    works: bool | None
    message: str


class Installed(Answer):
    path: str
