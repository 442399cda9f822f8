"""The style profile: its plain form, its hash, and which number speaks."""

import json
from dataclasses import replace

import pytest

from mididrumigen.drums import Voice
from mididrumigen.models import Bar, Metre, Stroke, StyleProfile, Trait

GROOVE = Bar(Metre(4, 4), 4, (Stroke(0, Voice.KICK, 100, 1.5),), sources=(("e1", 1),))
PROFILE = StyleProfile(
    artist_name="Drummer Seven",
    text_description="steady",
    basis="researched",
    confidence_score=0.5,
    sources_count=2,
    quantitative_params={"tempo_avg": 100.0, "velocity_histogram": [0.5, 0.5]},
    traits={"push_ms.snare": Trait(8.0, "ms", 0.5, ("e1", "e2"))},
    grooves=(GROOVE,),
    fills=(replace(GROOVE, kind="fill", fill_from=8),),
    kit={Voice.KICK: 0.75, Voice.RIDE_BELL: 0.25},
    feels={"e1": {"push_ms.snare": 12.0}},
    notices=("hello",),
    created_at="2026-01-01T00:00:00+00:00",
    updated_at="2026-01-02T00:00:00+00:00",
)


def test_a_profile_survives_json() -> None:
    again = StyleProfile.from_json(json.loads(json.dumps(PROFILE.to_json())))
    assert again == PROFILE
    assert again.hash == PROFILE.hash


def test_the_plain_form_has_the_fields_of_the_specification() -> None:
    plain = PROFILE.to_json()
    assert plain["artist_name"] == "Drummer Seven"
    assert plain["confidence_score"] == 0.5
    assert plain["sources_count"] == 2
    assert plain["quantitative_params"]["tempo_avg"] == 100.0
    assert plain["traits"] == {
        "push_ms.snare": [8.0, "ms", 0.5, ["e1", "e2"], None, None, [], True]
    }
    assert plain["midi_templates"]["fills"][0]["fill_from"] == 8
    assert plain["kit"] == {"kick": 0.75, "ride_bell": 0.25}


def test_times_do_not_change_the_hash() -> None:
    assert len(PROFILE.hash) == 12
    assert replace(PROFILE, created_at="", updated_at="2030").hash == PROFILE.hash


@pytest.mark.parametrize(
    "changed",
    [
        replace(PROFILE, grooves=(replace(GROOVE, weight=2.0),)),
        replace(PROFILE, grooves=(replace(GROOVE, strokes=(Stroke(0, Voice.KICK, 101, 1.5),)),)),
        replace(PROFILE, grooves=(replace(GROOVE, strokes=(Stroke(0, Voice.KICK, 100, 1.6),)),)),
        replace(PROFILE, fills=()),
        replace(PROFILE, traits={"push_ms.snare": Trait(8.1, "ms", 0.5, ("e1",))}),
        replace(PROFILE, kit={Voice.KICK: 1.0}),
        replace(PROFILE, feels={}),
        replace(PROFILE, artist_name="Drummer One"),
        replace(PROFILE, version=2),
    ],
)
def test_everything_that_is_played_from_changes_the_hash(changed: StyleProfile) -> None:
    assert changed.hash != PROFILE.hash


def test_the_order_in_which_traits_were_found_does_not_change_the_hash() -> None:
    a, b = Trait(1.0, "ms", 0.5, ("e1",)), Trait(2.0, "ms", 0.5, ("e1",))
    one = replace(PROFILE, traits={"push_ms.kick": a, "push_ms.hat": b})
    other = replace(PROFILE, traits={"push_ms.hat": b, "push_ms.kick": a})
    assert one.hash == other.hash


def test_a_feel_is_the_takes_own_then_the_artists_then_the_default() -> None:
    assert PROFILE.feel("e1", "push_ms.snare", 1.0) == 12.0
    assert PROFILE.feel("e2", "push_ms.snare", 1.0) == 8.0
    assert PROFILE.feel("e1", "push_ms.kick", 1.0) == 1.0
    assert PROFILE.trait("push_ms.snare", 1.0) == 8.0
    assert PROFILE.trait("timing_drift", 0.3) == 0.3


def test_a_measured_zero_is_not_the_default() -> None:
    profile = replace(PROFILE, feels={"e1": {"push_ms.snare": 0.0}})
    assert profile.feel("e1", "push_ms.snare", 5.0) == 0.0
