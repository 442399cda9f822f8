"""Every source, in the order in which they are shown. To add one: a line in `SOURCES`.

Conventions: whoever plays does not import this file, which brings all sources.
"""

from collections.abc import Mapping

from mididrumigen.config import SourceSettings
from mididrumigen.models import Source
from mididrumigen.sources.acousticbrainz import AcousticBrainz
from mididrumigen.sources.arxiv import Arxiv
from mididrumigen.sources.bitmidi import BitMidi
from mididrumigen.sources.builtin import Builtin
from mididrumigen.sources.crossref import Crossref
from mididrumigen.sources.dbpedia import DBpedia
from mididrumigen.sources.deezer import Deezer
from mididrumigen.sources.discogs import Discogs
from mididrumigen.sources.drummerworld import Drummerworld
from mididrumigen.sources.freemidi import FreeMidi
from mididrumigen.sources.genius import Genius
from mididrumigen.sources.getsongbpm import GetSongBpm
from mididrumigen.sources.guardian import Guardian
from mididrumigen.sources.lastfm import LastFm
from mididrumigen.sources.listenbrainz import ListenBrainz
from mididrumigen.sources.local_midi import LocalMidi
from mididrumigen.sources.moderndrummer import ModernDrummer
from mididrumigen.sources.musicbrainz import MusicBrainz
from mididrumigen.sources.openalex import OpenAlex
from mididrumigen.sources.reccobeats import ReccoBeats
from mididrumigen.sources.searxng import Searxng
from mididrumigen.sources.semanticscholar import SemanticScholar
from mididrumigen.sources.tools import Tools
from mididrumigen.sources.web import Web
from mididrumigen.sources.wikidata import Wikidata
from mididrumigen.sources.wikipedia import Wikipedia

SOURCES = (
    Builtin,
    LocalMidi,
    MusicBrainz,
    Wikipedia,
    Wikidata,
    AcousticBrainz,
    ReccoBeats,
    Deezer,
    GetSongBpm,
    Discogs,
    LastFm,
    Genius,
    ListenBrainz,
    DBpedia,
    Web,
    Drummerworld,
    ModernDrummer,
    Guardian,
    Searxng,
    Crossref,
    OpenAlex,
    SemanticScholar,
    Arxiv,
    BitMidi,
    FreeMidi,
)
"""In the order in which they are shown."""


def enabled_sources(settings: Mapping[str, SourceSettings], tools: Tools) -> list[Source]:
    """Every source that is switched on."""
    return [
        source(settings[source.name], tools) for source in SOURCES if settings[source.name].enabled
    ]
