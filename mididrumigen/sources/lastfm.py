"""Last.fm: what listeners call an artist's music, and what they write about him.

Address: https://ws.audioscrobbler.com/2.0/, with a free key, for non-commercial use with credit and
link; 2 requests a second. The text about an artist is CC BY-SA. Traps: errors may come with HTTP
200 as `{"error": 6, "message": ...}`; a list of one row is the row itself; all artists of one name
share one page, whose text then begins with their number; "corrected" names may be another artist.
"""

import html
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.names import normalise_name
from mididrumigen.sources.fields import address, at, count, paragraphs, rows, text, uuid
from mididrumigen.sources.meant import Meant
from mididrumigen.sources.site import Site

CARD = SourceCard(
    name="lastfm",
    kind="metadata",
    title="Last.fm",
    base_url="https://ws.audioscrobbler.com",
    licence="Last.fm, non-commercial, with a link; texts CC BY-SA 4.0",
    per_second=2.0,
    key="lastfm",
    needs_key=True,
)

STYLES, WORDS = 0.45, 0.5
"""Confidence, a judgement: of tags that anybody may set, and of a text that anybody may write."""
MIN_VOTES, MAX_STYLES = 5, 20
"""Of the 100 that the commonest tag has; tags that are kept."""

_MAX_TEXT = 100_000
_NO_STYLE = frozenset({"seen live", "favorites", "favourites", "favorite", "all", "spotify"})
_TAG = re.compile(r"<[^<>]*>")
_END = re.compile(r"\s*(?:Read more on Last\.fm|User-contributed text is available)")
_SEVERAL = re.compile(
    r"\A\W*(?:1[.):]|[^.]{0,80}\b(?:may refer to|than one (?:artist|band|act|group|project))\b"
    r"|[^.]{0,60}\b(?:multiple|several|many|various|different|two|three|four|five|six|seven|eight"
    r"|nine|ten|\d+) (?:\w+ )?(?:artists|bands|acts|groups|projects|musicians)\b[^.]{0,80}"
    r"\b(?:name|named|called|known as|moniker|alias)\b)",
    re.IGNORECASE,
)
_NOTHING, _BAD_KEYS, _TOO_MANY = 6, (4, 10, 26), 29


@dataclass(frozen=True, slots=True)
class About:
    """What the page of an artist says."""

    name: str
    mbid: str
    url: str
    text: str
    """Plain; empty where it is about several artists of the name."""


class LastFm(Site):
    """Tags as styles, and the claims of the text."""

    card = CARD
    name = "lastfm"

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """The styles, then what the text claims."""
        self.needed_key()
        meant = Meant(artist)
        progress.tell("asking Last.fm about the artist")
        about = parse_info(await self._call("artist.getinfo", artist.name))
        if about is None or not meant.is_called(about.name):
            return
        # All artists of a name share a page, whose id is often out of date: it can only confirm.
        if meant.has_namesake and (not about.mbid or about.mbid != uuid(artist.mbid)):
            self.doubt(artist, progress)
            return
        for claim in await self.claimed(artist, inputs, about.url + "/+wiki", WORDS, about.text):
            yield claim
        styles = parse_tags(await self._call("artist.gettoptags", artist.name), about.name)
        if styles:
            yield self.told(inputs, about.url, STYLES, {"styles": styles}, part="styles")

    async def _call(self, method: str, name: str) -> Any:
        return checked(
            await self.ask(
                "/2.0/",
                {"method": method, "artist": name, "autocorrect": 1, "format": "json"},
                secret_params={"api_key": self._key},
                accept={400, 403},  # the reason stands in the body
            )
        )


def checked(body: Any) -> Any:
    """A body that is no error, None where nothing is there; raises SourceUnavailable."""
    if at(body, "error") is None:
        return body
    code = count(at(body, "error"))
    if code == _NOTHING:
        return None
    if code in _BAD_KEYS:
        raise SourceUnavailable("Last.fm refuses the key", "mididrumigen keys set lastfm")
    if code == _TOO_MANY:
        raise SourceUnavailable("Last.fm is asked too much with this key", "try again later")
    reason = text(at(body, "message")) or "no reason given"
    raise SourceUnavailable(f"Last.fm refused the question: {reason}")


def parse_info(body: object) -> About | None:
    """What the page of an artist says; None where there is none."""
    artist = at(body, "artist")
    name = text(at(artist, "name"))
    url = address(at(artist, "url"), "https://www.last.fm/", "https://last.fm/")
    if not name or not url:
        return None
    told = at(artist, "bio", "content") or at(artist, "bio", "summary")
    return About(name, uuid(at(artist, "mbid")), url.rstrip("/"), plain(told))


def plain(told: object) -> str:
    """The text about one artist without marks and what Last.fm puts behind it; empty where it is
    about several.
    """
    words = html.unescape(_TAG.sub("", paragraphs(told, _MAX_TEXT)))
    if end := _END.search(words):
        words = words[: end.start()]
    return "" if _SEVERAL.match(words) else words.strip()


def parse_tags(body: object, name: str) -> dict[str, int]:
    """Tags that may be styles, the commonest first, with votes of 100."""
    styles: dict[str, int] = {}
    for row in rows(at(body, "toptags", "tag")):
        tag, votes = text(row.get("name")).lower(), count(row.get("count"))
        is_style = tag and tag not in _NO_STYLE and normalise_name(tag) != normalise_name(name)
        if is_style and votes >= MIN_VOTES:
            styles.setdefault(tag, votes)
    return dict(sorted(styles.items(), key=lambda style: -style[1])[:MAX_STYLES])
