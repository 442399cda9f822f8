"""The document of the API: whole, in itself consistent, the same at both addresses."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from mididrumigen import __version__
from mididrumigen.models.request import METRES
from mididrumigen.web.calls import CALLS, ROOT, Call
from mididrumigen.web.openapi import document
from tests.daemon import Daemon

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """The document as a client reads it."""
    read: dict[str, Any] = json.loads(json.dumps(document(), allow_nan=False))
    return read


def place(call: Call) -> str:
    """Where a call stands in the document."""
    return ROOT + re.sub(r":[^}]+}", "}", call.path)


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


def found(whole: dict[str, Any], ref: str) -> Any:
    """What a `$ref` leads to; KeyError where it leads nowhere."""
    value: Any = whole
    assert ref.startswith("#/")
    for step in ref.removeprefix("#/").split("/"):
        value = value[step]
    return value


def limits(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field that may be left out, without the null."""
    [only] = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    return dict(only)


def test_it_says_what_it_is(whole: dict[str, Any]) -> None:
    assert whole["openapi"] == "3.1.0"
    assert whole["info"]["title"] == "MidiDrumiGen"
    assert whole["info"]["version"] == __version__
    assert set(whole) <= {"openapi", "info", "servers", "paths", "components", "security", "tags"}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.path}")
def test_every_call_is_in_it_with_what_it_answers(call: Call, whole: dict[str, Any]) -> None:
    operation = whole["paths"][place(call)][call.method.lower()]
    assert operation["summary"]
    assert set(operation["responses"]) == {*map(str, call.answers), "default"}
    for answer in operation["responses"].values():
        assert answer["description"]
        assert answer["content"]
    error = operation["responses"]["default"]["content"]["application/json"]["schema"]
    assert set(found(whole, error["$ref"])["properties"]) == {"error"}
    takes_a_body = call.body is not None or call.takes_files
    assert ("requestBody" in operation) == takes_a_body
    if takes_a_body:
        [kind] = operation["requestBody"]["content"]
        assert kind == ("multipart/form-data" if call.takes_files else "application/json")


def test_there_is_no_call_in_it_that_nobody_answers(whole: dict[str, Any]) -> None:
    told = {(path, method) for path, at in whole["paths"].items() for method in at}
    assert {method for _, method in told} <= METHODS
    assert told == {(place(call), call.method.lower()) for call in CALLS}


def test_every_call_says_what_it_does(whole: dict[str, Any]) -> None:
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"].strip().endswith("."), (path, method)


def test_the_names_in_a_path_are_its_parameters(whole: dict[str, Any]) -> None:
    for path, operations in whole["paths"].items():
        names = re.findall(r"{([^}]*)}", path)
        assert all(re.fullmatch(r"\w+", name) for name in names), path
        for operation in operations.values():
            in_path = [one for one in operation["parameters"] if one["in"] == "path"]
            assert [one["name"] for one in in_path] == names
            assert all(one["required"] for one in in_path)
            keys = [(one["in"], one["name"]) for one in operation["parameters"]]
            assert len(keys) == len(set(keys))
            assert all("schema" in one for one in operation["parameters"])


def test_every_reference_leads_somewhere(whole: dict[str, Any]) -> None:
    refs = {part["$ref"] for part in parts(whole) if isinstance(part.get("$ref"), str)}
    assert "#/components/schemas/GenerateBody" in refs
    for ref in refs:
        assert isinstance(found(whole, ref), dict), ref


def test_no_model_is_told_of_that_nothing_leads_to(whole: dict[str, Any]) -> None:
    refs = {part["$ref"] for part in parts(whole) if isinstance(part.get("$ref"), str)}
    assert {f"#/components/schemas/{name}" for name in whole["components"]["schemas"]} == refs


def test_the_limits_of_what_may_be_asked_are_told(whole: dict[str, Any]) -> None:
    asked = whole["components"]["schemas"]["GenerateBody"]
    assert asked["additionalProperties"] is False
    told = {name: limits(schema) for name, schema in asked["properties"].items() if name != "map"}
    for name, kind, low, high in (
        ("bars", "integer", 1, 32),
        ("variations", "integer", 1, 8),
        ("seed", "integer", 0, 2**53 - 1),
        ("tempo", "number", 30, 300),
    ):
        field = told[name]
        assert (field["type"], field["minimum"], field["maximum"]) == (kind, low, high), name
    assert told["part"]["enum"] == ["groove", "fill", "full", "pickup", "verse", "chorus"]
    assert told["research"]["enum"] == ["auto", "never"]
    metres = asked["properties"]["time_signature"]["enum"]
    assert [metre for metre in metres if metre is not None] == [str(metre) for metre in METRES]
    controls = whole["components"]["schemas"]["ControlsBody"]["properties"]
    swing = limits(controls["swing"])
    assert (swing["minimum"], swing["maximum"]) == (50, 75)
    for name in set(controls) - {"swing"}:
        field = limits(controls[name])
        assert (field["minimum"], field["maximum"]) == (0, 100), name


def test_the_limits_of_a_query_are_told(whole: dict[str, Any]) -> None:
    task = whole["paths"][f"{ROOT}/task/{{task_id}}"]["get"]["parameters"]
    [wait] = [one["schema"] for one in task if one["name"] == "wait"]
    assert (wait["type"], wait["minimum"], wait["maximum"]) == ("number", 0, 25)


def test_it_is_served_the_same_at_both_addresses(whole: dict[str, Any], tmp_path: Path) -> None:
    with Daemon(tmp_path / "home") as daemon, httpx.Client(trust_env=False) as client:
        answers = [
            client.get(daemon.origin + at) for at in ("/openapi.json", f"{ROOT}/openapi.json")
        ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["Content-Type"].startswith("application/json")
    assert answers[0].content == answers[1].content
    assert answers[0].json() == whole
