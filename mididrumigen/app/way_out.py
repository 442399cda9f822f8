"""The beginning of a research: whether there is a network, and whom the sites know by a name.

Conventions: who is known keeps the name that the user's library has; what the sites call him is an
alias. Several artists of one name are kept, so that one of them can be picked, and the research
ends with the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mididrumigen.app.clock import now
from mididrumigen.app.network import Network
from mididrumigen.app.settings import Settings
from mididrumigen.errors import ResearchError
from mididrumigen.models import Artist, Progress, SourceCard, SourceReport
from mididrumigen.research.identity import complete, identify
from mididrumigen.sources import Tools
from mididrumigen.store import Store, queries


@dataclass(frozen=True, slots=True)
class WayOut:
    """Whom a research is about, and what it asks with."""

    artist: Artist
    tools: Tools
    is_open: bool = False
    """False: nobody outside this machine is asked."""
    why: str = ""
    """Why it is shut, where the user did not say so."""
    reports: tuple[SourceReport, ...] = ()
    """How those fared who were asked whom the name means."""

    def may_ask(self, card: SourceCard, is_quick: bool) -> bool:
        """Whether a source is asked."""
        return card.is_local or (self.is_open and not (is_quick and card.is_slow))


async def way_out(
    artist: Artist,
    tools: Tools,
    network: Network,
    settings: Settings,
    store: Store,
    progress: Progress,
    *,
    is_quick: bool,
    is_picked: bool = False,
) -> WayOut:
    """Whom the sites know by the name of `artist`, and the tools to ask them with. Raises
    ResearchError where several have it and nobody said which; `is_picked`: the user did.
    """
    if not network.is_on:
        return WayOut(artist, tools)
    tools = await network.tools(tools)
    if not await network.reaches():
        return WayOut(artist, tools, why="no network was reached")
    sources = settings.config.sources
    if artist.mbid or artist.qid or artist.disambiguation:
        known = await complete(artist, sources, tools, progress, is_quick=is_quick)
    else:
        known = await identify(artist.name, sources, tools, progress, is_quick=is_quick)
    if len(known.choices) > 1 and not is_picked:
        raise await _which(artist.name, known.choices, store)
    if known.artist is None:
        return WayOut(artist, tools, is_open=True, reports=known.reports)
    return WayOut(_merged(artist, known.artist), tools, is_open=True, reports=known.reports)


def _merged(asked: Artist, found: Artist) -> Artist:
    aliases = (*asked.aliases, *found.aliases, *((found.name,) if found.name != asked.name else ()))
    return replace(
        found,
        name=asked.name,
        disambiguation=asked.disambiguation,
        aliases=tuple(dict.fromkeys(aliases)),
    )


async def _which(name: str, choices: Sequence[Artist], store: Store) -> ResearchError:
    """The question which of several is meant; they can be picked from then on."""
    for choice in choices:
        await store.write(queries.add_artist, choice, now())
    of_name = [artist for _, artist in await store.read(queries.artists_named, name)]
    listed = "; ".join(
        f"{number} {artist.name}" + (f" ({artist.disambiguation})" if artist.disambiguation else "")
        for number, artist in enumerate(of_name, 1)
    )
    return ResearchError(
        f"several artists are called {name}: {listed}",
        "ask again and choose which (on the command line: --pick N)",
    )
