"""The Max for Live device: what it is made from, and the one file that it is.

    container   .amxd bytes <-> named files
    boxes       the objects of a Max patch, in the shapes that Max itself writes
    panel       what a musician sees: every control, field and label, with its place
    patch       panel + cords + script -> the patch
    drawing     the panel as a picture
    writer      all of it -> `MidiDrumiGen.amxd` and `panel.svg`; `python -m m4l` runs it
    script/     what the device does, in ES5, in the order of `writer.PARTS`

Conventions: Python's standard library alone, beside the version of mididrumigen. The same sources
give the same bytes on every machine: nothing in them is a time, a path or a random number.
"""
