"""Pages as values: planned, put together with all their inputs, and what the rest of the program knows of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.site.filling import PageText
from generator.site.machines import identity

Data = dict[str, Any]
UsedBy = Mapping[str, Sequence[tuple[str, str]]]
"""By the id of a term or the key of a work: title and address of each page that uses it."""


@dataclass(frozen=True)
class Page:
    """One file to be rendered. `inputs` is plain data and all that the template sees."""

    url: str
    output: str
    template: str
    inputs: Data
    made_from: str
    listed: bool = True
    card: identity.Card | None = None
    """What its social card says; it is drawn, and its address put into the inputs, before the page is rendered."""


@dataclass(frozen=True)
class Known:
    """What the rest of the program knows of a page: where it is and what it says of itself; empty for mere files.

    `works` are the keys of all that it cites, `sources` of those that it lists; `names` are those by which readers look
    for it.
    """

    url: str
    output: str
    made_from: str
    template: str = ""
    listed: bool = False
    card: identity.Card | None = None
    language: str = ""
    title: str = ""
    summary: str = ""
    canonical: str = ""
    updated: str = ""
    is_urgent: bool = False
    names: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A page that is to be made. `name` tells it from all others.

    It follows from the articles and the facts of the site, and from nothing else than what it is `given` of other
    pages: plain data, asked for when the page is taken.
    """

    name: str
    make: Callable[[], tuple[Page, Known]]
    given: Callable[[], object] | None = None
    made_from: str = ""
    """The file that it is made from, as told where making it fails."""


@dataclass(frozen=True)
class Pages:
    """All pages, and which references and terms they use."""

    pages: tuple[Known, ...]
    cited: frozenset[str]
    terms: frozenset[str]


def with_known(page: Page, text: PageText | None = None) -> tuple[Page, Known]:
    """Give a page with what the rest of the program is to know of it. `text` is its text, where it has one."""
    about, dates = page.inputs.get("page") or {}, page.inputs.get("dates") or {}
    return page, Known(
        url=page.url,
        output=page.output,
        template=page.template,
        made_from=page.made_from,
        listed=page.listed,
        card=page.card,
        language=page.inputs.get("language") or "",
        title=about.get("title") or "",
        summary=about.get("summary") or "",
        canonical=about.get("canonical") or "",
        updated=dates.get("updated") or "",
        is_urgent=bool(about.get("is_urgent")),
        names=tuple(about.get("names") or ()),
        works=tuple(text.marks) if text else (),
        sources=tuple(work["key"] for work in page.inputs.get("references") or ()),
        findings=tuple(text.claims) if text else (),
        terms=tuple(text.terms) if text else (),
    )


def unknown(plan: Plan) -> Known:
    """What is known of a page that could not be put together: where it was to be."""
    return Known(plan.name, file_at(plan.name), plan.made_from)


def file_at(url: str) -> str:
    """Give the path of the file that is shown at an address."""
    return f"{url.removeprefix('/')}index.html"
