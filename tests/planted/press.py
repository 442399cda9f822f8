"""Articles, papers and searches of a planted world: a request -> a page, a feed or a body in the
site's own shape.
"""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.internet import Answer, Asked
from tests.planted.people import Article, Someone

_QUOTED = re.compile(r'"([^"]*)"')
EMPTY_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title></feed>"""


def _articles(world: Sequence[Someone], site: str) -> list[Article]:
    return [article for one in world for article in one.articles if article.site == site]


def pages(world: Sequence[Someone], site: str, asked: Asked) -> Any:
    """A page of one of the magazines; some ask that `/shop` be left alone."""
    if asked.path == "/robots.txt":
        return "User-agent: *\nDisallow: /shop\n"
    found = [each for each in _articles(world, site) if each.path == asked.path]
    return found[0].html() if found else Answer("<html><body>nothing here</body></html>", 404)


def moderndrummer(world: Sequence[Someone], base_url: str, asked: Asked) -> Any:
    """The search feed of WordPress, and the pages."""
    if asked.query.get("feed") != "rss2":
        return pages(world, "moderndrummer", asked)
    words = asked.query["s"].lower()
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{base_url}{each.path}</link>"
        f"<description>{escape(each.paragraphs[0][:120])}</description></item>"
        for each in _articles(world, "moderndrummer")
        if words in f"{each.title} {each.paragraphs}".lower()
    )
    feed = f"<channel><title>Search</title>{items}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{feed}</rss>'


def searxng(world: Sequence[Someone], base_url: str, asked: Asked) -> Any:
    """`/search`: every page that has a word of the name that is searched for."""
    named = _QUOTED.findall(asked.query["q"])
    words = set(" ".join(named).lower().split())
    results = [
        {"url": f"{base_url}{each.path}", "title": each.title, "content": "", "engine": "x"}
        for each in _articles(world, "web")
        if words & set(f"{each.title} {' '.join(each.paragraphs)}".lower().split())
    ]
    return {"query": asked.query["q"], "results": results, "unresponsive_engines": []}


def crossref(world: Sequence[Someone], asked: Asked) -> Any:
    """`/works`: as loose as it is."""
    words = {word for word in re.findall(r"\w+", asked.query["query"].lower()) if len(word) > 3}
    items = [
        {
            "DOI": f"10.5555/{one.id.lower().replace(' ', '-')}.{n}",
            "title": [title],
            "abstract": f"<jats:title>Abstract</jats:title><jats:p>{escape(abstract)}</jats:p>",
        }
        for one in world
        for n, (title, abstract) in enumerate(one.papers)
        if words & set(re.findall(r"\w+", f"{title} {abstract}".lower()))
    ]
    return {"status": "ok", "message": {"total-results": len(items), "items": items}}
