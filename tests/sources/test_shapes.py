"""JSON and markup from strangers."""

import contextlib
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.errors import SourceUnavailable
from mididrumigen.sources import (
    bitmidi,
    crossref,
    guardian,
    openalex,
    searxng,
    semanticscholar,
)
from mididrumigen.sources.shapes import complaint, listed, plain

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)

FIELDS = (
    *("DOI", "title", "abstract", "id", "doi", "abstract_inverted_index", "paperId", "externalIds"),
    *("webUrl", "webTitle", "fields", "url", "name", "downloadUrl", "display_name"),
)


def test_a_list_is_found_and_one_object_is_a_list_of_itself() -> None:
    assert listed({"a": {"b": [{"c": 1}, None, "x", {"d": 2}]}}, "a", "b", site="X") == [
        {"c": 1},
        {"d": 2},
    ]
    assert listed({"a": {"c": 1}}, "a", site="X") == [{"c": 1}]
    assert listed({"a": []}, "a", site="X") == []


@pytest.mark.parametrize("body", [None, [], "text", 3, {}, {"a": None}, {"a": "text"}])
def test_an_answer_without_the_list_says_so(body: object) -> None:
    with pytest.raises(SourceUnavailable, match="X answered with something unexpected"):
        listed(body, "a", site="X")


@pytest.mark.parametrize(
    "body",
    [
        {"error": "no such paper"},
        {"error": {"message": "no such paper", "status": 404}},
        {"message": "no such paper", "code": "429"},
        {"message": [{"type": "x", "message": "no such paper"}]},
        {"response": {"status": "error", "message": "no such paper"}},
        {"error": True, "message": "no such paper"},
    ],
)
def test_the_site_is_quoted_where_it_complains(body: object) -> None:
    with pytest.raises(SourceUnavailable, match="X answered with an error: no such paper"):
        listed(body, "a", site="X")


@settings(max_examples=50, deadline=None)
@given(JSON)
def test_nothing_that_json_can_say_breaks_it(body: object) -> None:
    complaint(body)
    plain(body)
    with contextlib.suppress(SourceUnavailable):
        assert all(isinstance(item, dict) for item in listed(body, "error", site="X"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON), max_size=4) | JSON)
def test_no_parser_is_broken_by_fields_of_another_kind(items: object) -> None:
    for parse, whole in (
        (crossref.parse_works, {"message": {"items": items}}),
        (openalex.parse_works, {"results": items}),
        (semanticscholar.parse_search, {"data": items}),
        (guardian.parse_search, {"response": {"results": items}}),
        (searxng.parse_results, {"results": items}),
        (partial(bitmidi.parse_search, base=""), {"result": {"results": items}}),
    ):
        for answer in (whole, items):
            with contextlib.suppress(SourceUnavailable):
                parse(answer)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>",
            "One.\n\nTwo.",
        ),
        ("<title>Results</title><p>Yes</p>", "Results\n\nYes"),
        ("<scp>T</scp>iming &amp; <i>groove</i>", "Timing & groove"),
        ("a &lt;script&gt; b", "a <script> b"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("  many\n   spaces ", "many spaces"),
        ("", ""),
        (None, ""),
        (7, ""),
        (["text"], ""),
    ],
)
def test_markup_becomes_text(markup: object, text: str) -> None:
    assert plain(markup) == text


def test_markup_that_never_ends_takes_no_time() -> None:
    assert plain("<" * 200_000) == "<" * 200_000
    assert len(plain("<a " * 100_000)) > 0
