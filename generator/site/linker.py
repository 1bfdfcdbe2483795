"""Find out, for every slot of a document, what it points at. What points at nothing is a problem at its place."""

import html
import posixpath
import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import unquote

from generator.disk.folders import CONTENT
from generator.evidence.references import Reference
from generator.markup.directives import DIARY_DAYS, OF_PAGES, SIGNS
from generator.markup.document import Document
from generator.markup.slots import BlockSlot, CitationSlot, ImageSlot, LinkSlot, MentionSlot
from generator.problems.problem import Problem, Span, suggest
from generator.site.catalogue import DATA_PAGES, GLOSSARY, IMAGE_TYPES, REFERENCES, Catalogue
from generator.site.links import Linked, Target
from generator.site.near_paths import at_address, at_own_address, near, near_paths
from generator.sources.hosts import misleading
from generator.sources.limits import takes_too_long
from generator.work.deadline import TakesTooLong, within

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FILE_OF = {
    "red-flag-card": "red-flags",
    "checklist": "red-flags",
    "claim": "claims",
    "icon-array": "claims",
    "scorecard": "standards",
}
"""The data from which a block is made, where it is not of the same name."""
_DOI = re.compile(r"10\.[0-9]{4,9}/.+")
_GOOD_SCHEMES = ("http", "https", "mailto", "tel")


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
            _check_arguments(slot, work)
    related = _related(work)
    _check_fields(work)
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


def check_sources(keys: list[tuple[str, Span]], catalogue: Catalogue) -> list[Problem]:
    """Check the references that records of the data files name."""
    known = catalogue.data.references
    if REFERENCES in catalogue.data.unread:
        return []
    unknown = [
        Problem("unknown-citation", f'no reference is called "{key}"', span, _meant(key, known))
        for key, span in keys
        if key not in known
    ]
    return unknown + [_retracted(key, span, catalogue) for key, span in keys if key in catalogue.data.retracted]


def check_name_pages(catalogue: Catalogue) -> list[Problem]:
    """Check the pages to which names, codes and the condition of site.yaml lead."""
    problems = []
    condition = (catalogue.config.condition,) if catalogue.config.condition else ()
    for name in (*catalogue.data.names, *catalogue.data.codes, *condition):
        path = posixpath.normpath(f"{CONTENT}/{name.page}")
        if name.page and path not in catalogue.documents and path not in catalogue.hidden:
            pages = [one.removeprefix(f"{CONTENT}/") for one in catalogue.documents]
            problems.append(Problem("unknown-page", f'no page "{name.page}"', name.span, near(name.page, pages)))
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
    if full == f"{CONTENT}/red-flags.yaml":
        return Target(catalogue.section_url(catalogue.config.urgent_section, language), "")
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
        work.add("image-type", f'"{slot.target}" is not a picture of an allowed type', slot.span, hint)
        return None
    if full in work.catalogue.data.unread:
        return None
    if full not in work.catalogue.images:
        folder = posixpath.dirname(work.document.path)
        hint = near(slot.target, work.catalogue.images, folder) or f"add the file {full}"
        if not full.startswith(f"{CONTENT}/"):
            hint = f"pictures of texts stand in {CONTENT}/: put it beside this file, and write its name"
        work.add("missing-image", f'no picture "{slot.target}"', slot.span, hint)
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
    known = work.catalogue.data.references
    if key in known:
        work.cited[key] = None
        if key in work.catalogue.data.retracted:
            work.problems.append(_retracted(key, span, work.catalogue))
    elif REFERENCES not in work.catalogue.data.unread:
        work.add("unknown-citation", f'no reference is called "{key}"', span, _meant(key, known))


def _meant(key: str, known: Mapping[str, Reference]) -> str:
    """Say which key was meant; a DOI is none, but it tells the work."""
    doi = _DOI.search(key)
    if not doi:
        return suggest(key, known)
    address = f"/{doi[0].casefold()}"
    for one in known.values():
        if any(link.url.casefold().endswith(address) for link in one.links):
            return f'this is a DOI; the key of that work is "{one.key}"'
    return 'this is a DOI: add the work to references.json, and write here what stands there as its "id"'


