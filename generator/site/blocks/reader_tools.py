"""What helps readers to find their page, as plain data: the body map, the checklist, two columns to compare."""

from collections.abc import Mapping
from typing import Any

from generator.evidence.body_maps import BodyMap, Region
from generator.evidence.red_flags import RedFlag, most_urgent_first
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


def checklist(topics: list[str], page: PageText) -> list[Data]:
    """The signs of some topics (of all where none is named) to tick, by level, the most urgent first."""
    return _signs(page.site.catalogue.data.flags_on(topics), page)


def _signs(flags: list[RedFlag], page: PageText) -> list[Data]:
    """Signs with what to do, without what they may mean, by level, the most urgent first."""

    def sign(flag: RedFlag) -> Data:
        sources = page.cite_all(flag.sources)
        return {"id": flag.id, "sign": flag.sign, "action": flag.action, "sources_html": sources}

    return [{"level": level, "flags": [sign(one) for one in found]} for level, found in most_urgent_first(flags)]


def own_condition(page: PageText) -> Document | None:
    """The page that says how the site's own condition compares with its look-alikes, where there is one."""
    return next((one for one in page.site.catalogue.in_language(page.language) if one.is_compared), None)


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
    topics = [topic for topic, _ in one.signs]
    flags = page.site.catalogue.data.flags_on(topics) if topics else []
    return {
        "id": one.id,
        "title": one.title,
        "describes": one.describes,
        "view": " ".join(map(str, one.view)),
        "width": one.view[2],
        "height": one.view[3],
        "mirror": one.mirror,
        "signs": _signs(flags, page),
        "shapes": [{"part": shape.part, "path": shape.path, "both": shape.both} for shape in one.shapes],
        "landmarks": [
            {"name": mark.name, "x": mark.x, "y": mark.y, "leader": mark.leader, "ends": 2 * mark.x > one.mirror}
            for mark in one.landmarks
        ],
        "regions": [{"number": n, **_region(region, one, page)} for n, region in enumerate(one.regions, 1)],
    }


def _region(region: Region, one: BodyMap, page: PageText) -> Data:
    documents = [found for path, _ in region.pages if (found := page.site.catalogue.at(path))]
    return {
        "anchor": f"{one.id}-{region.id}",
        "name": region.name,
        "note_html": page.plain(region.note),
        "sources_html": page.cite_all(region.sources),
        "spots": [{"x": spot.x, "y": spot.y, "rx": spot.wide / 2, "ry": spot.high / 2} for spot in region.spots],
        "pages": [{**page.entry(found), "urgency": found.text("urgency")} for found in documents],
    }


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
