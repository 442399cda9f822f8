"""AcousticBrainz: tempo of recordings, measured by programs on listeners' machines until 2022.

Address: https://acousticbrainz.org/api/v1/low-level; licence CC0; at most one request a second.
Traps: it stopped collecting in July 2022, is still served and may vanish; unknown recordings are
silently absent; one id that is no UUID refuses the whole call; a recording has several
measurements ("offsets"), each of which must be asked for; tempos are half or double often.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from statistics import median_low

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard, Track
from mididrumigen.models.titles import is_remade
from mididrumigen.sources.fields import at, number, tempo_bpm, uuid
from mididrumigen.sources.site import FULL_TRACKS, Site, tempo_of

CARD = SourceCard(
    name="acousticbrainz",
    kind="metadata",
    title="AcousticBrainz",
    base_url="https://acousticbrainz.org",
    licence="CC0",
)

A_CALL = 25
"""(Recording, offset) pairs of one call, by the server's own limit."""
OFFSETS = 3
"""Measurements of a recording that a full research asks for."""

AGREED, ALONE, AT_ODDS = 0.5, 0.45, 0.3
"""Confidence, a judgement: one program's beat tracking is right but for the octave for most music
and its makers call its quality uneven, so half a vote; less where one measurement stands alone,
and where two differ.
"""
_SAME = 0.04
"""Share by which two measurements of one tempo differ at most: the tolerance that beat trackers
are judged by.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one recording."""

    bpm: float
    onsets_per_s: float | None
    count: int
    """Measurements with a tempo."""
    is_agreed: bool
    """True where all of them are one tempo."""


class AcousticBrainz(Site):
    """Tempos by MusicBrainz id."""

    card = CARD
    name = "acousticbrainz"

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """A tempo for each track that was measured."""
        known = {uuid(track.mbid): track for track in artist.tracks if not is_remade(track.title)}
        known.pop("", None)
        offsets = 1 if inputs.is_quick else OFFSETS
        mbids = list(known)[: A_CALL if inputs.is_quick else FULL_TRACKS]
        a_call = A_CALL // offsets
        for start in range(0, len(mbids), a_call):
            progress.tell("asking AcousticBrainz for tempos", start, len(mbids))
            asked = mbids[start : start + a_call]
            for mbid, measured in parse_bulk(await self._measured(asked, offsets), asked).items():
                yield self._evidence(inputs, known[mbid], mbid, measured)

    async def _measured(self, mbids: Sequence[str], offsets: int) -> object:
        pairs = [f"{mbid}:{offset}" for mbid in mbids for offset in range(offsets)]
        try:
            return await self.ask(
                "/api/v1/low-level",
                {
                    "recording_ids": ";".join(pairs),
                    "features": "rhythm.bpm;rhythm.onset_rate",
                },
            )
        except SourceUnavailable as error:
            raise SourceUnavailable(
                error.message,
                error.hint
                or "it stopped collecting in 2022 and can disappear at any time; tempo comes from"
                " the other sources",
            ) from error

    def _evidence(self, inputs: Inputs, track: Track, mbid: str, measured: Measured) -> Evidence:
        confidence = AT_ODDS
        if measured.is_agreed:
            confidence = AGREED if measured.count > 1 else ALONE
        value = tempo_of(track.title, measured.bpm, isrc=track.isrc, mbid=mbid)
        if measured.onsets_per_s is not None:
            value["onsets_per_s"] = measured.onsets_per_s
        return self.told(inputs, f"https://acousticbrainz.org/{mbid}", confidence, value)


def parse_bulk(body: object, asked: Sequence[str]) -> dict[str, Measured]:
    """What a bulk answer says, by the MusicBrainz id that was asked for."""
    found = {}
    for mbid in asked:
        # A recording that was merged into another stands under the other's id.
        documents = at(body, mbid) or at(body, uuid(at(body, "mbid_mapping", mbid)))
        if isinstance(documents, dict) and (measured := parse_documents(list(documents.values()))):
            found[mbid] = measured
    return found


def parse_documents(documents: Sequence[object]) -> Measured | None:
    """What the measurements of one recording say together; None where none has a tempo."""
    tempos, rates = [], []
    for document in documents[:100]:
        if (bpm := tempo_bpm(at(document, "rhythm", "bpm"))) is not None:
            tempos.append(bpm)
        rate = number(at(document, "rhythm", "onset_rate"))
        if rate is not None and 0 < rate < 100:
            rates.append(rate)
    if not tempos:
        return None
    # The mean of a tempo and its double would be neither.
    bpm = median_low(tempos)
    return Measured(
        bpm=bpm,
        onsets_per_s=round(median_low(rates), 2) if rates else None,
        count=len(tempos),
        is_agreed=max(tempos) <= min(tempos) * (1 + _SAME),
    )
