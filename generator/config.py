"""site.yaml: all that is particular to one site."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.problems.problem import Problem, Span
from generator.sources.decoding import decode
from generator.sources.files import SourceFile
from generator.sources.kinds import LEVELS
from generator.sources.limits import Limits, every_limit
from generator.sources.records import Record, same_ids
from generator.sources.schema import validate
from generator.sources.siteyaml import SITE
from generator.sources.yamltree import read_yaml

FILE = "site.yaml"
"""Its path, from the site's folder."""


@dataclass(frozen=True)
class Section:
    """One folder of articles of one kind; `menu` is `main`, `foot` or `none`."""

    folder: str
    kind: str
    title: str
    nav_title: str
    summary: str
    menu: str
    span: Span


@dataclass(frozen=True)
class Topic:
    """A group of questions."""

    id: str
    title: str
    summary: str
    span: Span


@dataclass(frozen=True)
class Condition:
    """What the whole site is about: its name, the same as words within a sentence, and the path of its page.

    `wider` is what a wider group has of which findings tell too, as words within a sentence; it may be empty.
    """

    name: str
    in_text: str
    page: str
    span: Span
    wider: str = ""


@dataclass(frozen=True)
class Wording:
    """Words that the checks of the texts look for; `levels` are those that say how urgent something is, by level."""

    promise: tuple[str, ...]
    treatments: tuple[str, ...]
    negations: tuple[str, ...]
    no_source_needed: tuple[str, ...]
    medical_endings: tuple[str, ...]
    plain_words: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ReadingLimits:
    """How hard to read the pages of one kind may be: the grade, the words of a sentence and, of 100
    sentences, those in the passive voice, at most."""

    kind: str
    grade: float
    sentence: int
    passive: int


@dataclass(frozen=True)
class Security:
    """Whom to tell of a weakness, and the day from which that is no longer true."""

    contact: str
    expires: str
    span: Span


@dataclass(frozen=True)
class Config:
    """The whole of site.yaml. `url` ends with a slash; `base_path` is its path, from slash to slash."""

    title: str
    tagline: str
    url: str
    language: str
    licence: str
    licence_url: str
    corrections_url: str
    sections: tuple[Section, ...]
    urgent_section: str
    topics: tuple[Topic, ...]
    wording: Wording
    cited_kinds: tuple[str, ...]
    reading: tuple[ReadingLimits, ...]
    limits: Limits
    contents_from: int
    page_weight: int
    hosting: tuple[str, ...]
    compress: bool
    security: Security | None
    condition: Condition | None = None

    @property
    def base_path(self) -> str:
        """The path under which the site is hosted."""
        return urlsplit(self.url).path

    def section(self, folder: str) -> Section | None:
        """Give a section by its folder."""
        return next((one for one in self.sections if one.folder == folder), None)


def read_config(file: SourceFile | None) -> tuple[Config | None, list[Problem]]:
    """Read site.yaml; None where anything in it is wrong."""
    if file is None:
        return None, [Problem("missing-file", "there is no site.yaml here", Span(FILE))]
    text, problems = decode(file)
    if text is None:
        return None, problems
    node, found = read_yaml(text, FILE)
    problems += found
    if node is None:
        return None, problems or [Problem("empty-file", "site.yaml has only comments", Span(FILE))]
    values, report = validate(SITE, node)
    problems += report.problems
    if any(problem.is_error for problem in problems) or values is None:
        return None, problems
    site = Record(values, report.spans, node.span)
    problems += _check(site)
    return (None if any(problem.is_error for problem in problems) else _config(site)), problems


def _config(site: Record) -> Config:
    url, limits = site.text("url"), site.group("limits")
    return Config(
        title=site.text("title"),
        tagline=site.text("tagline"),
        url=url if url.endswith("/") else url + "/",
        language=site.text("language"),
        licence=site.text("licence"),
        licence_url=site.text("licence_url"),
        corrections_url=site.text("corrections_url"),
        sections=tuple(map(_section, site.groups("sections"))),
        urgent_section=site.text("urgent_section"),
        topics=tuple(
            Topic(one.text("id"), one.text("title"), one.text("summary"), one.at("id")) for one in site.groups("topics")
        ),
        wording=_wording(site.group("wording")),
        cited_kinds=site.texts("cited_kinds"),
        reading=tuple(map(_reading, site.groups("reading"))),
        limits=Limits(**{one.key: limits.number(one.key) or one.default for one in every_limit()}),
        contents_from=limits.number("contents_from"),
        page_weight=limits.number("page_weight"),
        hosting=site.texts("hosting"),
        compress=site.text("compress") == "yes",
        security=_security(site.group("security")),
        condition=_condition(site.group("condition")),
    )


def _section(section: Record) -> Section:
    return Section(
        folder=section.text("folder"),
        kind=section.text("kind"),
        title=section.text("title"),
        nav_title=section.text("nav_title") or section.text("title"),
        summary=section.text("summary"),
        menu=section.text("menu"),
        span=section.at("folder"),
    )


def _reading(reading: Record) -> ReadingLimits:
    return ReadingLimits(
        kind=reading.text("kind"),
        grade=reading.decimal("grade") or 0.0,
        sentence=reading.number("sentence"),
        passive=reading.number("passive"),
    )


def _security(given: Record) -> Security | None:
    if not given.values:
        return None
    return Security(given.text("contact"), given.text("expires"), given.at("expires"))


def _condition(given: Record) -> Condition | None:
    if not given.values:
        return None
    return Condition(
        given.text("name"), given.text("in_text"), given.text("page"), given.at("page"), given.text("wider")
    )


def _wording(given: Record) -> Wording:
    return Wording(
        promise=given.texts("promise"),
        treatments=given.texts("treatments"),
        negations=given.texts("negations"),
        no_source_needed=given.texts("no_source_needed"),
        medical_endings=given.texts("medical_endings"),
        plain_words=given.texts("plain_words"),
        levels={level: given.texts(level) for level in LEVELS},
    )


def _check(site: Record) -> list[Problem]:
    problems = []
    urgent, sections = site.text("urgent_section"), site.groups("sections")
    if urgent not in (section.text("folder") for section in sections):
        message = f'no section has the folder "{urgent}"'
        problems.append(Problem("unknown-section", message, site.at("urgent_section")))
    return [*problems, *same_ids(sections, "folder"), *same_ids(site.groups("topics"))]
