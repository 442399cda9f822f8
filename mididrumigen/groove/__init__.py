"""Measuring: hits -> bars on a grid -> grooves, fills and traits. The only place that measures.

    traits     the vocabulary of traits: names, units, ranges
    pulse      beats and metrical weights of a metre; syncopation
    grid       where the steps of a quarter note lie; which grid a take is on
    beats      where the bars of a take are, as stated or as the playing shows; with no_click,
               beat_track, bar_lines, habits and clock
    bars       a take cut into bars of strokes
    fills      grooves told from fills
    fold       similarity of bars; near-duplicates folded and weighed
    feel       swing, push and looseness a family of voices
    clip       somebody's own clip as bars, without losing a stroke
    measure    all of it for one take
    tab        a bar as text, to read

Pure functions of a take: no files, no names, no opinion.
"""

from mididrumigen.groove.fold import fold, jaccard
from mididrumigen.groove.measure import measure
from mididrumigen.groove.tab import tab

__all__ = ["fold", "jaccard", "measure", "tab"]
