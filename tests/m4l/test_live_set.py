"""Where clips go: the own track whatever it is, free slots and no others, the arrangement where
Live has it; and what is said when Live takes nothing.
"""

from typing import Any

import pytest

from tests.daemon import Daemon
from tests.m4l.device import ONE_TRACK, Device, needs_node

pytestmark = needs_node


def live(track: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A set of two tracks; the device is on the second."""
    other = {"name": "Bass", "slots": [None] * 4}
    return {"tracks": [other, {"name": "Kit", **track}], "device": {"on": 1}, **more}


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (live({"kind": "audio", "slots": [None] * 4}), "Audio tracks hold no MIDI clips."),
        (live({"kind": "group", "slots": [None] * 4}), "Group tracks hold no clips of their own."),
        (live({"frozen": True, "slots": [None] * 4}), "This track is frozen."),
        ({**live({}), "device": {"on": "main"}}, "The main track holds no clips."),
        (
            {**live({}, returns=["Reverb"]), "device": {"on": "return"}},
            "Return tracks hold no clips.",
        ),
    ],
    ids=["audio", "group", "frozen", "main", "return"],
)
@pytest.mark.parametrize("racks", [0, 2])
def test_a_track_that_takes_no_clips_is_refused_before_anything_is_asked(
    plan: dict[str, Any], sentence: str, racks: int, daemon: Daemon
) -> None:
    plan = {**plan, "device": {**plan["device"], "racks": racks}}
    with Device(plan, port=daemon.port).connected() as device:
        device.type("artist", "John Bonham")
        device.click("generate")
        assert device.wait("[Tt]rack").startswith(sentence)
        assert device.asked("/generate") == []
        assert device.live["calls"] == []


@pytest.mark.parametrize("racks", [0, 1, 4])
def test_the_own_track_is_found_from_inside_racks(racks: int, daemon: Daemon) -> None:
    plan = {**live({"slots": [None] * 4}), "device": {"on": 1, "racks": racks}}
    with Device(plan, port=daemon.port).connected() as device:
        said = device.generate("John Bonham")
        assert said.startswith('4 clips in "Kit", Session view, scenes 1-4.')
        assert device.clips(0) == [None] * 4
        assert None not in device.clips(1)
        device.is_clean()


def test_free_slots_are_used_in_order_and_full_ones_stay(daemon: Daemon) -> None:
    with Device(live({"slots": ["mine", None, "too", None, None]}), port=daemon.port) as device:
        said = device.connected().generate("John Bonham", variations=3)
        assert "scenes 2, 4-5." in said
        clips = device.clips(1)
        assert [c["name"].partition(" ")[0] for c in clips if c] == [
            *("mine", "John", "too"),
            *["John"] * 2,
        ]
        assert [c["notes"] for c in (clips[0], clips[2]) if c] == [[], []]
        device.is_clean()


def test_scenes_are_added_when_the_track_is_full(daemon: Daemon) -> None:
    with Device(live({"slots": ["a", "b", "c", None]}), port=daemon.port).connected() as device:
        said = device.generate("John Bonham", variations=4)
        assert "scenes 4-7." in said
        assert device.live["scenes"] == 7
        assert [clip["name"] for clip in device.clips(1) if clip][:3] == ["a", "b", "c"]
        device.is_clean()


@pytest.mark.parametrize("throws", [False, True])
def test_the_limit_of_scenes_is_told_with_what_did_fit(throws: bool, daemon: Daemon) -> None:
    plan = live({"slots": ["a", "b", "c", None]}, sceneLimit=5, throws=throws)
    with Device(plan, port=daemon.port).connected() as device:
        said = device.generate("John Bonham", variations=4)
        assert said.startswith('2 clips in "Kit", Session view, scenes 4-5. No room for 2 more')
        assert device.seen["errors"] == []


def test_a_set_with_no_room_at_all_says_so(daemon: Daemon) -> None:
    with Device(live({"slots": ["x"] * 4}, sceneLimit=4), port=daemon.port) as device:
        device.connected().type("artist", "John Bonham")
        device.click("generate")
        said = device.wait("^No slot")
        assert said.startswith('No slot of "Kit" is free, and this set can have no more scenes.')
        assert [clip["name"] for clip in device.clips(1) if clip] == ["x"] * 4


@pytest.mark.parametrize("throws", [False, True])
def test_a_clip_that_appears_in_the_very_moment_is_left_alone(throws: bool, daemon: Daemon) -> None:
    plan = live({"slots": [None] * 4}, intruder="just recorded", throws=throws)
    with Device(plan, port=daemon.port).connected() as device:
        assert "scenes 2-3." in device.generate("John Bonham", variations=2)
        first, second, third, last = device.clips(1)
        assert first
        assert (first["name"], first["notes"]) == ("just recorded", [[60, 0, 1, 1]])
        assert second
        assert third
        assert last is None


def test_clips_that_appear_while_the_daemon_works_are_left_alone(daemon: Daemon) -> None:
    with Device(live({"slots": [None] * 4}), port=daemon.port).connected() as device:
        device.generate("John Bonham", variations=2)
        device.generate("J Dilla", variations=2)
        names = [clip["name"] for clip in device.clips(1) if clip]
        assert [name.partition(" - ")[0] for name in names] == [
            *["John Bonham"] * 2,
            *["J Dilla"] * 2,
        ]


def test_notes_that_live_does_not_keep_are_counted(daemon: Daemon) -> None:
    with Device({**ONE_TRACK, "loses": True}, port=daemon.port).connected() as device:
        said = device.generate("John Bonham", variations=2)
        assert "Live has 2 notes otherwise than they were sent." in said


def test_the_first_clip_is_launched_where_that_is_wanted(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.generate("John Bonham", launch=1)
        assert [clip["fired"] for clip in device.clips() if clip] == [1, 0, 0, 0]


def test_an_artist_always_has_the_same_colour(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        for name in ("John Bonham", "Questlove", "John Bonham"):
            device.generate(name, variations=1)
        one, other, again = (clip["color"] for clip in device.clips() if clip)
        assert one == again != other


def test_live_12_gets_clips_in_the_arrangement_where_there_is_room(daemon: Daemon) -> None:
    track = {"slots": [None] * 2, "arrangement": [[0, 8], [40, 44], [60, 61]]}
    with Device(live(track, songTime=9.5), port=daemon.port).connected() as device:
        device.choose("destination", "arrangement")
        said = device.generate("John Bonham", variations=2)
        # Two clips of 16 beats from the bar after the playhead would meet the clip at 40; from its
        # end on, at 44, the one at 60: they begin at the next bar line after 61.
        assert said.startswith('2 clips in "Kit", Arrangement, from bar 17 on.')
        clips = device.live["tracks"][1]["arrangement"]
        assert [(c["start_time"], c["end_time"]) for c in clips[3:]] == [(64, 80), (80, 96)]
        assert not any(clip["overwritten"] for clip in clips)
        assert all(len(clip["notes"]) > 20 for clip in clips[3:])
        assert set(device.clips(1)) == {None}
        device.is_clean()


def test_live_12_that_is_recording_takes_nothing_and_that_is_said(daemon: Daemon) -> None:
    with Device(live({"slots": [None]}, recording=True), port=daemon.port) as device:
        device.connected().choose("destination", "arrangement")
        device.type("artist", "John Bonham")
        device.click("generate")
        assert "recording?" in device.wait("^Live took no clip")


def test_live_11_gets_copies_in_the_arrangement(daemon: Daemon) -> None:
    plan = live({"slots": [None] * 4, "arrangement": [[0, 32]]}, version=11)
    with Device(plan, port=daemon.port).connected() as device:
        device.choose("destination", "arrangement")
        said = device.generate("John Bonham", variations=2)
        assert said.startswith(
            '2 clips in "Kit", Session view, scenes 1-2. 2 copies in the Arrangement'
        )
        session = [clip for clip in device.clips(1) if clip]
        copies = device.live["tracks"][1]["arrangement"][1:]
        assert [clip["start_time"] for clip in copies] == [32, 48]
        assert [clip["notes"] for clip in copies] == [clip["notes"] for clip in session]
        device.is_clean()


def test_a_live_without_arrangement_for_devices_gets_session_clips_and_says_so(
    daemon: Daemon,
) -> None:
    with Device(live({"slots": [None] * 4}, version=10), port=daemon.port) as device:
        device.connected().choose("destination", "arrangement")
        said = device.generate("John Bonham", variations=1)
        assert said.startswith('1 clip in "Kit", Session view, scene 1. This Live hands no device')
        assert device.live["tracks"][1]["arrangement"] == []


def test_a_track_that_was_frozen_meanwhile_keeps_what_it_has_and_the_files_are_named(
    daemon: Daemon,
) -> None:
    with Device(port=daemon.port).connected() as device:
        device.do("freeze", when="/generation/")
        device.type("artist", "John Bonham")
        device.click("generate")
        said = device.wait("frozen")
        assert "The takes are in the daemon's folder: " in said
        assert str(daemon.out_dir) in said
        assert [clip for clip in device.clips() if clip] == []
