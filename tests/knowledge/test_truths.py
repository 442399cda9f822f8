"""What a drummer of each music would insist on, heard in what is played for its name.

Conventions: a place in the bar is a beat as a drummer counts it: in quarters from 1, 2.5 is the
eighth after two, 2.333 and 2.667 are triplets. Grids are heard without feel and without chance,
swing without chance, machines as they are played by default. Every truth names a foil, for whom
the same words are false: a truth that holds for everybody says nothing. Ten seeds choose ten
grooves, so a share is asked for that lies well below that of many seeds and above the foil's; where
it varies much from seed to seed, a truth is heard over more, so that no seed decides it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations, pairwise, product
from statistics import fmean
from typing import NamedTuple

import pytest

from mididrumigen.app.request import own_metre
from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.engine import play
from mididrumigen.knowledge import Library
from mididrumigen.models import Controls, Metre, Part, Pattern, Request, StyleProfile
from mididrumigen.models.music import TICKS_PER_QUARTER
from mididrumigen.research import build_profile

FULL_SEEDS, FELT_SEEDS, MACHINE_SEEDS, FILL_SEEDS = range(2), range(3), range(2), range(20)
GRID, FEEL, PLAYED = Controls(humanize=0, feel=0), Controls(humanize=0), Controls()

KICK = frozenset({Voice.KICK})
SNARE = frozenset({Voice.SNARE})
STICK = frozenset({Voice.SIDESTICK})
CLAP = frozenset({Voice.CLAP})
BACK = SNARE | STICK | CLAP
FULL = 75
"""A snare stroke from here on is meant as a backbeat."""
OPEN = frozenset({Voice.HAT_OPEN})
PEDAL = frozenset({Voice.HAT_PEDAL})
HATS = OPEN | {Voice.HAT_CLOSED}
RIDE = frozenset({Voice.RIDE, Voice.RIDE_BELL})
CRASH = frozenset(v for v in Voice if FAMILY[v] == "crash")
CYMBALS = HATS | RIDE | CRASH
TOMS = frozenset(v for v in Voice if FAMILY[v] == "tom")
LOW = frozenset({Voice.TOM_FLOOR_LOW, Voice.TOM_FLOOR_HIGH})
SCRAPERS = frozenset({Voice.GUIRO_LONG, Voice.GUIRO_SHORT})
TIMBALES = frozenset({Voice.TIMBALE_HIGH, Voice.TIMBALE_LOW})
SURDO = frozenset({Voice.TOM_FLOOR_LOW, *KICK})
BELLS = frozenset({Voice.COWBELL, Voice.WOODBLOCK_HIGH, Voice.WOODBLOCK_LOW})
CONGAS = frozenset({Voice.CONGA_OPEN, Voice.CONGA_MUTE, Voice.CONGA_LOW})
EVERY = frozenset(Voice)

EARLY_TICKS = 30
"""A stroke this much before the bar line is an early one of the next bar."""

QUARTERS = frozenset({1.0, 2.0, 3.0, 4.0})
OFF_BEATS = frozenset({1.5, 2.5, 3.5, 4.5})
EIGHTHS = QUARTERS | OFF_BEATS
SIXTEENTHS = frozenset(1 + n / 4 for n in range(16))


LIBRARY = Library()


@cache
def noted_profile(name: str) -> StyleProfile:
    known = LIBRARY.find(name)
    assert known is not None, name
    return build_profile(known.artist, known.evidence)


@dataclass(frozen=True)
class Bar:
    """One bar of a pattern: (beat, voice, velocity) of its strokes."""

    strokes: tuple[tuple[float, Voice, int], ...]

    def on(self, voices: Iterable[Voice], least: int = 1) -> frozenset[float]:
        """The beats on which one of `voices` strikes at `least` so loud."""
        return frozenset(b for b, voice, loud in self.strokes if voice in voices and loud >= least)

    def count(self, voices: Iterable[Voice], least: int = 1) -> int:
        return len(self.on(voices, least))

    @property
    def backbeat(self) -> bool:
        return self.on(BACK, FULL) >= {2.0, 4.0}

    @property
    def even(self) -> frozenset[tuple[float, Voice]]:
        """Its strokes apart from those that follow one of the same voice by a 32nd or less: the
        second strokes of doubles.
        """
        last: dict[Voice, float] = {}
        kept = set()
        for beat, voice, _ in self.strokes:
            if beat - last.get(voice, 0.0) > 0.2:
                last[voice] = beat
                kept.add((beat, voice))
        return frozenset(kept)

    @property
    def triplets(self) -> bool:
        """Counted in triplets: some stroke lies on one, and more than on 16ths."""
        thirds = {b for b, *_ in self.strokes if round(b % 1, 3) in (0.333, 0.667)}
        sixteenths = {b for b, *_ in self.strokes if b % 1 in (0.25, 0.75)}
        return len(thirds) > len(sixteenths)


@dataclass(frozen=True)
class Player:
    """What is played for a name at its own tempo, two variations a seed."""

    name: str
    metre: str = ""
    seeds: int = 10

    @cached_property
    def profile(self) -> StyleProfile:
        return noted_profile(self.name)

    @cached_property
    def tempo_bpm(self) -> float:
        return self.profile.trait("tempo_bpm", 120)

    def _play(
        self,
        controls: Controls,
        bars: int,
        variations: int,
        seed: int,
        part: Part | None = None,
    ) -> list[Pattern]:
        metre = Metre.parse(self.metre) if self.metre else own_metre(self.profile)
        request = Request(bars, self.tempo_bpm, metre, variations, seed, part, controls)
        return play(self.profile, request)

    @cached_property
    def grids(self) -> list[Pattern]:
        """Two bars a seed: the loop of every seed, the full part of some."""
        counts = [(seed, 2 if seed in FULL_SEEDS else 1) for seed in range(self.seeds)]
        return [pattern for seed, count in counts for pattern in self._play(GRID, 2, count, seed)]

    @cached_property
    def felt(self) -> list[Pattern]:
        """With its own feel, nothing left to chance."""
        return [pattern for seed in FELT_SEEDS for pattern in self._play(FEEL, 2, 1, seed)]

    @cached_property
    def played(self) -> list[tuple[Pattern, Pattern]]:
        """As it is played by default, each beside the same without chance."""
        both = ([self._play(c, 4, 1, seed)[0] for c in (FEEL, PLAYED)] for seed in MACHINE_SEEDS)
        return [(exact, played) for exact, played in both]

    @cached_property
    def bars(self) -> list[Bar]:
        return [bar for pattern in self.grids for bar in bars_of(pattern)]

    @cached_property
    def loops(self) -> list[list[Bar]]:
        """Variation 1 of every seed."""
        return [bars_of(pattern) for pattern in self.grids if pattern.variation == 1]

    @cached_property
    def fills(self) -> float:
        """Share of the bars of long parts that are fills, but for the last: those in which other
        drums are struck where no fills are asked for. A tom groove is none.
        """
        other = []
        for seed in FILL_SEEDS:
            own, without = (
                [
                    bar.on(SNARE | TOMS)
                    for bar in bars_of(
                        self._play(replace(GRID, fills=fills), 16, 1, seed, "full")[0]
                    )
                ]
                for fills in (GRID.fills, 0.0)
            )
            other += [a != b for a, b in zip(own[:-1], without[:-1], strict=True)]
        return fmean(other)

    def share(self, holds: Callable[[Bar], bool]) -> float:
        return fmean(holds(bar) for bar in self.bars)

    def mean(self, voices: Iterable[Voice]) -> float:
        """Strokes of `voices` a bar."""
        return fmean(bar.count(voices) for bar in self.bars)

    def loudness(self, voices: Iterable[Voice], beats: Iterable[float] | None = None) -> float:
        found = [
            loud
            for bar in self.bars
            for beat, voice, loud in bar.strokes
            if voice in voices and (beats is None or beat in beats)
        ]
        return fmean(found) if found else 0.0

    @property
    def ghosts(self) -> float:
        """Share of the snare's strokes."""
        snare = [loud for bar in self.bars for _, v, loud in bar.strokes if v is Voice.SNARE]
        return fmean(loud < GHOST_VELOCITY for loud in snare) if snare else 0.0

    def late_ms(self, voices: Iterable[Voice], other: Iterable[Voice]) -> float:
        """How much later `voices` strike than `other` on the beats that both have."""
        found: list[float] = []
        for pattern in self.felt:
            places = [
                {
                    round(hit.tick / TICKS_PER_QUARTER): hit.tick
                    for hit in pattern.hits
                    if hit.voice in group and abs((hit.tick + 240) % 480 - 240) < 60
                }
                for group in (voices, other)
            ]
            ms = 60_000 / pattern.tempo_bpm / TICKS_PER_QUARTER
            found += [(places[0][b] - places[1][b]) * ms for b in places[0].keys() & places[1]]
        return fmean(found) if found else 0.0

    def swing(self, voices: Iterable[Voice], per_beat: int = 2) -> float:
        """Share of a beat (per_beat 2) or of an eighth (4) that its first stroke takes, in
        percent.
        """
        pair = 2 * TICKS_PER_QUARTER // per_beat
        found: list[float] = []
        for pattern in self.felt:
            ticks = sorted(hit.tick for hit in pattern.hits if hit.voice in voices)
            for here, following in pairwise(ticks):
                on_the_beat = abs((here + pair / 2) % pair - pair / 2) < pair / 8
                if on_the_beat and 0.45 * pair <= following - here <= 0.8 * pair:
                    found.append(100 * (following - here) / pair)
        return fmean(found) if found else 0.0

    @property
    def repeats(self) -> float:
        """Share of a loop's bars that come back two bars later, whatever their loudness; the
        chance in a roll is left out.
        """
        return fmean(
            a.even == b.even
            for loop in (bars_of(played) for _, played in self.played)
            for a, b in zip(loop, loop[2:], strict=False)
        )

    @property
    def on_the_grid(self) -> float:
        """Share of strokes that fall, played by default, just where they do without chance."""
        return fmean(
            hit.tick in {h.tick for h in exact.hits if h.voice is hit.voice}
            for exact, pattern in self.played
            for hit in pattern.hits
        )


