"""The schemas of the JSON files below /api/v1/, in JSON Schema. Choices come from the lists that the program checks."""

from collections.abc import Mapping
from typing import Any

from generator.evidence.references import READ
from generator.sources.datafiles import CERTAINTIES, DOMAINS, RELATIONS, STARTS
from generator.sources.kinds import KINDS, LEVELS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Schema = {"type": "string", "minLength": 1}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_YES_OR_NO: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_ADDRESS: Schema = {"type": "string", "pattern": "^https?://[^ ]+$"}


def _choice(*words: str) -> Schema:
    return {"enum": list(words)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _group(fields: Mapping[str, Schema]) -> Schema:
    """Fields that are all there, and no others."""
    return {
        "type": "object",
        "properties": dict(fields),
        "required": sorted(fields),
        "additionalProperties": False,
    }


_KEYS = _list(_TEXT)
_HEAD: Mapping[str, Schema] = {
    "schema": _ADDRESS,
    "address": _ADDRESS,
    "site": _group({"title": _TEXT, "address": _ADDRESS}),
    "language": _TEXT,
    "licence": _group({"name": _TEXT, "address": _ADDRESS}),
    "notice": _TEXT,
    "updated": _or_null(_DAY),
}
_ARTICLE = _group(
    {
        "id": _TEXT,
        "address": _ADDRESS,
        "language": _TEXT,
        "kind": _choice(*KINDS),
        "section": _or_null(_TEXT),
        "topic": _or_null(_TEXT),
        "title": _TEXT,
        "summary": _TEXT,
        "short_answer": _or_null(_TEXT),
        "key_points": _list(_TEXT),
        "updated": _DAY,
        "evidence_searched": _or_null(_DAY),
        "review_due": _or_null(_DAY),
        "checked": _or_null(_group({"by": _TEXT, "on": _DAY})),
        "authors": _list(_TEXT),
        "references": _KEYS,
        "claims": _KEYS,
    }
)
_ARM = _group({"some": _WHOLE, "people": {"type": "integer", "minimum": 1}, "is_count": _YES_OR_NO})
_NUMBERS = _group(
    {
        "counted": _or_null(_group({"of": _TEXT, "intervention": _ARM, "comparator": _or_null(_ARM)})),
        "averages": _or_null(_group({"intervention": _NUMBER, "comparator": _or_null(_NUMBER), "unit": _TEXT})),
        "estimate": _or_null(
            _group({"value": _NUMBER, "low": _or_null(_NUMBER), "high": _or_null(_NUMBER), "unit": _TEXT})
        ),
    }
)
_CLAIM = _group(
    {
        "id": _TEXT,
        "address": _or_null(_ADDRESS),
        "sentence": _TEXT,
        "certainty": _choice(*CERTAINTIES),
        "design": _choice(*STARTS),
        "reasons": _list(
            _group({"why": _TEXT, "lowers": _or_null(_choice(*DOMAINS)), "steps": {"enum": [0, 1, 2]}}),
        ),
        "intervention": _TEXT,
        "comparator": _or_null(_TEXT),
        "population": _TEXT,
        "applies_to": _choice("condition", "related", "wider"),
        "outcome": _TEXT,
        "follow_up": _TEXT,
        "effect": _group(
            {
                "direction": _choice("less", "more", "no-difference", "unclear"),
                "size": _or_null(_choice("small", "moderate", "large")),
            }
        ),
        "reported": _TEXT,
        "numbers": _NUMBERS,
        "participants": _or_null(_WHOLE),
        "studies": _or_null(_WHOLE),
        "sources": _list(_group({"reference": _TEXT, "place": _or_null(_TEXT)})),
        "searched": _DAY,
    }
)
_RED_FLAG = _group(
    {
        "id": _TEXT,
        "level": _choice(*LEVELS),
        "sign": _TEXT,
        "may_mean": _TEXT,
        "action": _TEXT,
        "topics": _KEYS,
        "references": _KEYS,
    }
)
_COUNTRY = _group({"id": _TEXT, "name": _TEXT, "advice": _group(dict.fromkeys(LEVELS, _TEXT)), "references": _KEYS})
_TERM = _group(
    {
        "id": _TEXT,
        "address": _ADDRESS,
        "language": _TEXT,
        "term": _TEXT,
        "forms": _list(_TEXT),
        "definition": _TEXT,
        "references": _KEYS,
    }
)
_REFERENCE = _group(
    {
        "id": _TEXT,
        "address": _ADDRESS,
        "title": _TEXT,
        "text": _TEXT,
        "year": _or_null(_TEXT),
        "read": _choice(*READ),
        "retracted": _or_null(_TEXT),
        "links": _list(_group({"kind": _TEXT, "text": _TEXT, "address": _ADDRESS})),
        "cited_by": _list(_ADDRESS),
    }
)
_FILE = _group({"name": _TEXT, "address": _ADDRESS, "schema": _ADDRESS, "count": _WHOLE})
_ANSWER = _group(
    {
        "system": _TEXT,
        "oid": {"type": "string", "pattern": "^[0-2]([.](0|[1-9][0-9]*))+$"},
        "code": _TEXT,
        "relation": _choice(*RELATIONS),
        "atom": _ADDRESS,
        "json": _ADDRESS,
    }
)


def _file(item: Schema, **more: Schema) -> Schema:
    return _group({**_HEAD, **more, "items": _list(item)})


SCHEMAS: Mapping[str, Schema] = {
    "index": _file(_FILE, feeds=_list(_ADDRESS), infobutton=_list(_ANSWER)),
    "articles": _file(_ARTICLE),
    "claims": _file(_CLAIM),
    "red-flags": _file(_RED_FLAG, countries=_list(_COUNTRY)),
    "terms": _file(_TERM),
    "references": _file(_REFERENCE),
}
"""The schema of each file by its name."""
