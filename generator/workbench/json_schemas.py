"""JSON Schema of front matter and of every data file, for editors that complete and underline while somebody types.

A schema never refuses what a build accepts. It knows less than the build: what a day of the calendar is, whether a
page or a reference is there, and what only all files together can tell.
"""

from functools import singledispatch
from typing import Any

from generator.disk.folders import CONTENT
from generator.sources.datafiles import CLAIM, RECORD_FILES
from generator.sources.kinds import KINDS
from generator.sources.schema import Field, Group, Items
from generator.sources.siteyaml import SITE
from generator.sources.values import (
    Address,
    Choice,
    Contact,
    Date,
    Identifier,
    Inline,
    Language,
    Number,
    Text,
    Type,
    WebAddress,
    Whole,
)

Data = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest draft that the editors' servers for YAML know in full."""
_WRITTEN = ["string", "number", "boolean"]
"""What YAML may take a text for that stands without quotes."""


def all_schemas() -> dict[str, Data]:
    """Give every schema by its name: `article` and the other kinds, `red-flags` and the other data files, `site`."""
    records = {path.removeprefix(f"{CONTENT}/").removesuffix(".yaml"): one for path, one in RECORD_FILES.items()}
    return {
        **{kind.name: _whole(kind.schema, f"Front matter of the kind {kind.name}") for kind in KINDS.values()},
        **{name: _records(record, f"content/{name}.yaml") for name, record in records.items()},
        "claims": _records(CLAIM, "content/claims/*.yaml"),
        "site": _whole(SITE, "site.yaml"),
    }


def covered() -> dict[str, str]:
    """Give the files that each schema of YAML files is for, as a pattern, by the schema's name."""
    records = {path.removeprefix(f"{CONTENT}/").removesuffix(".yaml"): path for path in RECORD_FILES}
    return {**records, "claims": f"{CONTENT}/claims/*.yaml", "site": "site.yaml"}


def _whole(group: Group, title: str) -> Data:
    return {"$schema": DRAFT, "title": title, **schema_of(group)}


def _records(record: Group, title: str) -> Data:
    return {"$schema": DRAFT, "title": title, "type": "array", "items": schema_of(record)}


@singledispatch
def schema_of(kind: Type) -> Data:
    """Give the schema of a type; one that is not known here takes any single value."""
    return {"type": _WRITTEN, "minLength": 1}


@schema_of.register
def _(kind: Text) -> Data:
    return {"type": _WRITTEN, "minLength": 1, "maxLength": kind.most}


@schema_of.register
def _(kind: Inline) -> Data:
    # its limit leaves out citations, which no schema can count
    return {"type": _WRITTEN, "minLength": 1}


@schema_of.register
def _(kind: Date) -> Data:
    return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@schema_of.register
def _(kind: Choice) -> Data:
    return {"enum": list(kind.of)}


@schema_of.register
def _(kind: Whole) -> Data:
    return {"type": "integer", "minimum": kind.least, "maximum": kind.most}


@schema_of.register
def _(kind: Number) -> Data:
    return {"type": "number"}


@schema_of.register
def _(kind: Identifier) -> Data:
    return {"type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


@schema_of.register
def _(kind: Language) -> Data:
    return {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}


@schema_of.register
def _(kind: Address) -> Data:
    return {"type": "string", "pattern": "^/.+/$"}


@schema_of.register
def _(kind: WebAddress) -> Data:
    return {"type": "string", "format": "uri", "pattern": "^https?://"}


@schema_of.register
def _(kind: Contact) -> Data:
    return {"type": "string", "pattern": "^(https://|mailto:|tel:)"}


@schema_of.register
def _(kind: Items) -> Data:
    return {"type": "array", "items": schema_of(kind.of), "minItems": kind.least, "maxItems": kind.most}


@schema_of.register
def _(kind: Group) -> Data:
    properties = {field.key: _described(field) for field in kind.fields}
    required = [field.key for field in kind.fields if field.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _described(field: Field) -> Data:
    return {"description": field.help, **schema_of(field.type)}
