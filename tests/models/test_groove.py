"""A bar on a grid and its plain form."""

import json
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.models import METRES, Bar, Metre, Stroke
from mididrumigen.models.groove import Ornament

BAR = Bar(
    metre=Metre(7, 8),
    steps_per_quarter=4,
    strokes=(Stroke(0, Voice.KICK, 112, -2.5), Stroke(4, Voice.SNARE, 34, 7.0)),
    kind="fill",
    weight=0.25,
    fill_from=4,
    name="limp",
    sources=(("abc", 3), ("abc", 7)),
)


def test_a_bar_knows_its_steps_and_its_cells() -> None:
    assert BAR.steps == 14
    assert BAR.grid == {(0, Voice.KICK), (4, Voice.SNARE)}


def test_the_plain_form_of_a_bar_is_compact_and_named() -> None:
    assert BAR.to_json() == {
        "metre": "7/8",
        "grid": 4,
        "kind": "fill",
        "weight": 0.25,
        "strokes": {"kick": [[0, 112, -2.5]], "snare": [[4, 34, 7.0]]},
        "fill_from": 4,
        "name": "limp",
        "sources": [["abc", 3], ["abc", 7]],
    }


def test_what_a_bar_has_not_is_left_out_of_its_plain_form() -> None:
    plain = Bar(Metre(4, 4), 3, ()).to_json()
    assert set(plain) == {"metre", "grid", "kind", "weight", "strokes"}


def test_an_ornament_is_a_fourth_item_and_only_where_there_is_one() -> None:
    strokes = (Stroke(0, Voice.SNARE, 112), Stroke(4, Voice.SNARE, 110, 3.5, "flam"))
    plain = Bar(Metre(4, 4), 4, strokes).to_json()
    assert plain["strokes"] == {"snare": [[0, 112, 0.0], [4, 110, 3.5, "flam"]]}
    assert Bar.from_json(plain).strokes == strokes


def test_ornaments_are_no_part_of_what_makes_two_bars_alike() -> None:
    plain = Bar(Metre(4, 4), 4, (Stroke(0, Voice.SNARE, 112),))
    rolled = Bar(Metre(4, 4), 4, (Stroke(0, Voice.SNARE, 112, ornament="double"),))
    assert plain.grid == rolled.grid
    assert plain != rolled


_STROKES = st.dictionaries(
    st.tuples(st.integers(0, 11), st.sampled_from(Voice)),
    st.tuples(
        st.integers(1, 127),
        st.integers(-450, 450),
        st.sampled_from(get_args(Ornament)),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(
    cells=_STROKES,
    metre=st.sampled_from(METRES),
    grid=st.sampled_from((3, 4)),
    weight=st.integers(1, 50_000),
    kind=st.sampled_from(("groove", "fill")),
    sources=st.lists(st.tuples(st.text(max_size=8), st.integers(1, 999)), max_size=4),
)
def test_a_bar_survives_json(
    cells: dict[tuple[int, Voice], tuple[int, int, Ornament]],
    metre: Metre,
    grid: int,
    weight: int,
    kind: str,
    sources: list[tuple[str, int]],
) -> None:
    bar = Bar(
        metre=metre,
        steps_per_quarter=grid,
        strokes=tuple(
            sorted(Stroke(s, v, vel, late / 10, o) for (s, v), (vel, late, o) in cells.items())
        ),
        kind="fill" if kind == "fill" else "groove",
        weight=weight / 10_000,  # the plain form keeps four decimals
        fill_from=3 if kind == "fill" else 0,
        sources=tuple(sources),
    )
    assert Bar.from_json(json.loads(json.dumps(bar.to_json()))) == bar


def test_the_lightest_bar_of_the_longest_take_keeps_a_weight_over_zero() -> None:
    light = Bar(Metre(4, 4), 4, (Stroke(0, Voice.KICK, 90),), weight=1 / 4000)
    assert Bar.from_json(light.to_json()).weight > 0
