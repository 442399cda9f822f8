"""Every command with its arguments. Each one parses, calls a verb of App and hands the answer to
`say`.
"""

import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mididrumigen import __version__
from mididrumigen.config import Paths, find_paths
from mididrumigen.models.request import (
    MAX_BARS,
    MAX_SEED,
    MAX_VARIATIONS,
    PARTS,
    SWING_RANGE_PERCENT,
    TEMPO_RANGE_BPM,
)

if TYPE_CHECKING:
    from mididrumigen.app import App

_Result = TypeVar("_Result")
_Command = TypeVar("_Command", bound=Callable[..., Any])

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def _amount(name: str, default: float, help_text: str) -> Callable[[_Command], _Command]:
    """Option of a control from 0 to 100."""
    return click.option(
        f"--{name}",
        type=click.FloatRange(0, 100),
        default=default,
        metavar="0-100",
        show_default=True,
        help=help_text,
    )


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, message="MidiDrumiGen %(version)s")
def cli() -> None:
    """Drum MIDI in the style of any artist, band or drummer, with the reasons shown.

    \b
    mididrumigen generate "John Bonham"
    mididrumigen research "My Drummer" --midi FOLDER
    """


@cli.command()
@click.argument("artist")
@click.option(
    "--bars",
    type=click.IntRange(1, MAX_BARS),
    metavar="1-32",
    help="Length. Default: 4, of a fill 1.",
)
@click.option(
    "--tempo",
    type=click.FloatRange(*TEMPO_RANGE_BPM),
    metavar="BPM",
    help="Default: the artist's own.",
)
@click.option(
    "--time-signature", metavar="4/4", help="2/4 to 7/4, 5/8 to 12/8. Default: the artist's own."
)
@click.option(
    "--variations",
    type=click.IntRange(1, MAX_VARIATIONS),
    metavar="1-8",
    help="How many. Default: 4.",
)
@click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), help="Same seed, same notes. Default: drawn."
)
@click.option(
    "--part",
    type=click.Choice(PARTS),
    help="Default: variation 1 the loop, the others full with fills.",
)
@click.option(
    "--provider",
    type=click.Choice(["auto", "none", "anthropic", "openai", "google", "local"]),
    default="auto",
    show_default=True,
    help="Which model advises; this version plays without.",
)
@click.option(
    "--swing",
    type=click.FloatRange(*SWING_RANGE_PERCENT),
    metavar="50-75",
    help="Default: the artist's own.",
)
@_amount("humanize", 100, "Chance in timing and loudness.")
@_amount("feel", 100, "Swing and early or late voices.")
@_amount("timing", 100, "Chance in timing alone.")
@_amount("dynamics", 100, "Loud against soft.")
@_amount("complexity", 50, "50 is the artist's own.")
@_amount("intensity", 50, "50 is the artist's own.")
@_amount("fills", 50, "50 is the artist's own; without effect on --part fill.")
@click.option(
    "--research",
    type=click.Choice(["auto", "never"]),
    default="auto",
    show_default=True,
    help="Look an unknown name up in your MIDI library first.",
)
@click.option("--player", default="", metavar="NAME", help="Which of a band's drummers.")
@click.option("--era", default="", metavar="Y-Y", help="Years whose drummer is meant.")
@click.option("--dry-run", is_flag=True, help="Show what would be played; write nothing.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Default: the current directory.",
)
@json_option
def generate(
    artist: str,
    bars: int | None,
    tempo: float | None,
    time_signature: str | None,
    variations: int | None,
    seed: int | None,
    part: Any,
    provider: str,
    research: Any,
    player: str,
    era: str,
    dry_run: bool,
    out: Path,
    as_json: bool,
    **controls: float | None,
) -> None:
    """Play in the style of ARTIST and write one MIDI file a variation.

    The files go to a folder "ARTIST - seed N" in the current directory: drag them into your DAW.
    """
    if provider not in ("auto", "none"):
        raise click.UsageError(
            f"no model can advise in this version, so not {provider} either; leave --provider out"
        )
    from mididrumigen.app import GenerateAsk
    from mididrumigen.models import Controls, Metre

    ask = GenerateAsk(
        bars=bars,
        tempo_bpm=tempo,
        metre=Metre.parse(time_signature) if time_signature is not None else None,
        variations=variations,
        seed=seed,
        part=part,
        controls=Controls(**controls),  # type: ignore[arg-type]  # click gives every control but swing a number
        research=research,
        player=player,
        era=era,
    )
    result = _run(lambda app: app.generate(artist, ask, None if dry_run else out))
    if as_json:
        _print_json(result.to_json())
    else:
        from mididrumigen.cli.say import say_generated

        say_generated(result)


@cli.command()
@click.argument("artist")
@click.option(
    "--midi",
    "midi_paths",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    metavar="PATH",
    help="A MIDI file or a folder of them; may be given more than once.",
)
@json_option
def research(artist: str, midi_paths: tuple[Path, ...], as_json: bool) -> None:
    """Learn how ARTIST drums and keep it.

    Learns from the MIDI files you hand over and from those of your MIDI library that carry the
    artist's name. What was learnt before is kept; a file that is given again is read again.
    """
    from mididrumigen.cli.say import progress_bar, say_researched
    from mididrumigen.models import Inputs

    with progress_bar(f"Researching {artist}") as progress:
        result = _run(lambda app: app.research(artist, Inputs(midi_paths), progress))
    if as_json:
        _print_json(result.to_json())
    else:
        say_researched(result)


