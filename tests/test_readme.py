"""README.md names every command and every file, and .ci/run runs the commands it gives."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

import mididrumigen
from mididrumigen.cli.main import cli
from mididrumigen.cli.playing import generate
from mididrumigen.midi import MAPS

PACKAGE = Path(mididrumigen.__file__).parent
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Words of every command, of commands in groups too."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def test_every_command_is_named() -> None:
    missing = []
    for words in commands(cli):
        # As code: after the program's name or a backtick; a group may list its own as `a|b|c`.
        command = rf"(?:mididrumigen |`){words[0]}\b"
        if not re.search(command + "".join(rf"[^\n]*\b{word}\b" for word in words[1:]), README):
            missing.append(" ".join(words))
    assert missing == []


def test_every_drum_map_is_in_the_table_and_in_the_help() -> None:
    [option] = (p for p in generate.params if "--map" in p.opts)
    assert isinstance(option, click.Option)
    named = re.findall(r"[a-z0-9]+", (option.help or "").partition("or your own")[0])
    for drum_map in MAPS:
        assert f"| `{drum_map.name}` |" in README
        assert drum_map.name in named


def test_every_file_of_the_package_and_of_the_device_is_named_in_the_tree() -> None:
    tree = "\n".join(re.findall(r"^```.*?^```", README, re.MULTILINE | re.DOTALL))
    # Several parts have a file of the same name: the tree names it as often.
    wanted = Counter(
        f"{path.parent.name}/" if path.name == "__init__.py" else path.name
        for path in PACKAGE.rglob("*.py")
    )
    device = PACKAGE.parent / "m4l"
    wanted += Counter(
        path.name
        for path in device.rglob("*.*")
        if path.name != "__init__.py" and path.suffix != ".pyc"
    )
    missing = [
        name
        for name, count in sorted(wanted.items())
        if len(re.findall(rf"(?<!\w){re.escape(name)}", tree)) < count
    ]
    assert missing == []


def test_the_two_commands_are_run_as_they_stand_by_the_continuous_integration() -> None:
    given = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert len(given) == 2
    script = (Path(__file__).parents[1] / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [command for command in given if command not in script] == []
