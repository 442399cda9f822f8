"""What MIDI readers make of damaged files, and how well drums are found:
`python tests/benchmarks/reader.py [--damaged N] [--takes N] [FOLDER OF GOOD DRUM MIDI]`.

Prints, for this reader and for mido, symusic and pretty_midi where they are installed, how many
files they read of those with one defect and of randomly damaged versions of good ones, how many of
the strokes that the defects leave they find at the right place with the right velocity (in any
track, as the others do not look for drums), and the longest time and the most memory of one file.
Then precision and recall of the drums that are found in takes put among made-up bass and piano.
Goals: refuses fewer than any other; no file takes over 2 s or 300 MB.
"""

import argparse
import io
import multiprocessing
import resource
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from mididrumigen.errors import MidiError
from mididrumigen.midi import read_midi
from mididrumigen.midi.drum_parts import drum_part
from mididrumigen.midi.parse import parse
from tests.midi.broken import FILES
from tests.midi.damage import damaged
from tests.midi.parts import (
    BAR,
    Stroke,
    arpeggios,
    bass_line,
    body,
    chords,
    midi,
    named,
    played,
    walking_bass,
)

LIMIT_S = 20.0
Reader = Callable[[bytes], set[Stroke]]


def ours(data: bytes) -> set[Stroke]:
    """Through `read_midi`, whose refusals count, and then the strokes before the map."""
    read_midi(data)
    song = parse(data)
    return _scaled(
        [(t, p, v) for track in song.tracks for t, _, p, v in track.notes if v], song.division
    )


def _scaled(strokes: Sequence[Stroke], division: int) -> set[Stroke]:
    if division <= 0:
        frames, parts = -(division >> 8), division & 0xFF
        per_quarter = (30_000 / 1001 if frames == 29 else frames) * parts / 2
    else:
        per_quarter = division
    return {(round(t * 480 / per_quarter), p, v) for t, p, v in strokes}


def _mido(data: bytes, clip: bool) -> set[Stroke]:
    import mido

    song = mido.MidiFile(file=io.BytesIO(data), clip=clip)
    strokes = []
    for track in song.tracks:
        tick = 0
        for event in track:
            tick += event.time
            if event.type == "note_on" and event.velocity:
                strokes.append((tick, event.note, event.velocity))
    return _scaled(strokes, song.ticks_per_beat)


def plain_mido(data: bytes) -> set[Stroke]:
    return _mido(data, clip=False)


def clipping_mido(data: bytes) -> set[Stroke]:
    return _mido(data, clip=True)


def symusic(data: bytes) -> set[Stroke]:
    from symusic import Score

    score: Any = Score.from_midi(data)
    strokes = [(n.time, n.pitch, n.velocity) for track in score.tracks for n in track.notes]
    return _scaled(strokes, score.ticks_per_quarter)


def pretty_midi(data: bytes) -> set[Stroke]:
    from pretty_midi import PrettyMIDI

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        song = PrettyMIDI(io.BytesIO(data))
    strokes = [
        (song.time_to_tick(n.start), n.pitch, n.velocity)
        for instrument in song.instruments
        for n in instrument.notes
    ]
    return _scaled(strokes, song.resolution)


READERS: dict[str, tuple[Reader, str]] = {
    "this reader": (ours, "mido"),
    "mido": (plain_mido, "mido"),
    "mido, clip=True": (clipping_mido, "mido"),
    "symusic": (symusic, "symusic"),
    "pretty_midi": (pretty_midi, "pretty_midi"),
}


