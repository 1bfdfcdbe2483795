"""site.yaml: all that is particular to one site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from generator.problems.problem import Problem, Span
from generator.sources.files import SourceFile, decode
from generator.sources.kinds import LEVELS
from generator.sources.limits import Limits, every_limit
from generator.sources.schema import validate
from generator.sources.siteyaml import SITE
from generator.sources.yamltree import read_yaml

FILE = "site.yaml"


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
class Reading:
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
    reading: tuple[Reading, ...]
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
    config = _config(values, report.spans)
    problems += _check(config, report.spans)
    return (None if any(p.is_error for p in problems) else config), problems


def _config(values: Mapping[str, object], spans: Mapping[str, Span]) -> Config:
    limits: dict[str, int] = dict(values["limits"]) if isinstance(values["limits"], dict) else {}
    url = str(values["url"])
    return Config(
        title=str(values["title"]),
        tagline=str(values["tagline"]),
        url=url if url.endswith("/") else url + "/",
        language=str(values["language"]),
        licence=str(values["licence"]),
        licence_url=str(values["licence_url"]),
        corrections_url=str(values["corrections_url"] or ""),
        sections=tuple(
            Section(
                folder=one["folder"],
                kind=one["kind"],
                title=one["title"],
                nav_title=one["nav_title"] or one["title"],
                summary=one["summary"],
                menu=one["menu"],
                span=spans[f"sections.{index}.folder"],
            )
            for index, one in enumerate(_groups(values["sections"]))
        ),
        urgent_section=str(values["urgent_section"]),
        topics=tuple(
            Topic(one["id"], one["title"], one["summary"], spans[f"topics.{index}.id"])
            for index, one in enumerate(_groups(values["topics"]))
        ),
        wording=_wording(values["wording"]),
        cited_kinds=_texts(values["cited_kinds"]),
        reading=tuple(
            Reading(one["kind"], one["grade"], one["sentence"], one["passive"]) for one in _groups(values["reading"])
        ),
        limits=Limits(**{one.key: limits[one.key] or one.default for one in every_limit()}),
        contents_from=limits["contents_from"],
        page_weight=limits["page_weight"] or 0,
        hosting=_texts(values["hosting"]),
        compress=values["compress"] == "yes",
        security=_security(values["security"], spans),
        condition=_condition(values["condition"], spans),
    )


def _security(value: object, spans: Mapping[str, Span]) -> Security | None:
    if not isinstance(value, dict):
        return None
    return Security(str(value["contact"]), str(value["expires"]), spans["security.expires"])


def _condition(value: object, spans: Mapping[str, Span]) -> Condition | None:
    if not isinstance(value, dict):
        return None
    wider = value["wider"] or ""
    return Condition(value["name"], value["in_text"], value["page"], spans["condition.page"], wider)


def _wording(value: object) -> Wording:
    given: Mapping[str, object] = value if isinstance(value, dict) else {}
    return Wording(
        promise=_texts(given.get("promise")),
        treatments=_texts(given.get("treatments")),
        negations=_texts(given.get("negations")),
        no_source_needed=_texts(given.get("no_source_needed")),
        medical_endings=_texts(given.get("medical_endings")),
        plain_words=_texts(given.get("plain_words")),
        levels={level: _texts(given.get(level)) for level in LEVELS},
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


def _groups(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, tuple) else []


def _check(config: Config, spans: Mapping[str, Span]) -> list[Problem]:
    problems = []
    folders = [section.folder for section in config.sections]
    if config.urgent_section not in folders:
        message = f'no section has the folder "{config.urgent_section}"'
        problems.append(Problem("unknown-section", message, spans["urgent_section"]))
    for many in (config.sections, config.topics):
        seen: dict[str, Span] = {}
        for one in many:
            name = one.folder if isinstance(one, Section) else one.id
            if name in seen:
                related = (("given first here", seen[name]),)
                problems.append(Problem("duplicate-id", f'"{name}" is given twice', one.span, related=related))
            seen.setdefault(name, one.span)
    return problems
