"""Settings: the example shows them all, and what is no setting is refused by its name."""

import dataclasses
import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.config import (
    MAX_CONFIG_BYTES,
    PROVIDER_NAMES,
    SOURCE_NAMES,
    Config,
    SourceSettings,
    find_paths,
    load_config,
    parse_config,
    settings_json,
)
from mididrumigen.errors import ConfigError

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"
SHOWN: dict[str, Any] = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))


def keys(table: dict[str, Any], place: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of every key that is no table."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{place}{key}.")
        else:
            yield place + key, value


def document(name: str, value: object) -> dict[str, Any]:
    """A decoded TOML document with one key, given by its dotted name."""
    for part in reversed(name.split(".")):
        value = {part: value}
    assert isinstance(value, dict)
    return value


def test_the_example_loads_to_exactly_the_defaults() -> None:
    assert load_config(EXAMPLE) == Config()


def test_the_example_shows_every_key_with_its_default() -> None:
    config = Config()
    wanted: dict[str, Any] = {"contact": config.contact}
    for place, settings in {
        "research": config.research,
        "generation": config.generation,
        "generation.humanization": config.generation.humanization,
        "cache": config.cache,
        "llm": config.llm,
        **{f"llm.{name}": config.llm.providers[name] for name in PROVIDER_NAMES},
        "sources.wikidata": config.sources["wikidata"],
    }.items():
        for field in dataclasses.fields(settings):
            wanted[f"{place}.{field.name}"] = getattr(settings, field.name)
    # Of the keys that every source has, each is shown where it means something.
    wanted |= {"sources.builtin.enabled": True, "sources.local_midi.enabled": True}
    wanted["sources.local_midi.folders"] = wanted.pop("sources.wikidata.folders")
    del wanted["llm.providers"], wanted["generation.humanization"]  # tables of their own
    assert dict(keys(SHOWN)) == {k: list(v) if v == () else v for k, v in wanted.items()}
    top = {field.name for field in dataclasses.fields(config)}
    assert top == set(SHOWN)


def test_the_example_names_every_source() -> None:
    comment = EXAMPLE.read_text(encoding="utf-8").split("# Names: ")[1].split("\n\n")[0]
    assert comment.replace("#", " ").split() == list(SOURCE_NAMES)


def test_the_defaults_are_those_of_the_contract() -> None:
    config = Config()
    generation, research = config.generation, config.research
    assert (generation.default_bars, generation.default_tempo) == (4, 120)
    assert (generation.max_generation_time_sec, generation.default_variations) == (120, 4)
    assert generation.map == "gm"
    humanization = generation.humanization
    assert (humanization.micro_timing_ms, humanization.velocity_variation) == (10, 0.12)
    assert (research.min_sources_per_type, research.timeout_minutes) == (3, 20)
    assert (research.quality_threshold, research.max_concurrent_collectors) == (0.7, 4)
    assert (config.cache.enabled, config.cache.ttl_days) == (True, 30)
    assert all(config.sources[name] == SourceSettings() for name in SOURCE_NAMES)


def test_a_file_that_is_not_there_means_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path / "none.toml") == Config()


def test_what_a_file_sets_is_set_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(
        'contact = "me@example.org"\n[generation]\ndefault_tempo = 92\n'
        "[generation.humanization]\nmicro_timing_ms = 4\n"
        '[sources.local_midi]\nfolders = ["/a", "/b"]\n[sources.web]\nenabled = false\n'
        '[llm]\nfallback_providers = ["google", "none"]\n[llm.local]\nbase_url = "http://x"\n',
        encoding="utf-8",
    )
    config = load_config(path)
    assert config.contact == "me@example.org"
    assert config.generation.default_tempo == 92.0
    assert type(config.generation.default_tempo) is float
    assert config.generation.default_bars == 4
    assert config.generation.humanization.micro_timing_ms == 4.0
    assert config.generation.humanization.velocity_variation == 0.12
    assert config.sources["local_midi"].folders == ("/a", "/b")
    assert (config.sources["web"].enabled, config.sources["deezer"].enabled) == (False, True)
    assert config.llm.fallback_providers == ("google", "none")
    assert config.llm.providers["local"].base_url == "http://x"


@pytest.mark.parametrize(
    "name",
    [
        "tempo",
        "research.timeout",
        "generation.bars",
        "generation.humanization.micro_timing",
        "cache.ttl",
        "llm.provider",
        "llm.providers",
        "llm.mistral",
        "llm.openai.api_key",
        "sources.builtin.folder",
    ],
)
def test_an_unknown_key_is_refused_by_its_full_name(name: str) -> None:
    with pytest.raises(ConfigError, match=f"unknown key {name};"):
        parse_config(document(name, {} if name.startswith("llm.m") else 1))


def test_an_unknown_source_is_refused_by_its_name() -> None:
    with pytest.raises(ConfigError, match=r"unknown source \[sources\.myspace\]; .*musicbrainz"):
        parse_config(document("sources.myspace.enabled", False))


