"""The error tree: everything this program raises on purpose.

    MidiDrumiGenError
    |- InputError        what was asked cannot be meant: an empty name, 40 bars, 5/3     (exit 2)
    |- ConfigError       the configuration file cannot be used
    |- MidiError         a MIDI file cannot be read
    |- NoteListError     a note list breaks its rules
    |- KnowledgeError    a file of built-in knowledge breaks its rules
    |- ArtistUnknown     nothing is stored or built in under this name
    |- ResearchError     research ended with nothing to learn from
    |- StoreError        the database cannot be opened, read or written
    `- OutputError       the files could not be written

`str(error)` is one sentence for the user that says what to do. Errors of libraries are wrapped
where they enter (`raise ... from error`). "Nothing found" is an empty result, not an error.
"""


class MidiDrumiGenError(Exception):
    """Base of every error raised on purpose; its text is one sentence for the user."""

    exit_code = 1
    """Exit status of the command line when this error ends it."""


class InputError(MidiDrumiGenError):
    """A request that cannot be meant; the text names the argument and its range."""

    exit_code = 2


class ConfigError(MidiDrumiGenError):
    """The configuration file cannot be read, parsed or accepted."""


class MidiError(MidiDrumiGenError):
    """A MIDI file cannot be read; the text is the reason, without the file's name."""


class NoteListError(MidiDrumiGenError):
    """A note list breaks a rule of its format; the text names the first note that does."""


class KnowledgeError(MidiDrumiGenError):
    """A file of built-in knowledge breaks a rule of its format; the text names file and entry."""


class ArtistUnknown(MidiDrumiGenError):
    """Nothing is stored or built in under the name that was asked for."""


class ResearchError(MidiDrumiGenError):
    """Research ended without a single usable piece of evidence."""


class StoreError(MidiDrumiGenError):
    """The database cannot be opened, read or written."""


class OutputError(MidiDrumiGenError):
    """The result could not be written; nothing half-written is left behind."""
