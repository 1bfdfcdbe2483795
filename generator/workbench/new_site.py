"""A whole new site on another topic: few pages, true of any topic, that can be built and published at once."""

import datetime

from generator.disk.folders import STATIC, TEMPLATES
from generator.disk.own import own_tree
from generator.workbench.editors import FOLDER, SETTINGS, as_bytes, vscode_settings
from generator.workbench.json_schemas import all_schemas
from generator.workbench.starters import quoted, slug

_STARTER = "starter"
_YEAR = datetime.timedelta(days=365)
_LONGEST = 60
_PICTURES = "img/"
"""Static files that belong to one site; the starter has icons of its own."""
_HIDDEN = ("editorconfig", "gitignore")
"""Files of the starter whose names begin with a dot where they are to stand."""


def title_of(name: str) -> str:
    """Make a title from the name of a folder: `tennis-elbow` is `Tennis elbow`."""
    words = " ".join(name.replace("_", "-").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def files(title: str, today: str) -> dict[str, bytes]:
    """Give every file of the new site by its path: the starter's, templates and static files, and what editors need."""
    day = datetime.date.fromisoformat(today)
    values = {
        "{{title}}": quoted(title),
        "{{slug}}": slug(title) or "site",
        "{{today}}": today,
        "{{due}}": (day + _YEAR).isoformat(),
    }
    found = {
        f"{folder}/{name}": data
        for folder in (TEMPLATES, STATIC)
        for name, data in own_tree(folder).items()
        if not name.startswith(_PICTURES)
    }
    for name, data in own_tree(_STARTER).items():
        found[f".{name}" if name in _HIDDEN else name] = _filled(data, values)
    found |= {f"{FOLDER}/{name}.json": as_bytes(schema) for name, schema in all_schemas().items()}
    return {**found, SETTINGS: as_bytes(vscode_settings())}


def fault_of(title: str, made: dict[str, bytes]) -> str:
    """Say why a site cannot be begun, or nothing."""
    if not title:
        return "the site needs a title; give one with --title"
    if len(title) > _LONGEST:
        return f"the title has {len(title)} characters; at most {_LONGEST} fit (--title)"
    if not any(name.startswith(f"{TEMPLATES}/") for name in made):
        return "the templates are not there; run this from a copy of the program's repository"
    return ""


def _filled(data: bytes, values: dict[str, str]) -> bytes:
    for mark, value in values.items():
        data = data.replace(mark.encode(), value.encode())
    return data
