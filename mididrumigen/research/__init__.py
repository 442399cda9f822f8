"""Research: a name and what the user hands over -> evidence -> a style profile.

    identity   who is meant by a name
    namesakes  which of several of one name is meant, and what is known of it
    collect    asks the sources, keeps what they give as it arrives, reports how each fared
    profile    evidence -> StyleProfile

The music decisions that need the outside are made here; what is measured is measured in `groove`.
"""

from mididrumigen.research.collect import collect
from mididrumigen.research.profile import build_profile

__all__ = ["build_profile", "collect"]
