"""A whole new site on another topic: few pages, true of any topic, that can be built and published at once."""

import datetime

from generator.sources.files import STATIC, TEMPLATES, own_tree
from generator.workbench.starters import quoted, slug

_STARTER = "starter"
_YEAR = datetime.timedelta(days=365)
_LONGEST = 60
_IGNORED = "/_site/\n/_site.hosting/\n/_relative/\n/_zip/\n/.cache/\n"


def title_of(name: str) -> str:
    """Make a title from the name of a folder: `tennis-elbow` is `Tennis elbow`."""
    words = " ".join(name.replace("_", "-").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def files(title: str, today: str) -> dict[str, bytes]:
    """Give every file of the new site by its path: the starter's, with templates and static files of this program."""
    day = datetime.date.fromisoformat(today)
    values = {
        "{{title}}": quoted(title),
        "{{slug}}": slug(title) or "site",
        "{{today}}": today,
        "{{due}}": (day + _YEAR).isoformat(),
    }
    found = {f"{folder}/{name}": data for folder in (TEMPLATES, STATIC) for name, data in own_tree(folder).items()}
    found |= {name: _filled(data, values) for name, data in own_tree(_STARTER).items()}
    return {**found, ".gitignore": _IGNORED.encode()}


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
