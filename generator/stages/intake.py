"""All files that a site is made from, read and sorted by what they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from generator import config as configuration
from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.config import Config
from generator.disk.folders import CONTENT, STATIC, TEMPLATES
from generator.markup.placing import check_names
from generator.problems.likeness import suggest
from generator.problems.problem import Problem, Span
from generator.site.catalogue import IMAGE_TYPES
from generator.sources.datafiles import RECORD_FILES
from generator.sources.decoding import decode
from generator.sources.files import SourceFile, over_limit, read_one, read_tree
from generator.sources.known import KnownFiles
from generator.sources.limits import DEFAULTS, OVER_LIMIT, Limits

REFERENCES = f"{CONTENT}/references.json"
"""The one data file that is no YAML: other programs write it."""
_GRADES = f"{CONTENT}/grades.json"
_UNREAD = ("file-too-large", "outside-folder", "unreadable-file", "special-file", "file-name")
"""The codes of what is said of a file that is there and was not read."""


@dataclass(frozen=True)
class Sources:
    """All files of a site, sorted by what they are."""

    config: Config
    articles: tuple[SourceFile, ...]
    records: dict[str, SourceFile]
    claims: tuple[SourceFile, ...]
    images: dict[str, SourceFile]
    templates: tuple[SourceFile, ...]
    words: tuple[SourceFile, ...]
    static: tuple[SourceFile, ...]
    grades: SourceFile | None
    refused: frozenset[str]
    """Files that are there and were not read; what links to them is not wrong as well."""
    own: SourceFile
    """The file that says what the site is."""

    @cached_property
    def facts(self) -> bytes:
        """A digest of everything but the articles and the templates."""
        grades = [self.grades] if self.grades else []
        every = (self.own, *self.records.values(), *self.claims, *self.images.values(), *self.words, *self.static)
        told = sorted(f"{file.path}\0{file.digest}" for file in (*every, *grades))
        return key_of(*(one.encode("utf-8", "surrogatepass") for one in (*told, *sorted(self.refused))))


def read(root: Path, cache: Cache = NOTHING_KEPT) -> tuple[Sources | None, list[Problem]]:
    """Read every file of the site and sort them; a file from which nothing is made is a problem. Of a site that has
    more than its limits allow nothing is given.

    One that looks as it did when `cache` was told of its bytes is not opened before somebody asks for them.
    """
    own, problems = read_one(root, configuration.FILE, DEFAULTS.file_size)
    if problems:
        return None, problems
    config, problems = configuration.read_config(own)
    if config is None or own is None:
        return None, problems
    (content, templates, static), found = _folders(root, config.limits, cache)
    problems += found
    if any(one.code == OVER_LIMIT for one in problems):
        return None, problems
    sources = Sources(
        config=config,
        articles=tuple(file for file in content if _is_article(file.path)),
        records={file.path: file for file in content if file.path in RECORD_FILES or file.path == REFERENCES},
        claims=tuple(file for file in content if _is_claims(file.path)),
        images={file.path: file for file in content if file.path.lower().endswith(IMAGE_TYPES)},
        templates=tuple(file for file in templates if not _is_words(file.path)),
        words=tuple(file for file in templates if _is_words(file.path)),
        static=tuple(static),
        grades=next((file for file in content if file.path == _GRADES), None),
        refused=frozenset(one.span.path for one in problems if one.code in _UNREAD),
        own=own,
    )
    problems += [problem for file in sources.templates for problem in decode(file)[1]]
    problems += check_names(path for path in sources.images)
    return sources, problems + _left_over(content, sources) + _missing(sources)


def _folders(root: Path, limits: Limits, cache: Cache) -> tuple[list[list[SourceFile]], list[Problem]]:
    """Read the files of content/, templates/ and static/, and find what there is too much of."""
    known = KnownFiles(cache, key_of(b"files", program_digest()))
    folders, problems = [], []
    for folder in (CONTENT, TEMPLATES, STATIC):
        files, found = read_tree(root, folder, limits.file_size, known, (limits.files, limits.total_size))
        folders.append(files)
        problems += found
    pages = sum(_is_article(file.path) for file in folders[0])
    if pages > limits.pages:
        problems.append(over_limit(CONTENT, f"{pages} articles", "pages", limits.pages))
    return folders, problems


def _is_article(path: str) -> bool:
    return path.endswith(".md")


def _is_claims(path: str) -> bool:
    return path.startswith(f"{CONTENT}/claims/") and path.endswith(".yaml")


def _is_words(path: str) -> bool:
    return path.startswith(f"{TEMPLATES}/words/") and path.endswith(".yaml")


def _left_over(content: Iterable[SourceFile], sources: Sources) -> list[Problem]:
    made = {file.path for file in (*sources.articles, *sources.claims)}
    made |= set(sources.records) | set(sources.images) | {_GRADES}
    left = [PurePosixPath(file.path) for file in content if file.path not in made]
    message = "nothing is made from {}"
    return [Problem("unknown-file", message.format(one.name), Span(str(one)), _better_name(one)) for one in left]


def _better_name(path: PurePosixPath) -> str:
    """Propose a name from which something is made."""
    if path.is_relative_to(f"{CONTENT}/claims"):
        return f'did you mean "{path.stem}.yaml"?' if path.suffix == ".yml" else "findings stand in .yaml files"
    known = [PurePosixPath(name).name for name in (*RECORD_FILES, REFERENCES)]
    hint = suggest(path.name, known) if path.parent.as_posix() == CONTENT else ""
    return hint or f"an article's name ends in .md, a picture's in {', '.join(IMAGE_TYPES)}"


def _missing(sources: Sources) -> list[Problem]:
    home = f"{CONTENT}/index.md"
    if any(file.path == home for file in sources.articles):
        return []
    return [Problem("missing-file", "the site has no home page", Span(home), f"write {home}")]
