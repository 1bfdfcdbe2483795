"""What a save shows at once: the one article read anew, put into the site that was joined last, and its page made.

All of it is a function of what stands and of one file, and none of it stays: a whole build follows each save, and what
that says is right. So what only a whole build can tell is left to it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache

from generator.cache.cache import Cache
from generator.checks.accepted import FILE as ACCEPTED
from generator.checks.accepted import read_accepted, without_accepted
from generator.checks.article import check_article
from generator.checks.reading import read_grades
from generator.disk.folders import CONTENT
from generator.markup.document import Document, Settings, parse
from generator.markup.face import Entry
from generator.output.cards.cards import Cards
from generator.output.cards.look import Look, read_look
from generator.output.outputs import Output
from generator.output.render import Renderer
from generator.pipeline import Build, Joined
from generator.problems.problem import Problem, told
from generator.site.frame import KEPT_SIZE
from generator.site.joined import Site
from generator.site.pages import written_at
from generator.sources.files import Changed, SourceFile, source_file
from generator.stages.intake import Sources
from generator.stages.parsing import parse_in_time, settings_of

_MARK = KEPT_SIZE.encode()
_BESIDE = 24
"""Bytes before and after the mark by which its place is found on the page that was made before."""


@dataclass(frozen=True)
class Standing:
    """What is known between two builds. `good` is what the last good build was made from, and `site` the same with the
    articles that were read since; `newest` are these, by path, and `wrong` what is wrong in each of them.

    `waiting` are those whose pages were not made yet, as something is wrong. `problems` are those of the last build,
    whose site is `last`, good or not; `own` are those of them that the reading of an article alone finds again.
    """

    good: Joined
    site: Site
    last: Site
    newest: Mapping[str, Document] = field(default_factory=dict)
    wrong: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    own: Mapping[str, frozenset[object]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong, as far as it is known, so that pages may be shown."""
        return not any(one.is_error for one in self._found())

    def every_problem(self) -> tuple[Problem, ...]:
        """All that is wrong now, as far as it is known, as it is told."""
        accepted, _ = read_accepted(self.good.sources.records.get(ACCEPTED))
        return told(without_accepted(self._found(), accepted, self.site.today, is_whole=False))

    def _found(self) -> Iterator[Problem]:
        yield from (one for some in self.wrong.values() for one in some)
        yield from (one for one in self.problems if not (one.span.path in self.wrong and self._is_own(one)))

    def _is_own(self, problem: Problem) -> bool:
        return _name(problem) in self.own.get(problem.span.path, ())


def after(build: Build, before: Standing | None) -> Standing | None:
    """What stands when a build has ended; None where nothing can be shown before the next one has."""
    if build.joined is None:
        return None
    if build.is_good:
        site = build.joined.site
        return Standing(build.joined, site, site, problems=build.problems)
    if before is None or not _differ_in_articles_alone(before.good, build.joined):
        return None
    found = Standing(before.good, before.good.site, build.joined.site, problems=build.problems)
    catalogue = build.joined.site.catalogue
    for path, old in before.good.site.catalogue.documents.items():
        new = catalogue.documents.get(path) or catalogue.hidden.get(path)
        if new is None or new.digest != old.digest:
            changed = _with_document(found, new) if new else None
            if changed is None:
                return None
            found = changed
    return found


def with_file(standing: Standing, file: SourceFile) -> Standing | None:
    """Read an article anew. None where it is as it was, and where only a whole build can tell what comes of it."""
    known = standing.newest.get(file.path) or standing.site.catalogue.documents.get(file.path)
    if known is None or known.digest == file.digest or not file.data.strip():
        return None
    config = standing.good.sources.config
    if len(file.data) > config.limits.file_size:
        return None
    return _with_document(standing, parse_in_time(file, settings_of(config)))


def _with_document(standing: Standing, new: Document) -> Standing | None:
    old = standing.good.site.catalogue.documents[new.path]
    if new.readable and _place(new) != _place(old):
        return None
    wrong, site, waiting = new.problems, standing.site, standing.waiting
    if new.readable:
        linked, found = site.with_newer(new)
        wrong += (*found, *_judged(new, linked, standing.good.sources))
        if not any(one.is_error for one in wrong):
            site, waiting = linked, waiting | {new.path}
    return replace(
        standing,
        site=site,
        waiting=waiting,
        newest={**standing.newest, new.path: new},
        wrong={**standing.wrong, new.path: wrong},
        own=standing.own if new.path in standing.own else {**standing.own, new.path: _own(standing, new.path)},
    )


def _judged(document: Document, site: Site, sources: Sources) -> list[Problem]:
    """What is wrong with the words of an article; those of a draft are judged when it is published."""
    if document.is_draft:
        return []
    grades, _ = read_grades(sources.grades)
    return [*check_article(document, site, grades)]


