"""The command line: arguments, printing and exit codes; it decides nothing.

    main       entry point; errors to one sentence and an exit code
    group      the group of all commands, and what they share
    options    what several commands share
    playing    the commands that play
    commands   those about what is known and about the program
    profiles   export and import
    setting_up settings, keys, consent
    m4l        the device for Ableton Live, put where Live finds it
    say        what a person reads, on stdout and stderr; say_program: about the program itself

Conventions: results go to stdout, progress and remarks to stderr. `--json` prints one JSON document
on stdout and nothing else there. Exit 0 done, 1 failed, 2 usage. Nothing heavy is imported before a
command needs it.
"""

from mididrumigen.cli.main import main

__all__ = ["main"]
