"""What readers use to find their page: the body maps with their places, and the row of the site's own condition."""

from collections.abc import Iterator

from generator.disk.folders import CONTENT
from generator.evidence.body_maps import BodyMap
from generator.problems.likeness import suggest
from generator.problems.problem import Problem
from generator.site.catalogue import path_of
from generator.site.joined import Site


def check_body_maps(site: Site) -> list[Problem]:
    """Check what the maps name, that they leave no look-alike out, and that one page alone is compared with."""
    maps = site.catalogue.data.maps
    return [
        *(problem for one in maps for problem in _pages(one, site)),
        *(problem for one in maps for problem in _signs(one, site)),
        *_unmapped(site),
        *_unused(site),
        *_compared_twice(site),
    ]


def _pages(one: BodyMap, site: Site) -> Iterator[Problem]:
    """Find places that lead to no article, or to a draft."""
    catalogue = site.catalogue
    for page, span in (pair for region in one.regions for pair in region.pages):
        path = path_of(page)
        hidden = catalogue.hidden.get(path)
        if hidden and hidden.is_draft:
            yield Problem("unpublished-link", f'the page "{page}" is a draft', span)
        elif path not in catalogue.documents and hidden is None and path not in catalogue.data.unread:
            known = [name.removeprefix(f"{CONTENT}/") for name in catalogue.documents]
            yield Problem("unknown-page", f'no page "{page}"', span, suggest(page, known))


def _signs(one: BodyMap, site: Site) -> Iterator[Problem]:
    """Find topics above a map that no red flag has."""
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
    named = {path_of(page) for page, _ in pairs}
    if not catalogue.data.maps:
        return
    alike = [one for one in catalogue.documents.values() if one.kind == "differential-diagnosis"]
    for document in alike:
        if document.language == catalogue.config.language and document.path not in named:
            yield Problem("unmapped-page", "no place of a body map leads to this page", document.spans["title"])


def _unused(site: Site) -> Iterator[Problem]:
    """Find maps that no page shows; a block without arguments shows all of them."""
    if not site.catalogue.data.maps:
        return
    blocks = (one for document in site.catalogue.documents.values() for one in document.blocks)
    shown = [set(names) for name, names in blocks if name == "body-map"]
    for one in site.catalogue.data.maps:
        if not any(not names or one.id in names for names in shown):
            yield Problem("unused-map", f'no page shows "{one.id}"', one.span)


def _compared_twice(site: Site) -> Iterator[Problem]:
    """Find pages that say a second time how the site's own condition compares with its look-alikes."""
    for language in site.catalogue.languages:
        compared = [one for one in site.catalogue.in_language(language) if one.is_compared]
        for one in compared[1:]:
            related = (("the other is here", compared[0].spans["compared"]),)
            message = f'"{compared[0].path}" says already how the condition of this site compares'
            yield Problem("compared-twice", message, one.spans["compared"], related=related)
