"""What helps readers to find their page, as plain data: the body map, the checklist, two columns to compare."""

import posixpath
from collections.abc import Iterable, Mapping
from typing import Any

from generator.disk.folders import CONTENT
from generator.evidence.body_maps import BodyMap, Region
from generator.evidence.red_flags import most_urgent_first
from generator.markup.document import Document
from generator.markup.slots import Fragment
from generator.site.filling import PageText

Data = dict[str, Any]

BESIDE = ("feels", "moves", "hurts", "where", "changes")
"""What is told of both conditions that stand side by side."""


def body_maps(names: list[str], page: PageText) -> list[Data]:
    """The maps of the body by their ids, or all; each with the signs that stand above it."""
    every = page.site.catalogue.data.maps
    return [_body_map(one, page) for one in every if not names or one.id in names]


def checklist(topics: Iterable[str], page: PageText) -> list[Data]:
    """The signs of some topics (of all where none is named) to tick, by level, the most urgent first."""
    wanted = set(topics)
    flags = [one for one in page.site.catalogue.data.red_flags if not wanted or wanted & set(one.topics)]
    return [
        {
            "level": level,
            "flags": [
                {
                    "id": flag.id,
                    "sign": flag.sign,
                    "action": flag.action,
                    "sources_html": page.cite((key, "") for key, _ in flag.sources),
                }
                for flag in found
            ],
        }
        for level, found in most_urgent_first(flags)
    ]


def own_condition(page: PageText) -> Document | None:
    """The page that says how the site's own condition compares with its look-alikes, where there is one."""
    every = page.site.catalogue.documents.values()
    return next((one for one in every if one.language == page.language and one.is_compared), None)


def own_row(page: PageText) -> Data | None:
    """The site's own condition as a row beside its look-alikes."""
    document = own_condition(page)
    if document is None:
        return None
    fields = _fields(document)
    return {
        **_own_entry(document, page),
        **{f"{key}_html": page.inline(_line(fields, key), document) for key in (*BESIDE, "urgency_note", "who_looks")},
    }


def beside_own(document: Document, page: PageText) -> Data | None:
    """A look-alike and the site's own condition in two columns; filled row by row, as citations are numbered."""
    own = own_condition(page)
    if own is None:
        return None
    fields = _fields(own)

    def row(key: str) -> Data:
        alike = page.inline(document.fragment(key), document)
        return {"key": key, "alike_html": alike, "own_html": page.inline(_line(fields, key), own)}

    return {
        "title": document.nav_title,
        "urgency": document.text("urgency"),
        "own": _own_entry(own, page),
        "rows": [row(key) for key in ("urgency_note", *BESIDE, "who_looks")],
        "tells_apart_html": page.inline(document.fragment("tells_apart"), document),
    }


def _body_map(one: BodyMap, page: PageText) -> Data:
    flags = page.site.catalogue.data.red_flags
    topics = {topic for topic, _ in one.signs}
    levels = most_urgent_first([flag for flag in flags if topics & set(flag.topics)])
    return {
        "id": one.id,
        "title": one.title,
        "describes": one.describes,
        "view": " ".join(map(str, one.view)),
        "width": one.view[2],
        "height": one.view[3],
        "mirror": one.mirror,
        "signs": [
            {
                "level": level,
                "flags": [
                    {
                        "sign": flag.sign,
                        "action": flag.action,
                        "sources_html": page.cite((k, "") for k, _ in flag.sources),
                    }
                    for flag in found
                ],
            }
            for level, found in levels
        ],
        "shapes": [{"part": shape.part, "path": shape.path, "both": shape.both} for shape in one.shapes],
        "landmarks": [
            {"name": mark.name, "x": mark.x, "y": mark.y, "leader": mark.leader, "ends": 2 * mark.x > one.mirror}
            for mark in one.landmarks
        ],
        "regions": [{"number": n, **_region(region, one, page)} for n, region in enumerate(one.regions, 1)],
    }


def _region(region: Region, one: BodyMap, page: PageText) -> Data:
    documents = page.site.catalogue.documents
    paths = [posixpath.normpath(f"{CONTENT}/{path}") for path, _ in region.pages]
    return {
        "anchor": f"{one.id}-{region.id}",
        "name": region.name,
        "note_html": page.plain(region.note),
        "sources_html": page.cite((key, "") for key, _ in region.sources),
        "spots": [{"x": spot.x, "y": spot.y, "rx": spot.wide / 2, "ry": spot.high / 2} for spot in region.spots],
        "pages": [_link(documents[path], page) for path in paths if path in documents],
    }


def _link(document: Document, page: PageText) -> Data:
    href = page.href(page.site.catalogue.url_of(document))
    return {"title": page.title(document), "href": href, "urgency": document.text("urgency")}


def _own_entry(document: Document, page: PageText) -> Data:
    fields = _fields(document)
    href = page.href(page.site.catalogue.url_of(document))
    return {"title": str(fields.get("name") or ""), "href": href, "urgency": str(fields.get("urgency") or "")}


def _fields(document: Document) -> Mapping[str, object]:
    found = document.meta.get("compared")
    return found if isinstance(found, Mapping) else {}


def _line(fields: Mapping[str, object], key: str) -> Fragment:
    value = fields.get(key)
    return value if isinstance(value, Fragment) else Fragment("")
