"""Who is like whom, and why: pure functions over entries as they are described.

    styles    how near styles are
    traits    how near measured and noted traits are
    words     traits in words, and free text as what it asks for
    text      the text of an entry, which stands for it in the model
    model     texts -> vectors; heavy, for a worker
    rank      the mix of all three, and its reasons

Without the model the mix is of styles and traits alone.
"""

from mididrumigen.similar.rank import Alike, Ground, Placed, rank
from mididrumigen.similar.text import text_hash, text_of
from mididrumigen.similar.words import asked_by_text

__all__ = ["Alike", "Ground", "Placed", "asked_by_text", "rank", "text_hash", "text_of"]
