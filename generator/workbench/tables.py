"""The tables of CONTRIBUTING.md, made from the program itself so that they cannot be out of date."""

from collections.abc import Iterable

from generator.disk.folders import CONTENT
from generator.markup.callouts import CALLOUTS
from generator.markup.directives import BLOCKS, NEED_ARGUMENTS, OF_PAGES
from generator.problems.codes import CODES
from generator.sources.datafiles import CLAIM, RECORD_FILES
from generator.sources.kinds import KINDS
from generator.sources.limits import every_limit
from generator.sources.schema import Field, Group, Items
from generator.sources.siteyaml import SITE
from generator.sources.values import Choice, Inline, Text, Type, Whole

_RECORDS = {
    **{path.removeprefix(f"{CONTENT}/"): schema for path, schema in RECORD_FILES.items()},
    "claims/*.yaml": CLAIM,
    "site.yaml": SITE,
}


def all_tables() -> dict[str, str]:
    """Give every table by the name of its place in CONTRIBUTING.md."""
    return {
        "fields": fields_table(),
        "records": records_table(),
        "blocks": _table(("block", "gives"), ((_block(name), help) for name, help in BLOCKS.items())),
        "callouts": _table(("written", "level"), ((f"`> [!{name}]`", level) for name, level in CALLOUTS.items())),
        "limits": _table(
            ("limit", "where nothing is said", "what"),
            ((f"`{one.key}`", f"{one.default:,}", one.says) for one in every_limit()),
        ),
        "codes": codes_table(),
    }


def _block(name: str) -> str:
    argument = "path" if name in OF_PAGES else "id"
    return f"`::{name}{{{argument}}}`" if name in NEED_ARGUMENTS else f"`::{name}`"


def codes_table() -> str:
    """Every problem code with its severity, its meaning and its mend."""
    return _table(
        ("code", "severity", "meaning", "what mends it"),
        (
            (f'<a id="{code}"></a>`{code}`', info.severity, info.meaning, info.fix)
            for code, info in sorted(CODES.items())
        ),
    )


def fields_table() -> str:
    """The fields of front matter, those of the most kinds first."""
    users: dict[Field, list[str]] = {}
    for kind in KINDS.values():
        for field in kind.schema.fields:
            users.setdefault(field, []).append(kind.name)
    rows = sorted(users.items(), key=lambda item: -len(item[1]))
    return _table(
        ("field", "value", "needed", "for", "kinds"), ((*_row(field), _among(kinds)) for field, kinds in rows)
    )


def _among(kinds: list[str]) -> str:
    missing = [name for name in KINDS if name not in kinds]
    if not missing:
        return "all"
    return f"all but {', '.join(missing)}" if len(missing) < len(kinds) else ", ".join(kinds)


def records_table() -> str:
    """The fields of the data files."""
    rows = [(f"`{name}`", *_row(field)) for name, group in _RECORDS.items() for field in group.fields]
    return _table(("file", "field", "value", "needed", "for"), rows)


def _row(field: Field) -> tuple[str, str, str, str]:
    return f"`{field.key}`", _describe(field.type), "yes" if field.required else "", field.help


def _describe(kind: Type) -> str:
    """Say a type in a few words."""
    if isinstance(kind, Choice):
        return ", ".join(f"`{word}`" for word in kind.of)
    if isinstance(kind, Text):
        return f"plain text, at most {kind.most} characters"
    if isinstance(kind, Inline):
        return f"text with citations and links, at most {kind.most} characters"
    if isinstance(kind, Whole):
        return "a whole number"
    if isinstance(kind, Items):
        return f"list of: {_describe(kind.of)}"
    if isinstance(kind, Group):
        return "{" + ", ".join(field.key for field in kind.fields) + "}"
    return kind.name


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
