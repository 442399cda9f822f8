"""The error tree: everything this program raises on purpose.

    MidiDrumiGenError
    |- InputError        what was asked cannot be meant: an empty name, 40 bars, 5/3     (exit 2)
    |  `- TooLarge       more bytes than are taken
    |- ConfigError       the configuration file cannot be used
    |- MidiError         a MIDI file cannot be read
    |- NoteListError     a note list breaks its rules
    |- KnowledgeError    a file of built-in knowledge breaks its rules
    |- ArtistUnknown     nothing is stored or built in under this name
    |- ResearchError     research ended with nothing to learn from
    |- SourceUnavailable a site cannot be asked, or answers nothing that can be used
    |- StoreError        the database cannot be opened, read or written
    |- OutputError       the files could not be written
    |- WorkerError       a worker process died
    |- ModelError        the text model of `similar` cannot be loaded
    |- OwnerError        another process does the work of this home, and cannot be asked
    |- NotFound          no task, generation or upload of this id
    |- Busy              too much is waiting already
    |- NotYet            a part of the program that is not in this version
    `- ServerError       the daemon cannot be started or reached

`message` says what is wrong and `hint` what to do about it; `str(error)` is both in one sentence.
Errors of libraries are wrapped where they enter (`raise ... from error`). "Nothing found" is an
empty result, not an error.
"""


class MidiDrumiGenError(Exception):
    """Base of every error raised on purpose, made of a message and a hint for the user."""

    exit_code = 1
    """Exit status of the command line when this error ends it."""
    code = "failed"
    """What programs know it by."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message, self.hint = message, hint


class InputError(MidiDrumiGenError):
    """A request that cannot be meant; the text names the argument and its range."""

    exit_code = 2
    code = "invalid"


class TooLarge(InputError):
    """More bytes were handed over than are taken."""

    code = "too_large"


class ConfigError(MidiDrumiGenError):
    """The configuration file cannot be read, parsed or accepted."""

    code = "bad_configuration"


class MidiError(MidiDrumiGenError):
    """A MIDI file cannot be read; the text is the reason, without the file's name."""

    code = "bad_midi"


class NoteListError(MidiDrumiGenError):
    """A note list breaks a rule of its format; the text names the first note that does."""

    code = "bad_note_list"


class KnowledgeError(MidiDrumiGenError):
    """A file of built-in knowledge breaks a rule of its format; the text names file and entry."""

    code = "bad_knowledge"


class ArtistUnknown(MidiDrumiGenError):
    """Nothing is stored or built in under the name that was asked for."""

    code = "unknown_artist"


class ResearchError(MidiDrumiGenError):
    """Research ended without a single usable piece of evidence."""

    code = "nothing_found"


class SourceUnavailable(MidiDrumiGenError):
    """A site cannot be asked or gave no answer that can be used; the text says why."""

    code = "source_unavailable"


class StoreError(MidiDrumiGenError):
    """The database cannot be opened, read or written."""

    code = "database"


class OutputError(MidiDrumiGenError):
    """The result could not be written; nothing half-written is left behind."""

    code = "not_written"


class WorkerError(MidiDrumiGenError):
    """A worker process could not be begun, or died at work."""

    code = "worker_died"


class ModelError(MidiDrumiGenError):
    """The text model of `similar` cannot be loaded or is not what it should be."""

    code = "no_model"


class OwnerError(MidiDrumiGenError):
    """Another process owns the home."""

    code = "owned"


class NotFound(MidiDrumiGenError):
    """There is nothing of the id that was asked for."""

    code = "not_found"


class Busy(MidiDrumiGenError):
    """Too much is waiting already; later there may be room."""

    code = "busy"


class NotYet(MidiDrumiGenError):
    """What was asked for is not in this version."""

    code = "not_implemented"


class ServerError(MidiDrumiGenError):
    """The daemon cannot be started, or a running one cannot be reached."""

    code = "server"


def explained(error: MidiDrumiGenError) -> dict[str, str]:
    """`{code, message, hint}` of an error."""
    return {"code": error.code, "message": error.message, "hint": error.hint}
