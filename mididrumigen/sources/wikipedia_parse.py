"""What Wikipedia answers -> pages, and who drums by the list of a band's members. Pure.

Conventions: nothing here raises; both format versions of the API are read. A page that is missing,
lists several articles of one name, or is a part of another page is a page all the same and says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from mididrumigen.models import Drummer
from mididrumigen.sources.credits import is_drummer
from mididrumigen.sources.fields import address, at, count, paragraphs, rows, text
from mididrumigen.sources.subject import makes_music
from mididrumigen.sources.wikidata_parse import qid_of

SITE = "https://en.wikipedia.org"
_MAX_TEXT, _MAX_LINKS = 400_000, 500

_SEVERAL = re.compile(r"\A[^.]{0,200}\b(?:may|can) (?:also )?refer to\b")
_BRACKET = re.compile(r"\s*\([^()]*\)\Z")
_HEADING = re.compile(r"\A=+\s*(.*?)\s*=+\Z")
_MEMBERS = re.compile(r"\b(?:members?|line-?ups?|personnel)\b", re.IGNORECASE)
_NOT_MEMBERS = re.compile(r"\b(?:tour\w*|live|session|guest|additional|timeline)\b", re.IGNORECASE)
_MEMBER = re.compile(r"\A[*\s]*([^\W\d_][^:;,()\u2013\u2014]{1,60}?)\s+[-\u2013\u2014]\s+(.+)\Z")
_STINT = re.compile(r"\b((?:19|20)\d\d)(?:\s*[-\u2013\u2014]\s*((?:19|20)\d\d|present\b)?)?")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or what of it was asked for."""

    title: str
    text: str = ""
    """Headings as `== Style ==`, paragraphs divided by empty lines."""
    about: str = ""
    """A few words on its subject."""
    revision: int = 0
    qid: str = ""
    is_missing: bool = False
    lists_several: bool = False
    """True of a disambiguation page."""
    redirected_from: str = ""
    is_part: bool = False
    """True where the redirect led to a section."""
    links: tuple[str, ...] = ()
    """Addresses outside that it cites."""

    @property
    def url(self) -> str:
        """Where a person can read just this revision."""
        title = quote(self.title.replace(" ", "_"), safe="/:()',!")
        if not self.revision:
            return f"{SITE}/wiki/{title}"
        return f"{SITE}/w/index.php?title={title}&oldid={self.revision}"

    @property
    def is_article(self) -> bool:
        """Whether it is an article of its own."""
        return not (self.is_missing or self.lists_several or self.is_part)

    @property
    def makes_music(self) -> bool:
        """Whether its subject is a musician or a band, by the few words or the first ones."""
        return makes_music(self.about or self.text[:300].partition("\n")[0])


def parse_pages(body: Any) -> dict[str, Page]:
    """Pages by the title under which they were asked for, and by their own."""
    query = at(body, "query")
    listed = at(query, "pages")
    found = list(listed.values()) if isinstance(listed, Mapping) else listed
    pages = {page.title: page for row in rows(found) if (page := _page(row)) is not None}
    # A title is first spelt as the wiki spells it, then led on.
    for step in ("redirects", "normalized"):
        for row in reversed(rows(at(query, step))):  # of a chain the end first
            asked, title = text(row.get("from")), text(row.get("to"))
            if asked and title in pages and asked not in pages:
                page = pages[title]
                if step == "redirects":
                    page = replace(page, redirected_from=asked, is_part=bool(row.get("tofragment")))
                pages[asked] = page
    return pages


def _page(row: Mapping[str, Any]) -> Page | None:
    title = text(row.get("title"))
    if not title:
        return None
    props = row.get("pageprops")
    told = paragraphs(row.get("extract"), _MAX_TEXT).replace("\n", "\n\n")
    links = [address(_link(each), "http://", "https://") for each in rows(row.get("extlinks"))]
    return Page(
        title,
        told,
        text(at(props, "wikibase-shortdesc")),
        count(row.get("lastrevid")),
        qid_of(at(props, "wikibase_item")),
        any(row.get(word) not in (None, False) for word in ("missing", "invalid")),
        (isinstance(props, Mapping) and "disambiguation" in props) or bool(_SEVERAL.search(told)),
        links=tuple(dict.fromkeys(link for link in links if link))[:_MAX_LINKS],
    )


def _link(row: Mapping[str, Any]) -> str:
    told = text(row.get("url")) or text(row.get("*"))
    return f"https:{told}" if told.startswith("//") else told


def bare(title: str) -> str:
    """A title without what tells it from others of the name: "Toto (band)" -> "Toto"."""
    return _BRACKET.sub("", title)


def parse_members(article: str) -> list[Drummer]:
    """Who drums by the list of members in an article, one a stint."""
    found: dict[Drummer, None] = {}
    heading, is_list = "", False
    for line in map(str.strip, article.splitlines()):
        if match := _HEADING.match(line):
            heading = match[1]
            deeper = line.startswith("===")
            is_list = (deeper and is_list) or bool(_MEMBERS.search(heading))
            continue
        if not is_list or _NOT_MEMBERS.search(heading):
            continue
        if match := _MEMBER.match(line):
            name, told = match[1].strip(), match[2]
            roles = told.partition("(")[0]
            if is_drummer(roles):
                stints = _STINT.findall(told) or [("", "")]
                for begin, end in stints:
                    last = end if end.isdigit() else "" if _is_open(told, begin, end) else begin
                    years = int(begin) if begin else None, int(last) if last else None
                    found[Drummer(name, *years)] = None
    return list(found)


def _is_open(told: str, begin: str, end: str) -> bool:
    """Whether a stint goes on, as in "1996-present", rather than being one year, as in "1996"."""
    return not begin or end == "present" or bool(re.search(begin + r"\s*[-\u2013\u2014]", told))
