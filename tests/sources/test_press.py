"""Who writes about music, by the host."""

import pytest

from mididrumigen.sources.press import (
    DRUM_PRESS,
    MUSIC_PRESS,
    NEWS,
    NO_ARTICLES,
    OTHER,
    PRESS,
    can_be_article,
    host_of,
    is_press,
    weight_of,
)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.moderndrummer.com/a", "moderndrummer.com"),
        ("HTTP://Example.ORG:8080/", "example.org"),
        ("ftp://example.org/", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("http://[broken/", ""),
        ("no address", ""),
        ("https://example.org/a b", ""),
        ("https://example.org/\u202egro.evil", ""),
        ("https://example.org/\n", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_web_address_alone(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "weight"),
    [
        ("https://www.moderndrummer.com/a", DRUM_PRESS),
        ("https://blog.drumeo.com/a", DRUM_PRESS),
        ("https://daily.bandcamp.com/a", MUSIC_PRESS),
        ("https://someone.bandcamp.com/a", OTHER),
        ("https://www.bbc.co.uk/a", NEWS),
        ("https://co.uk/a", OTHER),
        ("https://notmoderndrummer.com/", OTHER),
        ("https://moderndrummer.com.example.org/", OTHER),
    ],
)
def test_a_host_stands_for_its_subdomains_and_for_no_look_alike(url: str, weight: float) -> None:
    assert weight_of(url) == weight
    assert is_press(url) is (weight != OTHER)


def test_who_writes_for_drummers_weighs_most() -> None:
    assert 0 < OTHER < NEWS < MUSIC_PRESS < DRUM_PRESS < 1


def test_videos_shops_and_sources_of_their_own_are_no_articles() -> None:
    assert not can_be_article("https://m.youtube.com/watch?v=1")
    assert not can_be_article("https://en.wikipedia.org/wiki/Toto")
    assert not can_be_article("mailto:me@example.org")
    assert can_be_article("https://example.org/porcaro")
    assert not NO_ARTICLES & set(PRESS)
