"""Whom GitHub asks about a change: .github/CODEOWNERS, made from people.yaml, so that it invents nobody."""

from collections.abc import Iterable

from generator.config import Config
from generator.disk.folders import CONTENT
from generator.evidence.people import Person
from generator.sources.datafiles import AREAS

FILE = ".github/CODEOWNERS"
_HEAD = """\
# Whom GitHub asks about changes; of several lines that fit, the last one counts. `python build.py owners --write` makes
# it from `github` and `looks_after` in content/people.yaml, so that nobody stands here who is not there.
"""
_NOBODY = "# Nobody in people.yaml looks after anything yet, so GitHub asks nobody.\n"
_FILES = {
    "program": ["*"],
    "home": [f"/{CONTENT}/index.md"],
    "findings": [
        f"/{CONTENT}/{name}"
        for name in ("claims/", "references.json", "retractions.yaml", "disagreements.yaml", "checked-claims.yaml")
    ],
    "urgent-signs": [f"/{CONTENT}/red-flags.yaml", f"/{CONTENT}/countries.yaml"],
}


def code_owners(people: Iterable[Person], config: Config) -> str:
    """Write the file. What is more urgent stands further down, where it counts."""
    keepers = {area: [f"@{one.github}" for one in people if one.github and area in one.looks_after] for area in AREAS}
    lines = [f"{path} {' '.join(who)}" for area, who in keepers.items() if who for path in _paths(area, config)]
    return _HEAD + ("\n".join(lines) + "\n" if lines else _NOBODY)


def _paths(area: str, config: Config) -> list[str]:
    folders = [one.folder for one in config.sections if one.kind == area]
    if area == "urgent-signs":
        folders = [config.urgent_section]
    return [*_FILES.get(area, []), *(f"/{CONTENT}/{folder}/" for folder in folders)]
