"""All that a site is made from, read and sorted: files by what they are, records by their kind."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from generator import config as configuration
from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.keeping import digest_of_files, kept_whole
from generator.cache.program import program_digest
from generator.config import Config
from generator.disk.folders import CONTENT, STATIC, TEMPLATES
from generator.evidence.body_maps import BodyMap, read_body_map
from generator.evidence.checked_claims import read_checked_claim
from generator.evidence.claims import Claim, read_claim
from generator.evidence.disagreements import read_disagreement
from generator.evidence.glossary import read_term
from generator.evidence.medical_codes import check_codes, read_code
from generator.evidence.people import read_name, read_person, read_synonym
from generator.evidence.red_flags import read_country, read_red_flag
from generator.evidence.references import Reference, read_references, retracted
from generator.evidence.standards import read_item
from generator.markup.placing import check_names
from generator.markup.prose import Passage, plain_passage
from generator.problems.likeness import suggest
from generator.problems.problem import Problem, Span
from generator.site.catalogue import IMAGE_TYPES, Data
from generator.sources.datafiles import CLAIM, PROSE_FIELDS, RECORD_FILES
from generator.sources.decoding import decode
from generator.sources.files import SourceFile, over_limit, read_one, read_tree
from generator.sources.known import KnownFiles
from generator.sources.limits import DEFAULTS, OVER_LIMIT
from generator.sources.records import Record, read_records, same_ids

_GRADES = f"{CONTENT}/grades.json"
_REFERENCES = f"{CONTENT}/references.json"
_READ = tuple[Data, tuple[Problem, ...]]
_REFERENCES_READ = tuple[Mapping[str, Reference], tuple[Problem, ...]]
_UNREAD = ("file-too-large", "outside-folder", "unreadable-file", "special-file", "file-name")


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
    known = KnownFiles(cache, key_of(b"files", program_digest()))
    limits = config.limits
    trees = []
    for folder in (CONTENT, TEMPLATES, STATIC):
        files, found = read_tree(root, folder, limits.file_size, known, (limits.files, limits.total_size))
        trees.append(files)
        problems += found
    content, templates, static = trees
    pages = sum(_is_article(file.path) for file in content)
    if pages > limits.pages:
        problems.append(over_limit(CONTENT, f"{pages} articles", "pages", limits.pages))
    if any(one.code == OVER_LIMIT for one in problems):
        return None, problems
    sources = Sources(
        config=config,
        articles=tuple(file for file in content if _is_article(file.path)),
        records={file.path: file for file in content if file.path in RECORD_FILES or file.path == _REFERENCES},
        claims=tuple(file for file in content if _is_claims(file.path)),
        images={file.path: file for file in content if file.path.lower().endswith(IMAGE_TYPES)},
        templates=tuple(file for file in templates if not _is_words(file.path)),
        words=tuple(file for file in templates if _is_words(file.path)),
        static=tuple(static),
        grades=next((file for file in content if file.path == _GRADES), None),
        refused=frozenset(one.span.path for one in problems if one.code in _UNREAD),
        own=own,
    )
    problems += [problem for file in templates if not _is_words(file.path) for problem in decode(file)[1]]
    problems += check_names(path for path in sources.images)
    return sources, problems + _left_over(content, sources) + _missing(sources)


def read_data(sources: Sources, cache: Cache = NOTHING_KEPT) -> tuple[Data, list[Problem]]:
    """Read all data files, unless the very same were read before."""
    read = digest_of_files(*sources.records.values(), *sources.claims)
    asked = json.dumps([*sorted(sources.refused), sources.config.language])
    data, problems = kept_whole("data", _READ, key_of(read, asked.encode()), lambda: _data(sources, cache), cache)
    return data, list(problems)


def _data(sources: Sources, cache: Cache) -> tuple[Data, tuple[Problem, ...]]:
    problems: list[Problem] = []
    unread = set(sources.refused)
    prose: dict[str, tuple[Passage, ...]] = {}

    def records(name: str) -> list[Record]:
        file = sources.records.get(f"{CONTENT}/{name}")
        found, wrong = read_records(file, RECORD_FILES[f"{CONTENT}/{name}"]) if file else ([], [])
        problems.extend(wrong)
        if not found and any(problem.is_error for problem in wrong):
            unread.add(name.removesuffix(".yaml"))
        prose[f"{CONTENT}/{name}"] = _prose(found, file)
        return found

    references, unfit = _references(sources, cache)
    if not references and any(problem.is_error for problem in unfit):
        unread.add("references")
    problems += unfit
    claims, found, some_unread = _claims(sources.claims)
    unread |= {"claims"} if some_unread else set()
    problems += found
    terms, flags, people = records("glossary.yaml"), records("red-flags.yaml"), records("people.yaml")
    countries, checked = records("countries.yaml"), records("checked-claims.yaml")
    disputed, standards = records("disagreements.yaml"), records("standards.yaml")
    codes = records("codes.yaml")
    problems += check_codes(codes)
    for several in (terms, flags, people, countries, checked, disputed, standards):
        problems += same_ids(several)
    maps, found = _maps(records("body-map.yaml"))
    problems += found
    data = Data(
        references=references,
        claims=claims,
        terms=tuple(read_term(one, sources.config.language) for one in terms if one.text("id")),
        red_flags=tuple(read_red_flag(one) for one in flags),
        countries=tuple(read_country(one) for one in countries),
        disagreements={one.text("id"): read_disagreement(one) for one in disputed},
        checked_claims=tuple(read_checked_claim(one) for one in checked),
        standards=tuple(read_item(one) for one in standards),
        retracted=retracted(references, records("retractions.yaml")),
        maps=maps,
        names=tuple(read_name(one) for one in records("names.yaml")),
        synonyms=tuple(read_synonym(one, sources.config.language) for one in records("synonyms.yaml")),
        people={one.text("id"): read_person(one) for one in people},
        prose=prose,
        codes=tuple(read_code(one) for one in codes),
        unread=frozenset(unread),
    )
    return data, tuple(problems)


def _maps(drawn: list[Record]) -> tuple[tuple[BodyMap, ...], list[Problem]]:
    read = [read_body_map(one) for one in drawn]
    problems = [problem for _, found in read for problem in found]
    return tuple(one for one, _ in read if one), problems + same_ids(drawn)


def _prose(records: list[Record], file: SourceFile | None) -> tuple[Passage, ...]:
    """The running text of the records of one file."""
    lines = (decode(file)[0] or "").split("\n") if file else []
    leaves = (leaf for record in records for leaf in record.leaves(PROSE_FIELDS))
    return tuple(plain_passage(path, text, span, lines) for path, text, span in leaves)


def _references(sources: Sources, cache: Cache) -> tuple[Mapping[str, Reference], tuple[Problem, ...]]:
    """Read the references apart from other data: they are most of it, and seldom change when something else does."""
    file = sources.records.get(_REFERENCES)

    def read() -> tuple[Mapping[str, Reference], tuple[Problem, ...]]:
        found, problems = read_references(file) if file else ({}, [])
        return found, tuple(problems)

    return kept_whole("references", _REFERENCES_READ, digest_of_files(*([file] if file else [])), read, cache)


def _claims(files: Iterable[SourceFile]) -> tuple[dict[str, Claim], list[Problem], bool]:
    """Read all findings; the last value is whether a file of them could not be read."""
    claims: dict[str, Claim] = {}
    some_unread = False
    every: list[Record] = []
    problems: list[Problem] = []
    for file in files:
        found, wrong = read_records(file, CLAIM)
        every += found
        problems += wrong
        some_unread = some_unread or (not found and any(problem.is_error for problem in wrong))
    for record in every:
        claim, wrong = read_claim(record)
        claims.setdefault(claim.id, claim)
        problems += wrong
    return claims, problems + same_ids(every), some_unread


def _is_article(path: str) -> bool:
    return path.endswith(".md")


def _is_claims(path: str) -> bool:
    return path.startswith(f"{CONTENT}/claims/") and path.endswith(".yaml")


def _is_words(path: str) -> bool:
    return path.startswith(f"{TEMPLATES}/words/") and path.endswith(".yaml")


def _left_over(content: Iterable[SourceFile], sources: Sources) -> list[Problem]:
    made = {file.path for file in (*sources.articles, *sources.claims)}
    made |= set(sources.records) | set(sources.images) | {_GRADES}
    return [
        Problem(
            "unknown-file",
            f"nothing is made from {PurePosixPath(file.path).name}",
            Span(file.path),
            _better_name(file.path),
        )
        for file in content
        if file.path not in made
    ]


def _better_name(path: str) -> str:
    """Propose a name from which something is made."""
    pure = PurePosixPath(path)
    if path.startswith(f"{CONTENT}/claims/"):
        return f'did you mean "{pure.stem}.yaml"?' if pure.suffix == ".yml" else "findings stand in .yaml files"
    known = [PurePosixPath(name).name for name in (*RECORD_FILES, _REFERENCES)]
    hint = suggest(pure.name, known) if pure.parent.as_posix() == CONTENT else ""
    return hint or f"an article's name ends in .md, a picture's in {', '.join(IMAGE_TYPES)}"


def _missing(sources: Sources) -> list[Problem]:
    home = f"{CONTENT}/index.md"
    if any(file.path == home for file in sources.articles):
        return []
    return [Problem("missing-file", "the site has no home page", Span(home), f"write {home}")]
