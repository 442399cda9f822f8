"""An entry as it is compared."""

from mididrumigen.models.described import Described

BAND = Described(
    name="The Arctic Ants",
    kind="band",
    styles={"rock": 0.8, "punk": 0.2},
    genre="rock, punk",
    about="Fast.",
    traits={"tempo_bpm": 160.0},
    own=frozenset({"tempo_bpm"}),
    aliases=("Ants",),
    drummers={"Ada Hélder": "2002-"},
)


def test_the_plain_form_and_back_is_the_same() -> None:
    assert Described.from_json(BAND.to_json()) == BAND


def test_names_are_compared_without_case_accents_and_the() -> None:
    assert BAND.names == {"arctic ants", "ants"}
    assert BAND.others == {"ada helder"}
