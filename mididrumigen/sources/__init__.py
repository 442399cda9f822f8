"""Where evidence comes from: one origin a file.

To add a source: its file here (a class with `name`, `kind` and `collect`, made with its settings
and the tools; parsing apart, pure and tested), one line in `SOURCES`, its test, its fixture.
"""

from collections.abc import Mapping

from mididrumigen.config import SourceSettings
from mididrumigen.models import Source
from mididrumigen.sources.acousticbrainz import AcousticBrainz
from mididrumigen.sources.builtin import Builtin
from mididrumigen.sources.deezer import Deezer
from mididrumigen.sources.discogs import Discogs
from mididrumigen.sources.genius import Genius
from mididrumigen.sources.getsongbpm import GetSongBpm
from mididrumigen.sources.lastfm import LastFm
from mididrumigen.sources.listenbrainz import ListenBrainz
from mididrumigen.sources.local_midi import LocalMidi
from mididrumigen.sources.reccobeats import ReccoBeats
from mididrumigen.sources.tools import Tools

__all__ = ["SOURCES", "Tools", "enabled_sources"]

SOURCES = (
    Builtin,
    LocalMidi,
    AcousticBrainz,
    ReccoBeats,
    Deezer,
    Discogs,
    GetSongBpm,
    LastFm,
    Genius,
    ListenBrainz,
)
"""In the order in which they are asked and shown."""


def enabled_sources(settings: Mapping[str, SourceSettings], tools: Tools) -> list[Source]:
    """Every source that is switched on."""
    return [
        source(settings[source.name], tools) for source in SOURCES if settings[source.name].enabled
    ]