def bars_of(pattern: Pattern) -> list[Bar]:
    size = pattern.metre.ticks
    strokes: list[list[tuple[float, Voice, int]]] = [[] for _ in range(pattern.bars)]
    for hit in pattern.hits:
        number = (hit.tick + EARLY_TICKS) // size
        if 0 <= number < pattern.bars:
            beat = round(1 + (hit.tick - number * size) / TICKS_PER_QUARTER, 3)
            strokes[number].append((beat, hit.voice, hit.velocity))
    return [Bar(tuple(sorted(bar))) for bar in strokes]


@cache
def heard(name: str, metre: str = "", seeds: int = 10) -> Player:
    """Each name is played once for all its truths of so many seeds."""
    return Player(name, metre, seeds)


class Truth(NamedTuple):
    name: str
    words: str
    holds: Callable[[Player], bool]
    foil: str
    """Of whom it is not true."""
    metre: str = ""
    """Asked for; the name's own if empty."""
    seeds: int = 10
    """Over how many it is heard."""


def most(holds: Callable[[Bar], bool], least: float = 0.9) -> Callable[[Player], bool]:
    """True in at least this share of the bars."""
    return lambda player: player.share(holds) >= least


def few(holds: Callable[[Bar], bool], at_most: float = 0.1) -> Callable[[Player], bool]:
    """True in at most this share of the bars."""
    return lambda player: player.share(holds) <= at_most


