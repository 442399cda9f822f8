"""Options that several commands share, alone or as groups."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from mididrumigen.cli.group import json_option, pick_option
from mididrumigen.models.request import (
    MAX_BARS,
    MAX_SEED,
    MAX_VARIATIONS,
    PARTS,
    SWING_RANGE_PERCENT,
    TEMPO_RANGE_BPM,
    TRACKS,
)

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _together(*options: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """Options that go together, in the order in which `--help` shows them."""

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def amount(name: str, default: float, help_text: str) -> Callable[[Any], Any]:
    """Option of a control from 0 to 100."""
    return click.option(
        f"--{name}",
        type=click.FloatRange(0, 100),
        default=default,
        metavar="0-100",
        show_default=True,
        help=help_text,
    )


bars_option = click.option(
    "--bars",
    type=click.IntRange(1, MAX_BARS),
    metavar="1-32",
    help="Length. Default: 4, of a fill 1.",
)
tempo_option = click.option(
    "--tempo",
    type=click.FloatRange(*TEMPO_RANGE_BPM),
    metavar="BPM",
    help="Default: the artist's own; of a clip, the clip's.",
)
seed_option = click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), help="Same seed, same notes. Default: drawn."
)
part_option = click.option(
    "--part",
    type=click.Choice(PARTS),
    help="Default: variation 1 the loop, the others full with fills.",
)
feel_options = _together(
    click.option(
        "--swing",
        type=click.FloatRange(*SWING_RANGE_PERCENT),
        metavar="50-75",
        help="Default: the artist's own.",
    ),
    amount("humanize", 100, "Chance in timing and loudness."),
    amount("feel", 100, "Swing and early or late voices."),
    amount("timing", 100, "Chance in timing alone."),
    amount("dynamics", 100, "Loud against soft."),
)
amount_options = _together(
    amount("complexity", 50, "50 is the artist's own."),
    amount("intensity", 50, "50 is the artist's own."),
    amount("fills", 50, "50 is the artist's own; without effect on --part fill."),
)
artist_options = _together(
    click.option("--player", default="", metavar="NAME", help="Which of a band's drummers."),
    click.option("--era", default="", metavar="Y-Y", help="Years whose drummer is meant."),
    pick_option,
    click.option(
        "--blend",
        metavar="OTHER:0-1",
        help="Mix another artist in: 0.4 is two fifths of him. OTHER:1:feel takes his feel alone"
        " (grooves, fills, feel, dynamics).",
    ),
)
output_options = _together(
    click.option(
        "--map",
        "drum_map",
        default="",
        metavar="NAME|FILE",
        help="Drum map: gm, ableton, ableton16, logic, ezdrummer, superior, addictive2, roland, or"
        " your own TOML file; `mididrumigen maps` tells more. Default: gm, or the settings'.",
    ),
    click.option(
        "--tracks",
        type=click.Choice(TRACKS),
        default="one",
        show_default=True,
        help="One track, or a named one for each voice.",
    ),
    click.option("--dry-run", is_flag=True, help="Show what would be played; write nothing."),
    click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        metavar="DIR",
        help="Default: the current directory.",
    ),
    json_option,
)


def variations_option(default: int | None) -> Callable[[Any], Any]:
    """How many; None leaves it to the settings."""
    return click.option(
        "--variations",
        type=click.IntRange(1, MAX_VARIATIONS),
        metavar="1-8",
        default=default,
        help=f"How many. Default: {default or 4}.",
    )
