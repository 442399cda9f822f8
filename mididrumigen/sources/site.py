"""What the sources that ask one site for its data share: the way there, the key, and evidence.

Conventions: `ask` gives JSON, or None where the site has nothing at an address. A failure is a
SourceUnavailable, and what was found before it stays, since evidence is given as it is found.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import (
    Artist,
    Drummer,
    Evidence,
    Inputs,
    Progress,
    SourceCard,
    evidence_id,
)
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.models.fetched import Keeping
from mididrumigen.sources.fields import isrc as tidy_isrc
from mididrumigen.sources.fields import uuid
from mididrumigen.sources.tools import Tools

QUICK_TRACKS, FULL_TRACKS = 8, 50
"""Tracks whose tempo is asked for."""

_OF_THE_SONG = frozenset({"tempo_bpm", "metre"})


class Site:
    """A source that asks one site."""

    card: SourceCard
    name: str
    kind: EvidenceKind = "metadata"

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._base = (settings.base_url or self.card.base_url).rstrip("/")
        self._fetch = tools.fetch
        self._key = tools.keys.get(self.card.key, "") if self.card.key else ""

    async def ask(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        *,
        keep: Keeping = "metadata",
        secret_params: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        accept: Iterable[int] = (),
    ) -> Any:
        """JSON at a path below the base address, None where the site has nothing there (404); of
        other statuses only that of those in `accept`. Raises SourceUnavailable.
        """
        fetched = await self._fetch.get(
            self.card,
            self._base + path,
            params=params,
            secret_params=secret_params,
            secret_headers=secret_headers,
            keep=keep,
            accept=frozenset({200, 404, *accept}),
        )
        return None if fetched.status == 404 else fetched.json()

    def needed_key(self, what: str = "key") -> str:
        """The key, where the site answers nobody without one; raises SourceUnavailable."""
        if not self._key:
            raise SourceUnavailable(
                f"{self.card.title} needs a free {what}", f"mididrumigen keys set {self.card.key}"
            )
        return self._key

    def doubt(self, artist: Artist, progress: Progress) -> None:
        """Tell that an artist of the name was found, and left out since there are several."""
        progress.refuse(
            f"{artist.name} at {self.card.title}", "it may be another artist of this name"
        )

    def told(
        self,
        inputs: Inputs,
        url: str,
        confidence: float,
        value: Mapping[str, Any],
        *,
        part: str = "",
        quote: str = "",
    ) -> Evidence:
        """Evidence of what the site tells at an address, or in a part of what stands there."""
        return Evidence(
            id=evidence_id(self.name, url, part),
            source=self.name,
            kind=self.kind,
            url=url,
            value={"basis": "told", "traits": {}, "bars": [], **value},
            confidence=round(confidence, 3),
            retrieved_at=inputs.retrieved_at,
            licence=self.card.licence,
            quote=quote,
        )

    def credited(
        self, inputs: Inputs, url: str, confidence: float, drummers: Iterable[Drummer]
    ) -> Evidence:
        """Evidence of who drums on what stands at an address."""
        listed = [{"name": d.name, "begin": d.begin, "end": d.end} for d in drummers]
        return self.told(inputs, url, confidence, {"drummers": listed}, part="drummers")

    async def claimed(
        self, artist: Artist, inputs: Inputs, url: str, worth: float, text: str, *, song: str = ""
    ) -> list[Evidence]:
        """Evidence of the claims in a text about the artist, or about one `song` of his."""
        # Its tables of words, only where used.
        from mididrumigen.prose import claims_of
        from mididrumigen.sources.articles import Reading, evidence_of, names_of

        names = names_of(artist, song)
        # In a thread: a long text takes a moment, and others are waited for meanwhile.
        claims = await asyncio.to_thread(claims_of, text, names, is_about=True) if text else ()
        of_song = [
            # Named or not, in a note on one song.
            replace(claim, song=claim.song or song) if claim.trait in _OF_THE_SONG else claim
            for claim in claims
        ]
        return evidence_of(
            Reading(url, song, tuple(of_song)), self.card, inputs.retrieved_at, worth
        )


def tempo_of(track: str, bpm: float, *, isrc: str = "", mbid: str = "") -> dict[str, Any]:
    """Value of evidence of one track's tempo."""
    return {"tempo": {"track": track, "bpm": bpm, "isrc": tidy_isrc(isrc), "mbid": uuid(mbid)}}
