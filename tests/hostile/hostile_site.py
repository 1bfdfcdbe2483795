"""A site full of attacks: one article, record or file for each, so that what is told of it is known by its place."""

import json
import re
import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import PropertyMock, patch

from generator import pipeline
from generator.problems.problem import Problem
from generator.problems.visible import visible
from generator.stages.options import Options
from tests.helpers import COMMON, KEY_POINTS, REPOSITORY, SITE, Files, make_site
from tests.hostile.payloads import Payload
from tests.sitekit import TODAY

Data = dict[str, Any]
_WORK = "work2001"

GOOD: dict[str, Data] = {
    "glossary.yaml": {"id": "id", "term": "term", "definition": "what it means", "sources": [_WORK]},
    "red-flags.yaml": {
        **{"id": "id", "sign": "a sign", "may_mean": "a cause", "level": "today", "action": "Call.", "topics": ["all"]},
        "sources": [_WORK],
    },
    "countries.yaml": {
        **{"id": "id", "name": "Country", "emergency": "Call.", "today": "Ask.", "soon": "Ask.", "routine": "Ask."},
    },
    "people.yaml": {
        **{"id": "id", "name": "Name", "kind": "person", "roles": ["author"], "about": "Us.", "interests": "None."},
    },
    "names.yaml": {"name": "name", "kind": "lay", "language": "en", "page": "help/index.md", "note": "A note."},
    "synonyms.yaml": {"typed": ["typed"], "means": "words"},
    "codes.yaml": {
        **{"system": "System", "oid": "1.2.3", "code": "code", "label": "what it is", "relation": "related"},
        **{"page": "help/index.md", "seen": "there"},
    },
    "disagreements.yaml": {
        **{"id": "id", "question": "Is it so?", "settles": "A study.", "topics": ["all"]},
        "positions": [{"view": "Yes.", "sources": [_WORK]}, {"view": "No.", "sources": [_WORK]}],
    },
    "checked-claims.yaml": {
        **{"id": "id", "said": "It is so", "verdict": "unsafe", "instead": "It is not.", "topics": ["all"]},
        "sources": [_WORK],
    },
    "claims/all.yaml": {
        **{"id": "id", "intervention": "rest", "population": "adults", "applies_to": "condition", "outcome": "days"},
        **{"follow_up": "2 weeks", "effect": {"direction": "less"}, "design": "case-report", "certainty": "very-low"},
        **{"because": [{"lowers": "risk-of-bias", "why": "one person"}], "finding": "Fewer days."},
        "searched": "2026-11-01",
        "sources": [{"ref": _WORK, "locator": "table 2"}],
    },
    "body-map.yaml": {
        **{"id": "id", "title": "The body", "describes": "A drawing.", "signs": ["all"], "view": [0, 0, 320, 320]},
        "drawing": [{"part": "body", "path": "M0 0L320 320Z"}],
        "regions": [
            {
                **{"id": "here", "name": "Here", "note": "Careful.", "pages": ["help/index.md"], "sources": [_WORK]},
                "spots": [{"x": 10, "y": 10, "wide": 200, "high": 200}],
            }
        ],
    },
    "standards.yaml": {"id": "id", "standard": "Standard", "item": "1", "asks": "A thing."},
    "retractions.yaml": {"doi": "10.1000/none", "notice": "It is gone."},
    "accepted.yaml": {
        **{"code": "orphan-page", "path": "content/help/none.md", "reason": "It is so.", "until": "2027-06-30"},
    },
}
"""A good record of each data file; an attack stands in one of its fields."""

_WORK_RECORD: Data = {"id": _WORK, "type": "book", "title": "A work", "custom": {"read": "title"}}
_BLOCKS = "red-flags checklist body-map disagreements checked-claims codes scorecard offline urgency found".split()


CLASHES = ("paths/own-",)
"""Redirects to the addresses of other files: they are refused, and no file system could hold both."""


@dataclass(frozen=True)
class Place:
    """Where an attack stands: in a file, and for a record in a line of it."""

    path: str
    line: int = 0

    def holds(self, problem: Problem) -> bool:
        """Whether something was told of this place, or of another because of it."""
        spans = (problem.span, *(span for _, span in problem.related))
        return any(span.path == self.path and self.line in (0, span.line) for span in spans)


@dataclass(frozen=True)
class Hostile:
    """A site that was written, and where each attack stands in it."""

    root: Path
    places: dict[Payload, Place]

    def codes(self, payload: Payload, problems: Iterable[Problem], errors: bool = False) -> set[str]:
        """The codes that were told of an attack; `errors` leaves warnings out."""
        place = self.places[payload]
        return {one.code for one in problems if place.holds(one) and (not errors or one.severity == "error")}


