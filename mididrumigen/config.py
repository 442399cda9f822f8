"""Settings: one TOML file -> one frozen Config. Every default is here; `config.example.toml` shows
them all.

Conventions: an unknown key or a wrong type is refused by its name, so that a typing error never
looks like a setting. Where files live: `MIDIDRUMIGEN_HOME` moves everything (configuration,
database, logs), `MIDIDRUMIGEN_CONFIG` the configuration file alone; without them the system's own
places for settings and data are used.
"""

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_origin, get_type_hints

from mididrumigen.errors import ConfigError
from mididrumigen.models.request import (
    MAX_BARS,
    MAX_VARIATIONS,
    TEMPO_RANGE_BPM,
    Humanization,
)

# fmt: off
SOURCE_NAMES = (
    "musicbrainz", "wikipedia", "wikidata", "dbpedia", "acousticbrainz", "reccobeats", "deezer",
    "itunes", "crossref", "openalex", "semanticscholar", "arxiv", "discogs", "getsongbpm",
    "lastfm", "genius", "guardian", "listenbrainz", "drummerworld", "moderndrummer", "searxng",
    "web", "youtube", "bitmidi", "freemidi", "local_midi", "local_audio", "builtin", "llm",
)
# fmt: on
PROVIDER_NAMES = ("anthropic", "openai", "google", "local")
MAX_CONFIG_BYTES = 1_000_000

_RANGES: dict[str, tuple[float, float]] = {
    "generation.default_bars": (1, MAX_BARS),
    "generation.default_variations": (1, MAX_VARIATIONS),
    "generation.default_tempo": TEMPO_RANGE_BPM,
    "generation.humanization.micro_timing_ms": (0, 45),
    "generation.humanization.velocity_variation": (0, 1),
    "research.quality_threshold": (0, 1),
    "research.max_concurrent_collectors": (1, 32),
    "research.timeout_minutes": (0.05, 1440),
}
"""Where a number must lie; 0 to under a thousand million where nothing is said."""


@dataclass(frozen=True)
class SourceSettings:
    """`[sources.NAME]`."""

    enabled: bool = True
    base_url: str = ""
    """Origin and prefix to ask instead of the site itself: a mirror, a proxy, a test."""
    lookup_base_url: str = ""
    sparql_base_url: str = ""
    folders: tuple[str, ...] = ()
    """For local_midi: libraries, whose files are known by artist from their names and folders; `~`
    is expanded when the file is read."""


@dataclass(frozen=True)
class ProviderSettings:
    """`[llm.NAME]`."""

    base_url: str = ""
    model: str = ""


@dataclass(frozen=True)
class LlmSettings:
    """`[llm]`; the providers' own tables stand in it."""

    primary_provider: str = "auto"
    fallback_providers: tuple[str, ...] = ()
    max_cost_per_day: float = 1.0
    """US dollars."""
    providers: Mapping[str, ProviderSettings] = field(
        default_factory=lambda: MappingProxyType({n: ProviderSettings() for n in PROVIDER_NAMES})
    )


@dataclass(frozen=True)
class ResearchSettings:
    """`[research]`."""

    min_sources_per_type: int = 3
    timeout_minutes: float = 20.0
    quality_threshold: float = 0.7
    max_concurrent_collectors: int = 4
    online: bool = True
    """Whether anybody outside this machine may be asked."""


@dataclass(frozen=True)
class GenerationSettings:
    """`[generation]`."""

    default_bars: int = 4
    default_tempo: float = 120.0
    default_variations: int = 4
    max_generation_time_sec: float = 120.0
    output_dir: str = ""
    """Where the daemon writes; empty: `MidiDrumiGen` in the music folder."""
    map: str = "gm"
    """Name of a drum map, or path of one's own."""
    humanization: Humanization = field(default_factory=Humanization)


@dataclass(frozen=True)
class CacheSettings:
    """`[cache]`."""

    enabled: bool = True
    ttl_days: float = 30.0


@dataclass(frozen=True)
class Config:
    """Everything that can be set."""

    contact: str = ""
    """E-mail or web address of the user, for the polite user agents that sites ask for."""
    research: ResearchSettings = field(default_factory=ResearchSettings)
    generation: GenerationSettings = field(default_factory=GenerationSettings)
    cache: CacheSettings = field(default_factory=CacheSettings)
    llm: LlmSettings = field(default_factory=LlmSettings)
    sources: Mapping[str, SourceSettings] = field(
        default_factory=lambda: MappingProxyType({n: SourceSettings() for n in SOURCE_NAMES})
    )


@dataclass(frozen=True)
class Paths:
    """Where this user's files are."""

    config: Path
    database: Path
    logs: Path

    @property
    def owner_lock(self) -> Path:
        """Held by the one process that does the work of this home."""
        return self.database.with_name("owner.lock")

    @property
    def runtime(self) -> Path:
        """Where the daemon says how it is reached."""
        return self.database.with_name("runtime.json")

    @property
    def keys(self) -> Path:
        """Keys of services, where the system has no keyring."""
        return self.database.with_name("keys.json")

    @property
    def cache(self) -> Path:
        """What sites answered; can be deleted at any time."""
        return self.database.with_name("cache")

    @property
    def maps(self) -> Path:
        """The user's own drum maps."""
        return self.database.with_name("maps")

    @property
    def uploads(self) -> Path:
        """What was handed over HTTP and is not read yet."""
        return self.database.with_name("uploads")


