"""Fields of what sites answer, whatever stands in them."""

import math
from typing import Any

import pytest

from mididrumigen.sources.fields import (
    MAX_ROWS,
    address,
    at,
    count,
    identifier,
    isrc,
    number,
    paragraphs,
    rows,
    tempo_bpm,
    text,
    uuid,
    year,
)


def test_a_path_leads_to_what_stands_there_and_to_nothing_where_it_breaks_off() -> None:
    body = {"a": {"b": [1]}, "c": None}
    assert at(body, "a", "b") == [1]
    for path in (("a", "x"), ("c", "d"), ("a", "b", "c"), ("x", "y", "z")):
        assert at(body, *path) is None
    assert at([1], "a") is None


def test_rows_are_the_objects_of_a_list_or_the_one_that_stands_for_it() -> None:
    assert rows([{"a": 1}, None, "x", {"b": 2}, [{}]]) == [{"a": 1}, {"b": 2}]
    assert rows({"a": 1}) == [{"a": 1}]
    assert rows(None) == rows("x") == rows(7) == []
    assert len(rows([{}] * (MAX_ROWS + 1))) == MAX_ROWS


@pytest.mark.parametrize(
    ("value", "bpm"),
    [
        ("116", 116.0),
        (92.034, 92.03),
        (" 92.5 ", 92.5),
        (30, 30.0),
        (300, 300.0),
        (0, None),
        ("0", None),
        (-92, None),
        (29.9, None),
        (301, None),
        (math.nan, None),
        ("nan", None),
        (math.inf, None),
        (True, None),
        (None, None),
        ([92], None),
        ("fast", None),
        (10**400, None),
    ],
)
def test_a_tempo_is_one_that_music_has(value: Any, bpm: float | None) -> None:
    assert tempo_bpm(value) == bpm


def test_numbers_are_told_as_numbers_or_as_text() -> None:
    assert number("3.5") == number(3.5) == 3.5
    assert count("12") == count(12.2) == 12
    assert count(None) == count(-3) == count("many") == 0


def test_text_is_one_line_without_half_characters() -> None:
    assert text(" a\n b ") == "a b"
    assert text(27) == "27"
    assert text("x" * 1000) == "x" * 300
    assert text("a\ud800b").encode() == b"a?b"
    assert text(None) == text(True) == text({"a": 1}) == text(1.5) == ""
    assert paragraphs("one\n\ntwo", 100) == "one\n\ntwo"
    assert paragraphs("abc", 2) == "ab"


def test_ids_are_what_they_should_be_or_empty() -> None:
    assert uuid("8F6BD1E4-fbe1-4f50-aa9b-94c450ec0f11") == "8f6bd1e4-fbe1-4f50-aa9b-94c450ec0f11"
    assert uuid("8f6bd1e4") == uuid(None) == ""
    assert isrc("gb-aaa-94-00001") == "GBAAA9400001"
    assert isrc("GB") == isrc(None) == ""
    assert identifier(27) == "27"
    assert identifier("../27") == identifier("a b") == identifier(None) == ""


def test_a_year_is_the_beginning_of_a_date() -> None:
    assert year("1994-08-22") == year(1994) == year("1994") == 1994
    assert year("0") == year(0) == year("May 1994") == year(None) == year("19940") is None


def test_an_address_leads_where_it_should() -> None:
    assert address("https://genius.com/a", "https://genius.com/") == "https://genius.com/a"
    assert address("https://genius.com.evil.org/", "https://genius.com/") == ""
    assert address("javascript:alert(1)", "https://genius.com/") == address(None, "https:") == ""
