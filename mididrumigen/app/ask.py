"""What is asked of `generate`, and its plain form, which outlives the process in a job.

Conventions: text that a user wrote is checked where it comes in, and kept as the thing it means.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self, cast

from mididrumigen.drums import FAMILIES, FAMILY, Voice
from mididrumigen.engine.blend import ASPECTS, Aspect
from mididrumigen.errors import InputError
from mididrumigen.models import Clip, Controls, Hit, Metre, Part, Request, Tracks
from mididrumigen.models.names import clean_name
from mididrumigen.models.request import MAX_BARS

ResearchMode = Literal["auto", "never"]
ClipUse = Literal["play-as", "continue"]

_HALF = 0.5
_ALSO_CALLED = {"cymbals": ("ride", "crash"), "hihat": ("hat",), "hi-hat": ("hat",)}
_BLEND = re.compile(r"(?P<name>.*?)(?::\s*(?P<amount>[\d.]+)\s*)?(?::(?P<aspects>[a-z, ]+))?")
_TAKE = re.compile(r"\s*(\d{1,15})\s*/\s*(\d)\s*", re.ASCII)
_RANGE = re.compile(r"\s*(\d{1,2})\s*(?:-\s*(\d{1,2})\s*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class BlendAsk:
    """Another artist, and how much of him."""

    name: str
    amount: float = _HALF
    """0-1."""
    aspects: tuple[Aspect, ...] = ASPECTS

    @classmethod
    def parse(cls, text: str) -> Self:
        """Blend of "J Dilla:0.4", "J Dilla" (half) or "J Dilla:1:feel,fills"; raises InputError."""
        found = _BLEND.fullmatch(text.strip())
        assert found  # it takes everything
        words = [word.strip() for word in (found["aspects"] or "").split(",") if word.strip()]
        if unknown := [word for word in words if word not in ASPECTS]:
            raise InputError(
                f"{unknown[0]!r} is nothing that can be blended", f"say {', '.join(ASPECTS)}"
            )
        try:
            amount = float(found["amount"]) if found["amount"] else _HALF
        except ValueError:
            amount = -1.0
        if not 0 <= amount <= 1:
            raise InputError(
                f"{found['amount']} is no amount of a blend",
                'write it as "J Dilla:0.4": 0 is nothing of him, 1 all',
            )
        aspects = cast("tuple[Aspect, ...]", tuple(words)) or ASPECTS
        return cls(clean_name(found["name"]), amount, aspects)


@dataclass(frozen=True, slots=True)
class LockAsk:
    """A take of the history, and what of it stays."""

    generation_id: int
    take: int
    """Counted from 1."""
    voices: tuple[Voice, ...] = ()
    bars: tuple[int, ...] = ()
    """Counted from 1."""

    @classmethod
    def parse(cls, words: Iterable[str], bars: Iterable[str], source: str) -> Self | None:
        """Lock of drums ("kick", "hats"), bars ("1", "3-4") and a take ("12/2"); None where nothing
        is asked. Raises InputError.
        """
        voices = {voice for word in words for voice in _voices_called(word)}
        numbers = {number for text in bars for number in _numbers(text)}
        if not (voices or numbers or source.strip()):
            return None
        if not source.strip():
            raise InputError(
                "nothing says which take is locked", "name it as GENERATION/TAKE, such as 12/1"
            )
        if not (voices or numbers):
            raise InputError("nothing says what stays of that take", "lock drums or bars of it")
        found = _TAKE.fullmatch(source)
        if not found:
            raise InputError(f"{source!r} is no take", "name it as GENERATION/TAKE, such as 12/1")
        return cls(int(found[1]), int(found[2]), tuple(sorted(voices)), tuple(sorted(numbers)))


def _voices_called(word: str) -> frozenset[Voice]:
    """The voices that a word of a user means: a voice ("hat_open"), a family ("toms"), "cymbals";
    raises InputError for any other.
    """
    key = word.strip().lower().replace(" ", "_")
    if key.replace("-", "_") in set(Voice):
        return frozenset({Voice(key.replace("-", "_"))})
    families = next((_ALSO_CALLED[k] for k in (key, f"{key}s", key[:-1]) if k in _ALSO_CALLED), ())
    families = families or tuple(f for f in FAMILIES if key in (f, f"{f}s", f"{f}es"))
    if not families:
        known = ", ".join(FAMILIES)
        raise InputError(f"{word!r} is no drum", f"say {known} or one voice such as hat_open")
    return frozenset(voice for voice, family in FAMILY.items() if family in families)


def _numbers(text: str) -> range:
    found = _RANGE.fullmatch(text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= MAX_BARS:
        raise InputError(f"{text!r} is no bar", "count bars from 1, such as 3 or 1-4")
    return range(first, last + 1)


@dataclass(frozen=True, slots=True)
class ClipAsk:
    """The user's own clip, and what is to be done with it."""

    clip: Clip
    use: ClipUse