def find_paths(environ: Mapping[str, str]) -> Paths:
    """Places of all files, by the environment and the system's own conventions; nothing is
    created.
    """
    home = environ.get("MIDIDRUMIGEN_HOME")
    if home:
        root = _expanded(home, "MIDIDRUMIGEN_HOME")
        config, data, logs = root, root, root / "logs"
    else:
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("MidiDrumiGen", appauthor=False)
        config, data, logs = dirs.user_config_path, dirs.user_data_path, dirs.user_log_path
    explicit = environ.get("MIDIDRUMIGEN_CONFIG")
    return Paths(
        config=_expanded(explicit, "MIDIDRUMIGEN_CONFIG") if explicit else config / "config.toml",
        database=data / "mididrumigen.db",
        logs=logs,
    )


def _expanded(path: str, where: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise ConfigError(f"{where} says {path}, and there is no such user") from error


def load_config(path: Path) -> Config:
    """Config of the file at `path`, the defaults if there is none; raises ConfigError."""
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES:
            raise ConfigError(
                f"{path} is over {MAX_CONFIG_BYTES / 1e6:g} MB", "that is no configuration file"
            )
        text = path.read_text(encoding="utf-8-sig")  # some editors begin with a mark
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    try:
        return parse_config(tomllib.loads(text))
    except (ValueError, RecursionError) as error:  # of the TOML itself, however wild
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def parse_config(table: Mapping[str, Any]) -> Config:
    """Config of a decoded TOML document; raises ConfigError that names the key."""
    top = dict(table)
    llm = dict(_table(top.pop("llm", {}), "llm"))
    providers = {n: _filled(ProviderSettings, llm.pop(n, {}), f"llm.{n}") for n in PROVIDER_NAMES}
    given = dict(_table(top.pop("sources", {}), "sources"))
    sources = {n: _filled(SourceSettings, given.pop(n, {}), f"sources.{n}") for n in SOURCE_NAMES}
    for name, source in sources.items():
        folders = tuple(str(_expanded(f, f"sources.{name}.folders")) for f in source.folders)
        sources[name] = dataclasses.replace(source, folders=folders)
    for unknown in given:
        raise ConfigError(
            f"unknown source [sources.{unknown}]", f"known are {', '.join(SOURCE_NAMES)}"
        )
    settings = dataclasses.replace(
        _filled(Config, top, ""),
        llm=dataclasses.replace(
            _filled(LlmSettings, llm, "llm"), providers=MappingProxyType(providers)
        ),
        sources=MappingProxyType(sources),
    )
    out = settings.generation.output_dir
    if out and not _expanded(out, "generation.output_dir").is_absolute():
        raise ConfigError(f"generation.output_dir must be a whole path, not {out}")
    known = ("auto", "none", *PROVIDER_NAMES)
    for name in (settings.llm.primary_provider, *settings.llm.fallback_providers):
        if name not in known:
            raise ConfigError(
                f"unknown provider {name!r} in [llm]", f"known are {', '.join(known)}"
            )
    return settings


_Settings = TypeVar("_Settings")


def _filled(kind: type[_Settings], value: object, place: str) -> _Settings:
    """A settings dataclass of a TOML table."""
    table = _table(value, place)
    types = get_type_hints(kind)
    plain = {
        f.name: types[f.name]
        for f in dataclasses.fields(kind)  # type: ignore[arg-type]  # every caller passes a dataclass
        if get_origin(types[f.name]) is not Mapping  # filled by parse_config
    }
    values: dict[str, Any] = {}
    for key, given in table.items():
        where = f"{place}.{key}" if place else key
        if key not in plain:
            raise ConfigError(f"unknown key {where}", f"known here are {', '.join(plain)}")
        values[key] = _value(plain[key], given, where)
    return kind(**values)


def _value(wanted: Any, given: object, where: str) -> object:
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        return _filled(wanted, given, where)
    if get_origin(wanted) is tuple:
        if isinstance(given, list) and all(isinstance(item, str) for item in given):
            return tuple(given)
        raise ConfigError(f'{where} must be a list of texts, such as ["one", "two"]')
    if type(given) is not wanted and not (wanted is float and type(given) is int):
        words = {
            bool: "true or false",
            int: "a whole number",
            float: "a number",
            str: "a text in quotes",
        }
        raise ConfigError(f"{where} must be {words[wanted]}, not {given!r}")
    low, high = _RANGES.get(where, (0, 999_999_999))
    if isinstance(given, int | float) and not isinstance(given, bool) and not low <= given <= high:
        raise ConfigError(f"{where} must be {low:g} to {high:g}")
    return float(given) if wanted is float and isinstance(given, int) else given


def _table(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"[{place}] must be a table")
    return value


def settings_json(settings: object) -> Any:
    """Plain form of settings, as the configuration file has them; sources at their defaults are
    left out.
    """
    if isinstance(settings, Mapping):
        return {k: settings_json(v) for k, v in settings.items() if v != type(v)()}
    if not dataclasses.is_dataclass(settings):
        return list(settings) if isinstance(settings, tuple) else settings
    plain = {f.name: settings_json(getattr(settings, f.name)) for f in dataclasses.fields(settings)}
    return plain | plain.pop("providers", {})  # their tables stand in [llm] itself
