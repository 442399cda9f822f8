"""What is known before any research: styles and artists, in files that people can edit
(`data/README.md`).

    entries   the files, read entry by entry
    steps     step notation -> bars
    evidence  an entry as evidence
    years     when somebody drummed where
    library   what is known about a name
    spelling  which known name a misspelt one is meant for
    reading   what a name may mean that is not known as it stands
    described every entry as it is compared with others
    check     the rules of the files

Editorial facts: confidence 0.2-0.4, always outvoted by measurement; "in the style of", no
endorsement.
"""

from mididrumigen.knowledge.library import Known, Library

__all__ = ["Known", "Library"]
