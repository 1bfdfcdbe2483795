"""The same articles as each generator wants them: front matter, the form of links and the list of contents differ."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.corpus import wordlists as words
from benchmarks.corpus.texts import SEED, Article, Link, articles, body, capital

Files = Iterator[tuple[str, str]]
"""Files by their path, with their text."""
LATEST = 50
"""How many pages the front page lists."""
SITE = "Garden library"


@dataclass(frozen=True)
class Dialect:
    """How one generator wants articles. `lists` is given the articles, and gives lists that it does not make itself."""

    folder: str
    front_matter: Callable[[Article], str]
    link: Link
    contents: str = ""
    lists: Callable[[Sequence[Article]], Files] | None = None


def plain_files(dialect: Dialect, count: int, seed: int = SEED) -> Files:
    """Every file of the plain corpus for one generator, by its path in the site's folder."""
    every = articles(count, seed)
    start = f"{dialect.contents}\n\n" if dialect.contents else ""
    for one in every:
        text = f"{dialect.front_matter(one)}\n{start}{body(one, every, dialect.link, seed)}"
        yield f"{dialect.folder}/{one.path}", text
    if dialect.lists:
        for path, text in dialect.lists(every):
            yield f"{dialect.folder}/{path}", text


def _absolute(_from: Article, to: Article) -> str:
    return f"/{to.url}"


def relative(from_: Article, to: Article) -> str:
    """The file of one article as another names it."""
    return f"{to.slug}.md" if from_.section == to.section else f"../{to.path}"


def _yaml(**values: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items())
    return f"---\n{lines}---\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _hugo(one: Article) -> str:
    return _yaml(title=_quoted(one.title), slug=one.slug, date=one.day, summary=_quoted(one.summary))


def _eleventy(one: Article) -> str:
    return _yaml(title=_quoted(one.title), date=one.day, summary=_quoted(one.summary), section=one.section)


def _mkdocs(one: Article) -> str:
    return _yaml(title=_quoted(one.title), date=one.day, description=_quoted(one.summary), section=one.section)


def _pelican(one: Article) -> str:
    given = {"Title": one.title, "Slug": one.slug, "Date": f"{one.day} 08:00", "Summary": one.summary}
    return "".join(f"{key}: {value}\n" for key, value in {**given, "Category": one.section}.items())


def common(day: str, summary: str) -> dict[str, str]:
    """The front matter that every article of ours has."""
    return {
        "summary": _quoted(summary),
        "status": "published",
        "updated": day,
        "review": "{due: 2999-01-01}",
        "authors": "[writers]",
    }


def _ours(one: Article) -> str:
    return _yaml(title=_quoted(one.title), **common(one.day, one.summary))


def _our_lists(every: Sequence[Article]) -> Files:
    points = '["One sentence.", "Another sentence.", "A third sentence."]'
    fields = {**common("2026-01-01", words.MADE_UP), "evidence_searched": "2026-01-01", "key_points": points}
    yield "index.md", f"{_yaml(title=SITE, **fields)}\n{_latest(every)}"
    yield "people.yaml", PEOPLE


PEOPLE = "- {id: writers, name: A program, kind: team, roles: [author], about: It writes nonsense., interests: None.}\n"


def _mkdocs_lists(every: Sequence[Article]) -> Files:
    yield "index.md", f"# {SITE}\n\n{_latest(every)}"
    for section in words.SECTIONS:
        found = [one for one in every if one.section == section]
        listed = "".join(f"- [{one.title}]({one.slug}.md) {one.day}\n" for one in found)
        yield f"{section}/index.md", f"---\ntitle: {capital(section)}\n---\n\n# {capital(section)}\n\n{listed}"


def _latest(every: Sequence[Article]) -> str:
    newest = sorted(every, key=lambda one: one.day, reverse=True)[:LATEST]
    return "".join(f"- [{one.title}]({one.path}) {one.day}\n" for one in newest)


def _eleventy_lists(_every: Sequence[Article]) -> Files:
    for section in words.SECTIONS:
        yield f"{section}/{section}.json", '{"layout": "article.njk"}\n'


def _pelican_link(from_: Article, to: Article) -> str:
    return "{filename}" + relative(from_, to)


DIALECTS = {
    "ours": Dialect("content", _ours, relative, lists=_our_lists),
    "hugo": Dialect("content", _hugo, _absolute),
    "pelican": Dialect("content", _pelican, _pelican_link, contents="[TOC]"),
    "mkdocs": Dialect("docs", _mkdocs, relative, lists=_mkdocs_lists),
    "eleventy": Dialect("content", _eleventy, _absolute, lists=_eleventy_lists),
}
