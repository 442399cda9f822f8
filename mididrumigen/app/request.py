"""What was asked -> what is played: every gap filled; and what the history keeps of it."""

from dataclasses import asdict
from random import SystemRandom
from typing import Any

from mididrumigen.app.clock import now
from mididrumigen.app.results import GenerateAsk, GenerateResult
from mididrumigen.config import GenerationSettings
from mididrumigen.engine import ENGINE_VERSION, tempo
from mididrumigen.models import COMMON_TIME, Metre, Request, StyleProfile
from mididrumigen.models.request import TEMPO_RANGE_BPM

SEED_DIGITS = 6
"""Seeds that are drawn, not given: short enough to read out."""


def fill_request(profile: StyleProfile, ask: GenerateAsk, settings: GenerationSettings) -> Request:
    """The request with every gap filled: what was asked, else the profile, else the settings."""
    default_bars = 1 if ask.part == "fill" else settings.default_bars
    tempo_bpm = (
        profile.trait("tempo_bpm", settings.default_tempo)
        if ask.tempo_bpm is None
        else ask.tempo_bpm
    )
    if ask.tempo_bpm is None:
        tempo_bpm = min(max(tempo_bpm, TEMPO_RANGE_BPM[0]), TEMPO_RANGE_BPM[1])
    return Request(
        bars=default_bars if ask.bars is None else ask.bars,
        tempo_bpm=round(tempo_bpm, 2),
        metre=ask.metre or own_metre(profile),
        variations=settings.default_variations if ask.variations is None else ask.variations,
        seed=draw_seed() if ask.seed is None else ask.seed,
        part=ask.part,
        controls=ask.controls,
        humanization=settings.humanization,
    )


def draw_seed() -> int:
    """A seed for those who give none."""
    return SystemRandom().randrange(10**SEED_DIGITS)


def own_metre(profile: StyleProfile) -> Metre:
    """4/4 where the artist has any, else the metre most played."""
    weights: dict[Metre, float] = {}
    for bar in profile.grooves:
        weights[bar.metre] = weights.get(bar.metre, 0) + bar.weight
    if COMMON_TIME in weights or not weights:
        return COMMON_TIME
    return max(weights, key=lambda metre: (weights[metre], metre))


def request_notices(profile: StyleProfile, request: Request) -> list[str]:
    """What to say where metre or tempo are none of the artist's."""
    notices = []
    if not any(bar.metre == request.metre for bar in profile.grooves):
        notices.append(
            f"no bar in {request.metre} is known of {profile.artist_name};"
            " others are regrouped to it"
        )
    if said := tempo.notice(profile, request):
        notices.append(said)
    return notices


def history_row(result: GenerateResult) -> dict[str, Any]:
    """Columns of a generation for the store."""
    request = result.request
    return {
        "artist_name": result.profile.artist_name,
        "created_at": now(),
        "seed": request.seed,
        "provider": result.provider_used,
        "engine_version": ENGINE_VERSION,
        "profile_hash": result.profile.hash,
        "request": {
            "bars": request.bars,
            "tempo": request.tempo_bpm,
            "time_signature": str(request.metre),
            "variations": request.variations,
            "part": request.part,
            "controls": asdict(request.controls),
        },
        "result": result.to_json(),
    }
