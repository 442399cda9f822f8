"""What was asked -> what is played: every gap filled; and what the history keeps of it."""

from dataclasses import asdict
from random import SystemRandom
from typing import Any

from mididrumigen.app.ask import GenerateAsk
from mididrumigen.app.clock import now
from mididrumigen.app.results import GenerateResult
from mididrumigen.app.takes import Source
from mididrumigen.config import GenerationSettings
from mididrumigen.engine import ENGINE_VERSION, tempo
from mididrumigen.errors import InputError
from mididrumigen.models import COMMON_TIME, Metre, Request, StyleProfile
from mididrumigen.models.request import TEMPO_RANGE_BPM

SEED_DIGITS = 6
"""Seeds that are drawn, not given: short enough to read out."""


def fill_request(
    profile: StyleProfile,
    ask: GenerateAsk,
    settings: GenerationSettings,
    source: Source | None = None,
) -> Request:
    """The request with every gap filled: what was asked, else what the clip or the locked take
    (`source`) has, else the profile, else the settings. Raises InputError for a length or metre
    that a locked take or a clip has not.
    """
    given = source or (ask.clip.clip if ask.clip else None)
    goes_on = ask.clip is not None and ask.clip.use == "continue"
    bars = 1 if ask.part == "fill" else settings.default_bars
    metre, tempo_bpm = own_metre(profile), profile.trait("tempo_bpm", settings.default_tempo)
    if given:
        bars = bars if goes_on else given.bars
        metre, tempo_bpm = given.metre, given.tempo_bpm
        what = "the locked take" if source else "the clip"
        if ask.metre not in (None, metre):
            raise InputError(f"{what} is in {metre}, not in {ask.metre}", "leave the metre out")
        if ask.bars not in (None, bars) and not goes_on:
            raise InputError(f"{what} has {bars} bars, not {ask.bars}", "leave the length out")
    if ask.tempo_bpm is None:
        tempo_bpm = min(max(tempo_bpm, TEMPO_RANGE_BPM[0]), TEMPO_RANGE_BPM[1])
    else:
        tempo_bpm = ask.tempo_bpm
    return Request(
        bars=bars if ask.bars is None else ask.bars,
        tempo_bpm=round(tempo_bpm, 2),
        metre=ask.metre or metre,
        variations=settings.default_variations if ask.variations is None else ask.variations,
        seed=draw_seed() if ask.seed is None else ask.seed,
        part=ask.part,
        controls=ask.controls,
        humanization=settings.humanization,
        lock=source.lock if source else None,
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


def history_row(result: GenerateResult, ask: GenerateAsk) -> dict[str, Any]:
    """Columns of a generation for the store."""
    lock, clip = ask.lock, ask.clip
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
            "map": result.drum_map.name,
            "tracks": result.tracks,
            **({"blend": asdict(ask.blend)} if ask.blend else {}),
            **({"lock": asdict(lock)} if lock else {}),
            **({"clip": clip.clip.title, "use": clip.use} if clip else {}),
        },
        "result": result.to_json(),
    }
