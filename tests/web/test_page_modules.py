"""The page's pure modules, run by Node: drum table, timing, words and plots, kit, archive."""

import io
import json
import shutil
import subprocess
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.drums import DRUMS, GM
from mididrumigen.groove.traits import TRAITS
from mididrumigen.models.request import METRES, PARTS

NODE = shutil.which("node") or ""
PAGE = Path(str(files("mididrumigen.web").joinpath("page")))
pytestmark = pytest.mark.skipif(not NODE, reason="no Node here: it runs the page's modules")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The modules where Node takes them for modules."""
    folder = tmp_path_factory.mktemp("page")
    for path in PAGE.glob("*.js"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def told(page: Path, code: str) -> Any:
    """What a module body tells, with every pure module at hand by its name."""
    names = ("drums", "timing", "synth", "traits", "zip")
    imports = "".join(f"import * as {name} from './{name}.js';" for name in names)
    script = page / "script.js"
    script.write_text(f"{imports}\nconst tell = (x) => console.log(JSON.stringify(x));\n{code}")
    done = subprocess.run(
        [NODE, str(script)], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_drum_table_is_that_of_the_program(page: Path) -> None:
    voices = told(page, "tell(drums.VOICES)")
    assert voices == {
        str(voice): [drum.note, drum.family, drum.title] for voice, drum in DRUMS.items()
    }
    by_note = told(page, "tell([...Array(128).keys()].map((n) => [n, drums.voiceOf(n)]))")
    assert {n: v for n, v in by_note if n in GM} == {n: str(v) for n, v in GM.items()}


def test_controls_and_traits_are_those_of_the_program(page: Path) -> None:
    controls = (PAGE / "controls.js").read_text("utf-8")
    for metre in METRES:
        assert f'"{metre}"' in controls
    for part in PARTS:
        assert f'["{part}",' in controls
    units = told(page, f"tell({json.dumps(list(TRAITS))}.map((n) => [n, traits.unitOf(n)]))")
    assert dict(units) == {name: kind.unit for name, kind in TRAITS.items()}
    titles = told(page, f"tell({json.dumps(list(TRAITS))}.map((n) => traits.traitTitle(n)))")
    assert not [
        title for title, name in zip(titles, TRAITS, strict=True) if "_" in title or title == name
    ]


def test_strokes_stand_in_their_step_and_are_late_by_what_they_are(page: Path) -> None:
    notes = [[42, step / 4 + late, 0.25, 90] for step, late in enumerate((0, 0.02, -0.02, 0.01))]
    strokes = told(page, f"tell(timing.placed({notes}, 120, '4/4'))")
    assert [s["step"] for s in strokes] == [0, 1, 2, 3]
    assert [s["lateMs"] for s in strokes] == pytest.approx([0, 10, -10, 5])
    triplets = [[42, i / 3 + 0.01, 0.25, 90] for i in range(12)]
    assert told(page, f"tell([timing.gridOf({triplets}), timing.gridOf({notes})])") == [3, 4]
    mapped = "tell([drums.voiceOf(60, {60: 'kick'}), drums.noteOf('kick', {60: 'kick'})])"
    assert told(page, mapped) == ["kick", 60]
    bars = "tell(timing.placed([[36,3.49,1,9],[36,3.5,1,9]], 120, '7/8').map((s) => s.bar))"
    assert told(page, bars) == [0, 1]
    said = told(
        page,
        "const at = timing.placeWords; tell([at(0,'4/4'), at(5.5,'4/4'), at(4,'7/8'),"
        "timing.lateWords(-12.4), timing.lateWords(0.2)])",
    )
    assert said == [
        "bar 1, beat 1",
        "bar 2, beat 2.5",
        "bar 2, beat 2",
        "12 ms early",
        "on the grid",
    ]


def test_a_loop_strikes_every_stroke_once_however_it_is_cut_into_pieces(page: Path) -> None:
    code = """
    const strokes = [0, 0.5, 1.25, 3.9].map((start) => ({ start }));
    const cuts = [0, 0.01, 0.5, 1.3, 3.9, 4, 4.6, 11.99, 12];
    const parts = cuts.slice(1).flatMap((to, i) => timing.between(strokes, 4, cuts[i], to));
    tell(parts.map(({ at }) => at));
    """
    once = [0, 0.5, 1.25, 3.9]
    assert told(page, code) == pytest.approx([r * 4 + at for r in range(3) for at in once])
    assert told(page, "tell(timing.between([], 4, 0, 9))") == []


def test_every_voice_sounds_at_once_without_a_click_at_its_end_and_the_same_each_time(
    page: Path,
) -> None:
    code = """
    tell(Object.keys(drums.VOICES).map((voice) => {
      const one = synth.strike(voice, 44100), two = synth.strike(voice, 44100);
      const peak = Math.max(...one.map(Math.abs));
      const first = one.findIndex((x) => Math.abs(x) > peak / 50);
      return [voice, first, peak, Math.abs(one.at(-1)), one.every((x, i) => x === two[i])];
    }))
    """
    for voice, first, peak, end, same in told(page, code):
        assert first < 44, voice  # within a millisecond
        assert 0.3 < peak <= 1, voice
        assert end < 1e-3, voice
        assert same, voice
    gains = told(page, "tell([1, 40, 64, 127].map(synth.gainOf))")
    assert gains == sorted(gains)
    assert gains[-1] == 1
    assert 0.01 < gains[0] < 0.02


def test_a_profile_is_said_in_words(page: Path) -> None:
    say = "traits.valueWords"
    assert told(
        page,
        f"tell([{say}('push_ms.snare', 9, 'ms'), {say}('push_ms', -4.24, 'ms'),"
        f"{say}('push_ms', 0.2, 'ms'), {say}('ghost_share', 0.254, 'share'),"
        f"{say}('tempo_bpm', 92, 'BPM'), traits.traitTitle('swing_16ths.hat')])",
    ) == ["9 ms late", "4.2 ms early", "on the beat", "25 %", "92 BPM", "Swing of 16ths, hi-hat"]
    assert told(page, "tell([0.1, 0.3, 0.5, 0.9].map(traits.sureWords))") == [
        *("a guess", "a hint", "fairly sure", "sure"),
    ]
    fills = "traits.fillWords({fill_rate: {value: 0.25}, crash_after_fill: {value: 0.8}})"
    assert told(page, f"tell({fills})") == [
        "A fill about every 4 bars.",
        "80 of 100 fills end in a crash.",
    ]
    assert told(page, "tell(traits.fillWords({}))") == []


def test_the_step_map_weighs_bars_of_the_usual_metre(page: Path) -> None:
    bar = {"metre": "4/4", "grid": 4, "weight": 3, "strokes": {"kick": [[0, 127, 0]]}}
    other = {
        **bar,
        "weight": 1,
        "strokes": {"kick": [[0, 127, 0], [8, 127, 0]], "snare": [[4, 127, 0]]},
    }
    odd = {**bar, "metre": "7/8", "weight": 1}
    found = told(page, f"tell(traits.heatMap({json.dumps([bar, other, odd])}))")
    assert (found["metre"], found["steps"]) == ("4/4", 16)
    rows = {row["voice"]: row["cells"] for row in found["rows"]}
    assert (rows["kick"][0], rows["kick"][8], rows["snare"][4]) == (1, 0.25, 0.25)
    assert sum(rows["kick"]) == 1.25
    assert told(page, "tell(traits.heatMap([]))") is None


def test_sources_disagree_where_what_they_measured_is_apart(page: Path) -> None:
    def evidence(value: float, source: str = "web") -> dict[str, Any]:
        return {"source": source, "value": {"traits": {"swing_16ths": value}}}

    trait = {"swing_16ths": {"unit": "%", "evidence": ["a", "b"]}}
    for pair, found in (
        ((evidence(62), evidence(52)), 1),
        ((evidence(54), evidence(52)), 0),
        ((evidence(62, "builtin"), evidence(52, "builtin")), 0),
        ((evidence(62, "builtin"), evidence(52)), 1),
    ):
        known = json.dumps(dict(zip("ab", pair, strict=True)))
        said = told(page, f"tell(traits.contradictions({json.dumps(trait)}, {known}))")
        assert len(said) == found, pair
    assert [one["value"] for one in said[0]["said"]] == [52, 62]


def test_an_archive_is_read_by_others(page: Path) -> None:
    code = """
    const files = [{ name: "Bonham - 1.mid", bytes: new Uint8Array([77, 84, 104, 100]) },
      { name: "Björk ō 2.mid", bytes: new Uint8Array(3000).fill(7) }];
    tell(Buffer.concat(zip.zipped(files)).toString("hex"));
    """
    archive = zipfile.ZipFile(io.BytesIO(bytes.fromhex(told(page, code))))
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "Bonham - 1.mid": b"MThd",
        "Björk ō 2.mid": b"\7" * 3000,
    }
