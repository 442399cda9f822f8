"""The commands that play: in an artist's style, as an artist, and on from a clip. Each one parses,
calls a verb of App and hands the answer to `say`.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mididrumigen.cli.group import cli, json_option, pick_option, print_json, run_verb
from mididrumigen.models.request import (
    MAX_BARS,
    MAX_SEED,
    MAX_VARIATIONS,
    PARTS,
    SWING_RANGE_PERCENT,
    TEMPO_RANGE_BPM,
    TRACKS,
)

if TYPE_CHECKING:
    from mididrumigen.app import App, GenerateAsk, GenerateResult
    from mididrumigen.app.ask import ClipUse

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _together(*options: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """Options that go together, in the order in which `--help` shows them."""

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def _amount(name: str, default: float, help_text: str) -> Callable[[Any], Any]:
    """Option of a control from 0 to 100."""
    return click.option(
        f"--{name}",
        type=click.FloatRange(0, 100),
        default=default,
        metavar="0-100",
        show_default=True,
        help=help_text,
    )


_bars_option = click.option(
    "--bars",
    type=click.IntRange(1, MAX_BARS),
    metavar="1-32",
    help="Length. Default: 4, of a fill 1.",
)
_tempo_option = click.option(
    "--tempo",
    type=click.FloatRange(*TEMPO_RANGE_BPM),
    metavar="BPM",
    help="Default: the artist's own; of a clip, the clip's.",
)
_seed_option = click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), help="Same seed, same notes. Default: drawn."
)
_part_option = click.option(
    "--part",
    type=click.Choice(PARTS),
    help="Default: variation 1 the loop, the others full with fills.",
)
_feel_options = _together(
    click.option(
        "--swing",
        type=click.FloatRange(*SWING_RANGE_PERCENT),
        metavar="50-75",
        help="Default: the artist's own.",
    ),
    _amount("humanize", 100, "Chance in timing and loudness."),
    _amount("feel", 100, "Swing and early or late voices."),
    _amount("timing", 100, "Chance in timing alone."),
    _amount("dynamics", 100, "Loud against soft."),
)
_amount_options = _together(
    _amount("complexity", 50, "50 is the artist's own."),
    _amount("intensity", 50, "50 is the artist's own."),
    _amount("fills", 50, "50 is the artist's own; without effect on --part fill."),
)
_artist_options = _together(
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
_output_options = _together(
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


def _variations_option(default: int | None) -> Callable[[Any], Any]:
    return click.option(
        "--variations",
        type=click.IntRange(1, MAX_VARIATIONS),
        metavar="1-8",
        default=default,
        help=f"How many. Default: {default or 4}.",
    )


@cli.command()
@click.argument("artist")
@_bars_option
@_tempo_option
@click.option(
    "--time-signature", metavar="4/4", help="2/4 to 7/4, 5/8 to 12/8. Default: the artist's own."
)
@_variations_option(None)
@_seed_option
@_part_option
@click.option(
    "--provider",
    type=click.Choice(["auto", "none", "anthropic", "openai", "google", "local"]),
    default="auto",
    show_default=True,
    help="Which model advises; this version plays without.",
)
@_feel_options
@_amount_options
@click.option(
    "--research",
    type=click.Choice(["auto", "never"]),
    default="auto",
    show_default=True,
    help="Look an unknown name up in your MIDI library first.",
)
@_artist_options
@click.option(
    "--lock",
    default="",
    metavar="DRUMS",
    help="What stays of the take --from: kick, snare, hat, ride, toms ..., by commas.",
)
@click.option("--lock-bars", default="", metavar="BARS", help="Bars that stay whole: 1,3-4.")
@click.option(
    "--from", "source", default="", metavar="GENERATION/N", help="The take: 12/2, see history."
)
@_output_options
def generate(
    artist: str,
    time_signature: str | None,
    provider: str,
    research: Any,
    lock: str,
    lock_bars: str,
    source: str,
    pick: int | None,
    dry_run: bool,
    out: Path,
    as_json: bool,
    **asked: Any,
) -> None:
    """Play in the style of ARTIST and write one MIDI file a variation.

    The files go to a folder "ARTIST - seed N" in the current directory: drag them into your DAW.
    """
    if provider not in ("auto", "none"):
        raise click.UsageError(
            f"no model can advise in this version, so not {provider} either; leave --provider out"
        )
    from mididrumigen.app.ask import LockAsk
    from mididrumigen.models import Metre

    ask = _ask(
        asked,
        metre=Metre.parse(time_signature) if time_signature is not None else None,
        research=research,
        lock=LockAsk.parse(_listed(lock), _listed(lock_bars), source),
    )
    _play(artist, ask, out, dry_run=dry_run, as_json=as_json, pick=pick)


_clip_argument = click.argument(
    "clip", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="CLIP.mid"
)


@cli.command("play-as")
@click.argument("artist")
@_clip_argument
@_tempo_option
@_variations_option(1)
@_seed_option
@_feel_options
@_amount("intensity", 50, "50 is the artist's own.")
@_artist_options
@_output_options
def play_as(
    artist: str, clip: Path, pick: int | None, dry_run: bool, out: Path, as_json: bool, **asked: Any
) -> None:
    """Play your own CLIP.mid with the feel of ARTIST: every stroke stays, when and how loud it
    sounds becomes the artist's.
    """
    _play(
        artist,
        _ask(asked),
        out,
        dry_run=dry_run,
        as_json=as_json,
        pick=pick,
        clip=(clip, "play-as"),
    )


@cli.command("continue")
@_clip_argument
@click.option("--artist", required=True, metavar="NAME", help="Who goes on.")
@_bars_option
@_tempo_option
@_variations_option(None)
@_seed_option
@_part_option
@_feel_options
@_amount_options
@_artist_options
@_output_options
def continue_clip(
    clip: Path, artist: str, pick: int | None, dry_run: bool, out: Path, as_json: bool, **asked: Any
) -> None:
    """Go on with your own CLIP.mid as ARTIST would: your groove, the artist's variations, fills and
    feel.
    """
    _play(
        artist,
        _ask(asked),
        out,
        dry_run=dry_run,
        as_json=as_json,
        pick=pick,
        clip=(clip, "continue"),
    )


def _listed(text: str) -> list[str]:
    return [word for word in text.split(",") if word.strip()]


def _ask(asked: dict[str, Any], **more: Any) -> "GenerateAsk":
    """The ask of the options that all commands share, and of some more."""
    from mididrumigen.app import GenerateAsk
    from mididrumigen.app.ask import BlendAsk
    from mididrumigen.models import Controls

    controls = {f: asked.pop(f) for f in Controls.__dataclass_fields__ if f in asked}
    blend = asked.pop("blend")
    return GenerateAsk(
        controls=Controls(**controls),
        tempo_bpm=asked.pop("tempo"),
        blend=BlendAsk.parse(blend) if blend else None,
        **asked,
        **more,
    )


def _play(
    artist: str,
    ask: "GenerateAsk",
    out: Path,
    *,
    dry_run: bool,
    as_json: bool,
    pick: int | None,
    clip: "tuple[Path, ClipUse] | None" = None,
) -> None:
    """Have it played, and say what came of it."""
    from mididrumigen.app.ask import ClipAsk

    async def verb(app: "App") -> "GenerateResult":
        name, artist_id = await app.pick(artist, pick)
        wanted = ask
        if clip:
            path, use = clip
            wanted = replace(ask, clip=ClipAsk(await app.read_clip(path), use))
        return await app.generate(name, wanted, None if dry_run else out, artist_id=artist_id)

    result = run_verb(verb)
    if as_json:
        print_json(result.to_json())
    else:
        from mididrumigen.cli.say import say_generated

        say_generated(result)
