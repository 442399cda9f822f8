"""Whether a key is taken: one small question to its service.

Conventions: a key that is refused is an answer, not an error; a service that cannot be asked says
nothing about the key. Addresses are those of the settings where they name one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mididrumigen.config import Config
from mididrumigen.errors import NotFound, SourceUnavailable
from mididrumigen.keys import key_kind
from mididrumigen.models import Fetched, Fetching, SourceCard
from mididrumigen.sources.registry import SOURCES

_REFUSED = frozenset({400, 401, 403})


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked with a key; `{key}` stands for it in headers and parameters."""

    path: str
    params: Mapping[str, str | int]
    way: Literal["header", "parameter"]
    field: str
    form: str = "{key}"
    base_url: str = ""
    """Of a provider; a source has its own."""
    headers: Mapping[str, str] | None = None


_ONE = {"limit": 1}
_QUESTIONS = {
    "lastfm": _Question(
        "/2.0/", {"method": "chart.gettoptags", "format": "json", **_ONE}, "parameter", "api_key"
    ),
    "genius": _Question("/search", {"q": "drums"}, "header", "Authorization", "Bearer {key}"),
    "guardian": _Question("/search", {"q": "drums", "page-size": 1}, "parameter", "api-key"),
    "discogs": _Question("/oauth/identity", {}, "header", "Authorization", "Discogs token={key}"),
    "getsongbpm": _Question(
        "/search/", {"type": "artist", "lookup": "queen"}, "parameter", "api_key"
    ),
    "listenbrainz": _Question("/1/validate-token", {}, "header", "Authorization", "Token {key}"),
    "semanticscholar": _Question(
        "/graph/v1/paper/search", {"query": "drums", **_ONE}, "header", "x-api-key"
    ),
    "openalex": _Question("/works", {"per_page": 1, "select": "id"}, "parameter", "api_key"),
    "anthropic": _Question(
        *("/v1/models", _ONE, "header", "x-api-key", "{key}", "https://api.anthropic.com"),
        headers={"anthropic-version": "2023-06-01"},
    ),
    "openai": _Question(
        "/v1/models", {}, "header", "Authorization", "Bearer {key}", "https://api.openai.com"
    ),
    "google": _Question(
        *("/v1beta/models", {"pageSize": 1}, "header", "x-goog-api-key", "{key}"),
        base_url="https://generativelanguage.googleapis.com",
    ),
}


async def check_key(
    name: str, keys: Mapping[str, str], config: Config, fetch: Fetching
) -> tuple[bool | None, str]:
    """(whether the key is taken, or None where nobody could say; a sentence). Raises NotFound for a
    key that is not set.
    """
    kind = key_kind(name)
    key = keys.get(kind.name)
    if key is None:
        raise NotFound(f"no key of {kind.title} is set", f"mididrumigen keys set {kind.name}")
    question = _QUESTIONS[kind.name]
    card, base = _where(kind.name, kind.title, question, config)
    secret = {question.field: question.form.replace("{key}", key)}
    is_header = question.way == "header"
    try:
        answer = await fetch.get(
            card,
            base.rstrip("/") + question.path,
            params=question.params,
            headers=question.headers,
            secret_params=None if is_header else secret,
            secret_headers=secret if is_header else None,
            keep="never",
            accept=frozenset({200}) | _REFUSED,
        )
    except SourceUnavailable as error:
        return None, str(error)
    if answer.status in _REFUSED or _says_no(answer):
        return False, f"{kind.title} does not take this key; get one at {kind.get_at}"
    return True, f"{kind.title} takes it"


def _where(name: str, title: str, question: _Question, config: Config) -> tuple[SourceCard, str]:
    for source in SOURCES:
        if source.name == name:
            return source.card, config.sources[name].base_url or source.card.base_url
    base = config.llm.providers[name].base_url or question.base_url
    return SourceCard(name, "knowledge", title, base, tries=1), base


def _says_no(answer: Fetched) -> bool:
    """Whether an answer that came well says that the key is wrong, as some do."""
    try:
        said: Any = answer.json()
    except SourceUnavailable:
        return False
    return isinstance(said, Mapping) and (said.get("valid") is False or "error" in said)
