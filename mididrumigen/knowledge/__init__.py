"""What is known before any research: styles and artists, in files that people can edit
(`data/README.md`).

    steps     step notation -> bars
    library   the files, checked, and what they say about a name, as evidence

Editorial facts: confidence 0.2-0.4, always outvoted by measurement; "in the style of", no
endorsement.
"""

from mididrumigen.knowledge.library import Known, Library

__all__ = ["Known", "Library"]