def _one(read: Reader, data: bytes, out: Connection) -> None:
    """In a process of its own: what comes of one file."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    found: set[Stroke] | None
    try:
        found = read(data)
        crash = ""
    except Exception as error:  # the others raise anything
        found, crash = None, "" if isinstance(error, MidiError) else type(error).__name__
    took = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    out.send((found, took, grown / 1024, crash))


def outcome(read: Reader, data: bytes) -> tuple[set[Stroke] | None, float, float]:
    """(notes or None, seconds, MB) of one file; a reader that dies or hangs has not read it."""
    context = multiprocessing.get_context("fork")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_one, args=(read, data, its))
    process.start()
    its.close()
    result: tuple[set[Stroke] | None, float, float] = (None, LIMIT_S, 0.0)
    try:
        if mine.poll(LIMIT_S):
            result = mine.recv()[:3]
    except EOFError:
        result = (None, 0.0, 0.0)
    process.kill()
    process.join()
    return result


def compare(title: str, cases: Sequence[tuple[bytes, set[Stroke] | None]]) -> None:
    """One table: files with what is left in them; None where nothing is known to be."""
    total = sum(len(left) for _, left in cases if left)
    readable = sum(bool(left) for _, left in cases)
    print(f"\n{title}: {len(cases)} files, {readable} with notes left, {total} notes in them")
    print(f"{'':18} {'read':>9} {'all right':>9} {'notes right':>16} {'longest':>9} {'memory':>8}")
    for name, (read, needs) in READERS.items():
        if not find_spec(needs):
            print(f"{name:18} not installed")
            continue
        read(cases_good())  # imports, outside of the measurement
        reads = whole = right = 0
        longest = most = 0.0
        for data, left in cases:
            found, took, grown = outcome(read, data)
            longest, most = max(longest, took), max(most, grown)
            if found is not None:
                reads += 1
                hit = len(found & left) if left else 0
                right += hit
                whole += bool(left) and hit == len(left or ())
        share = f"{right} ({100 * right / total:.1f} %)"
        print(f"{name:18} {reads:9} {whole:9} {share:>16} {longest:7.2f} s {most:5.0f} MB")


def cases_good() -> bytes:
    """A file that everybody reads."""
    from tests.midi.broken import GOOD

    return GOOD


def damaged_cases(count: int, good: Sequence[bytes]) -> list[tuple[bytes, set[Stroke]]]:
    """Damaged versions and the notes that were in them before."""
    rng = Random(4)
    cases = []
    for _ in range(count):
        data = rng.choice(good)
        song = parse(data)
        strokes = [(t, p, v) for track in song.tracks for t, _, p, v in track.notes if v]
        cases.append((damaged(data, rng), _scaled(strokes, song.division)))
    return cases


def drum_finding(takes: Sequence[bytes]) -> None:
    """Precision and recall, by arrangement, over all strokes."""
    counts: dict[str, list[int]] = {}
    for seed, data in enumerate(takes):
        song = parse(data)
        drums = sorted(_scaled(drum_part(song).struck, song.division))
        if len(drums) < 16:
            continue
        bars = drums[-1][0] // BAR + 1
        rng = Random(seed)
        bass = rng.choice((bass_line, walking_bass))(bars, rng)
        piano = rng.choice((chords, arpeggios))(bars, rng)
        others = [
            body([*named("Bass"), *played(bass, 1)]),
            body([*named("Pno"), *played(piano, 0)]),
        ]
        unnamed = [body(played(bass, 1)), body(played(piano, 0))]
        merged = [*played(bass, 1), *played(piano, 0)]
        feet = [stroke for stroke in drums if stroke[1] in (35, 36, 44)]
        hands = [stroke for stroke in drums if stroke[1] not in (35, 36, 44)]
        name = rng.choice(("Drums", "DRUM KIT", "Schlagzeug", "Batterie", "Perc"))
        arrangements = {
            "type-0 merge": midi(body([*merged, *played(drums, 9)]), kind=0),
            "two drum tracks": midi(*others, body(played(feet, 9)), body(played(hands, 9))),
            "renamed, channel 5": midi(*others, body([*named(name), *played(drums, 4)])),
            "unnamed, channel 5": midi(*unnamed, body(played(drums, 4))),
            "unnamed, channel 5, type 0": midi(body([*merged, *played(drums, 4)]), kind=0),
            "no drums (notes taken wrongly)": midi(*unnamed),
        }
        for title, arranged in arrangements.items():
            found = set(drum_part(parse(arranged)).struck)
            wanted = set() if title.startswith("no drums") else set(drums)
            row = counts.setdefault(title, [0, 0, 0, 0, 0])
            row[0] += len(found & wanted)
            row[1] += len(found)
            row[2] += len(wanted)
            row[3] += found == wanted
            row[4] += 1
    print(f"\nDrum finding\n{'':32} {'precision':>9} {'recall':>9} {'files all right':>16}")
    for title, (right, found_count, wanted_count, whole, files) in counts.items():
        precision = f"{right / found_count:.4f}" if found_count else "-"
        recall = f"{right / wanted_count:.4f}" if wanted_count else "-"
        print(f"{title:32} {precision:>9} {recall:>9} {whole:>8} of {files:4}")


def main(arguments: Sequence[str]) -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--damaged", type=int, default=200)
    parser.add_argument("--takes", type=int, default=200)
    options = parser.parse_args(arguments)
    compare("One defect each", [(f.data, None if f.left is None else set(f.left)) for f in FILES])
    takes: list[bytes] = []
    if options.folder:
        paths = sorted((*options.folder.rglob("*.mid"), *options.folder.rglob("*.midi")))
        paths = Random(1).sample(paths, min(options.takes, len(paths)))
        takes = [path.read_bytes() for path in paths]
    good_files = [data for data in takes if len(data) < 20_000] or [cases_good()]
    compare("Randomly damaged", damaged_cases(options.damaged, good_files))
    if takes:
        drum_finding(takes)


if __name__ == "__main__":
    main(sys.argv[1:])