@pytest.mark.parametrize("place", ["llm.primary_provider", "llm.fallback_providers"])
def test_an_unknown_provider_is_refused_by_its_name(place: str) -> None:
    value = "mistral" if place.endswith("provider") else ["openai", "mistral"]
    with pytest.raises(ConfigError, match="unknown provider 'mistral'"):
        parse_config(document(place, value))


WRONG: dict[type, list[object]] = {
    bool: [1, 0, "true", 1.0, []],
    int: [1.5, "4", True, -1, 10**12, []],
    float: ["1", True, -0.5, float("nan"), float("inf"), 1e9, []],
    str: [1, True, [], {}],
    list: ["one", 1, [1], [["a"]], {}],
}


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, wrong) for name, value in keys(SHOWN) for wrong in WRONG[type(value)]],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_key(name: str, value: object) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config(document(name, value))
    assert str(refused.value).startswith(f"{name} must ")


@pytest.mark.parametrize(
    "name",
    [
        *("research", "generation", "generation.humanization", "cache"),
        *("llm", "llm.openai", "sources", "sources.web"),
    ],
)
def test_a_value_where_a_table_belongs_is_refused_by_its_place(name: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config(document(name, 3))
    assert str(refused.value) == f"[{name}] must be a table"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"contact = 'a\xff'", "cannot be read"),
        ("contact = ''".encode("utf-16"), "cannot be read"),
        (b"contact = ", "is not valid TOML"),
        (b"[research]\n[research]\n", "is not valid TOML"),
        (b"contact = 3\n", "contact must be a text in quotes, not 3"),
        # A number with 400 digits, one with 5,000, and brackets nested 100,000 deep.
        (b"[research]\ntimeout_minutes = 1" + b"0" * 400, "timeout_minutes"),
        (b"contact = 1" + b"0" * 5000, ""),
        (b"contact = " + b"[" * 100_000, ""),
    ],
    ids=["latin-1", "utf-16", "cut", "twice", "type", "400 digits", "5,000 digits", "nested"],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as refused:
        load_config(path)
    assert str(path) in str(refused.value)
    assert says in str(refused.value)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    path.touch()
    os.truncate(path, 50_000_000_000)  # sparse: reading it would not end
    with pytest.raises(ConfigError, match="over 1 MB"):
        load_config(path)


def test_a_file_of_exactly_the_limit_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    line = b'contact = "a"\n'
    path.write_bytes(line + b"#" * (MAX_CONFIG_BYTES - len(line)))
    assert load_config(path).contact == "a"
    path.write_bytes(line + b"#" * (MAX_CONFIG_BYTES - len(line) + 1))
    with pytest.raises(ConfigError, match="over 1 MB"):
        load_config(path)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


def test_a_home_moves_everything_and_creates_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    assert paths.config == home / "config.toml"
    assert paths.database.parent == home
    assert paths.logs == home / "logs"
    assert not home.exists()


def test_the_configuration_file_can_be_moved_alone(tmp_path: Path) -> None:
    home, config = tmp_path / "home", tmp_path / "my.toml"
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home), "MIDIDRUMIGEN_CONFIG": str(config)})
    assert (paths.config, paths.database.parent) == (config, home)
    without_home = find_paths({"MIDIDRUMIGEN_CONFIG": str(config)})
    assert without_home.config == config
    assert "MidiDrumiGen" in without_home.database.parts


def test_the_plain_form_of_settings_is_one_that_a_file_can_have() -> None:
    table = {
        "contact": "me@example.org",
        "generation": {"default_bars": 8, "humanization": {"micro_timing_ms": 5.0}},
        "llm": {"fallback_providers": ["openai", "local"], "local": {"model": "x"}},
        "sources": {"local_midi": {"folders": ["/music"]}, "wikidata": {"enabled": False}},
    }
    config = parse_config(table)
    plain = json.loads(json.dumps(settings_json(config)))
    assert parse_config(plain) == config
    assert plain["generation"]["humanization"]["micro_timing_ms"] == 5.0
    assert plain["llm"]["local"]["model"] == "x"
    assert plain["llm"]["fallback_providers"] == ["openai", "local"]
    assert "providers" not in plain["llm"]


def test_the_plain_form_names_the_sources_that_are_not_at_their_defaults_alone() -> None:
    assert settings_json(Config())["sources"] == {}
    config = parse_config({"sources": {"wikidata": {"enabled": False}}})
    assert list(settings_json(config)["sources"]) == ["wikidata"]
    assert parse_config(settings_json(Config())) == Config()


@pytest.mark.parametrize("place", ["takes", "./takes", "~nobody-of-this-name/takes"])
def test_takes_go_to_a_whole_path(place: str) -> None:
    with pytest.raises(ConfigError, match="output_dir"):
        parse_config({"generation": {"output_dir": place}})
    assert parse_config({"generation": {"output_dir": "~/takes"}}).generation.output_dir
