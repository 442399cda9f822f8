"""The text model: its files, and what it makes of texts."""

import importlib.util
import subprocess
import sys
from array import array
from importlib.resources import files
from math import fsum

import pytest

from mididrumigen.errors import ModelError
from mididrumigen.similar.model import (
    DIMENSIONS,
    INSTALL,
    TOKENIZER_SHA256,
    check_files,
    checked,
    embed,
    missing,
)

NEEDS_MODEL = pytest.mark.skipif(
    bool(missing()), reason=f"{', '.join(missing())} not installed: {INSTALL}"
)

OFFLINE = """
import sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(refuse)
from mididrumigen.similar.model import embed
[vector] = embed(["rock drummer."])
assert len(vector) == 1536
"""


def test_the_tokenizer_is_shipped_as_it_is_upstream_with_its_credit() -> None:
    data = files("mididrumigen.similar") / "data"
    checked((data / "tokenizer.json").read_bytes(), TOKENIZER_SHA256, "tokenizer.json")
    notice = (data / "NOTICE").read_text("utf-8")
    assert "Apache License" in notice
    assert TOKENIZER_SHA256 in notice


def test_a_file_that_was_changed_is_refused() -> None:
    with pytest.raises(ModelError, match=r"model.onnx is not the file that it should be"):
        checked(b"something else", TOKENIZER_SHA256, "model.onnx")


def test_what_is_missing_is_named_without_importing_it() -> None:
    for package in ("fastembed", "numpy"):
        assert (package in missing()) == (importlib.util.find_spec(package) is None)


@NEEDS_MODEL
def test_the_weights_that_are_installed_are_the_ones_that_were_checked() -> None:
    check_files()


@pytest.mark.slow
@NEEDS_MODEL
def test_texts_become_vectors_of_length_one_and_like_texts_near_ones() -> None:
    texts = ["jazz drummer. Brushes.", "jazz drummer. Soft brushes on a snare.", "metal. Blasts."]
    jazz, brushes, metal = (array("f", vector) for vector in embed(texts))
    assert len(jazz) == DIMENSIONS
    for vector in (jazz, brushes, metal):
        assert fsum(x * x for x in vector) == pytest.approx(1, abs=1e-5)
    near, far = (
        fsum(a * b for a, b in zip(jazz, other, strict=True)) for other in (brushes, metal)
    )
    assert near > far + 0.2
    assert embed([]) == []


@pytest.mark.slow
@NEEDS_MODEL
def test_no_connection_is_ever_tried() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
