"""Who plays with whom."""

import pytest

from mididrumigen.prose import Names, claims_of

GADD = Names("Steve Gadd")


def company(text: str) -> list[str]:
    claims = claims_of(text, GADD)
    return [f"{'not ' if c.negated else ''}{c.value}" for c in claims if c.trait == "plays_with"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gadd was the drummer of the American band Stuff.", ["Stuff"]),
        (
            "Gadd recorded with Paul Simon, Steely Dan and Chick Corea.",
            ["Paul Simon", "Steely Dan", "Chick Corea"],
        ),
        ("In 1977 Gadd joined Stuff.", ["Stuff"]),
        ("Gadd toured with musicians such as Eric Clapton.", ["Eric Clapton"]),
        ("Gadd never played with Art Blakey.", ["not Art Blakey"]),
        ("Gadd plays with Yamaha sticks.", []),
        ("Gadd recorded for Atlantic Records.", []),
        ("Gadd toured with great success.", []),
        ("Steve Jordan joined Stuff, and Gadd went home.", []),
        ("Gadd is compared with Tony Williams.", []),
    ],
)
def test_companions_are_those_one_plays_with(text: str, found: list[str]) -> None:
    assert company(text) == found
