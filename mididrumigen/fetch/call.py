"""A call: what is asked of whom, with which secrets, and where a redirect turns it. Pure.

Conventions: a redirect leads neither from https to http, nor in circles, nor with a secret to
another site. Names of headers are in lower case. What is wrong is a Trouble.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from httpx import URL, InvalidURL

from mididrumigen.fetch.cache import cache_key
from mididrumigen.fetch.secret import Secrets
from mididrumigen.fetch.trouble import Trouble
from mididrumigen.models import SourceCard

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SCHEMES = ("http", "https")
_OF_ONE_SITE = frozenset({"authorization", "cookie"})
"""Headers that are for nobody else, secret or not."""


@dataclass(slots=True)
class Call:
    """What is under way."""

    card: SourceCard
    url: URL
    """With its secrets; where redirects have turned it by now."""
    accept: frozenset[int]
    """Statuses that are wanted."""
    headers: dict[str, str] = field(default_factory=dict)
    """With the secret ones."""
    secrets: Secrets = field(default_factory=Secrets)
    cache_key: str = ""
    """The name of what is asked; the same with every key of the user's."""
    tries: int = 0
    spent_s: float = 0.0
    seen: set[str] = field(default_factory=set)

    @property
    def pace_key(self) -> str:
        """What is paced as one."""
        return pace_key(self.card, self.url)

    @property
    def title(self) -> str:
        """What the site is called."""
        return title(self.card, self.url)

    def turn(self, location: str | None) -> None:
        """Turn it to where a redirect points; raises Trouble."""
        try:
            after = self.url.join(location or "").copy_with(fragment=None, userinfo=b"")
        except InvalidURL as error:
            raise Trouble("sends us to nowhere") from error
        if not location or after.scheme not in _SCHEMES or not after.host:
            raise Trouble("sends us to nowhere")
        if self.url.scheme == "https" and after.scheme == "http":
            raise Trouble("sends us on without encryption")
        self.seen.add(str(self.url))
        if str(after) in self.seen:
            raise Trouble("sends us round in circles")
        if _is_elsewhere(self.url, after):
            if self.secrets.are_in(str(after)):
                raise Trouble("would hand on a key to another site")
            self.headers = {
                name: value
                for name, value in self.headers.items()
                if name not in _OF_ONE_SITE and not self.secrets.are_in(value)
            }
        self.url = after


def begin(
    card: SourceCard,
    url: str,
    *,
    params: Mapping[str, str | int] | None = None,
    headers: Mapping[str, str] | None = None,
    secret_params: Mapping[str, str] | None = None,
    secret_headers: Mapping[str, str] | None = None,
    accept: frozenset[int],
) -> Call:
    """A call as it was asked for; name and password in an address become a secret header. Raises
    Trouble.
    """
    asked = address(url)
    given = {name.lower(): value for name, value in (headers or {}).items()}
    hidden = {name.lower(): value for name, value in (secret_headers or {}).items()}
    values = list(hidden.values())
    if asked.userinfo:
        hidden.setdefault("authorization", f"Basic {b64encode(asked.userinfo).decode()}")
        values += [asked.password or asked.username, hidden["authorization"]]
        asked = asked.copy_with(userinfo=b"")
    if not all(value.isascii() and value.isprintable() for value in hidden.values()):
        raise Trouble(
            "was not asked: its key holds what no key can hold",
            f"mididrumigen keys set {card.key}" if card.key else "",
        )
    asked = asked.copy_merge_params(params) if params else asked
    return Call(
        card,
        asked.copy_merge_params(secret_params) if secret_params else asked,
        accept,
        given | hidden,
        Secrets(secret_params or {}, values),
        cache_key(str(asked), given),
    )


def address(url: str) -> URL:
    """An address that can be asked, of the web and whole; raises Trouble."""
    try:
        found = URL(url).copy_with(fragment=None)
    except InvalidURL as error:
        raise Trouble("was not asked: that is no address") from error
    if found.scheme not in _SCHEMES or not found.host:
        raise Trouble("was not asked: that is no address of the web")
    return found


def pace_key(card: SourceCard, url: URL) -> str:
    """What is paced as one: a source, sources of one platform, or a host of it."""
    name = card.paced_as or card.name
    return f"{name} {url.netloc.decode()}" if card.each_host else name


def title(card: SourceCard, url: URL) -> str:
    """What a site is called in a sentence."""
    return url.host if card.each_host else card.title


def _is_elsewhere(before: URL, after: URL) -> bool:
    """Whether an address is of another site; the same one with encryption is not."""
    if (before.scheme, before.netloc) == (after.scheme, after.netloc):
        return False
    return before.host != after.host or before.port is not None or after.port is not None
