"""Which notes of a file are drums.

Conventions: a part is what one track plays on one channel. Channel 10 is drums by the standard;
several tracks of it (kit and percussion) are drums together. Elsewhere a part is drums where its
track is named so and it looks like it, or where nothing better is there and it looks very much like
it. What drums look like: the pitches of a kit, kick, snare and cymbals among them, several at once.
A note of velocity 0 is the end of one.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mididrumigen.drums import HIGHEST_NOTE, LOWEST_NOTE
from mididrumigen.midi.song import Song

DRUM_CHANNEL = 9
"""Channel 10 of the musician."""

Struck = tuple[int, int, int]
"""(tick, pitch, velocity)."""

_MIN_NOTES = 8
_DRUM_NAME = re.compile(
    r"\bdrums?\b|drum ?(?:kit|set|track)|drumkit|bass ?drum|\bperc\b|percussion|batteri|bater[ií]a"
    r"|schlag(?:zeug|werk)|trommel|caisse|ударн|\bkit\b|\bkick\b|\bsnare\b|hi-?hats?\b|\bhats?\b"
    r"|cymbal|\bcrash\b|\bride\b|\bsplash\b|\bchina\b|\btoms?\b|cowbell|\bclaps?\b|\bside ?stick\b"
    r"|conga|bongo|tambour|shaker|timbale|maraca|\bbd\b|\bsd\b|\bhh\b",
    re.IGNORECASE,
)
_OTHER_NAME = re.compile(
    r"steel ?drum|bass(?! ?drum)|guitar|piano|organ|vocal|string|synth|lead|melod", re.IGNORECASE
)
_KICKS, _SNARES = {35, 36}, {37, 38, 39, 40}
_CYMBALS = {22, 26, 42, 44, 46, 49, 51, 52, 53, 55, 57, 59}
_LIKELY, _PLAIN = 0.4, 0.7
"""How much a part must look like drums (0-1) to be taken for it with a name that says so, and
without."""
_FEW_PITCHES = 4
"""A part with a drum's name and no more pitches than these needs to look like nothing else."""
_OCTAVE = 12


@dataclass(frozen=True, slots=True)
class DrumPart:
    """The drums of a file."""

    struck: tuple[Struck, ...]
    """In order of time."""
    notes: tuple[str, ...]
    """How they were found, where that is not plain, in words."""


def drum_part(song: Song) -> DrumPart:
    """The drums of a song; empty where there are none."""
    on_channel: list[Struck] = []
    named: list[list[Struck]] = []
    others: list[list[Struck]] = []
    for track in song.tracks:
        title = " ".join(text for name in track.names for text in _readings(name))
        channels = sorted({channel for _, channel, _, _ in track.notes})
        # The name of a track with several channels is that of the song.
        is_named = (
            len(channels) == 1 and bool(_DRUM_NAME.search(title)) and not _OTHER_NAME.search(title)
        )
        for channel in channels:
            struck = [(tick, p, v) for tick, c, p, v in track.notes if v and c == channel]
            if channel == DRUM_CHANNEL:
                on_channel += struck
            elif is_named:
                named.append(struck)
            else:
                others.append(struck)
    notes = []
    drums = list(on_channel)
    if len(on_channel) < _MIN_NOTES:
        drums, found = _elsewhere(named, others, song.division)
        notes += found
        if not drums:
            drums = on_channel
    else:
        more = [part for part in named if drum_likeness(part, song.division) >= _LIKELY]
        if more:
            drums += [hit for part in more for hit in part]
            notes.append("tracks named like drums off channel 10 are taken in")
    return DrumPart(tuple(sorted(drums)), tuple(notes))


def _readings(name: str) -> list[str]:
    """What a name may be: a file does not say how it is written, and it was taken for Latin-1."""
    if name.isascii() and "\0" not in name:
        return [name]
    body = name.encode("latin-1")
    readings = [name]
    for code in ("utf-16", "utf-16-le", "utf-16-be") if "\0" in name else ("utf-8", "cp1251"):
        with contextlib.suppress(UnicodeDecodeError):
            readings.append(body.decode(code))
    return readings


def _elsewhere(
    named: Sequence[list[Struck]], others: Sequence[list[Struck]], division: int
) -> tuple[list[Struck], list[str]]:
    """(notes, words) of drums that are not on channel 10."""
    # One instrument a track is common there: alone none of them looks like a kit.
    few = [part for part in named if len({pitch for _, pitch, _ in part}) <= _FEW_PITCHES]
    together = [hit for part in few for hit in part if LOWEST_NOTE <= hit[1] <= HIGHEST_NOTE]
    kits = [hit for part in named if drum_likeness(part, division) >= _LIKELY for hit in part]
    found = list({*together, *kits})
    if found:
        return found, ["not on channel 10: found by the name of the track"]
    likely = [(drum_likeness(part, division), part) for part in others]
    likeness, best = max(likely, key=lambda pair: pair[0], default=(0.0, []))
    if likeness >= _PLAIN:
        return best, ["not on channel 10: found by what is played"]
    return [], []


def drum_likeness(part: Sequence[Struck], division: int) -> float:
    """How much a part looks like a drum kit, 0-1: the mean of four signs, by how much is struck at
    once; 0 for a few notes.
    """
    if len(part) < 2 * _MIN_NOTES:
        return 0.0
    pitches = Counter(pitch for _, pitch, _ in part)
    total = len(part)
    kick, snare, cymbal = (
        sum(pitches[pitch] for pitch in group) / total for group in (_KICKS, _SNARES, _CYMBALS)
    )
    signs = (
        min(1.0, kick / 0.08),
        min(1.0, snare / 0.08),
        min(1.0, cymbal / 0.15),
        min(1.0, (kick + snare + cymbal) / 0.7),
    )
    return sum(signs) / len(signs) * _at_once(part, division)


def _at_once(part: Sequence[Struck], division: int) -> float:
    """0-1: whether several pieces are struck at once. A bass line has the pitches of kick, snare
    and hats too, but one at a time, or in octaves.
    """
    chords: dict[int, set[int]] = {}
    # Two hands never meet to the tick: what lies within a 64th is struck at once.
    window = division // 16 if division > 0 else 0
    start = -window - 1
    for tick, pitch, _ in sorted(part):
        if tick - start > window:
            start = tick
        chords.setdefault(start, set()).add(pitch)
    several = [pitches for pitches in chords.values() if len(pitches) > 1]
    if not several:
        return 0.0
    octaves = sum(any(p + _OCTAVE in pitches for p in pitches) for pitches in several)
    return min(1.0, len(several) / len(chords) / 0.1) if 2 * octaves < len(several) else 0.0
