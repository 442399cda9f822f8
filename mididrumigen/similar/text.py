"""The text of an entry, which stands for it in the model.

The genre must be in it: measured on 40 descriptions, prose alone finds the genre among the three
nearest in 34 %, "{genre} drummer. {prose}" in 97 %.
"""

import hashlib
from collections.abc import Mapping

from mididrumigen.models.described import Described
from mididrumigen.similar.traits import Spread
from mididrumigen.similar.words import character

_ROLES = {"producer": "producer", "band": "band", "style": "drumming"}


def text_of(entry: Described, spreads: Mapping[str, Spread]) -> str:
    """`GENRE ROLE. ABOUT`; of an artist of whom only measurements are known, those in words."""
    role = _ROLES.get(entry.kind, "drummer")
    about = entry.about or character(entry, spreads)
    return f"{entry.genre} {role}. {about}".strip()


def text_hash(text: str) -> str:
    """16 hex digits that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
