"""A web page -> the article in it, or why there is none."""

import pytest

from mididrumigen.sources.extract import (
    MAX_PAGE_BYTES,
    NOT_FOR_MACHINES,
    NOT_FREE,
    extract,
    read_page,
    refusal_of,
)
from tests.sources.readers import TOTO, body

HTML = {"content-type": "text/html; charset=utf-8"}
URL = "https://example.org/a"


def test_the_article_is_found_without_what_stands_around_it() -> None:
    text = extract(body("article.html").encode(), URL)
    assert text is not None
    assert text.title == "Jeff Porcaro and his shuffle"
    assert "soft ghost notes on the snare between the backbeats.\n\nThe song" in text.body
    assert "newsletter" not in text.body


def test_an_old_page_of_tables_is_read_too() -> None:
    text = extract(body("drummerworld_page.html").encode(), URL)
    assert text is not None
    assert "half-time shuffle with soft ghost notes" in text.body


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"   ",
        b"<html></html>",
        b"<html><body><script>render()</script></body></html>",
        b"\xff\xfe\x00",
        b"<" * 10_000,
        b"<div>" * 5000,
    ],
)
def test_a_page_without_an_article_is_refused_and_breaks_nothing(page: bytes) -> None:
    reading = read_page(page, HTML, URL, TOTO, "linked")
    assert reading.claims == ()
    assert reading.refusal


def test_another_charset_is_understood() -> None:
    page = body("article.html").replace("utf-8", "iso-8859-1").replace("Few beats", "\xdcberall")
    text = extract(page.encode("iso-8859-1"), URL)
    assert text is not None
    assert "\xdcberall" in text.body


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"isAccessibleForFree": false}</script>',
        '<script type="application/ld+json">[{"hasPart":{"isAccessibleForFree":"False"}}]</script>',
        '<script type="application/ld+json">{broken, "isAccessibleForFree" : "false"</script>',
        '<meta itemprop="isAccessibleForFree" content="false">',
    ],
)
def test_a_page_behind_a_paywall_is_left_alone(head: str) -> None:
    assert refusal_of(body("article.html", head=head).encode(), HTML) == NOT_FREE


def test_a_free_page_is_read() -> None:
    head = (
        '<script type="application/ld+json">{"isAccessibleForFree": true}</script>'
        '<meta name="robots" content="index, noarchive"><meta name="tdm-reservation" content="0">'
    )
    assert refusal_of(body("article.html", head=head).encode(), HTML) == ""
    assert refusal_of(body("article.html").encode(), {}) == ""


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        ('<meta name="robots" content="noai, noimageai">', {}),
        ("<META CONTENT='index,NOAI' NAME='robots'>", {}),
        ('<meta name="tdm-reservation" content="1">', {}),
        ("", {"x-robots-tag": "noai"}),
        ("", {"tdm-reservation": "1"}),
    ],
)
def test_a_page_that_is_not_for_machines_is_left_alone(head: str, headers: dict[str, str]) -> None:
    page = body("article.html", head=head).encode()
    assert refusal_of(page, {**HTML, **headers}) == NOT_FOR_MACHINES


@pytest.mark.parametrize(
    ("page", "kind", "why"),
    [
        (b"%PDF-1.7", "application/pdf", "no web page but application/pdf"),
        (b"%PDF-1.7", "text/html", "no web page"),
        (b"\x89PNG\0\0", "", "no web page"),
        (b"x" * (MAX_PAGE_BYTES + 1), "text/html", "larger than 2 MB"),
    ],
)
def test_what_is_no_page_is_not_read(page: bytes, kind: str, why: str) -> None:
    assert refusal_of(page, {"content-type": kind}) == why