@cli.command()
@click.argument("artist")
@json_option
def show(artist: str, as_json: bool) -> None:
    """Show what is known about ARTIST, how sure it is, and what each number rests on."""
    result = _run(lambda app: app.show(artist))
    if as_json:
        _print_json(result.to_json())
    else:
        from mididrumigen.cli.say import say_profile

        say_profile(result)


@cli.command()
@click.argument("artist", required=False)
@click.option("--text", metavar="T", help='In your own words: "swung hip hop with a late snare".')
@click.option(
    "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many."
)
@json_option
def similar(artist: str | None, text: str | None, limit: int, as_json: bool) -> None:
    """Find who drums most like ARTIST, a style or your own words, and why."""
    if (artist is None) == (text is None):
        raise click.UsageError("name an artist, or say what you look for with --text")
    from mididrumigen.cli.say import progress_bar, say_similar

    with progress_bar("Comparing") as progress:
        result = _run(
            lambda app: (
                app.similar.to_text(text, limit=limit, progress=progress)
                if text is not None
                else app.similar.to_artist(artist or "", limit=limit, progress=progress)
            )
        )
    if as_json:
        _print_json(result.to_json())
    else:
        say_similar(result)


@cli.command()
@click.argument("query", required=False)
@json_option
def artists(query: str | None, as_json: bool) -> None:
    """List who is known, or those whose names are like QUERY."""
    found = _run(lambda app: app.artists(query))
    if as_json:
        rows = [
            {
                "name": a.name,
                "basis": a.basis,
                "confidence": a.confidence,
                "sources_count": a.sources_count,
                "updated_at": a.updated_at,
            }
            for a in found
        ]
        _print_json({"artists": rows})
    else:
        from mididrumigen.cli.say import say_artists

        say_artists(found, query)


@cli.command()
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many."
)
@json_option
def history(limit: int, as_json: bool) -> None:
    """List what was generated, the newest first."""
    found = _run(lambda app: app.history(limit))
    if as_json:
        _print_json({"generations": found})
    else:
        from mididrumigen.cli.say import say_history

        say_history(found)


@cli.command()
@click.argument("artist")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(artist: str, yes: bool) -> None:
    """Remove what was researched about ARTIST. Generated files and the history stay."""
    from mididrumigen.models.names import clean_name

    artist = clean_name(artist)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError(
                f"nobody can be asked here whether to forget {artist}; add --yes"
            )
        click.confirm(f"Forget everything researched about {artist}?", abort=True, err=True)
    name, count = _run(lambda app: app.forget(artist))
    click.echo(f"Forgot {name}: {count} pieces of evidence removed.")


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Others need a token.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="This one or none. Default: the first free one of 8000-8009.",
)
@click.option(
    "--token",
    envvar="MIDIDRUMIGEN_TOKEN",
    default="",
    metavar="TOKEN",
    help="What every request must carry where --host is not this machine alone; better set in"
    " MIDIDRUMIGEN_TOKEN, which no list of processes shows.",
)
@click.option("--debug", is_flag=True, help="Log whatever holds the program up.")
def serve(host: str, port: int | None, token: str, debug: bool) -> None:
    """Run the daemon: generate and research for other programs of this machine, over HTTP."""
    from mididrumigen.cli.daemon import run_daemon

    run_daemon(_paths(), host=host, port=port, token=token, debug=debug)


@cli.group()
def config() -> None:
    """Show the settings, where they are, or begin a file of your own."""


@config.command("show")
def config_show() -> None:
    """Print the settings in force as TOML-like lines."""
    from mididrumigen.cli.say import say_config
    from mididrumigen.config import load_config

    paths = _paths()
    say_config(load_config(paths.config), paths.config)


@config.command("path")
def config_path() -> None:
    """Print where the configuration file is, or would be."""
    click.echo(_paths().config)


@config.command("init")
def config_init() -> None:
    """Write a configuration file with every setting at its default; an existing one is left
    alone.
    """
    from mididrumigen.cli.example import write_example

    path = _paths().config
    write_example(path)
    click.echo(f"Wrote {path}")


@cli.command()
@json_option
def doctor(as_json: bool) -> int:
    """Check what works here and say what to do about the rest."""
    import asyncio

    from mididrumigen.app.doctor import examine

    checks = asyncio.run(examine(_paths()))
    if as_json:
        _print_json(
            {"checks": [{"name": c.name, "state": c.state, "text": c.text} for c in checks]}
        )
    else:
        from mididrumigen.cli.say import say_checks

        say_checks(checks)
    return int(any(c.state == "problem" for c in checks))


def _paths() -> Paths:
    return find_paths(os.environ)


def _run(verb: "Callable[[App], Awaitable[_Result]]") -> _Result:
    """Answer of one verb, with the program opened and closed around it."""
    import asyncio

    from mididrumigen.app import App
    from mididrumigen.config import load_config

    answers: list[_Result] = []

    async def run() -> None:
        # Not returned: asyncio writes out the result of its main task as it ends, in 60 ms.
        paths = _paths()
        async with App.open(load_config(paths.config), paths) as app:
            answers.append(await verb(app))

    asyncio.run(run())
    return answers[0]


def _print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, indent=1))
