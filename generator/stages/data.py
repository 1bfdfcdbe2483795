"""All data files of a site, read: records by their kind, with what is wrong in any of them."""

import json
from collections.abc import Iterable, Mapping

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.keeping import digest_of_files, kept_whole
from generator.disk.folders import CONTENT
from generator.evidence.body_maps import BodyMap, read_body_map
from generator.evidence.checked_claims import read_checked_claim
from generator.evidence.claims import Claim, read_claim
from generator.evidence.disagreements import read_disagreement
from generator.evidence.glossary import read_term
from generator.evidence.medical_codes import check_codes, read_code
from generator.evidence.names import read_name, read_synonym
from generator.evidence.people import read_person
from generator.evidence.red_flags import read_country, read_red_flag
from generator.evidence.references import Reference, read_references, retracted
from generator.evidence.standards import read_item
from generator.markup.prose import Passage, field_passage
from generator.problems.problem import Problem, Span
from generator.site.data import Data
from generator.sources.datafiles import CLAIM, PROSE_FIELDS, RECORD_FILES
from generator.sources.decoding import decode
from generator.sources.files import SourceFile
from generator.sources.records import Record, read_records, same_ids
from generator.stages.intake import REFERENCES, Sources

_PEOPLE = "write this file, with those whom the pages name in `authors`"
DATA_READ = tuple[Data, tuple[Problem, ...]]
"""What is kept of all data files: what they say, and what is wrong in them."""
REFERENCES_READ = tuple[Mapping[str, Reference], tuple[Problem, ...]]
"""What is kept of the references alone, by their keys."""


def read_data(sources: Sources, cache: Cache = NOTHING_KEPT) -> tuple[Data, list[Problem]]:
    """Read all data files, unless the very same were read before."""
    read = digest_of_files(*sources.records.values(), *sources.claims)
    asked = json.dumps([*sorted(sources.refused), sources.config.language])
    key = key_of(read, asked.encode())
    data, problems = kept_whole("data", DATA_READ, key, lambda: _data(sources, cache), cache)
    return data, list(problems)


def _data(sources: Sources, cache: Cache) -> tuple[Data, tuple[Problem, ...]]:
    files = _DataFiles(sources)
    language = sources.config.language
    references, problems = _references(sources, cache)
    files.note("references", not references, problems)
    codes, people = files.records("codes"), files.records("people")
    if sources.articles:
        files.need("people", "nothing says who writes the site", _PEOPLE)
    files.problems += check_codes(codes)
    data = Data(
        references=references,
        claims=_claims(sources.claims, files),
        terms=tuple(read_term(one, language) for one in files.records("glossary") if one.text("id")),
        red_flags=tuple(map(read_red_flag, files.records("red-flags"))),
        countries=tuple(map(read_country, files.records("countries"))),
        disagreements={one.text("id"): read_disagreement(one) for one in files.records("disagreements")},
        checked_claims=tuple(map(read_checked_claim, files.records("checked-claims"))),
        standards=tuple(map(read_item, files.records("standards"))),
        retracted=retracted(references, files.records("retractions")),
        maps=_maps(files),
        names=tuple(map(read_name, files.records("names"))),
        synonyms=tuple(read_synonym(one, language) for one in files.records("synonyms")),
        people={one.text("id"): read_person(one) for one in people},
        codes=tuple(map(read_code, codes)),
        prose=files.prose,
        unread=frozenset(files.unread),
    )
    return data, tuple(files.problems)


class _DataFiles:
    """Reads one file after the other, and notes what is wrong in any of them.

    `unread` are the names of files in which nothing could be read, so that what leads there is not wrong as well, and
    the paths of those that were not opened; `prose` is the running text of each file, by its path.
    """

    def __init__(self, sources: Sources) -> None:
        self.problems: list[Problem] = []
        self.unread = set(sources.refused)
        self.prose: dict[str, tuple[Passage, ...]] = {}
        self._files = sources.records

    def records(self, name: str) -> list[Record]:
        """Give the records of a file, none where there is no such file; no two may have one id."""
        path = f"{CONTENT}/{name}.yaml"
        file = self._files.get(path)
        found, problems = read_records(file, RECORD_FILES[path]) if file else ([], [])
        self.note(name, not found, problems)
        self.problems += same_ids(found)
        self.prose[path] = _prose(found, file)
        return found

    def need(self, name: str, message: str, hint: str) -> None:
        """Note that a file is missing, in one problem: what names its records is not wrong as well."""
        path = f"{CONTENT}/{name}.yaml"
        if path not in self._files and path not in self.unread:
            self.unread.add(name)
            self.problems.append(Problem("missing-file", message, Span(path), hint))

    def note(self, name: str, is_empty: bool, problems: Iterable[Problem]) -> None:
        """Note what is wrong in a file, and whether nothing could be read."""
        self.problems += problems
        if is_empty and any(problem.is_error for problem in problems):
            self.unread.add(name)


def _prose(records: list[Record], file: SourceFile | None) -> tuple[Passage, ...]:
    """The running text of the records of one file."""
    lines = (decode(file)[0] or "").split("\n") if file else []
    leaves = (leaf for record in records for leaf in record.leaves(PROSE_FIELDS))
    return tuple(field_passage(path, text, span, lines) for path, text, span in leaves)


def _references(sources: Sources, cache: Cache) -> tuple[Mapping[str, Reference], tuple[Problem, ...]]:
    """Read the references apart from other data: they are most of it, and seldom change when something else does."""
    file = sources.records.get(REFERENCES)

    def read() -> tuple[Mapping[str, Reference], tuple[Problem, ...]]:
        found, problems = read_references(file) if file else ({}, [])
        return found, tuple(problems)

    return kept_whole("references", REFERENCES_READ, digest_of_files(*([file] if file else [])), read, cache)


def _claims(of_files: Iterable[SourceFile], files: _DataFiles) -> dict[str, Claim]:
    """Read all findings, by their ids; they stand in any number of files."""
    claims: dict[str, Claim] = {}
    every: list[Record] = []
    for file in of_files:
        found, problems = read_records(file, CLAIM)
        files.note("claims", not found, problems)
        every += found
    for record in every:
        claim, wrong = read_claim(record)
        claims.setdefault(claim.id, claim)
        files.problems += wrong
    files.problems += same_ids(every)
    return claims


def _maps(files: _DataFiles) -> tuple[BodyMap, ...]:
    read = [read_body_map(one) for one in files.records("body-map")]
    files.problems += [problem for _, problems in read for problem in problems]
    return tuple(one for one, _ in read if one)
