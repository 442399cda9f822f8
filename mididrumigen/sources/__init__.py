"""Where evidence comes from: one origin a file.

To add a source: its file here (a class with `name`, `kind`, `card` and `collect`, made with its
settings and the tools; parsing apart, pure and tested), one line in `registry.SOURCES`, its test,
its fixture.
"""

from mididrumigen.sources.tools import Tools

__all__ = ["Tools"]
