"""Find out, for every slot of a document, what it points at. What points at nothing is a problem at its place."""

import html
import posixpath
import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import unquote

from generator.disk.folders import CONTENT
from generator.markup.document import Document
from generator.markup.slots import BlockSlot, CitationSlot, ImageSlot, LinkSlot, MentionSlot
from generator.problems.likeness import suggest
from generator.problems.problem import Problem, Span
from generator.runtime.deadline import TakesTooLong, within
from generator.site.arguments import check_arguments
from generator.site.catalogue import DATA_PAGES, GLOSSARY, IMAGE_TYPES, REFERENCES, Catalogue
from generator.site.fields import check_fields
from generator.site.links import Linked, Target
from generator.site.near_paths import at_address, at_own_address, near, near_paths
from generator.site.record_links import check_source
from generator.sources.limits import takes_too_long
from generator.sources.misleading import misleading

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_GOOD_SCHEMES = ("http", "https", "mailto", "tel")
_RELATIVE = ("broken-link", "broken-anchor", "unknown-page", "unpublished-link", "missing-picture")
"""What depends on the folder: in one that is no section of the site, it is judged once the file is moved."""


class _Work:
    """Collects what one document points at."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        self.document = document
        self.catalogue = catalogue
        self.problems: list[Problem] = []
        self.targets: dict[int, Target] = {}
        self.images: dict[int, str] = {}
        self.pages: dict[str, None] = {}
        self.cited: dict[str, None] = {}
        self.claims: dict[str, None] = {}

    def add(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.problems.append(Problem(code, message, span, hint))


def link_document(document: Document, catalogue: Catalogue) -> Linked:
    """Resolve all that a document points at."""
    work = _Work(document, catalogue)
    for number, slot in enumerate(document.slots):
        if isinstance(slot, MentionSlot):
            _mention(slot, work)
        if number not in document.live:
            continue
        if isinstance(slot, LinkSlot):
            target = _resolve(slot.target, slot.span, work)
            if target:
                work.targets[number] = target
        elif isinstance(slot, ImageSlot):
            path = _image(slot, work)
            if path:
                work.images[number] = path
        elif isinstance(slot, CitationSlot):
            for one in slot.cited:
                _cite(one.key, one.span, work)
        elif isinstance(slot, BlockSlot):
            _block(slot, work)
    related = _related(work)
    work.problems += check_fields(document, catalogue)
    return Linked(
        targets=work.targets,
        images=work.images,
        pages=tuple(work.pages),
        related=related,
        cited=tuple(work.cited),
        claims=tuple(dict.fromkeys((*document.texts("benefits"), *work.claims))),
        problems=tuple(work.problems),
    )


def link_in_time(document: Document, catalogue: Catalogue) -> Linked:
    """The same; of a document for which that takes too long it is told, and nothing else."""
    seconds = catalogue.config.limits.seconds
    try:
        return within(seconds, partial(link_document, document, catalogue))
    except TakesTooLong:
        problem = takes_too_long(document.path, "following its links", seconds)
        return Linked(targets={}, images={}, pages=(), related=(), cited=(), claims=(), problems=(problem,))


def check_links(linked: Mapping[str, Linked], catalogue: Catalogue) -> list[Problem]:
    """Give what the links of all articles do wrong, of hidden ones too, so that it is found before they are shown."""
    problems: list[Problem] = []
    for document in (*catalogue.documents.values(), *catalogue.hidden.values()):
        found = linked[document.path].problems
        if found:
            placed = not document.section or catalogue.config.section(document.section)
            problems += [one for one in found if placed or one.code not in _RELATIVE]
    return problems


def _resolve(target: str, span: Span, work: _Work) -> Target | None:
    written = html.unescape(target)
    scheme = _SCHEME.match(written)
    if scheme and scheme[1].lower() in _GOOD_SCHEMES:
        wrong = misleading(written)
        if wrong:
            work.add("misleading-link", wrong[0], span, wrong[1])
            return None
        own = at_own_address(written, work.document.path, work.catalogue)
        if own:
            work.add("own-address", "this is a page of this site", span, own)
            return None
        return Target(written, written, external=scheme[1].lower().startswith("http"))
    if scheme or written.startswith("//"):
        label = f"{scheme[1]}:" if scheme else "//"
        work.add("unsafe-link", f'a link may not begin with "{label}"', span, "write https:// or a relative path")
        return None
    path, _, anchor = written.partition("#")
    if path.startswith("/"):
        hint = (
            at_address(path, work.document.path, work.catalogue)
            or "write it relative to this file, so that it leads there on GitHub too"
        )
        work.add("broken-link", f'"{written}" is not a relative path', span, hint)
        return None
    if not path and not anchor:
        work.add("broken-link", "this link leads nowhere", span)
        return None
    own = work.document.path
    full = posixpath.normpath(posixpath.join(posixpath.dirname(own), unquote(path))) if path else own
    return _resolve_path(full, unquote(anchor), path, span, work)


def _resolve_path(full: str, anchor: str, path: str, span: Span, work: _Work) -> Target | None:
    catalogue = work.catalogue
    language = work.document.language
    if full in catalogue.data.unread:
        return None
    if full in catalogue.documents:
        return _document_target(catalogue.documents[full], anchor, path, span, work)
    if full in catalogue.hidden:
        hidden = catalogue.hidden[full]
        if hidden.is_draft and work.document.path != full:
            work.add("unpublished-link", f'the page "{path}" is a draft', span)
        return None
    if full in DATA_PAGES:
        name = DATA_PAGES[full]
        known = _records(name, catalogue)
        if anchor and anchor not in known and name not in catalogue.data.unread:
            hint = suggest(anchor, known) or "write an id of that file, or nothing, after the #"
            work.add("broken-anchor", f'"{path}" has no entry "{anchor}"', span, hint)
            return None
        url = catalogue.page_url(name, language) + (f"#{anchor}" if anchor else "")
        return Target(url, anchor or name)
    if full == f"{CONTENT}/red-flags.yaml" and (urgent := catalogue.urgent(language)):
        return Target(urgent[1], urgent[0])
    folder = full.removeprefix(f"{CONTENT}/")
    section = catalogue.config.section(folder)
    if section and catalogue.has_section(folder, language) and not anchor:
        return Target(catalogue.section_url(folder, language), section.title)
    work.add("broken-link", f'no page "{path}"', span, near_paths(path, work.document.path, work.catalogue))
    return None


def _document_target(found: Document, anchor: str, path: str, span: Span, work: _Work) -> Target | None:
    url = work.catalogue.url_of(found)
    if found.path != work.document.path:
        work.pages[found.path] = None
    if not anchor:
        return Target(url, found.title)
    titles = {heading.anchor: heading.text for heading in found.headings}
    if anchor not in titles:
        where = f'"{path}"' if path else "this page"
        hint = suggest(anchor, titles) or "known: " + (", ".join(titles) or "none")
        work.add("broken-anchor", f'{where} has no heading "#{anchor}"', span, hint)
        return None
    return Target(f"{url}#{anchor}", titles[anchor])


def _records(name: str, catalogue: Catalogue) -> set[str]:
    if name == REFERENCES:
        return set(catalogue.data.references)
    if name == GLOSSARY:
        return {term.id for term in catalogue.data.terms}
    return set()


def _image(slot: ImageSlot, work: _Work) -> str | None:
    if _SCHEME.match(slot.target) or slot.target.startswith("//"):
        hint = "put the file beside this one, if its licence allows, and write its name"
        work.add("unsafe-link", "a picture must be a file of this site", slot.span, hint)
        return None
    full = posixpath.normpath(posixpath.join(posixpath.dirname(work.document.path), unquote(slot.target)))
    if not full.lower().endswith(IMAGE_TYPES):
        hint = "allowed: " + ", ".join(IMAGE_TYPES)
        work.add("picture-type", f'"{slot.target}" is not a picture of an allowed type', slot.span, hint)
        return None
    if full in work.catalogue.data.unread:
        return None
    if full not in work.catalogue.images:
        folder = posixpath.dirname(work.document.path)
        hint = near(slot.target, work.catalogue.images, folder) or f"add the file {full}"
        if not full.startswith(f"{CONTENT}/"):
            hint = f"pictures of texts stand in {CONTENT}/: put it beside this file, and write its name"
        work.add("missing-picture", f'no picture "{slot.target}"', slot.span, hint)
        return None
    return full


def _mention(slot: MentionSlot, work: _Work) -> None:
    """A key without its brackets or its @ would stand in the text as it is, and the source would be lost."""
    if slot.key not in work.catalogue.data.references:
        return
    if slot.raw.startswith("["):
        keys = "; ".join(f"@{key}" for key in re.split(r" *[;,] *", slot.raw.strip("[]")))
        work.add("bad-citation", "a key of a citation begins with @", slot.span, f"write [{keys}]")
    else:
        work.add("bad-citation", "a citation stands in square brackets", slot.span, f"write [{slot.raw}]")


def _cite(key: str, span: Span, work: _Work) -> None:
    work.problems += check_source(key, span, work.catalogue)
    if key in work.catalogue.data.references:
        work.cited[key] = None


def _block(slot: BlockSlot, work: _Work) -> None:
    """Note the works and findings that the arguments of a block name."""
    named, problems = check_arguments(slot, work.catalogue, work.document.language)
    work.problems += problems
    if slot.name == "references":
        work.cited.update(dict.fromkeys(named))
    elif slot.name in ("claim", "icon-array"):
        work.claims.update(dict.fromkeys(named))


def _related(work: _Work) -> tuple[str, ...]:
    document = work.document
    found = []
    for index, path in enumerate(document.texts("related")):
        span = document.spans[f"related.{index}"]
        full = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), path))
        if full == document.path:
            work.add("self-link", "the page names itself as one to read next", span)
        elif full in work.catalogue.documents:
            found.append(full)
        elif full not in work.catalogue.hidden and full not in work.catalogue.data.unread:
            work.add("unknown-page", f'no page "{path}"', span, near_paths(path, work.document.path, work.catalogue))
        elif full in work.catalogue.hidden and work.catalogue.hidden[full].is_draft:
            work.add("unpublished-link", f'the page "{path}" is a draft', span)
    return tuple(dict.fromkeys(found))