def clave(player: Player, voices: frozenset[Voice], one: set[float], other: set[float]) -> float:
    """Share of two bars that are these two sides, whichever comes first."""
    sides = [[bar.on(voices) for bar in loop] for loop in player.loops]
    return fmean(pair in ([one, other], [other, one]) for pair in sides)


def cascara(player: Player) -> float:
    """Share of the bars with a son clave on the stick, three side first, in which the ride has the
    accents of the shell that goes with it; 0 where there is none.
    """
    bars = [bar for bar in player.bars if bar.on(STICK) == {1.0, 1.75, 2.5, 3.5, 4.0}]
    return fmean(bar.on(RIDE) >= {1.0, 2.75, 3.5, 4.75} for bar in bars) if bars else 0.0


def fours(bar: Bar) -> bool:
    return bar.on(KICK) >= QUARTERS


def machine(player: Player) -> bool:
    return player.on_the_grid >= 0.99 and player.repeats >= 0.9


THREE_SIDE, TWO_SIDE = {1.0, 2.5, 4.0}, {2.0, 3.5}

TRUTHS = [
    # Rock
    Truth("punk", "is faster than 150", lambda p: p.tempo_bpm > 150, "rock"),
    Truth("doom metal", "is slower than 80", lambda p: p.tempo_bpm < 80, "rock"),
    Truth("hardcore punk", "is faster than punk", lambda p: p.tempo_bpm > 190, "punk"),
    Truth("Phil Rudd", "ghosts next to nothing", lambda p: p.ghosts < 0.02, "Bernard Purdie"),
    Truth("Phil Rudd", "plays two and four", most(lambda b: b.backbeat), "Zigaboo Modeliste"),
    Truth(
        "Phil Rudd",
        "keeps the kick to one and three and a pick-up",
        most(lambda b: b.on(KICK) >= {1.0, 3.0} and b.count(KICK) <= 4),
        "John Bonham",
    ),
    Truth(
        "Ringo Starr",
        "fills one bar of eight at most",
        lambda p: p.fills <= 0.14,
        "Keith Moon",
    ),
    Truth(
        "John Bonham",
        "kicks harder than hard rock does",
        lambda p: p.loudness(KICK) > heard("hard rock", seeds=p.seeds).loudness(KICK),
        "Charlie Watts",
        seeds=150,
    ),
    Truth(
        "John Bonham",
        "strikes two kicks running, a sixteenth or a triplet apart",
        most(
            lambda b: any(y - x < 0.4 for x, y in pairwise(sorted(b.on(KICK)))),
            0.6,
        ),
        "Phil Rudd",
    ),
    Truth(
        "John Bonham", "lays the snare back", lambda p: p.late_ms(SNARE, CYMBALS) > 5, "Phil Rudd"
    ),
    Truth("Keith Moon", "lives on the toms", lambda p: p.mean(TOMS) >= 2, "Charlie Watts"),
    Truth(
        "Charlie Watts",
        "lifts the stick from the hat when the snare strikes",
        most(lambda b: not b.on(HATS) & b.on(SNARE, FULL), 0.8),
        "Phil Rudd",
    ),
    Truth(
        "Stewart Copeland",
        "keeps the hats ahead of the foot",
        lambda p: p.late_ms(HATS, KICK) < -4,
        "Phil Rudd",
    ),
    Truth(
        "Tomas Haake",
        "keeps a cymbal in quarters",
        most(lambda b: b.on(CYMBALS) >= QUARTERS, 0.85),
        "Keith Moon",
    ),
    Truth(
        "Tomas Haake",
        "has the snare on three, not on two and four",
        most(lambda b: 3.0 in b.on(SNARE) and not b.backbeat),
        "Phil Rudd",
    ),
    Truth(
        "Tomas Haake",
        "kicks another bar every bar",
        lambda p: (
            fmean(a.on(KICK) != b.on(KICK) for part in p.loops for a, b in pairwise(part)) >= 0.7
        ),
        "Phil Rudd",
    ),
    Truth(
        "krautrock",
        "drives six kicks or more through most bars",
        most(lambda b: b.count(KICK) >= 6, 0.45),
        "rock",
    ),
    Truth(
        "krautrock",
        "often keeps unbroken eighths on a cymbal",
        most(lambda b: b.on(CYMBALS) >= EIGHTHS, 0.4),
        "doom metal",
    ),
    Truth(
        "Klaus Dinger",
        "never leaves the straight line",
        most(lambda b: b.backbeat and b.on(CYMBALS | TOMS) >= EIGHTHS),
        "Keith Moon",
    ),
    Truth(
        "surf rock",
        "strikes the snare twice on two",
        most(lambda b: b.on(SNARE) >= {2.0, 2.5, 4.0}, 0.7),
        "rock",
    ),
    Truth(
        "shoegaze",
        "is a wash of crash, ride and open hats",
        most(lambda b: b.count(CRASH | OPEN | RIDE) >= 4, 0.7),
        "krautrock",
        seeds=80,
    ),
    Truth(
        "W. S. Holland",
        "drives a train: the snare runs in sixteenths or eighths",
        most(lambda b: b.count(SNARE | STICK) >= 8, 0.5),
        "Phil Rudd",
    ),
    Truth(
        "country",
        "has the kick on one and three",
        most(lambda b: b.on(KICK) >= {1.0, 3.0}),
        "reggae",
    ),
    Truth(
        "country",
        "waltzes: kick on one alone, stick on two and three",
        most(lambda b: b.on(KICK) & {1.0, 2.0, 3.0} == {1.0} and b.on(BACK) >= {2.0, 3.0}, 0.8),
        "metal",
        "3/4",
    ),
    Truth(
        "thrash metal",
        "skanks: in many bars the snare has every off-beat",
        most(lambda b: b.on(SNARE) >= OFF_BEATS, 0.15),
        "rock",
    ),
    Truth(
        "death metal",
        "blasts: the snare strikes six times or more in many bars",
        most(lambda b: b.count(SNARE) >= 6, 0.25),
        "doom metal",
    ),
    Truth("Pete Sandoval", "blasts", most(lambda b: b.count(SNARE) >= 6, 0.12), "Phil Rudd"),
    Truth(
        "black metal",
        "leaves hardly a sixteenth or triplet empty between the feet and the snare",
        most(lambda b: b.count(KICK | SNARE) >= 12, 0.7),
        "punk",
    ),
    Truth("Dave Lombardo", "plays on two feet", lambda p: p.mean(KICK) >= 7, "Phil Rudd"),
    Truth("doom metal", "leaves room", lambda p: p.mean(EVERY) <= 8, "rock"),
    Truth("Meg White", "never ghosts", lambda p: p.ghosts == 0, "funk"),
    Truth(
        "Meg White",
        "beats quarters and leaves the hats alone",
        most(lambda b: b.count(HATS) <= 4 and b.count(EVERY) <= 9, 0.75),
        "rock",
    ),
    Truth("Moe Tucker", "has no cymbals", most(lambda b: not b.on(CYMBALS), 1), "rock"),
    Truth("glam rock", "often stomps in triplets", most(lambda b: b.triplets, 0.2), "punk"),
    Truth(
        "Tommy Ramone",
        "plays unbroken eighths and two and four",
        most(lambda b: b.backbeat and b.on(CYMBALS) >= EIGHTHS, 0.55),
        "Keith Moon",
    ),
    # Jazz and blues
    Truth(
        "jazz",
        "closes the hi-hat with the foot on two and four",
        most(lambda b: b.on(PEDAL) >= {2.0, 4.0} and not b.on(PEDAL) & {1.0, 3.0}, 0.6),
        "rock",
    ),
    Truth("jazz", "has no backbeat", few(lambda b: b.on(SNARE, 100) >= {2.0, 4.0}), "Motown"),
    Truth("jazz", "swings the ride 60 to 72 %", lambda p: 60 <= p.swing(RIDE) <= 72, "rock"),
    Truth(
        "swing",
        "swings its cymbals 60 to 72 %",
        lambda p: 60 <= p.swing(RIDE | HATS) <= 72,
        "rock",
    ),
    Truth("bebop", "swings evener, as it is faster", lambda p: 56 <= p.swing(RIDE) <= 64, "swing"),
    Truth("bebop", "keeps time on the ride", most(lambda b: b.count(RIDE) >= 4, 0.8), "swing"),
    Truth("bebop", "keeps no time with the kick", lambda p: p.mean(KICK) < 2, "swing"),
    Truth("swing", "has four on the floor", most(fours, 0.65), "bebop"),
    Truth(
        "Elvin Jones",
        "plays the middle of the triplet",
        most(lambda b: any(round(beat % 1, 3) == 0.333 for beat, *_ in b.strokes)),
        "swing",
    ),
    Truth(
        "Art Blakey",
        "stamps the hi-hat on two and four",
        most(lambda b: b.on(PEDAL) >= {2.0, 4.0}, 0.8),
        "rock",
    ),
    Truth(
        "free jazz",
        "comes back to no bar",
        lambda p: p.repeats <= 0.2,
        "house",
    ),
    Truth("blues", "shuffles", most(lambda b: b.triplets), "rock"),
    Truth(
        "Joe Morello",
        "divides five into three and two",
        most(lambda b: b.on(PEDAL) >= {2.0, 5.0}, 0.8),
        "rock",
        "5/4",
    ),
    Truth(
        "Sunny Murray",
        "keeps no beat: neither backbeat nor kick in four nor hi-hat on two and four",
        few(lambda b: b.backbeat or fours(b) or b.on(PEDAL) >= {2.0, 4.0}),
        "Art Blakey",
    ),
    # Soul and funk
    Truth("disco", "has four on the floor", most(fours), "funk"),
    Truth(
        "disco",
        "opens the hat between the beats",
        most(lambda b: bool(b.on(OPEN) & OFF_BEATS), 0.35),
        "blues",
    ),
    Truth(
        "funk", "ghosts in most bars", most(lambda b: b.on(SNARE) > b.on(SNARE, 50), 0.7), "disco"
    ),
    Truth("funk", "has the one", most(lambda b: 1.0 in b.on(KICK, FULL)), "reggae"),
    Truth(
        "Clyde Stubblefield",
        "ghosts half of his snare",
        lambda p: p.ghosts >= 0.4,
        "Al Jackson Jr.",
    ),
    Truth("Al Jackson Jr.", "plays two and four", most(lambda b: b.backbeat, 0.8), "Tony Allen"),
    Truth(
        "Al Jackson Jr.",
        "waits with the backbeat",
        lambda p: p.late_ms(BACK, CYMBALS) > 5,
        "Stewart Copeland",
    ),
    Truth(
        "Zigaboo Modeliste",
        "does not play a plain backbeat",
        few(lambda b: b.on(SNARE, FULL) == {2.0, 4.0}),
        "Al Jackson Jr.",
    ),
    Truth(
        "second line",
        "is a snare that rolls on: eight strokes or more",
        most(lambda b: b.count(SNARE) >= 8, 0.6),
        "funk",
    ),
    Truth(
        "second line",
        "swings its sixteenths between straight and triplet",
        lambda p: 54 <= p.swing(SNARE, 4) <= 63,
        "rock",
    ),
    Truth(
        "Bernard Purdie",
        "ghosts between the shuffle's strokes",
        lambda p: (
            p.share(
                lambda b: sum(round(x % 1, 3) == 0.333 for x in b.on(SNARE) - b.on(SNARE, 50)) >= 3
            )
            >= 0.2
        ),
        "Al Jackson Jr.",
        seeds=80,
    ),
    Truth(
        "Jeff Porcaro",
        "shuffles in half time: triplets, the snare on three",
        most(
            lambda b: (
                b.triplets and 3.0 in b.on(SNARE, FULL) and not b.on(SNARE, FULL) & {2.0, 4.0}
            ),
            0.3,
        ),
        "blues",
    ),
    Truth("Motown", "has two and four", most(lambda b: b.backbeat, 0.9), "Tony Allen"),
    Truth(
        "Benny Benjamin",
        "strikes the snare on all four beats in many bars",
        most(lambda b: b.on(SNARE) >= QUARTERS, 0.2),
        "Phil Rudd",
    ),
    Truth(
        "go-go", "swings its sixteenths hard", lambda p: p.swing(KICK | CONGAS, 4) >= 57, "disco"
    ),
    Truth("neo soul", "drags the snare", lambda p: p.late_ms(BACK, HATS) > 8, "Phil Rudd"),
    # Hip hop
    Truth(
        "J Dilla", "has the snare later than the hat", lambda p: p.late_ms(BACK, HATS) > 8, "trap"
    ),
    Truth(
        "Questlove", "has the snare later than the hat", lambda p: p.late_ms(BACK, HATS) > 5, "trap"
    ),
    Truth("hip hop", "has two and four", most(lambda b: b.backbeat), "trap"),
    Truth("boom bap", "has boom and bap", most(lambda b: b.backbeat, 0.85), "drill"),
    Truth("boom bap", "swings its sixteenths", lambda p: p.swing(EVERY, 4) >= 54, "techno"),
    Truth("lo-fi hip hop", "is slower than 90", lambda p: p.tempo_bpm < 90, "trap"),
    Truth(
        "trap",
        "has the snare on three",
        most(lambda b: 3.0 in b.on(BACK) and not b.on(BACK, FULL) & {2.0, 4.0}),
        "hip hop",
    ),
    Truth("trap", "rolls the hats", most(lambda b: b.count(HATS) >= 8, 0.6), "doom metal"),
    Truth("trap", "is a machine", machine, "hip hop"),
    Truth(
        "drill",
        "answers the snare on three with one on four",
        lambda p: fmean(3.0 in a.on(SNARE) and 4.0 in b.on(SNARE) for a, b in p.loops) >= 0.6,
        "trap",
    ),
    # Latin, African, Caribbean
    Truth(
        "Carlton Barrett",
        "drops the one: half of the bars or more have no kick on it",
        few(lambda b: 1.0 in b.on(KICK), 0.5),
        "funk",
    ),
    Truth(
        "Carlton Barrett",
        "has kick and stick together on three",
        most(lambda b: 3.0 in b.on(KICK) & b.on(BACK), 0.85),
        "ska",
    ),
    Truth(
        "reggae",
        "has the weight on three and no backbeat",
        most(lambda b: 3.0 in b.on(KICK) and not b.backbeat),
        "ska",
    ),
    Truth(
        "dub",
        "has the weight on three and no backbeat",
        most(lambda b: 3.0 in b.on(KICK) and not b.backbeat),
        "ska",
    ),
    Truth("Carlton Barrett", "swings his hats", lambda p: 58 <= p.swing(HATS) <= 70, "house"),
    Truth(
        "ska",
        "has its cymbals on the off-beats",
        most(lambda b: b.on(CYMBALS) >= OFF_BEATS or {1.667, 4.667} <= b.on(CYMBALS), 0.75),
        "doom metal",
    ),
    Truth("ska", "has two and four", most(lambda b: b.backbeat, 0.8), "reggae"),
    Truth(
        "bossa nova",
        "has its clave on the cross-stick",
        lambda p: clave(p, STICK, THREE_SIDE, TWO_SIDE) >= 0.5,
        "samba",
    ),
    Truth(
        "bossa nova",
        "rocks the kick on one and three with its pick-ups",
        most(lambda b: b.on(KICK) >= {1.0, 3.0}),
        "reggae",
    ),
    Truth("bossa nova", "is soft", lambda p: p.loudness(EVERY) < 70, "samba"),
    Truth(
        "samba",
        "answers low on two and four",
        lambda p: p.loudness(SURDO, {2.0, 4.0}) > p.loudness(SURDO, {1.0, 3.0}) + 10,
        "rock",
    ),
    Truth(
        "samba",
        "leaves no sixteenth empty",
        most(lambda b: len(b.on(EVERY) & SIXTEENTHS) >= 13, 0.85),
        "reggae",
    ),
    Truth(
        "reggaeton",
        "has the dembow: snare on the fourth and seventh of eight sixteenths",
        most(lambda b: b.on(BACK) >= {1.75, 2.5, 3.75, 4.5}),
        "rock",
    ),
    Truth(
        "dancehall",
        "counts three, three and two between kick and snare",
        most(lambda b: b.on(KICK | BACK) >= {1.0, 1.75, 2.5}, 0.7),
        "rock",
    ),
    Truth("Tony Allen", "has no backbeat", few(lambda b: b.backbeat), "Al Jackson Jr."),
    Truth("Tony Allen", "ghosts", lambda p: p.ghosts >= 0.35, "Al Jackson Jr."),
    Truth(
        "latin",
        "plays the shell on the side that the clave is on",
        lambda p: cascara(p) >= 0.8,
        "bossa nova",
    ),
    Truth(
        "latin jazz",
        "plays the shell on the side that the clave is on",
        lambda p: cascara(p) >= 0.8,
        "bossa nova",
    ),
    Truth(
        "soul",
        "keeps its hats even",
        lambda p: abs(p.loudness(HATS, QUARTERS) - p.loudness(HATS, OFF_BEATS)) < 8,
        "rock",
    ),
    Truth(
        "salsa",
        "leaves the one to the others: no kick on it in most bars",
        few(lambda b: 1.0 in b.on(KICK), 0.4),
        "merengue",
    ),
    Truth("merengue", "has a kick on every beat", most(fours, 0.6), "salsa"),
    Truth("merengue", "scrapes", most(lambda b: b.count(SCRAPERS) >= 8, 0.8), "salsa"),
    Truth(
        "cumbia",
        "gallops long, short, short",
        most(
            lambda b: all({n, n + 0.5, n + 0.75} <= b.on(EVERY) for n in (1.0, 2.0, 3.0)),
            0.8,
        ),
        "rock",
    ),
    Truth(
        "soukous",
        "has the cavacha",
        most(lambda b: b.on(EVERY, 60) >= {1.75, 2.5, 3.5}, 0.6),
        "rock",
    ),
    Truth(
        "Lloyd Knibb",
        "has kick and snare together on two and four",
        most(lambda b: b.on(KICK) & b.on(BACK) >= {2.0, 4.0}, 0.5),
        "Carlton Barrett",
    ),
    Truth(
        "Tito Puente",
        "plays timbales and their bells",
        lambda p: p.mean(TIMBALES | BELLS) >= 4,
        "rock",
    ),
    Truth("Olodum", "has no cymbals", most(lambda b: not b.on(CYMBALS)), "rock"),
    Truth(
        "Los Muñequitos de Matanzas",
        "keeps the clave",
        most(lambda b: bool(b.on({Voice.CLAVES, Voice.WOODBLOCK_HIGH, Voice.WOODBLOCK_LOW}))),
        "rock",
    ),
    Truth(
        "flamenco",
        "counts twelve: accents on twelve, three, six, eight and ten",
        lambda p: (
            p.loudness(CLAP, {1.0, 2.5, 4.0, 5.0, 6.0})
            > p.loudness(CLAP, {1.5, 2.0, 3.0, 4.5}) + 15
        ),
        "samba",
    ),
    Truth(
        "Balkan",
        "is in seven, nine or eleven eighths",
        lambda p: {(g.metre.beats, g.metre.unit) for g in p.grids} <= {(7, 8), (9, 8), (11, 8)},
        "rock",
    ),
    Truth(
        "Balkan",
        "limps: low drum on one and on the head of each group",
        most(lambda b: b.on(LOW) >= {1.0, 3.0} or b.on(LOW) >= {1.0, 2.5, 3.5}, 0.75),
        "rock",
    ),
    # Electronic
    Truth("house", "has a kick on every beat", most(fours, 0.65), "breakbeat"),
    Truth("techno", "has a kick on every beat", most(fours, 0.65), "drum and bass"),
    Truth("trance", "has a kick on every beat", most(fours, 0.65), "breakbeat"),
    Truth("house", "is a machine", machine, "disco"),
    Truth("techno", "is a machine", machine, "rock"),
    Truth("synth-pop", "is a machine", machine, "funk"),
    Truth(
        "deep house",
        "swings its sixteenths more than techno",
        lambda p: p.swing(EVERY, 4) > heard("techno").swing(EVERY, 4) + 3,
        "trance",
    ),
    Truth("drum and bass", "has no kick on three", few(lambda b: 3.0 in b.on(KICK), 0.25), "house"),
    Truth("drum and bass", "is faster than 160", lambda p: p.tempo_bpm > 160, "house"),
    Truth("drum and bass", "has two and four", most(lambda b: b.backbeat, 0.7), "dubstep"),
    Truth("UK garage", "steps: no kick on three", few(lambda b: 3.0 in b.on(KICK), 0.3), "house"),
    Truth("UK garage", "swings hard", lambda p: p.swing(HATS, 4) >= 57, "techno"),
    Truth(
        "dubstep",
        "has the snare on three, not on two and four",
        most(lambda b: 3.0 in b.on(BACK, FULL) and not b.on(BACK, FULL) & {2.0, 4.0}, 0.85),
        "drum and bass",
    ),
    Truth("jungle", "chops: bars seldom come back", lambda p: p.repeats <= 0.5, "house"),
    Truth("breakbeat", "is never four on the floor", few(fours, 0.05), "house"),
    Truth("footwork", "is about 160", lambda p: 155 <= p.tempo_bpm <= 165, "house"),
    Truth("Burial", "swings hard", lambda p: p.swing(EVERY, 4) >= 56, "techno"),
    Truth("Kraftwerk", "is a machine", machine, "Phil Rudd"),
]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.name} {truth.words}")
def test_a_drummer_would_insist_on_it(truth: Truth) -> None:
    one, other = (heard(name, truth.metre, truth.seeds) for name in (truth.name, truth.foil))
    assert truth.holds(one), f"{truth.name} {truth.words}"
    assert not truth.holds(other), f"{truth.foil} {truth.words}, too"


