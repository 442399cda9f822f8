"""The commands that play: in an artist's style, as an artist, and on from a clip. Each one parses,
calls a verb of App and hands the answer to `say`.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mididrumigen.cli.group import cli, print_json, run_verb
from mididrumigen.cli.options import (
    amount,
    amount_options,
    artist_options,
    bars_option,
    feel_options,
    output_options,
    part_option,
    seed_option,
    tempo_option,
    variations_option,
)

if TYPE_CHECKING:
    from mididrumigen.app import App, GenerateAsk, GenerateResult
    from mididrumigen.app.ask import ClipUse


@cli.command()
@click.argument("artist")
@bars_option
@tempo_option
@click.option(
    "--time-signature", metavar="4/4", help="2/4 to 7/4, 5/8 to 12/8. Default: the artist's own."
)
@variations_option(None)
@seed_option
@part_option
@click.option(
    "--provider",
    type=click.Choice(["auto", "none", "anthropic", "openai", "google", "local"]),
    default="auto",
    show_default=True,
    help="Which model advises; this version plays without.",
)
@feel_options
@amount_options
@click.option(
    "--research",
    type=click.Choice(["auto", "never"]),
    default="auto",
    show_default=True,
    help="Look an unknown name up in your MIDI library first.",
)
@artist_options
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
@output_options
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
@tempo_option
@variations_option(1)
@seed_option
@feel_options
@amount("intensity", 50, "50 is the artist's own.")
@artist_options
@output_options
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
@bars_option
@tempo_option
@variations_option(None)
@seed_option
@part_option
@feel_options
@amount_options
@artist_options
@output_options
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