def _retracted(key: str, span: Span, catalogue: Catalogue) -> Problem:
    message = f'"{key}" has been retracted: {catalogue.data.retracted[key]}'
    return Problem("retracted", message, span, "take out what rests on it, and the citation")


def _check_arguments(slot: BlockSlot, work: _Work) -> None:
    known = _argument_names(slot.name, work.catalogue, work.document.language)
    if _FILE_OF.get(slot.name, slot.name) in work.catalogue.data.unread:
        return
    for argument, span in slot.arguments:
        if argument not in known:
            hint = suggest(argument, known) or "known: " + (", ".join(sorted(known)[:12]) or "none")
            work.add("block-argument", f'::{slot.name} knows no "{argument}"', span, hint)
        elif slot.name == "references":
            work.cited[argument] = None
        elif slot.name in ("claim", "icon-array"):
            work.claims[argument] = None


def _argument_names(block: str, catalogue: Catalogue, language: str) -> set[str]:
    data = catalogue.data
    if block in SIGNS:
        return {topic for flag in data.red_flags for topic in flag.topics}
    if block == "body-map":
        return {one.id for one in data.maps}
    if block == "references":
        return set(data.references)
    if block == "claim":
        return set(data.claims)
    if block == "icon-array":
        return {claim.id for claim in data.claims.values() if claim.counted}
    if block == "disagreements":
        return set(data.disagreements) | {topic for one in data.disagreements.values() for topic in one.topics}
    if block == "checked-claims":
        return {topic for one in data.checked_claims for topic in one.topics}
    if block == "codes":
        return {one.system_id for one in data.codes}
    if block in ("scorecard", "offline", "urgency", "found"):
        return set()
    if block == "diary":
        return set(DIARY_DAYS)
    if block in OF_PAGES:
        every = (one for one in catalogue.documents.values() if one.language == language)
        return {one.id for one in every if block != "points" or one.fragments("key_points")}
    kind = "differential-diagnosis" if block == "compare" else "treatment"
    found = (d for d in catalogue.documents.values() if d.kind == kind and d.language == language)
    return {posixpath.basename(one.id) for one in found}


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


def _check_fields(work: _Work) -> None:
    """Check the fields that name a claim, a person or a topic."""
    document, data = work.document, work.catalogue.data
    for index, claim in enumerate(document.texts("benefits")):
        if claim not in data.claims and "claims" not in data.unread:
            span = document.spans[f"benefits.{index}"]
            hint = suggest(claim, data.claims) or "write it in a file of content/claims/, or take its id out"
            work.add("unknown-claim", f'no finding is called "{claim}"', span, hint)
    reviewer = document.review.get("by")
    people = [(person, f"authors.{index}", "author") for index, person in enumerate(document.texts("authors"))]
    people += [(str(reviewer), "review.by", "reviewer")] if reviewer else []
    for person, place, role in people:
        found = data.people.get(person)
        if found is None and "people" not in data.unread:
            hint = suggest(person, data.people) or "known: " + (", ".join(sorted(data.people)[:12]) or "none")
            work.add("unknown-person", f'"{person}" is not in people.yaml', document.spans[place], hint)
        elif found and found.roles and role not in found.roles:
            message = f'"{person}" is no {role} in people.yaml'
            hint = "a page that no clinician has checked says so: leave `by` and `on` out" if role == "reviewer" else ""
            work.add("wrong-role", message, document.spans[place], hint)
    topics = [one.id for one in work.catalogue.config.topics]
    topic = document.text("topic")
    if topic and topic not in topics:
        hint = suggest(topic, topics) or "known: " + ", ".join(topics)
        work.add("unknown-topic", f'no topic is called "{topic}"', document.spans["topic"], hint)
