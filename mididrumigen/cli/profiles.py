"""`export` and `import`: what is known about an artist as one file, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mididrumigen.cli.group import cli, json_option, pick_option, print_json, run_verb

if TYPE_CHECKING:
    from mididrumigen.app import App


@cli.command()
@click.argument("artist")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Default: ARTIST - style.json in this folder.",
)
@pick_option
def export(artist: str, out: Path | None, pick: int | None) -> None:
    """Write what is known about ARTIST to one readable JSON file, for `import` elsewhere."""
    import json

    from mididrumigen.errors import OutputError
    from mididrumigen.files import write_whole
    from mididrumigen.models.names import file_name

    async def verb(app: "App") -> dict[str, Any]:
        return await app.export(*await app.pick(artist, pick))

    document = run_verb(verb)
    target = out or Path(file_name(f"{document['artist']['name']} - style.json"))
    try:
        write_whole(target, json.dumps(document, indent=1).encode(), 0o644)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error
    click.echo(f"Wrote {target}, {len(document['evidence'])} pieces of evidence")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def import_profile(file: Path, as_json: bool) -> None:
    """Take in a profile that `export` wrote, beside what is known of its artist."""
    from mididrumigen.app.profile_file import MAX_FILE_BYTES
    from mididrumigen.errors import InputError

    try:
        with open(file, "rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from error
    profile, count = run_verb(lambda app: app.take_in(content, file.name))
    if as_json:
        print_json(
            {
                "artist": profile.artist_name,
                "basis": profile.basis,
                "confidence": profile.confidence_score,
                "evidence": count,
            }
        )
        return
    click.echo(
        f"{profile.artist_name} is known from {count} pieces of evidence; "
        f'`mididrumigen generate "{profile.artist_name}"` plays'
    )
