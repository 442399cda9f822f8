"""The tempo of an artist from tracks, whose sites err by octaves and disagree."""

from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.models import Artist
from mididrumigen.research.profile import build_profile
from mididrumigen.research.tempo import tracks_of, without_outliers
from tests.research.told import claim, tempo

ARTIST = Artist("Tess Tempo")


def test_an_octave_that_two_sites_deny_is_folded_into_theirs() -> None:
    [track] = tracks_of([tempo("a", "One", 85), tempo("b", "One", 170), tempo("c", "One", 171)])
    assert round(track.bpm, 1) == 170.5
    assert len(track.agreed) == 3


def test_a_lone_octave_is_folded_to_where_the_artist_plays() -> None:
    said = [tempo("a", f"Song {n}", 90 + n) for n in range(6)] + [tempo("a", "Last", 186)]
    by_bpm = sorted(track.bpm for track in tracks_of(said))
    assert by_bpm == [90, 91, 92, 93, 93, 94, 95]


def test_an_artist_who_plays_slow_and_fast_stays_slow_and_fast() -> None:
    said = [
        tempo(site, f"Song {n}", bpm)
        for n, bpm in enumerate((70, 72, 140, 144, 71, 142))
        for site in ("a", "b")
    ]
    assert sorted(track.bpm for track in tracks_of(said)) == [70, 71, 72, 140, 142, 144]


def test_titles_meet_however_sites_write_them() -> None:
    said = [
        tempo("a", "The Song", 100),
        tempo("b", "the song (Remastered 2011)", 101),
        tempo("c", "The Song - Live", 99),
    ]
    [track] = tracks_of(said)
    assert len(track.agreed) == 3


def test_who_disagrees_is_kept_and_outvoted() -> None:
    [track] = tracks_of([tempo("a", "One", 100), tempo("b", "One", 101), tempo("c", "One", 131)])
    assert round(track.bpm, 1) == 100.5
    assert [e.source for e in track.against] == ["c"]


def test_what_lies_beyond_two_deviations_is_left_out_of_the_numbers_but_not_of_the_evidence() -> (
    None
):
    said = [tempo("a", f"Song {n}", 100 + n % 3) for n in range(9)] + [tempo("a", "Odd", 143)]
    kept, odd = without_outliers(tracks_of(said))
    assert [track.bpm for track in odd] == [143]
    profile = build_profile(ARTIST, said)
    assert profile.quantitative_params["tempo_max"] == 102
    assert len(kept) == 9


def test_sites_that_agree_are_surer_than_as_many_that_do_not() -> None:
    titles = [f"Song {n}" for n in range(6)]
    alike = [tempo(site, title, 100 + n) for n, title in enumerate(titles) for site in "ab"]
    apart = [
        tempo(site, title, (100 + n) * (1.3 if site == "b" else 1))
        for n, title in enumerate(titles)
        for site in "ab"
    ]
    sure, unsure = (build_profile(ARTIST, said).traits["tempo_bpm"] for said in (alike, apart))
    assert sure.confidence > unsure.confidence
    assert not sure.against
    assert len(unsure.against) == 6


def test_one_kind_of_site_never_makes_a_tempo_surer_than_0_69_and_an_article_that_agrees_does() -> (
    None
):
    said = [tempo(site, f"Song {n}", 100 + n) for n in range(9) for site in "abcdef"]
    assert build_profile(ARTIST, said).traits["tempo_bpm"].confidence == 0.69
    agreeing = [*said, claim("paper", "tempo_bpm", 103, song="Song 3")]
    assert build_profile(ARTIST, agreeing).traits["tempo_bpm"].confidence > 0.7


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("wxyz"), st.floats(30, 300)),
        min_size=1,
        max_size=12,
        unique_by=lambda each: each[:2],
    )
)
def test_every_tempo_is_one_that_somebody_named_or_its_octave(
    said: list[tuple[str, str, float]],
) -> None:
    tracks = tracks_of([tempo(site, track, bpm) for site, track, bpm in said])
    assert len(tracks) == len({track for _, track, _ in said})
    named = [bpm * octave for _, _, bpm in said for octave in (0.5, 1, 2)]
    for track in tracks:
        assert min(named) - 1e-6 <= track.bpm <= max(named) + 1e-6
        assert len(track.agreed) >= 1


def test_a_site_that_has_other_tracks_at_other_tempos_makes_no_tempo_surer() -> None:
    one = [tempo("a", f"Song {n}", 100 + n) for n in range(5)]
    other = [tempo("b", f"Other {n}", 150 + n) for n in range(4)]
    alone = build_profile(ARTIST, one).traits["tempo_bpm"]
    both = build_profile(ARTIST, [*one, *other]).traits["tempo_bpm"]
    agreeing = build_profile(ARTIST, [*one, tempo("b", "Other", 101)]).traits["tempo_bpm"]
    assert both.value < 110
    assert both.confidence <= alone.confidence < agreeing.confidence