@dataclass(frozen=True, slots=True)
class GenerateAsk:
    """What a user asks of `generate`; None leaves a thing to the profile or the settings. Raises
    InputError for what nobody can play.
    """

    bars: int | None = None
    tempo_bpm: float | None = None
    metre: Metre | None = None
    variations: int | None = None
    seed: int | None = None
    part: Part | None = None
    controls: Controls = Controls()  # noqa: RUF009 -- frozen
    research: ResearchMode = "auto"
    player: str = ""
    """Which of a band's drummers; empty leaves it to the notes."""
    era: str = ""
    """Years such as "1970-1975" whose drummer is meant."""
    drum_map: str = ""
    """Name or path of the drum map; empty leaves it to the settings."""
    tracks: Tracks = "one"
    blend: BlendAsk | None = None
    lock: LockAsk | None = None
    clip: ClipAsk | None = None

    def __post_init__(self) -> None:
        given = {f.name: getattr(self, f.name) for f in fields(Request) if f.name in _PLAIN}
        Request(**{name: value for name, value in given.items() if value is not None})


_PLAIN = frozenset({"bars", "tempo_bpm", "metre", "variations", "seed", "part", "controls"})
"""What a Request takes as it is asked."""


def ask_to_json(ask: GenerateAsk) -> dict[str, Any]:
    """Plain form of an ask."""
    plain = asdict(ask)
    plain["metre"] = str(ask.metre) if ask.metre else None
    if ask.clip:
        plain["clip"]["clip"] |= {
            "metre": str(ask.clip.clip.metre),
            "hits": [[hit.tick, str(hit.voice), hit.velocity] for hit in ask.clip.clip.hits],
        }
    return plain


def ask_from_json(plain: Mapping[str, Any]) -> GenerateAsk:
    """The inverse of `ask_to_json`; what an older version did not know of may be missing."""
    blend, lock, clip = (plain.get(name) for name in ("blend", "lock", "clip"))
    return GenerateAsk(
        **{
            **plain,
            "metre": Metre.parse(plain["metre"]) if plain["metre"] else None,
            "controls": Controls(**plain["controls"]),
            "blend": BlendAsk(**{**blend, "aspects": tuple(blend["aspects"])}) if blend else None,
            "lock": _lock(lock) if lock else None,
            "clip": _clip(clip) if clip else None,
        }
    )


def _lock(plain: Mapping[str, Any]) -> LockAsk:
    voices = tuple(Voice(voice) for voice in plain["voices"])
    return LockAsk(**{**plain, "voices": voices, "bars": tuple(plain["bars"])})


def _clip(plain: Mapping[str, Any]) -> ClipAsk:
    clip = plain["clip"]
    return ClipAsk(
        Clip(
            **{
                **clip,
                "metre": Metre.parse(clip["metre"]),
                "hits": tuple(Hit(tick, Voice(voice), v) for tick, voice, v in clip["hits"]),
                "notices": tuple(clip["notices"]),
            }
        ),
        plain["use"],
    )
