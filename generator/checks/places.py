"""What readers use to find their page: the places of the body maps, and the row of the site's own condition."""

import posixpath
from collections.abc import Iterator

from generator.disk.folders import CONTENT
from generator.evidence.body_maps import BodyMap
from generator.problems.problem import Problem, suggest
from generator.site.joined import Site


def check_places(site: Site) -> list[Problem]:
    """Check what the maps name, that they leave no look-alike out, and that one page alone is compared with."""
    maps = site.catalogue.data.maps
    return [
        *(problem for one in maps for problem in _names(one, site)),
        *(problem for one in maps for problem in _signs(one, site)),
        *_unmapped(site),
        *_unused(site),
        *_compared_twice(site),
    ]


def _names(one: BodyMap, site: Site) -> Iterator[Problem]:
    catalogue = site.catalogue
    for page, span in (pair for region in one.regions for pair in region.pages):
        path = posixpath.normpath(f"{CONTENT}/{page}")
        hidden = catalogue.hidden.get(path)
        if hidden and hidden.is_draft:
            yield Problem("unpublished-link", f'the page "{page}" is a draft', span)
        elif path not in catalogue.documents and hidden is None and path not in catalogue.data.unread:
            known = [name.removeprefix(f"{CONTENT}/") for name in catalogue.documents]
            yield Problem("unknown-page", f'no page "{page}"', span, suggest(page, known))


def _signs(one: BodyMap, site: Site) -> Iterator[Problem]:
    known = {topic for flag in site.catalogue.data.red_flags for topic in flag.topics}
    if "red-flags" in site.catalogue.data.unread:
        return
    for topic, span in one.signs:
        if topic not in known:
            hint = suggest(topic, known) or "known: " + (", ".join(sorted(known)) or "none")
            yield Problem("unknown-topic", f'no red flag has the topic "{topic}"', span, hint)


def _unmapped(site: Site) -> Iterator[Problem]:
    """A look-alike that is on no map is not found by those who look by place."""
    catalogue = site.catalogue
    pairs = [pair for one in catalogue.data.maps for region in one.regions for pair in region.pages]
    named = {posixpath.normpath(f"{CONTENT}/{page}") for page, _ in pairs}
    if not catalogue.data.maps:
        return
    alike = [one for one in catalogue.documents.values() if one.kind == "differential-diagnosis"]
    for document in alike:
        if document.language == catalogue.config.language and document.path not in named:
            yield Problem("unmapped-page", "no place of a body map leads to this page", document.spans["title"])


def _unused(site: Site) -> Iterator[Problem]:
    if not site.catalogue.data.maps:
        return
    blocks = (one for document in site.catalogue.documents.values() for one in document.blocks)
    shown = [set(names) for name, names in blocks if name == "body-map"]
    for one in site.catalogue.data.maps:
        if not any(not names or one.id in names for names in shown):
            yield Problem("unused-map", f'no page shows "{one.id}"', one.span)


def _compared_twice(site: Site) -> Iterator[Problem]:
    for language in site.catalogue.languages:
        every = [one for one in site.catalogue.documents.values() if one.language == language]
        compared = [one for one in every if one.is_compared]
        for one in compared[1:]:
            related = (("the other is here", compared[0].spans["compared"]),)
            message = f'"{compared[0].path}" says already how the condition of this site compares'
            yield Problem("compared-twice", message, one.spans["compared"], related=related)
