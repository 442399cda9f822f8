"""What a research found of what is planted, what it missed, and what it invented."""

from dataclasses import dataclass, field

from mididrumigen.app.results import ShowResult
from mididrumigen.groove.poles import POLES
from tests.planted.people import Someone

_WORDS = ("kit.", "groove.")


@dataclass(frozen=True, slots=True)
class Score:
    """Of one artist."""

    found: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    invented: frozenset[str] = frozenset()
    tempo_bpm: float | None = None
    tempo_is_right: bool = True
    drummers_are_right: bool = True
    genres_missed: frozenset[str] = field(default=frozenset())
    of_others: frozenset[str] = frozenset()
    """Songs of somebody else whose tempo was taken."""

    def line(self) -> str:
        """For people."""
        parts = [
            f"found {' '.join(sorted(self.found)) or '-'}",
            f"missed {' '.join(sorted(self.missed)) or '-'}",
            f"invented {' '.join(sorted(self.invented)) or '-'}",
            f"tempo {self.tempo_bpm} {'right' if self.tempo_is_right else 'WRONG'}",
            f"drummers {'right' if self.drummers_are_right else 'WRONG'}",
        ]
        return "; ".join(parts)


def score(shown: ShowResult, someone: Someone) -> Score:
    """What the profile of somebody says, beside the truth."""
    truth = someone.truth
    said = {_pole(n, t.value) for n, t in shown.profile.traits.items() if t.is_own}
    said.discard("")
    said |= {
        claim["trait"]
        for e in shown.evidence
        for claim in e.value.get("claims", ())
        if claim["trait"].startswith(_WORDS)
    }
    tempo = shown.profile.traits.get("tempo_bpm")
    low, high = truth.tempo or (0, 999)
    songs = {song.title for song in someone.songs}
    heard = {e.value["tempo"]["track"] for e in shown.evidence if "tempo" in e.value}
    styles = {word for e in shown.evidence for word in e.value.get("styles", {})}
    return Score(
        found=frozenset(said & truth.told),
        missed=truth.told - said,
        invented=frozenset(said - truth.told - truth.fair),
        tempo_bpm=tempo.value if tempo else None,
        tempo_is_right=tempo is not None and low <= tempo.value <= high,
        drummers_are_right=truth.drummers == shown.lineup,
        genres_missed=truth.genres - styles,
        of_others=frozenset(heard - songs),
    )


def _pole(name: str, value: float) -> str:
    """A trait with the pole at which its value is: "push_ms.snare+"; tempo has its own test."""
    poles = POLES.get(name) or POLES.get(name.partition(".")[0])
    if name == "tempo_bpm" or poles is None:
        return ""
    by_distance = {sign: abs(value - poles[pole].value) for pole, sign in _SIGNS}
    return name + min(by_distance, key=lambda sign: by_distance[sign])


_SIGNS = (("high", "+"), ("low", "-"))
