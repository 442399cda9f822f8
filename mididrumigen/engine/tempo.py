"""Which beat an artist feels when the asked tempo is far from his own.

Conventions: a factor of 0.5 is half-time: at 200 BPM a drummer of 70 to 120 feels 100, and one bar
of his fills two. 2 is double-time. Milliseconds stay as they are: what was played at 100 BPM is
written at 200 with every distance doubled in ticks.
"""

from dataclasses import replace

from mididrumigen.models import Hit, Pattern, Request, StyleProfile

_FAR = 1.45
"""A tempo so many times above the artist's fastest, or below his slowest, is felt otherwise."""
_NEAR = 1.15
"""Half or double of it must be within this of his range."""


def counted(profile: StyleProfile, tempo_bpm: float, bars: int) -> float:
    """1, or 0.5 for half-time, or 2 for double-time; an odd number of bars cannot be halved."""
    low = profile.quantitative_params.get("tempo_min")
    high = profile.quantitative_params.get("tempo_max")
    if low is None or high is None:
        return 1.0
    for factor, is_far in ((0.5, tempo_bpm > high * _FAR), (2.0, tempo_bpm < low / _FAR)):
        if factor < 1 and bars % 2:
            continue
        if is_far and low / _NEAR <= tempo_bpm * factor <= high * _NEAR:
            return factor
    return 1.0


def notice(profile: StyleProfile, request: Request) -> str | None:
    """What to tell the user; None where the tempo is taken as it is."""
    tempo_bpm = request.tempo_bpm
    factor = counted(profile, tempo_bpm, request.bars)
    if factor == 1:
        return None
    how, where = ("half-time", "above") if factor < 1 else ("double-time", "below")
    low = profile.quantitative_params["tempo_min"]
    high = profile.quantitative_params["tempo_max"]
    return (
        f"{tempo_bpm:g} BPM is far {where} the {low:g} to {high:g} of {profile.artist_name}:"
        f" played in {how}"
    )


def felt(request: Request, factor: float) -> tuple[float, int]:
    """(tempo, number of bars) to play at, so that stretching gives what was asked for."""
    return request.tempo_bpm * factor, round(request.bars * factor)


def stretched(pattern: Pattern, request: Request, factor: float) -> Pattern:
    """What was played at the felt tempo, written at the asked one."""
    hits = (Hit(round(hit.tick / factor), hit.voice, hit.velocity) for hit in pattern.hits)
    return replace(
        pattern,
        hits=tuple(hits),
        bars=request.bars,
        tempo_bpm=request.tempo_bpm,
    )
