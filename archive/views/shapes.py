"""A vocabulary to say with what JSON looks like: JSON Schema (2020-12), as short as it can be written."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
KEY: Schema = {"type": "integer", "minimum": 1}
FLAG: Schema = {"type": "boolean"}
SCORE: Schema = {"type": "number", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
YEAR: Schema = {"type": "string", "pattern": "^([0-9]{4})?$"}
DATE: Schema = {"type": ["string", "null"], "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
SPAN: Schema = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
ANCHOR: Schema = {"type": "string", "pattern": "^[sp][0-9]+$"}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def record(**fields: Schema) -> Schema:
    """An object that always has all of these."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def some(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def pair(first: Schema, second: Schema) -> Schema:
    return {"type": "array", "prefixItems": [first, second], "items": False, "minItems": 2}


def maybe(schema: Schema) -> Schema:
    """That, or null."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def by_key(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def listed() -> dict[str, Schema]:
    """A speech as lists show it."""
    return {
        "id": KEY,
        "title": TEXT,
        "url": TEXT,
        "date": DATE,
        "speaker": maybe(TEXT),
        "event": maybe(TEXT),
        "kind": TEXT,
        "characters": COUNT,
    }


PAGED = {"total": COUNT, "page": KEY, "pages": COUNT}
SPANNED = {"start": COUNT, "end": COUNT}