def opening(profile: StyleProfile, bars: int) -> frozenset[tuple[int, Voice]]:
    """What is struck where in the first bars, with the same chance for everybody."""
    anybody = replace(profile, artist_name="Anybody")
    request = Request(bars, profile.trait("tempo_bpm", 120), own_metre(profile), 1, 0, None, GRID)
    return frozenset((hit.tick, hit.voice) for hit in play(anybody, request)[0].hits)


def grooves(profile: StyleProfile) -> dict[tuple[Metre, int, frozenset[tuple[int, Voice]]], float]:
    """Every groove, whatever its loudness, and how large a share of the playing it is."""
    whole = sum(bar.weight for bar in profile.grooves)
    shares: dict[tuple[Metre, int, frozenset[tuple[int, Voice]]], float] = {}
    for bar in profile.grooves:
        key = (bar.metre, bar.steps_per_quarter, bar.grid)
        shares[key] = shares.get(key, 0.0) + bar.weight / whole
    return shares


ARTISTS = list(LIBRARY.artists)
STYLES = [style["title"] for style in LIBRARY.styles.values()]


def test_no_two_artists_have_half_of_their_grooves_in_common_and_none_half_of_a_style() -> None:
    own = {name: grooves(noted_profile(name)) for name in (*ARTISTS, *STYLES)}
    assert len(own) == len(LIBRARY.artists) + len(LIBRARY.styles)
    pairs = [*combinations(ARTISTS, 2), *product(ARTISTS, STYLES)]
    for one, other in pairs:
        a, b = own[one], own[other]
        assert sum(min(a[bar], b[bar]) for bar in a.keys() & b.keys()) < 0.5, (one, other)


def test_no_two_artists_or_styles_open_alike() -> None:
    owners: dict[frozenset[tuple[int, Voice]], StyleProfile] = {}
    for name in (*ARTISTS, *STYLES):
        profile = noted_profile(name)
        other = owners.setdefault(opening(profile, 2), profile)
        if other is not profile:  # two bars may be alike; eight may not
            assert opening(other, 8) != opening(profile, 8), (name, other.artist_name)
