"""What the styles of an artist say where nobody says it of the artist: the ground under a profile.

Conventions: genre words come with votes, each source counts as one voice however many votes it has.
Nothing is added where the notes on the artist bring their styles already.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence
from mididrumigen.research.rank import is_own


def style_prior(
    artist: Artist, evidence: Sequence[Evidence], library: Library
) -> tuple[Evidence, ...]:
    """The evidence of styles to put below `evidence`: those that its genre words name, else the
    nearest style where there would be no bar to play; may be empty.
    """
    if not all(map(is_own, evidence)):
        return ()
    known = library.blend(artist, _words(evidence))
    if known is not None:
        return known.evidence
    if any(e.value["bars"] for e in evidence):
        return ()
    style = library.nearest_style(artist.name)
    notice = f"no style of {artist.name} was found: played as {style.player}"
    return tuple(replace(e, value={**e.value, "notices": [notice]}) for e in style.evidence)


def _words(evidence: Sequence[Evidence]) -> dict[str, float]:
    """Genre word -> weight."""
    words: dict[str, float] = defaultdict(float)
    for e in evidence:
        votes = {word: votes for word, votes in e.value.get("styles", {}).items() if votes > 0}
        total = sum(votes.values())
        for word, count in votes.items():
            words[word] += e.confidence * count / total
    return dict(words)
