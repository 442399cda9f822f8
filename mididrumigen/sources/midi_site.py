"""What the MIDI sites share: which of their files are the artist's, and fetching few of them.

Conventions: these sites ask programs not to fetch files. Without the user's consent the pages are
named, to be opened by hand; with it a few files are fetched, slowly, put into a temporary folder,
read like files of the user's own, and deleted. The files are transcriptions by strangers: a wrong
artist poisons a profile, so the name must say whose song it is.
"""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard, evidence_id
from mididrumigen.models.file_names import HYPHEN, artist_key, name_guesses
from mididrumigen.models.names import normalise_name
from mididrumigen.sources.articles import shown
from mididrumigen.sources.midi_reading import MidiFile, Seen, read_each
from mididrumigen.sources.tools import Tools

MAX_FILES, MAX_QUICK = 5, 1
MAX_FILE_BYTES = 2_000_000
CONFIDENCE = 0.45
"""Less than a file that the user chose: nobody says who wrote it."""

_MAX_NAME = 150
_STARTS = (b"MThd", b"RIFF")


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that a site has."""

    name: str
    """As "Artist - Title.mid", or whatever the site calls it."""
    page: str
    """Where a person finds it."""
    file: str
    """Where its bytes are, for the site's own source."""


def fitting(offers: Iterable[Offer], artist: Artist) -> list[Offer]:
    """Those of the artist by their names, one a title, only a few."""
    names = (artist.name, *artist.aliases)
    keys = {artist_key(name) for name in names}
    phrases = [f" {words} " for name in names if " " in (words := normalise_name(name))]
    kept: dict[str, Offer] = {}
    for offer in offers:
        guesses = [g for g in name_guesses(offer.name, ()) if g.weight >= HYPHEN]
        words = f" {normalise_name(offer.name)} "
        if any(artist_key(guess.artist) in keys for guess in guesses) or any(
            phrase in words for phrase in phrases
        ):
            title = guesses[0].title if guesses else offer.name
            kept.setdefault(normalise_name(title), offer)
    return list(kept.values())[:MAX_FILES]


def tidy_name(name: object) -> str:
    """A file's name as it may be shown; empty where it is none."""
    return " ".join(shown(name, _MAX_NAME).split()) if isinstance(name, str) else ""


async def from_offers(
    offers: Sequence[Offer],
    fetch: Callable[[Offer], Awaitable[bytes]],
    card: SourceCard,
    tools: Tools,
    artist: Artist,
    inputs: Inputs,
    progress: Progress,
) -> AsyncGenerator[Evidence, None]:
    """Evidence of each file; `fetch` gives its bytes. Raises SourceUnavailable where there are some
    and the user has not said yes: they are in `progress.refused` then, with their pages.
    """
    if offers and card.name not in tools.consent:
        for offer in offers:
            by_hand = "open the page and save the file into your MIDI folder"
            progress.refuse(offer.page, f"{offer.name}: {by_hand}")
        files = "a file" if len(offers) == 1 else f"{len(offers)} files"
        raise SourceUnavailable(
            f"{card.title} has {files} of {artist.name} and asks programs not to fetch them",
            f"open the pages named, or say yes: mididrumigen consent allow {card.name}",
        )
    if inputs.is_quick:
        offers = offers[:MAX_QUICK]
    seen = Seen(inputs, {offer.page for offer in offers})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for done, offer in enumerate(offers):
            progress.tell(offer.name, done, len(offers))
            if known := inputs.found_already(offer.page):
                seen.add(offer.name, known.value)
                yield known
                continue
            try:
                body = await fetch(offer)
            except SourceUnavailable as error:
                progress.refuse(offer.name, str(error))
                continue
            if not body.startswith(_STARTS):
                progress.refuse(offer.name, "answered with something else than a MIDI file")
                continue
            path = Path(folder, f"{done}.mid")
            await asyncio.to_thread(path.write_bytes, body)
            file = MidiFile(path, offer.page, offer.name)
            async with aclosing(read_each(tools.workers, [file], seen, progress)) as answers:
                async for _, value in answers:
                    if value is not None:
                        yield Evidence(
                            id=evidence_id(card.name, offer.page),
                            source=card.name,
                            kind=card.kind,
                            url=offer.page,
                            value=value,
                            confidence=CONFIDENCE,
                            retrieved_at=inputs.retrieved_at,
                            licence=card.licence,
                        )
