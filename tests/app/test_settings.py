"""Changing settings: the file is edited as a person would, or not at all."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.app.settings import Settings, changed
from mididrumigen.app.shipped import shipped
from mididrumigen.config import Config, load_config
from mididrumigen.errors import ConfigError

EXAMPLE = shipped("config.example.toml").read_text(encoding="utf-8")


def test_a_change_leaves_every_comment_and_the_order_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    settings = Settings(load_config(path), path)
    settings.change({"contact": "me@example.org", "generation": {"default_bars": 8}})
    was, now = EXAMPLE.splitlines(), path.read_text(encoding="utf-8").splitlines()
    different = [(a, b) for a, b in zip(was, now, strict=True) if a != b]
    assert different == [
        ('contact = ""', 'contact = "me@example.org"'),
        ("default_bars = 4", "default_bars = 8"),
    ]
    assert settings.config == load_config(path)
    assert settings.config.generation.default_bars == 8


def test_the_first_change_makes_the_file_and_none_takes_back_to_the_default(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    settings = Settings(Config(), path)
    settings.change({"sources": {"deezer": {"enabled": False}}, "contact": "x"})
    assert load_config(path).sources["deezer"].enabled is False
    settings.change({"sources": {"deezer": {"enabled": None}}, "contact": None})
    assert load_config(path) == Config()


@pytest.mark.parametrize(
    "wrong",
    [
        {"generation": {"default_bars": 99}},
        {"generation": 4},
        {"nonsense": 1},
        {"contact": 5},
        {"sources": {"nobody": {"enabled": True}}},
        {"a": {"b": {"c": {"d": {"e": 1}}}}},
        {"contact": [None]},
        {"contact": "\ud800"},
        {"research": {"timeout_minutes": -1}},
    ],
)
def test_what_cannot_be_set_changes_nothing(wrong: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("contact = 'me' # mine\n", encoding="utf-8")
    settings = Settings(load_config(path), path)
    with pytest.raises(ConfigError):
        settings.change(wrong)
    assert path.read_text(encoding="utf-8") == "contact = 'me' # mine\n"
    assert settings.config.contact == "me"
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]


def test_a_file_that_was_broken_by_hand_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("contact = ", encoding="utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        Settings(Config(), path).change({"contact": "me"})
    assert path.read_text(encoding="utf-8") == "contact = "


@given(st.text(max_size=40))
def test_any_text_comes_back_as_it_was_set(text: str) -> None:
    assert tomllib.loads(changed(EXAMPLE, {"contact": text}))["contact"] == text


def test_a_file_in_any_order_takes_a_change_or_says_that_it_cannot(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        "[sources.deezer]\nenabled = true\n[generation]\ndefault_bars = 8\n"
        "[sources.itunes]\nenabled = true\n",
        encoding="utf-8",
    )
    settings = Settings(load_config(path), path)
    settings.change({"sources": {"genius": {"enabled": False}, "deezer": {"enabled": False}}})
    settings.change({"sources": {"local_midi": {"folders": ["/a"]}}})
    sources = load_config(path).sources
    assert not sources["genius"].enabled
    assert not sources["deezer"].enabled
    assert sources["local_midi"].folders == (str(Path("/a")),)
    assert load_config(path).generation.default_bars == 8


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_text("contact = 'a'\n", encoding="utf-8")
    link.symlink_to(real)
    Settings(load_config(link), link).change({"contact": "b"})
    assert link.is_symlink()
    assert load_config(real).contact == "b"
