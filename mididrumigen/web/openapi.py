"""The document of the API, from the models that validate the asks and describe the answers."""

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from mididrumigen import __version__
from mididrumigen.web import answers
from mididrumigen.web.calls import CALLS, ROOT, Call

_PART = re.compile(r"{(\w+)(?::([^}]+))?}")
_NUMBER = "[0-9]+"


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    models: set[type[BaseModel]] = {answers.Error}
    for call in CALLS:
        models |= {m for m in (call.body, *call.answers.values()) if m and not isinstance(m, str)}
    names = sorted(models, key=lambda model: model.__name__)
    refs, schemas = models_json_schema(
        [(model, "validation") for model in names], ref_template="#/components/schemas/{model}"
    )
    schema_of = {model: ref for (model, _), ref in refs.items()}
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        path = ROOT + _PART.sub(r"{\1}", call.path)
        paths.setdefault(path, {})[call.method.lower()] = _operation(call, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {"title": "MidiDrumiGen", "version": __version__, "license": {"name": "MIT"}},
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(call: Call, schema_of: dict[Any, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": " ".join((call.handler.__doc__ or "").split()),
        "parameters": [*_path_parameters(call), *_query_parameters(call)],
        "responses": {
            **{
                str(status): {
                    "description": "done",
                    "content": {model: {"schema": {"type": "string"}}}
                    if isinstance(model, str)
                    else {"application/json": {"schema": schema_of[model]}},
                }
                for status, model in call.answers.items()
            },
            "default": {
                "description": "refused or failed",
                "content": {"application/json": {"schema": schema_of[answers.Error]}},
            },
        },
    }
    if call.body:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema_of[call.body]}},
        }
    if call.takes_files:
        files = {"type": "array", "items": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"file": files},
                        "required": ["file"],
                    }
                }
            },
        }
    return operation


def _path_parameters(call: Call) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 1}
            if pattern == _NUMBER
            else {"type": "string", "minLength": 1},
        }
        for name, pattern in _PART.findall(call.path)
    ]


def _query_parameters(call: Call) -> list[dict[str, Any]]:
    schema = call.query.model_json_schema()
    return [
        {"name": name, "in": "query", "required": False, "schema": part}
        for name, part in schema.get("properties", {}).items()
    ]
