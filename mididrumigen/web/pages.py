"""The studio page as files: `/` and what it is made of, below `/page/`.

Conventions: all files of the folder `page` are read once and answered from memory, each with an
`ETag`, so that a browser asks again and hears 304. The page runs its own scripts and styles alone,
asks this daemon alone and cannot make markup of text: its `Content-Security-Policy` says so.
"""

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from aiohttp import ETag, web

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
START = "index.html"
_KINDS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
"""By the end of the name: the systems' own tables differ, and a browser runs no script of another
type."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file of the page."""

    body: bytes
    content_type: str
    etag: str


def read_page() -> dict[str, PageFile]:
    """Name -> file of everything that the page is made of."""
    found = {}
    for entry in sorted(files("mididrumigen.web").joinpath("page").iterdir(), key=lambda f: f.name):
        kind = _KINDS.get(entry.name.rpartition(".")[2])
        if kind:
            body = entry.read_bytes()
            found[entry.name] = PageFile(body, kind, hashlib.sha256(body).hexdigest()[:16])
    return found


def add_page(app: web.Application) -> None:
    """Answer `/` and `/page/NAME`; GET and HEAD."""
    page = read_page()

    def answer(request: web.Request, file: PageFile) -> web.Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        known = request.if_none_match or ()
        if any(etag.value in (file.etag, "*") for etag in known):
            response = web.Response(status=304, headers=headers)
        else:
            response = web.Response(
                body=file.body, content_type=file.content_type, charset="utf-8", headers=headers
            )
        response.etag = ETag(file.etag)
        return response

    async def start(request: web.Request) -> web.Response:
        return answer(request, page[START])

    async def part(request: web.Request) -> web.Response:
        file = page.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return answer(request, file)

    app.router.add_get("/", start)
    app.router.add_get("/page/{name}", part)
