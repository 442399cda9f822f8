"""A web page -> the article in it, with trafilatura; for worker processes.

Conventions: a page that says that it is not free, or not for machines, is no article to us. Why
there is none is a sentence for the user.
"""

import re
from collections.abc import Mapping

from mididrumigen.models import Artist
from mididrumigen.sources.articles import Reading, Text, Trust, read_text

MAX_PAGE_BYTES = 2_000_000
NOT_FREE, NOT_FOR_MACHINES = "behind a paywall", "asks not to be read by machines"
_MIN_TEXT = 250
"""Characters: less is no article but what stands around one."""

_NOT_FREE = re.compile(
    rb'"isAccessibleForFree"\s*:\s*"?(?:https?://schema\.org/)?false'
    rb'|itemprop="isAccessibleForFree"\s+content="(?:https?://schema\.org/)?false',
    re.IGNORECASE,
)
"""JSON-LD, of the whole or of a part, however broken the JSON around it; and microdata."""
_META = re.compile(rb"<meta\s[^>]{0,300}>", re.IGNORECASE)
_NO_MACHINES = re.compile(rb"\bno(?:ai|ml)\b", re.IGNORECASE)
_RESERVED = re.compile(rb"content\s*=\s*[\"']?1\b", re.IGNORECASE)


def refusal_of(body: bytes, headers: Mapping[str, str]) -> str:
    """Why what was fetched is no page, or one that is not for us; empty where it is. `headers`: by
    lower-case name.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml", ""):
        return f"no web page but {kind[:60]}"
    if len(body) > MAX_PAGE_BYTES:
        return f"larger than {MAX_PAGE_BYTES / 1e6:g} MB"
    if b"\0" in body[:1000] or body.startswith(b"%PDF"):
        return "no web page"
    reserved = headers.get("tdm-reservation", "").strip() == "1"
    if reserved or _NO_MACHINES.search(headers.get("x-robots-tag", "").encode()):
        return NOT_FOR_MACHINES
    if _NOT_FREE.search(body):
        return NOT_FREE
    if any(_is_reserved(meta) for meta in _META.findall(body)):
        return NOT_FOR_MACHINES
    return ""


def _is_reserved(meta: bytes) -> bool:
    """Whether a tag keeps the page from machines: "noai" for robots, or the TDM reservation."""
    told = meta.lower()
    return (b"robots" in told and _NO_MACHINES.search(told) is not None) or (
        b"tdm-reservation" in told and _RESERVED.search(told) is not None
    )


def read_page(
    body: bytes, headers: Mapping[str, str], url: str, artist: Artist, trust: Trust
) -> Reading:
    """What the article of a page claims of an artist."""
    if refusal := refusal_of(body, headers):
        return Reading(url, refusal=refusal)
    text = extract(body, url)
    if text is None:
        return Reading(url, refusal="no article in it; it may need a browser")
    return read_text(text, artist, trust)


def extract(body: bytes, url: str) -> Text | None:
    """The article of a page; None where there is none."""
    import trafilatura  # with lxml: 0.3 s

    tree = trafilatura.load_html(body)
    if tree is None:
        return None
    titles = [*tree.xpath("//meta[@property='og:title']/@content"), *tree.xpath("//title/text()")]
    found = ""
    for only_sure in (True, False):  # old pages of tables have nothing that is surely the article
        found = (
            trafilatura.extract(
                body,
                url=url,
                favor_precision=only_sure,
                favor_recall=not only_sure,
                include_comments=False,
            )
            or ""
        )
        if len(found) >= _MIN_TEXT:
            break
    if not found:
        return None
    # It writes a paragraph a line; `prose` wants an empty line between them.
    return Text(url, str(titles[0]) if titles else "", found.replace("\n", "\n\n"))
