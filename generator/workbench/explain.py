"""What stands behind one page: its files, what it cites, shows and explains, links both ways, what was made of it."""

import gzip
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator.cache.cache import NOTHING_KEPT, Cache
from generator.disk.folders import CONTENT
from generator.making.reasons import CHANGED, INPUT, PROGRAM, TEMPLATE, Difference
from generator.markup.document import Document
from generator.output.outputs import Output
from generator.output.render import Renderer
from generator.pipeline import Build, build
from generator.problems.likeness import nearest
from generator.problems.problem import Problem
from generator.problems.visible import several, visible
from generator.runtime.day import present_day
from generator.runtime.means import Means
from generator.site.filling import PageText
from generator.site.joined import Site
from generator.site.page_kinds.articles import article
from generator.site.pages import Page
from generator.stages import intake
from generator.stages.joining import join_all
from generator.stages.options import Options
from generator.stages.parsing import is_kept, parse_all, settings_of

_NAMED = 3
"""How many inputs are named that are not what they were."""
_WIDEST = 100
_ANY_ASSET: dict[str, str] = defaultdict(str)
"""Addresses of static files, where only the work and not the bytes count."""


@dataclass(frozen=True)
class Part:
    """One part of the explanation: a title and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """A page that is not there, and those that were perhaps meant."""

    name: str
    near: tuple[str, ...]


def explain(
    root: Path, name: str, today: str = "", cache: Cache = NOTHING_KEPT, search: bool = False
) -> list[Part] | Unknown | None:
    """Explain the page of an article, named by its file, its id or its address; None where site.yaml cannot be read.

    `cache` is what builds have kept, and `search` whether they made an index: by them it is told what the next will do.
    """
    sources, _ = intake.read(root)
    if sources is None:
        return None
    asked, name = name, _of_address(name, sources.config.url)
    start = time.perf_counter()
    parsed = {one.path: one for one in parse_all(sources).documents}
    middle = time.perf_counter()
    site, _ = join_all(sources, list(parsed.values()), today or present_day())
    joined = time.perf_counter()
    document = _find(name, site)
    if document is None:
        known = {one.id: one.id for one in parsed.values()}
        return Unknown(asked, tuple(nearest(_id(name), known)))
    source = next(one for one in sources.articles if one.path == document.path)
    kept = is_kept(source, sources.articles, settings_of(sources.config), cache)
    done = build(root, Options(today=today, for_host=False, search=search), means=Means(cache))
    linked = site.linked[document.path]
    links = [
        Part("Links to", tuple(_names(linked.pages))),
        Part("Related", tuple(_names(linked.related))),
        Part("Linked from", tuple(_names(site.backlinks.get(document.path, ())))),
    ]
    problems = tuple(_problem(one) for one in done.problems if one.span.path == document.path)
    file = f"{source.path}, {len(source.data):,} bytes"
    head = Part("Page", _page_lines(document, site))
    spent = f"all articles parsed in {middle - start:.2f} s, joined in {joined - middle:.2f} s"
    if document.path not in site.catalogue.documents:
        cited = Part("Citations", tuple(linked.cited))
        return [head, Part("Made from", (file,)), cited, *links, Part("Problems", problems), Part("Time", (spent,))]
    renderer = Renderer(sources.templates)
    seconds, page, template = _made(document, site, renderer)
    return [
        head,
        Part("Made from", (file, *renderer.sources_of(template), *_records(site, page))),
        Part("Citations", _citations(page, site)),
        Part("Findings shown", tuple(f"{one.id}: {one.certainty}" for one in site.claims_of(document))),
        Part("Terms explained", tuple(sorted(page.terms))),
        *links,
        Part("Made anew or reused", _fate(kept, done, site.catalogue.url_of(document))),
        Part("Outputs", tuple(_output(one) for one in done.outputs if one.made_from == document.path)),
        Part("Problems", problems),
        Part("Time", (spent, f"this page: inputs and HTML in {seconds:.3f} s")),
    ]


def _fate(is_kept: bool, done: Build, url: str) -> tuple[str, ...]:
    """What the next build does with the page, and why."""
    article = "the article has not changed since it was read last" if is_kept else "the article is read anew"
    if done.finished is None:
        return (f"{article}; no page is made of it while something is wrong",)
    why = done.finished.why[url]()
    if not why.is_anew:
        since = f", when {in_words(why.because)}" if why.because else ""
        return (f"{article}; the page is reused as it was made last{since}",)
    because = f": {in_words(why.because)}" if why.because else ": nothing is kept of it"
    return (f"{article}; the page is made anew{because}",)


def in_words(because: Iterable[Difference]) -> str:
    """Say what is not what it was: of many inputs, the first ones."""
    every = list(because)
    inputs = [one for one in every if one.of == INPUT]
    left = inputs[_NAMED:]
    said = [_said(one) for one in every if one not in left]
    return ", and ".join([*said, *([f"{several(len(left), 'other input')} too"] if left else [])])


def _said(difference: Difference) -> str:
    how = "changed" if difference.how == CHANGED else f"is {difference.how}"
    if difference.of == PROGRAM:
        return f"the program {how}"
    return (
        f"{difference.name} {how}"
        if difference.of == TEMPLATE
        else (f'what the template is given as "{difference.name}" {how}')
    )


def as_text(parts: Iterable[Part]) -> str:
    """Show all parts; one without a line says so. What others wrote is shown, never obeyed by a terminal."""
    shown = []
    for part in parts:
        count = f" ({len(part.lines)})" if len(part.lines) > 1 else ""
        lines = part.lines or ("none",)
        shown.append("\n".join([f"{part.title}{count}", *(f"  {visible(line)}" for line in lines)]))
    return "\n\n".join(shown)


def _find(name: str, site: Site) -> Document | None:
    documents = {**site.catalogue.documents, **site.catalogue.hidden}
    for path, document in documents.items():
        published = path in site.catalogue.documents
        if _id(name) == document.id or (published and site.catalogue.url_of(document).strip("/") == name.strip("/")):
            return document
    return None


def _of_address(name: str, site: str) -> str:
    """Give the path within the site of an address as a browser shows it; other names stay as they are."""
    if name.startswith(site):
        return name.removeprefix(site)
    return urlsplit(name).path if name.startswith(("http://", "https://")) else name


def _id(name: str) -> str:
    return name.strip("/").removeprefix(f"{CONTENT}/").removesuffix(".md")


def _page_lines(document: Document, site: Site) -> tuple[str, ...]:
    published = document.path in site.catalogue.documents
    address = site.catalogue.url_of(document) if published else "a draft: it has no address"
    return (f"{document.title}", f"{address}, kind {document.kind}, language {document.language}")


def _records(site: Site, page: PageText) -> tuple[str, ...]:
    """The data files from which something stands on the page."""
    data = site.catalogue.data
    files = [data.claims[one].span.path for one in page.claims if one in data.claims]
    files += [f"{CONTENT}/references.json"] if page.marks else []
    files += [f"{CONTENT}/glossary.yaml"] if page.terms else []
    return tuple(dict.fromkeys(files))


def _citations(page: PageText, site: Site) -> tuple[str, ...]:
    known = site.catalogue.data.references
    lines = []
    for key, marks in page.marks.items():
        text = known[key].text if len(known[key].text) <= _WIDEST else f"{known[key].text[: _WIDEST - 1]}…"
        times = "once" if len(marks) == 1 else f"{len(marks)} times"
        lines.append(f"{key}, {times}, read: {known[key].read}. {text}")
    return tuple(lines)


def _names(paths: Iterable[str]) -> list[str]:
    return [path.removeprefix(f"{CONTENT}/") for path in paths]


def _output(output: Output) -> str:
    return f"{output.path}, {len(output.body):,} bytes, {len(gzip.compress(output.body, 9, mtime=0)):,} after gzip"


def _problem(problem: Problem) -> str:
    return f"{problem.span.line}:{problem.span.column}: {problem.severity}[{problem.code}] {problem.message}"


def _made(document: Document, site: Site, renderer: Renderer) -> tuple[float, PageText, str]:
    """Make the page; give the seconds that it took (with what is shared made before), its text and its template."""
    article(document, site, _ANY_ASSET)
    start = time.perf_counter()
    text, template, inputs = article(document, site, _ANY_ASSET)
    inputs["structured"] = {}
    renderer.render(Page(text.url, "", template, inputs, document.path))
    return time.perf_counter() - start, text, template
