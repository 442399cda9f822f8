"""The group of all commands, and what they share: the verb that is run, the paths, JSON."""

import json
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mididrumigen import __version__
from mididrumigen.config import Paths, find_paths

if TYPE_CHECKING:
    from mididrumigen.app import App

_Result = TypeVar("_Result")

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
pick_option = click.option(
    "--pick",
    type=click.IntRange(1),
    metavar="N",
    help="Which of several artists of the name; a wrong number lists them.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, message="MidiDrumiGen %(version)s")
def cli() -> None:
    """Drum MIDI in the style of any artist, band or drummer, with the reasons shown.

    \b
    mididrumigen generate "John Bonham"
    mididrumigen research "My Drummer" --midi FOLDER
    """


def paths() -> Paths:
    """Where everything of this user is."""
    return find_paths(os.environ)


def run_verb(verb: "Callable[[App], Awaitable[_Result]]") -> _Result:
    """Answer of one verb, with the program opened and closed around it."""
    import asyncio

    from mididrumigen.app import App
    from mididrumigen.config import load_config

    answers: list[_Result] = []

    async def run() -> None:
        # Not returned: asyncio writes out the result of its main task as it ends, in 60 ms.
        found = paths()
        async with App.open(load_config(found.config), found) as app:
            answers.append(await verb(app))

    asyncio.run(run())
    return answers[0]


def print_json(document: dict[str, Any]) -> None:
    """The one document of `--json`."""
    click.echo(json.dumps(document, indent=1))
