"""A trait from what many say of it: value, range, how sure, who disagrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.groove.poles import POLES
from mididrumigen.groove.traits import TRAITS
from mididrumigen.models import Artist, Evidence
from mididrumigen.research.profile import build_profile
from tests.research.told import claim, told

ARTIST = Artist("Vic Votes")
LATE = "push_ms.snare"


def trait(name: str, *said: Evidence) -> object:
    return build_profile(ARTIST, said).traits.get(name)


def test_one_article_is_believed_as_far_as_it_is_worth() -> None:
    profile = build_profile(ARTIST, [claim("web", LATE, 12, low=5, high=20)])
    late = profile.traits[LATE]
    assert (late.value, late.confidence) == (12, 0.5)
    assert late.low is not None
    assert late.high is not None
    assert late.low <= 5
    assert late.high >= 20


def test_agreeing_evidence_is_surer_than_as_much_that_disagrees() -> None:
    alike = [claim(site, LATE, value) for site, value in (("a", 12), ("b", 14), ("c", 10))]
    apart = [claim(site, LATE, value) for site, value in (("a", 12), ("b", -14), ("c", 40))]
    sure, unsure = (build_profile(ARTIST, said).traits[LATE] for said in (alike, apart))
    assert sure.confidence > 0.6
    assert unsure.confidence < 0.3
    assert len(unsure.against) == 2
    assert not sure.against


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_more_that_says_otherwise_never_makes_a_value_surer(count: int) -> None:
    right = [claim(site, LATE, 12) for site in ("a", "b", "c")]
    before = build_profile(ARTIST, right).traits[LATE].confidence
    against = [claim(f"x{n}", LATE, -20 - 20 * n / 5) for n in range(count)]
    late = build_profile(ARTIST, [*right, *against]).traits[LATE]
    if late.value > 0:
        assert late.confidence < before


def test_one_site_that_says_it_ten_times_is_one_voice() -> None:
    often = [claim("web", LATE, 12 + n / 10) for n in range(10)]
    assert build_profile(ARTIST, often).traits[LATE].confidence == 0.5


def test_several_kinds_that_agree_pass_0_7_and_one_kind_never_does() -> None:
    articles = [claim(site, LATE, 12, confidence=0.6) for site in "abcdef"]
    assert build_profile(ARTIST, articles).traits[LATE].confidence == 0.69
    paper = claim("crossref", LATE, 13, kind="paper", confidence=0.6)
    assert build_profile(ARTIST, [*articles, paper]).traits[LATE].confidence > 0.7


def test_what_is_denied_counts_against_who_says_it() -> None:
    yes, no = claim("a", "ghost_share", 0.6), claim("b", "ghost_share", 0.6, denied=True)
    ghosts = build_profile(ARTIST, [yes, no]).traits["ghost_share"]
    assert ghosts.against == (no.id,)
    assert ghosts.confidence < build_profile(ARTIST, [yes]).traits["ghost_share"].confidence
    assert trait("ghost_share", no, claim("c", LATE, 3)) is None


@pytest.mark.parametrize(("name", "pole"), [(n, p) for n, ps in POLES.items() for p in ps])
def test_the_description_never_says_the_opposite(name: str, pole: str) -> None:
    if pole == "middle" or name == "tempo_bpm":
        return
    value, low, high = POLES[name][pole]
    name = LATE if name == "push_ms" else name
    base, _, voice = name.partition(".")
    called = TRAITS[base].called
    voice = voice or called.whole
    its, of = (f"{voice} ", f" of the {voice}") if voice else ("", "")
    said = build_profile(ARTIST, [claim("a", name, value, low=low, high=high)]).text_description
    right = called.high if pole == "high" else called.low
    assert right.format(voice=voice or "kit", its=its, of=of) in said


@pytest.mark.parametrize("name", [n for n, poles in POLES.items() if "low" in poles])
def test_opposite_words_never_agree_however_near_their_values_are(name: str) -> None:
    high, low = POLES[name]["high"], POLES[name]["low"]
    name = LATE if name == "push_ms" else name
    said = [claim(site, name, high.value, low=high.low, high=high.high) for site in "abc"]
    denied = [claim(site, name, low.value, low=low.low, high=low.high) for site in "de"]
    settled = build_profile(ARTIST, [*said, *denied]).traits[name]
    assert settled.value == pytest.approx(high.value)
    assert set(settled.against) == {one.id for one in denied}
    assert settled.confidence < build_profile(ARTIST, said).traits[name].confidence


def test_what_is_said_of_one_song_is_not_said_of_the_artist() -> None:
    assert trait(LATE, claim("a", LATE, 12, song="One"), claim("a", "ghost_share", 0.5)) is None


def test_words_that_are_no_traits_of_the_table_are_evidence_and_nothing_more() -> None:
    profile = build_profile(ARTIST, [claim("a", "kit.cowbell", 1.0), claim("a", LATE, 12)])
    assert set(profile.traits) == {LATE}


def test_a_profile_of_words_is_researched_and_says_what_stands_out() -> None:
    said = [
        claim("a", LATE, 14),
        claim("b", "ghost_share", 0.7),
        told("c", "x", styles={"funk": 3}),
    ]
    profile = build_profile(ARTIST, said)
    assert profile.basis == "researched"
    assert 0.4 <= profile.confidence_score < 0.7
    assert profile.text_description.startswith("Read in 3 sources, ")
    assert "late snare" in profile.text_description
    cowbell = claim("d", "kit.cowbell", 1.0)
    profile = build_profile(ARTIST, [*said, cowbell])
    assert profile.text_description.endswith("uses cowbell.")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from(["push_ms.kick", "ghost_share", "swing_16ths", "tempo_bpm"]),
            st.floats(0, 1),
            st.floats(0.1, 1),
            st.booleans(),
        ),
        min_size=1,
        max_size=15,
    )
)
def test_whatever_is_said_a_trait_stays_on_its_scale_and_cites_what_it_rests_on(
    said: list[tuple[str, str, float, float, bool]],
) -> None:
    scales = {
        "push_ms.kick": (-45, 45),
        "ghost_share": (0, 1),
        "swing_16ths": (40, 80),
        "tempo_bpm": (30, 300),
    }
    evidence = {}
    for source, name, at, confidence, denied in said:
        low, high = scales[name]
        value = low + at * (high - low)
        one = claim(source, name, value, confidence=confidence, denied=denied)
        evidence[one.id] = one
    profile = build_profile(ARTIST, list(evidence.values()))
    assert 0 <= profile.confidence_score <= 0.95
    for name, found in profile.traits.items():
        low, high = scales[name]
        assert low <= found.value <= high
        assert found.low is not None
        assert found.high is not None
        assert low <= found.low <= found.value + 0.05
        assert found.value - 0.05 <= found.high <= high
        assert 0 <= found.confidence <= 0.95
        assert set(found.evidence) | set(found.against) <= set(evidence)
        assert found.evidence
        assert not set(found.evidence) & set(found.against)
