"""How long `similar` takes with many stored artists: `python tests/benchmarks/similar.py [N]`.

Makes a database of N made-up artists (100,000) with descriptions and vectors, and asks who is like
whom: by sqlite-vec and by numpy, where they are installed, and by styles and traits alone; each in
a process of its own, which prints the first question, later ones and memory. A vector is one of the
model for a built-in text, with noise: as near together as real ones. Goal: 100 ms a question.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from mididrumigen.app.similar import Similar
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import described, genre_of, traits_of_styles
from mididrumigen.models.described import Described
from mididrumigen.similar import text_hash, text_of
from mididrumigen.similar.model import DIMENSIONS, MODEL_ID, embed, missing
from mididrumigen.similar.traits import spreads
from mididrumigen.store import Store, nearest
from mididrumigen.store.sqlite import sqlite3
from tests.benchmarks.library import peak_mb, words

ARTISTS, QUESTIONS = 100_000, 30
NOW = "2026-01-01T00:00:00+00:00"
NOISE = 0.03
"""Standard deviation in each of 384 dimensions: a cosine of about 0.86 to the text it is from."""


def made_up(library: Library, rng: Random, number: int) -> Described:
    """An artist of one to three styles, with traits of their own."""
    keys = rng.sample(sorted(library.styles), rng.randint(1, 3))
    styles = {key: 1 / len(keys) for key in keys}
    lent = traits_of_styles(library, styles)
    own = {name: round(value * rng.gauss(1, 0.1), 3) for name, value in sorted(lent.items())[::2]}
    return Described(
        name=f"{words(rng, 3)} {number}",
        kind="artist",
        styles=styles,
        genre=genre_of(library, styles),
        about=words(rng, 12),
        traits={**lent, **own},
        own=frozenset(own),
    )


def fill(db: sqlite3.Connection, count: int, with_vectors: bool) -> None:
    """Put made-up artists in the database."""
    library, rng = Library(), Random(1)
    entries = list(described(library))
    spread = spreads(entries)
    if with_vectors:
        import numpy as np

        texts = [text_of(entry, spread) for entry in entries]
        real = np.frombuffer(b"".join(embed(texts)), dtype="<f4").reshape(-1, DIMENSIONS)
        noise = np.random.default_rng(1)
    for number in range(1, count + 1):
        entry = made_up(library, rng, number)
        norm = entry.name.lower()
        db.execute(
            "INSERT INTO artists (id, name, norm, disambiguation, created_at)"
            " VALUES (?, ?, ?, '', ?)",
            [number, entry.name, norm, NOW],
        )
        text = text_of(entry, spread)
        db.execute(
            "INSERT INTO descriptions (artist_id, text, facts, model, style, tempo_bpm)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                number,
                text,
                json.dumps(entry.to_json(), separators=(",", ":")),
                MODEL_ID if with_vectors else "",
                next(iter(entry.styles)),
                entry.traits["tempo_bpm"],
            ],
        )
        if with_vectors:
            vector = real[rng.randrange(len(real))] + noise.normal(0, NOISE, DIMENSIONS)
            vector = (vector / np.linalg.norm(vector)).astype("<f4").tobytes()
            db.execute(
                "INSERT INTO vectors (artist_id, model, text_hash, vector) VALUES (?, ?, ?, ?)",
                [number, MODEL_ID, text_hash(text), vector],
            )


async def make(path: Path, count: int) -> None:
    """The database."""
    store = await Store.open(path)
    began = time.perf_counter()
    await store.write(fill, count, not missing())
    print(f"{count} artists made in {time.perf_counter() - began:.0f} s, {os.cpu_count()} cores")
    await store.close()


async def ask(way: str, path: Path) -> None:
    """Ask, first once and then many times, and print what it took."""
    rng = Random(2)
    store = await Store.open(path)
    similar = Similar(store, Library(), path.with_name("index.db"), way != "neither")
    if way == "sqlite-vec":
        similar._search = await asyncio.to_thread(
            nearest.Indexed, path.with_name("index.db"), MODEL_ID, DIMENSIONS
        )
    elif way == "numpy":
        similar._search = nearest.Exact(DIMENSIONS)
    names = [
        row[0]
        for row in await store.read(
            lambda db: db.execute("SELECT name FROM artists ORDER BY id LIMIT 5000").fetchall()
        )
    ]
    took = []
    for number in range(QUESTIONS + 1):
        began = time.perf_counter()
        result = await similar.to_artist(rng.choice(names))
        took.append((time.perf_counter() - began) * 1000)
        assert len(result.nearest) == 10
        assert (result.model is None) == (way == "neither")
        if number == 0:
            print(f"{way:12} first {took[0]:8.0f} ms", end="  ")
    later = sorted(took[1:])
    print(
        f"later p50 {statistics.median(later):6.1f} ms  max {later[-1]:6.1f} ms"
        f"  memory {peak_mb('self'):.0f} MB at most"
    )
    if way != "neither":
        took = []
        for number in range(5):
            began = time.perf_counter()
            await similar.to_text(f"swung hip hop with a late snare, number {number}")
            took.append((time.perf_counter() - began) * 1000)
        print(f"{'':12} text: first {took[0]:.0f} ms, later {statistics.median(took[1:]):.0f} ms")
    await similar.close()
    await store.close()


def main() -> None:
    """Make the database, then ask in processes of their own; `ASK WAY PATH` is one of those."""
    if sys.argv[1:2] == ["ask"]:
        asyncio.run(ask(sys.argv[2], Path(sys.argv[3])))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTISTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.db")
        asyncio.run(make(path, count))
        ways = ["neither"] if missing() else ["sqlite-vec", "sqlite-vec", "numpy", "neither"]
        if nearest.vec_problem() and not missing():
            print(f"not by sqlite-vec: {nearest.vec_problem()}")
            ways = ["numpy", "neither"]
        for way in ways:
            subprocess.run([sys.executable, __file__, "ask", way, str(path)], check=True)
        size = sum(p.stat().st_size for p in path.parent.glob("x.db*")) / 1e6
        index = sum(p.stat().st_size for p in path.parent.glob("index.db*")) / 1e6
        print(f"database {size:.0f} MB, index of sqlite-vec {index:.0f} MB")


if __name__ == "__main__":
    main()
