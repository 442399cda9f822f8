"""The commands about what is known and about the program. Each one parses, calls a verb of App and
hands the answer to `say`.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mididrumigen.cli.group import cli, json_option, paths, pick_option, print_json, run_verb

if TYPE_CHECKING:
    from mididrumigen.app import App, ResearchResult


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
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="URL",
    help="An article or interview to read; may be given more than once.",
)
@click.option(
    "--depth",
    type=click.Choice(["quick", "full"]),
    default="full",
    show_default=True,
    help="quick: 15 seconds at most, without papers and with few articles; --url makes it full.",
)
@click.option(
    "--augment", is_flag=True, help="Say what is new; what is known is kept in either case."
)
@pick_option
@json_option
def research(
    artist: str,
    midi_paths: tuple[Path, ...],
    urls: tuple[str, ...],
    depth: str,
    augment: bool,
    pick: int | None,
    as_json: bool,
) -> None:
    """Learn how ARTIST drums and keep it.

    Asks the sources that are on, all at once: sites of music facts, articles, papers, your MIDI
    library, and the files and articles you hand over. What was learnt before is kept. Ctrl-C stops
    it, and what was found until then stays.
    """
    from mididrumigen.cli.say import progress_bar, say_researched
    from mididrumigen.models import Inputs

    with progress_bar(f"Researching {artist}") as progress:

        async def verb(app: "App") -> "ResearchResult":
            name, artist_id = await app.pick(artist, pick)
            inputs = Inputs(midi_paths, urls=urls, is_quick=depth == "quick" and not urls)
            return await app.research(name, inputs, progress, artist_id=artist_id)

        result = run_verb(verb)
    if as_json:
        print_json(result.to_json())
    else:
        say_researched(result, with_changes=augment)


@cli.command()
@click.argument("artist")
@json_option
def show(artist: str, as_json: bool) -> None:
    """Show what is known about ARTIST, how sure it is, and what each number rests on."""
    result = run_verb(lambda app: app.show(artist))
    if as_json:
        print_json(result.to_json())
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
        result = run_verb(
            lambda app: (
                app.similar.to_text(text, limit=limit, progress=progress)
                if text is not None
                else app.similar.to_artist(artist or "", limit=limit, progress=progress)
            )
        )
    if as_json:
        print_json(result.to_json())
    else:
        say_similar(result)


@cli.command()
@click.argument("query", required=False)
@json_option
def artists(query: str | None, as_json: bool) -> None:
    """List who is known, or those whose names are like QUERY."""
    found = run_verb(lambda app: app.artists(query))
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
        print_json({"artists": rows})
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
    found = run_verb(lambda app: app.history(limit))
    if as_json:
        print_json({"generations": found})
    else:
        from mididrumigen.cli.say import say_history

        say_history(found)


@cli.command()
@click.argument("name", required=False)
@json_option
def maps(name: str | None, as_json: bool) -> None:
    """List the drum maps, or print the one of a NAME or path as a file to edit.

    `mididrumigen maps gm > my-kit.toml`, then `mididrumigen generate ARTIST --map my-kit.toml`.
    """
    from mididrumigen.app.drum_maps import all_maps, find_map
    from mididrumigen.midi.own_map import map_text

    folder = paths().maps
    if name is not None:
        drum_map = find_map(name, folder)
        if as_json:
            notes = dict(drum_map.notes)
            print_json({"name": drum_map.name, "title": drum_map.title, "notes": notes})
        else:
            click.echo(map_text(drum_map), nl=False)
        return
    found, wrong = all_maps(folder)
    if as_json:
        print_json({"maps": [{"name": m.name, "title": m.title} for m in found], "wrong": wrong})
    else:
        from mididrumigen.cli.say_program import say_maps

        say_maps(found, wrong, folder)


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
    name, count = run_verb(lambda app: app.forget(artist))
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
@click.option("--open", "opens", is_flag=True, help="Show the studio page in the browser.")
@click.option("--debug", is_flag=True, help="Log whatever holds the program up.")
def serve(host: str, port: int | None, token: str, opens: bool, debug: bool) -> None:
    """Run the daemon: the studio page, and generate and research for other programs of this
    machine, over HTTP.
    """
    from mididrumigen.cli.daemon import run_daemon
    from mididrumigen.web.guard import LOOPBACK

    if opens and host not in LOOPBACK:
        raise click.UsageError("--open is for this machine alone: a browser sends no token")
    run_daemon(paths(), host=host, port=port, token=token, debug=debug, opens=opens)


@cli.command()
@json_option
def doctor(as_json: bool) -> int:
    """Check what works here and say what to do about the rest."""
    import asyncio

    from mididrumigen.app.doctor import examine

    checks = asyncio.run(examine(paths()))
    if as_json:
        print_json({"checks": [{"name": c.name, "state": c.state, "text": c.text} for c in checks]})
    else:
        from mididrumigen.cli.say_program import say_checks

        say_checks(checks)
    return int(any(c.state == "problem" for c in checks))
