"""The device with the real daemon: known, new and obscure artists, what is asked and what is told,
several at once, a set that is saved. Truth: what the daemon itself says over HTTP.
"""

import json
import re

import pytest

from mididrumigen.models.request import MAX_BARS
from tests.daemon import Daemon
from tests.m4l.device import ONE_TRACK, Device, generation_of, needs_node, ordered

pytestmark = needs_node


def test_the_clips_hold_the_notes_of_the_daemon_to_the_last_velocity(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        said = device.generate("John Bonham", bars=8)
        result = generation_of(daemon, device)
        clips = [clip for clip in device.clips() if clip]
        assert len(clips) == len(result["clips"]) == 4
        for clip, wanted in zip(clips, result["clips"], strict=True):
            assert clip["notes"] == ordered(wanted["notes"])
            assert len(clip["notes"]) > 50
            assert clip["name"] == f"{wanted['name']} ({result['seed']})"
            assert clip["adds"] == 1
            assert (clip["looping"], clip["loop_start"], clip["start_marker"]) == (1, 0, 0)
            assert clip["loop_end"] == clip["end_marker"] == wanted["length_beats"] == 32
            assert (clip["signature_numerator"], clip["signature_denominator"]) == (4, 4)
            assert clip["fired"] == 0
        assert len({clip["color"] for clip in clips}) == 1
        assert said.startswith('4 clips in "Drums", Session view, scenes 1-4. ')
        assert "from built-in notes, not yet researched" in said
        assert "Confidence 0.35" in said
        assert f"seed {result['seed']}." in said
        calls = [name for _, name in device.live["calls"]]
        assert calls.count("create_clip") == calls.count("add_new_notes") == 4
        device.is_clean()


def test_long_takes_come_page_by_page_and_are_whole(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        # So many that one of them has more notes than a page, whatever the seed.
        device.generate("Samba", bars=MAX_BARS, variations=6, complexity=100, fills=100)
        result = generation_of(daemon, device)
        clips = [clip for clip in device.clips() if clip]
        assert len(clips) == 6
        for clip, wanted in zip(clips, result["clips"], strict=True):
            assert clip["notes"] == ordered(wanted["notes"])
        pages = [r for r in device.seen["requests"] if re.search(r"\?from_bar=[1-9]", r["path"])]
        assert pages, max(len(clip["notes"]) for clip in clips)
        assert sum(clip["adds"] for clip in clips) == 6 + len(pages)
        device.is_clean()


def test_tempo_and_metre_are_those_of_live(daemon: Daemon) -> None:
    live = {**ONE_TRACK, "tempo": 93.5, "metre": [7, 8]}
    with Device(live, port=daemon.port).connected() as device:
        device.generate("Tony Allen", variations=1)
        result = generation_of(daemon, device)
        assert (result["tempo"], result["time_signature"]) == (93.5, "7/8")
        (clip,) = (clip for clip in device.clips() if clip)
        assert clip["loop_end"] == 4 * 3.5
        assert (clip["signature_numerator"], clip["signature_denominator"]) == (7, 8)


@pytest.mark.parametrize(
    ("source", "tempo"), [("live", 120), ("fixed", 171), ("artist", None)], ids=str
)
def test_the_tempo_is_lives_or_fixed_or_the_artists_own(
    source: str, tempo: float | None, daemon: Daemon
) -> None:
    with Device(port=daemon.port).connected() as device:
        device.choose("tempo", source)
        device.generate("J Dilla", bpm=171, variations=1)
        (asked,) = device.asked("/generate")
        assert asked.get("tempo") == tempo


def test_everything_on_the_panel_reaches_the_daemon(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.choose("part", "chorus")
        device.choose("provider", "none")
        device.choose("map", "addictive2")
        device.turn(own_swing=1, swing=62, humanize=40, feel=80, complexity=70, intensity=35)
        device.generate("Clyde Stubblefield", bars=2, variations=3, fills=90)
        assert device.asked("/generate") == [
            {
                "artist": "Clyde Stubblefield",
                "bars": 2,
                "variations": 3,
                "time_signature": "4/4",
                "tempo": 120,
                "provider": "none",
                "part": "chorus",
                "map": "addictive2",
                "controls": {
                    **{"swing": 62, "humanize": 40, "feel": 80},
                    **{"complexity": 70, "intensity": 35, "fills": 90},
                },
            }
        ]
        pitches = {note[0] for clip in device.clips() if clip for note in clip["notes"]}
        assert 36 in pitches
        assert pitches & {49, 56, 60} != set()  # hats and ride of that map


def test_a_name_that_is_no_ascii_reaches_the_daemon_as_it_was_typed(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.generate("Sigur Rós 日本 🥁", variations=1)
        (request,) = (r for r in device.seen["requests"] if r["method"] == "POST")
        assert request["body"].isascii()
        assert generation_of(daemon, device)["artist"] == "Sigur Rós 日本 🥁"


def test_a_name_of_digits_is_a_name(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.generate("311", variations=1)
        assert device.asked("/generate")[0]["artist"] == "311"


def test_without_a_name_nothing_is_asked(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.click("generate")
        device.wait("^Type an artist")
        assert device.asked("/generate") == []


def test_a_first_time_artist_is_found_in_the_library_with_progress(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        said = device.generate("Newcomer", variations=2)
        assert generation_of(daemon, device)["basis"] == "researched"
        assert "in the Arrangement" not in said
        progress = [text for text in device.status if re.match(r"Newcomer: .+", text)]
        assert progress, device.status
        assert device.panel["cancel"]["active"] == 0


def test_an_obscure_artist_is_called_unknown_and_played_as_the_nearest_style(
    daemon: Daemon,
) -> None:
    with Device(port=daemon.port).connected() as device:
        said = device.generate("Qwxyz Vbnmk", variations=1)
        result = generation_of(daemon, device)
        assert result["basis"] == "unknown"
        assert result["confidence"] < 0.2
        for notice in result["notices"]:
            assert notice in said


def test_a_name_that_several_have_is_told_with_numbers_and_a_number_settles_it(
    daemon: Daemon,
) -> None:
    with Device(port=daemon.port).connected() as device:
        device.type("artist", "Twins")
        device.click("generate")
        said = device.wait("artists have this name")
        assert "Twins #1 (a duo from Leeds), Twins #2 (a trio from Ghent)" in said
        assert [clip for clip in device.clips() if clip] == []
        device.generate("Twins #2", variations=1)
        asked = device.asked("/generate")[-1]
        assert "artist" not in asked
        assert asked["artist_id"] == 2
        device.type("artist", "Twins # 3")
        device.click("generate")
        device.wait("artists have this name")


def test_a_refusal_of_the_daemon_is_told_whole(daemon: Daemon) -> None:
    live = {**ONE_TRACK, "metre": [13, 8]}
    with Device(live, port=daemon.port).connected() as device:
        device.type("artist", "John Bonham")
        device.click("generate")
        said = device.wait("^John Bonham: ")
        with daemon.client() as client:
            answer = client.post("/generate", json=device.asked("/generate")[0])
        error = answer.json()["error"]
        assert answer.status_code == 422
        assert error["message"] in said
        assert error["hint"] in said
        assert device.panel["cancel"]["active"] == 0


def test_research_that_fails_is_told_whole(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.turn(page=2)
        device.type("artist", "Nobody Knows Them")
        device.click("augment")
        said = device.wait("^Research on Nobody Knows Them: .*;")
        failed = daemon.call("GET", "/research/Nobody%20Knows%20Them")
        assert failed["status"] == "failed"
        assert failed["error"]["message"] in said
        assert failed["error"]["hint"] in said


def test_two_devices_at_once_each_get_their_own(daemon: Daemon) -> None:
    with (
        Device(port=daemon.port).connected() as one,
        Device(port=daemon.port).connected() as other,
    ):
        for device, name in ((one, "Questlove"), (other, "Ginger Baker")):
            device.turn(variations=8)
            device.type("artist", name)
            device.click("generate")
        for device, name in ((one, "Questlove"), (other, "Ginger Baker")):
            device.wait("clips in ")
            result = generation_of(daemon, device)
            assert result["artist"] == name
            clips = [clip for clip in device.clips() if clip]
            assert [c["notes"] for c in clips] == [ordered(c["notes"]) for c in result["clips"]]


def test_a_set_that_is_saved_and_opened_again_goes_on_where_it_was(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.turn(bars=2, variations=1, intensity=71, own_swing=1, swing=58, lock_kick=1, page=1)
        device.choose("part", "verse")
        device.generate("John Bonham")
        kept = device.do("saved")
        seed = generation_of(daemon, device)["seed"]
    assert kept["Artist"] == "John Bonham"
    assert json.loads(json.dumps(kept)) == kept
    with Device(saved=kept).connected() as device:
        panel = device.panel
        assert panel["artist"]["text"] == "John Bonham"
        assert panel["memory"]["text"].endswith(f" {seed}")
        assert panel["lock_kick"]["hidden"] == 0  # the page that was in front
        device.click("generate")
        device.wait("clip in ")
        asked = device.asked("/generate")[0]
        assert (asked["bars"], asked["variations"], asked["part"]) == (2, 1, "verse")
        assert asked["controls"] == {
            **{"swing": 58, "intensity": 71, "complexity": 50},
            **{"humanize": 100, "feel": 100, "fills": 50},
        }
        assert "lock" not in asked


def test_reroll_asks_to_keep_the_locked_drums_of_the_selected_take(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.generate("John Bonham")
        number = device.panel["memory"]["text"].split()[0]
        device.click("reroll")  # nothing locked: new takes
        device.wait("clips in ")
        assert "lock" not in device.asked("/generate")[-1]
        assert device.panel["memory"]["text"].split()[0] != number
        number = device.panel["memory"]["text"].split()[0]
        device.do("select", track=0, slot=6)  # the third take of the second generation
        device.turn(lock_kick=1, lock_hats=1)
        device.click("reroll")
        device.wait("clips in ")
        asked = device.asked("/generate")[-1]
        assert (asked["lock"], asked["from"]) == (["kick", "hats"], f"{number}/3")
        clips = device.clips()
        kept = clips[6]
        assert kept
        snares = [[note for note in kept["notes"] if note[0] == 38]]
        for clip in clips[8:12]:
            assert clip
            for pitch in (36, 42, 46):
                had = [note[1::2] for note in kept["notes"] if note[0] == pitch]
                assert [note[1::2] for note in clip["notes"] if note[0] == pitch] == had, pitch
            snares.append([note for note in clip["notes"] if note[0] == 38])
        assert len({str(notes) for notes in snares}) == 5
        device.do("select", track=0, slot=0)  # of an earlier generation: the first take is meant
        device.click("reroll")
        device.wait("clips in ")
        assert device.asked("/generate")[-1]["from"].endswith("/1")
