"""The one place where things are put together: opens all in order, closes in reverse.

    verbs       App: generate, research, show, artists, history, forget
    generator   plays: profile, player, files, history
    ask         what is asked of it
    clock       the time as it is written everywhere
    request     what was asked -> what is played, every gap filled
    resolve     a name -> the profile to play from
    network     the way out, as research uses it
    way_out     the beginning of a research: is there a network, whom do sites know by a name
    researcher  research here, or by the daemon that owns the home
    drum_maps   the drum maps that can be written, a user's own among them
    output      patterns -> files, the whole set or none
    unbroken    work that goes on to its end whoever is cancelled
    similar     who is like whom
    texts       the texts that are compared for it, read by the model and kept
    describe    a stored artist -> what is compared
    results     what the verbs answer
    clips       the user's own clip, from a file or from a DAW
    takes       a take of the history: its file again, its notes page by page, its hands
    settings    the settings in force, and changing them
    key_check   whether a service takes a key
    setting_up  what the user decides: settings, keys, consent
    profile_file  a profile as one readable file, and back
    edit        a take with other notes than it was played with
    tasks       the verbs as jobs, which outlive the call and the process
    library     MIDI libraries, known by artist without being read; walk: what a worker does for it
    owner       the one process that does the work of a home
    remote      the daemon, asked by a command beside it
    uploads     files that are handed over, until they are read
    reveal      show a file in the file manager
    shipped     files that are shipped and are no code
    device      the device for Ableton Live, put where Live finds it; user_library: where that is
    log         the log: JSON lines, turned over before it grows large
    doctor      what works here and what to do about the rest

Edges (the command line, HTTP) talk to App and to nothing below it.
"""

from mididrumigen.app.ask import GenerateAsk
from mididrumigen.app.results import GenerateResult, ResearchResult, ShowResult
from mididrumigen.app.verbs import App

__all__ = ["App", "GenerateAsk", "GenerateResult", "ResearchResult", "ShowResult"]