def write_site(root: Path, chosen: Iterable[Payload]) -> Hostile:
    """Write a site with these attacks, and with pages that show all its records."""
    files: dict[str, str | bytes | None] = {}
    places: dict[Payload, Place] = {}
    records: dict[str, list[Data]] = {name: [_numbered(name, 0)] for name in GOOD}
    records["people.yaml"][0] |= {"id": "team", "name": "Team"}
    works = [_WORK_RECORD]
    links = []
    for payload in chosen:
        kind, *rest = payload.place
        path = f"content/help/{payload.name}.md"
        if kind == "record":
            name, field = rest
            records[name].append({**_numbered(name, len(records[name])), field: payload.text})
            places[payload] = Place(f"content/{name}", len(records[name]))
        elif kind == "csl":
            works.append({**_WORK_RECORD, "id": f"work{len(works)}", rest[0]: payload.text})
            places[payload] = Place("content/references.json", len(works))
        elif kind == "picture":
            picture = f"content/help/{payload.name}.svg"
            files |= {picture: payload.text, path: _article(payload, f"![a drawing]({payload.name}.svg)")}
            places[payload] = Place(picture)
        elif kind == "name":
            files[f"content/help/{payload.text}"] = _article(payload, "Words.")
            places[payload] = Place(visible(f"content/help/{payload.text}"))
        elif kind == "link":
            links.append((path, payload.text))
            places[payload] = Place(path)
        else:
            files[path] = _article(payload)
            places[payload] = Place(path)
    for name, rows in records.items():
        files[f"content/{name}"] = "".join(f"- {json.dumps(one)}\n" for one in rows)
    files["content/references.json"] = "[" + ",\n".join(json.dumps(one) for one in works) + "]\n"
    files |= _pages_of_records(records, works)
    make_site(root, {"site.yaml": _settings(), **files})
    shutil.copytree(REPOSITORY / "static", root / "static")
    for path, target in links:
        (root / path).symlink_to(target)
    return Hostile(root, places)


def walls_down() -> AbstractContextManager[object]:
    """While it is entered, no problem stops a build: what is left of an attack comes as far as it can."""
    return patch.object(Problem, "is_error", new_callable=PropertyMock, return_value=False)


def built(root: Path) -> pipeline.Build:
    """Build a site as its host would have it, on the day of all tests."""
    return pipeline.build(root, Options(today=TODAY, epub=True))


def _settings() -> str:
    return SITE.replace("file_size: 100000", "file_size: 200000") + "hosting: [nginx, netlify]\n"


def _numbered(name: str, number: int) -> Data:
    """A good record with an id, a term or a name of its own."""
    record = dict(GOOD[name])
    for key in ("id", "term", "name", "code", "item", "doi"):
        if key in record and name != "accepted.yaml" and (key != "name" or name in ("names.yaml", "countries.yaml")):
            record[key] = f"{record[key]}{number}"
    return record


def _article(payload: Payload, body: str = "") -> str:
    """An article with the attack in its text, in a field of its front matter, or as lines of front matter."""
    kind, *rest = payload.place
    front = {"title": payload.id[:70]}
    lines = [*COMMON.splitlines(), KEY_POINTS.strip()]
    more = ""
    if kind == "field":
        front |= {rest[0]: payload.text}
        lines = [line for line in lines if not line.startswith(f"{rest[0]}:")]
    elif kind == "front":
        more = f"{payload.text}\n"
        given = set(re.findall(r"^(\w+):", payload.text, re.MULTILINE))
        lines = [line for line in lines if line.partition(":")[0] not in given or payload.id.endswith("twice")]
    elif not body:
        body = payload.text
    written = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
    return f"---\n{written}" + "\n".join(lines) + f"\n{more}---\n\n{body or 'Words.'}\n"


def _pages_of_records(records: dict[str, list[Data]], works: list[Data]) -> Files:
    """Pages that show every record: by blocks, by citing all works, by using all terms, by naming all authors."""
    claims = ", ".join(str(one["id"]) for one in records["claims/all.yaml"])
    texts = {
        "blocks": "\n\n".join([*(f"::{name}" for name in _BLOCKS), f"::claim{{{claims}}}"]),
        "works": "\n\n".join(
            f"A text [@{one['id']}, page 3]." for one in works if re.fullmatch(r"\w+", str(one["id"]))
        ),
        "terms": "\n\n".join(f"Some {one['term']} here." for one in records["glossary.yaml"]),
    }
    pages: dict[str, str | bytes | None] = {
        f"content/help/shows-{name}.md": f"---\ntitle: Shows {name}\n{COMMON}{KEY_POINTS}---\n\n{text}\n"
        for name, text in texts.items()
    }
    people = [str(one["id"]) for one in records["people.yaml"]]
    for start in range(0, len(people), 10):
        common = COMMON.replace("[team]", json.dumps(people[start : start + 10]))
        pages[f"content/help/by-{start}.md"] = f"---\ntitle: By {start}\n{common}{KEY_POINTS}---\n\nWords.\n"
    return pages