def _own(standing: Standing, path: str) -> frozenset[object]:
    """What the reading of an article alone says against it as the last build had it."""
    last = standing.last
    document = last.catalogue.documents.get(path) or last.catalogue.hidden.get(path)
    if document is None or not any(one.span.path == path for one in standing.problems):
        return frozenset()
    judged = _judged(document, last, standing.good.sources) if path in last.catalogue.documents else []
    return frozenset(_name(one) for one in (*document.problems, *last.linked[path].problems, *judged))


def is_told_elsewhere(path: str, before: Standing, now: Standing) -> bool:
    """Whether other pages show anything of what an article's change has changed."""
    old, new = (some.newest.get(path) or some.site.catalogue.documents[path] for some in (before, now))
    links = [(one.pages, one.related) for one in (before.site.linked[path], now.site.linked[path])]
    return _outside(old) != _outside(new) or links[0] != links[1]


def shown_by(standing: Standing) -> tuple[str, ...]:
    """Name the files of the pages that wait to be made."""
    return tuple(_file(standing.site.catalogue.urls[path]) for path in sorted(standing.waiting))


def without_waiting(standing: Standing) -> Standing:
    """The same when those pages were made."""
    return replace(standing, waiting=frozenset())


def make(standing: Standing, name: str, before: Output | None, cache: Cache) -> tuple[list[Output], list[Problem]]:
    """Make the page with a file's name, as a whole build would make it of this site, and its card if that is another.

    `before` is the file as it was. There is nothing where no article and no list of articles is shown there.
    """
    plan = written_at(f"/{name.removesuffix('index.html')}", standing.site, standing.good.assets)
    if plan is None:
        return [], []
    page, known = plan.make()
    sources = standing.good.sources
    cards = Cards(_look(sources.static), sources.config.url, cache)
    output, problems = _renderer(sources.templates).render(cards.told(page))
    if output is None:
        return [], problems
    body = _with_size(output.body, before.body if before else b"")
    return ([replace(output, body=body), *cards.outputs([known])] if body else []), []


def _with_size(body: bytes, before: bytes) -> bytes:
    """Say the size of the whole site as the page said it before: an edit of one article hardly changes it. Nothing is
    given where it did not say it."""
    at = body.find(_MARK)
    if at < 0:
        return body
    end = at + len(_MARK)
    around = re.escape(body[max(0, at - _BESIDE) : at]), re.escape(body[end : end + _BESIDE])
    found = re.search(rb"(\d+)".join(around), before)
    return body.replace(_MARK, found[1]) if found else b""


def _differ_in_articles_alone(one: Joined, other: Joined) -> bool:
    """Whether only the bytes of articles are others: the same articles, and all other files the same."""
    paths = [[file.path for file in some.sources.articles] for some in (one, other)]
    return paths[0] == paths[1] and replace(one.sources, articles=()) == replace(other.sources, articles=())


def _place(document: Document) -> tuple[object, ...]:
    """What of an article decides where it stands and whether it is shown; a change of it is for a whole build."""
    return document.id, document.kind, document.language, document.readable, document.published, document.is_draft


_OWN = ("digest", "problems")
"""What is an article's own affair."""


def _outside(document: Document) -> list[object]:
    return [document.rest(), *(getattr(document, one.name) for one in fields(Entry) if one.name not in _OWN)]


def _name(problem: Problem) -> object:
    return problem.code, problem.message, problem.span


def practise() -> None:
    """Parse a small text: the first one that a thread parses takes several times as long as all others."""
    text = b"---\ntitle: A\nsummary: B\n---\n\nC *d*.\n\n- [e](f.md)\n\n## G {#h}\n"
    parse(source_file(f"{CONTENT}/practice.md", text), Settings("en", ()))


def get_ready(joined: Joined) -> None:
    """Do what is slow the first time, in any thread: compile the templates, and read an article of each kind."""
    sources, site = joined.sources, joined.site
    _renderer(sources.templates).compile_all()
    of_kind = {one.kind: one.path for one in site.catalogue.documents.values()}
    practice = Standing(joined, site, site)
    for file in sources.articles:
        if file.path in of_kind.values():
            with suppress(Changed):  # which is a save: then it is read anew anyway
                with_file(practice, source_file(file.path, file.data + b"\n"))


@lru_cache(maxsize=2)
def _renderer(templates: tuple[SourceFile, ...]) -> Renderer:
    return Renderer(templates)


@lru_cache(maxsize=2)
def _look(static: tuple[SourceFile, ...]) -> Look | None:
    return read_look(static)


def _file(url: str) -> str:
    return f"{url.removeprefix('/')}index.html"
