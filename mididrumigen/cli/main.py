"""Entry point: runs a command, turns every error into one sentence on stderr and an exit code."""

import sys
from collections.abc import Sequence

import click

from mididrumigen.cli import commands, m4l, playing, profiles, setting_up  # noqa: F401 -- they add their commands
from mididrumigen.cli.group import cli
from mididrumigen.errors import MidiDrumiGenError

_INTERRUPTED = 130


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A console or pipe with a narrow encoding must not turn a name into a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = cli.main(
            args=list(args) if args is not None else None,
            prog_name="mididrumigen",
            standalone_mode=False,
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "mididrumigen"
        return _fail(f"{error.format_message().rstrip('.')} (see {command} --help)", 2)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped; what was already found is kept", _INTERRUPTED)
    except MidiDrumiGenError as error:
        return _fail(str(error), error.exit_code)
    except Exception:
        from mididrumigen.cli.crash import record

        return _fail(f"something went wrong inside MidiDrumiGen; {record()}", 1)
    return result if isinstance(result, int) else 0


def _fail(sentence: str, code: int) -> int:
    click.echo(f"mididrumigen: {sentence}", err=True)
    return code
