"""What went wrong, in the words of the user and in those of programs."""

import pickle

import pytest

from mididrumigen import errors
from mididrumigen.errors import InputError, MidiDrumiGenError, TooLarge, explained


def tree(base: type[MidiDrumiGenError]) -> list[type[MidiDrumiGenError]]:
    """A class of errors and all below it."""
    return [base, *(kind for below in base.__subclasses__() for kind in tree(below))]


def test_what_went_wrong_and_what_helps_are_told_apart_and_are_one_sentence() -> None:
    error = errors.StoreError("a; b.db is in use", "try again when it is done; or not")
    assert explained(error) == {
        "code": "database",
        "message": "a; b.db is in use",
        "hint": "try again when it is done; or not",
    }
    assert str(error) == "a; b.db is in use; try again when it is done; or not"


def test_a_name_that_holds_a_semicolon_is_no_advice() -> None:
    answer = explained(errors.NotFound("there is no a; b.mid"))
    assert answer == {"code": "not_found", "message": "there is no a; b.mid", "hint": ""}
    assert str(errors.NotFound("there is no task x")) == "there is no task x"


@pytest.mark.parametrize("kind", tree(MidiDrumiGenError))
def test_an_error_is_the_same_after_its_way_out_of_a_worker(kind: type[MidiDrumiGenError]) -> None:
    for error in (kind("what", "and why"), kind("what; not why")):
        back = pickle.loads(pickle.dumps(error))
        assert type(back) is kind
        assert (explained(back), str(back)) == (explained(error), str(error))


def test_every_kind_of_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in tree(MidiDrumiGenError)]
    assert len(codes) == len(set(codes))
    assert all(code.isascii() and code.replace("_", "").islower() for code in codes)


def test_the_tree_that_is_drawn_is_the_tree_that_is_there() -> None:
    drawn = {
        line.split("- ")[1].split()[0]
        for line in (errors.__doc__ or "").splitlines()
        if "- " in line and line.lstrip(" |").startswith(("|-", "`-", "-"))
    }
    assert drawn == {kind.__name__ for kind in tree(MidiDrumiGenError)} - {"MidiDrumiGenError"}


@pytest.mark.parametrize("kind", tree(MidiDrumiGenError))
def test_what_cannot_be_meant_is_a_usage_error_and_all_else_a_failure(
    kind: type[MidiDrumiGenError],
) -> None:
    assert kind("x").exit_code == (2 if issubclass(kind, InputError) else 1)
    assert issubclass(TooLarge, InputError)
