"""What the studio page lets hear: onsets against the notes, loops, mutes, and how light it is."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.daemon import Daemon
from tests.web.studio import CHROMIUM, Studio, chromium, studio

pytest.importorskip("playwright", reason='pip install -e ".[browser]" brings it')
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: chromium or google-chrome"),
]
LISTENED_S = 10
MOST_MS = 50

# Every sound that is started, with its time on the audio clock.
LISTEN = """
globalThis.struck = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (when) {
  struck.push([when, this.context.currentTime]);
  return start.call(this, when);
};
globalThis.long = [];
new PerformanceObserver((list) => {
  for (const { duration, startTime } of list.getEntries()) long.push([startTime, duration]);
}).observe({ type: 'longtask', buffered: true });
"""

# Where the sound changes when one stroke is taken away is the onset of that stroke.
ONSETS = """
async ([notes, tempo, seconds]) => {
  const { rendered } = await import('/page/player.js');
  const { placed } = await import('/page/timing.js');
  const strokes = placed(notes, tempo, '4/4');
  const rate = 44100;
  const whole = (await rendered(strokes, tempo, seconds, rate)).getChannelData(0);
  const errors = [];
  for (let i = 0; i < strokes.length; i += 1) {
    const others = strokes.filter((_, j) => j !== i);
    const without = (await rendered(others, tempo, seconds, rate)).getChannelData(0);
    const at = whole.findIndex((x, n) => Math.abs(x - without[n]) > 1e-5);
    errors.push((at / rate - strokes[i].start * 60 / tempo) * 1000);
  }
  return [errors, whole.reduce((most, x) => Math.max(most, Math.abs(x)), 0)];
}
"""


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    with Daemon(tmp_path_factory.mktemp("sound") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def browser(daemon: Daemon) -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture
def here(browser: Any, daemon: Daemon) -> Iterator[Studio]:
    with studio(browser, daemon) as one:
        one.page.add_init_script(LISTEN)
        yield one.go()


def test_every_stroke_of_a_preview_sounds_when_its_note_says(here: Studio) -> None:
    made = here.generate("John Bonham", bars="2", variations="2", seed="3")
    for clip in made["clips"]:
        seconds = clip["length_beats"] * 60 / made["tempo"]
        errors, peak = here.page.evaluate(ONSETS, [clip["notes"], made["tempo"], seconds])
        assert len(errors) == len(clip["notes"]) > 20
        worst = max(map(abs, errors))
        print(f"largest error of {len(errors)} onsets: {worst:.3f} ms, peak {peak:.2f}")
        assert worst < 0.1
        assert 0.2 < peak <= 1


def starts(here: Studio, at_least: int) -> list[float]:
    """Times of the sounds so far, when there are so many."""
    here.page.wait_for_function("n => struck.length >= n", arg=at_least)
    return [when for when, _ in here.page.evaluate("struck")]


def test_a_take_loops_without_a_gap_and_the_next_one_goes_on_at_the_same_place(
    here: Studio,
) -> None:
    made = here.generate("J Dilla", bars="1", tempo="240", variations="2")
    first, second = (sorted(n[1] * 0.25 for n in clip["notes"]) for clip in made["clips"])
    loop_s = 4 * 0.25
    heard = starts(here, 3 * len(first))
    zero = heard[0] - first[0]
    wanted = [zero + turn * loop_s + at for turn in range(3) for at in first]
    assert heard[: len(wanted)] == pytest.approx(wanted, abs=1e-4)
    late = [when - now for when, now in here.page.evaluate("struck")]
    assert min(late) >= 0  # handed over before its time
    before = len(here.page.evaluate("struck"))
    here.page.keyboard.press("Escape")
    here.page.click("#take-title")
    here.page.keyboard.press("2")
    after = starts(here, before + 3 * len(second))[-len(second) :]
    turn = round((after[0] - zero) // loop_s)
    wanted = sorted(zero + t * loop_s + at for t in (turn, turn + 1) for at in second)
    first_of = min(range(len(wanted)), key=lambda i: abs(wanted[i] - after[0]))
    assert after == pytest.approx(wanted[first_of : first_of + len(second)], abs=1e-4)
    here.page.keyboard.press(" ")
    assert here.page.get_attribute("#play", "aria-label") == "Play"


def test_mute_solo_and_tempo_are_heard_at_once(here: Studio) -> None:
    here.generate("John Bonham", bars="1", seed="3", variations="1")
    level = """async (voice) => {
      const { player } = await import('/page/sound.js');
      await new Promise((done) => setTimeout(done, 200));
      return [player.kit.bus(voice).gain.value, player.tempo];
    }"""
    assert here.page.evaluate(level, "kick") == [1, 92]
    here.page.click("[aria-label='Mute kick']")
    assert here.page.evaluate(level, "kick")[0] < 0.01
    assert here.page.evaluate(level, "snare")[0] == 1
    here.page.click("[aria-label='Solo kick']")
    assert here.page.evaluate(level, "kick")[0] > 0.99
    assert here.page.evaluate(level, "snare")[0] < 0.01
    here.page.fill("#preview-tempo", "120")
    here.page.press("#preview-tempo", "Enter")
    assert here.page.evaluate(level, "kick")[1] == 120


def test_long_busy_takes_leave_the_page_free(here: Studio, daemon: Daemon) -> None:
    made = here.generate("Neil Peart", bars="32", variations="1", tempo="140", complexity="100")
    grid = [[42, i / 8, 0.1, 60 + i % 60] for i in range(8 * 128)]
    grid += [[36 + 2 * (i % 2), i / 8, 0.1, 90] for i in range(8 * 128) if i % 16 < 15]
    take = {"notes": sorted(grid, key=lambda n: n[1])}
    busy = daemon.call("POST", f"/generation/{made['generation_id']}/1/edit", take)
    count = len(busy["clips"][0]["notes"])
    assert count > 1900
    here.page.click("nav >> text=History")
    here.page.click(".generation >> nth=0")
    here.page.wait_for_function("n => studio.clip().notes.length === n", arg=count)
    here.page.wait_for_timeout(1500)
    begin = here.page.evaluate("performance.now()")
    here.page.wait_for_timeout(LISTENED_S * 1000)
    tasks = [ms for at, ms in here.page.evaluate("long") if at >= begin]
    print(
        f"{count} notes, {LISTENED_S} s of playback: {len(tasks)} tasks over {MOST_MS} ms {tasks}"
    )
    assert here.page.get_attribute("#play", "aria-label") == "Stop"
    assert tasks == []


def test_the_first_beat_comes_soon_and_little_is_loaded(browser: Any, daemon: Daemon) -> None:
    with studio(browser, daemon) as here:
        here.page.add_init_script(LISTEN)
        here.go()
        loaded = here.page.evaluate(
            "performance.getEntriesByType('resource').concat(performance.getEntriesByType("
            "'navigation')).map((one) => one.transferSize)"
        )
        here.page.fill("#artist", "John Bonham")
        began = here.page.evaluate("performance.now()")
        here.page.press("#artist", "Enter")
        here.page.wait_for_function("() => struck.length > 0", polling=20)
        spent = here.page.evaluate("performance.now()") - began
        print(f"{len(loaded)} requests, {sum(loaded)} bytes; first beat after {spent:.0f} ms")
        assert sum(loaded) < 200_000
        assert len(loaded) < 45
        assert spent < 5000
