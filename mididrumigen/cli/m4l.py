"""`m4l`: the device for Ableton Live, and putting it where Live finds it."""

from pathlib import Path

import click

from mididrumigen.cli.group import cli


@cli.group()
def m4l() -> None:
    """Put the Max for Live device into Ableton Live, or say where it is."""


@m4l.command()
@click.option(
    "--user-library",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Default: the one that Live's own settings name.",
)
def install(user_library: Path | None) -> None:
    """Copy the device into Live's User Library; one that is there already is replaced.

    It needs Live Suite, or Live Standard with Max for Live.
    """
    from mididrumigen.app.device import install_device

    click.echo(f"Wrote {install_device(user_library)}")
    click.echo(
        "In Live's browser: User Library, MIDI Effects, Max MIDI Effect; drag MidiDrumiGen onto a"
        " MIDI track. Where it is on a track already, delete it there first: Live does not change"
        " devices that are in use."
    )


@m4l.command()
def path() -> None:
    """Print where the device file is: drag it onto a MIDI track in Live."""
    from mididrumigen.app.device import device_file

    click.echo(device_file())
