"""What is fuzzed of data files and of whole sites. Each gives what came of some bytes."""

from dataclasses import replace
from zlib import crc32

from generator import pipeline
from generator.checks.accepted import FILE as ACCEPTED
from generator.checks.accepted import read_accepted
from generator.checks.readability import GRADES, read_grades
from generator.config import read_config
from generator.evidence.claims import sentence
from generator.problems.problem import Problem
from generator.site.data import Data
from generator.sources.files import source_file
from generator.stages.data import read_data
from tests.claimkit import WORDS as CLAIM_WORDS
from tests.fuzz.of_texts import is_filled
from tests.fuzz.promises import are_told_well
from tests.fuzz.small_site import DONE, FILES, RECORDS, WORDS, bytes_of, in_memory, joined_with, whole

_REFERENCES = "content/references.json"
_CLAIMS = "content/claims/rest.yaml"


def records(data: bytes) -> object:
    """Any data file; the first line of an input names it."""
    return _read(*_named(data, RECORDS))


def references(data: bytes) -> object:
    """All works, as CSL-JSON."""
    found, problems = _read(_REFERENCES, data)
    for one in found.references.values():
        assert all(link.url.startswith(("https://", "http://")) for link in one.links)
    return found, problems


def claims(data: bytes) -> object:
    """Findings, and the sentences that they become."""
    found, problems = _read(_CLAIMS, data)
    is_good = not any(one.is_error for one in problems)
    return found, problems, [sentence(claim, CLAIM_WORDS) for claim in found.claims.values() if is_good]


def _read(path: str, data: bytes) -> tuple[Data, list[Problem]]:
    """Read one data file, and no other."""
    file = source_file(path, data)
    sources = replace(whole()[0], records={}, claims=())
    sources = replace(sources, **{"claims": (file,)} if path == _CLAIMS else {"records": {path: file}})
    found, problems = read_data(sources)
    if path == ACCEPTED:
        problems += read_accepted(file)[1]
    if path == GRADES:
        problems += read_grades(file)[1]
    are_told_well(problems, {path: data})
    return found, problems


def _named(data: bytes, paths: tuple[str, ...]) -> tuple[str, bytes]:
    """The file that the first line names, and its bytes; where it names none, one is taken that all bytes choose."""
    first, _, rest = data.partition(b"\n")
    name = first.decode("utf-8", "replace")
    return (name, rest) if name in paths else (paths[crc32(data) % len(paths)], rest)


def config(data: bytes) -> object:
    """site.yaml."""
    found, problems = read_config(source_file("site.yaml", data))
    are_told_well(problems, {"site.yaml": data})
    assert (found is None) == any(one.is_error for one in problems)
    return found, problems


def joined(data: bytes) -> object:
    """A whole site, read, joined and checked; the first line of an input names the file that has other bytes."""
    path, rest = _named(data, tuple(FILES))
    changed = {path: rest}
    _, site, problems = joined_with(changed)
    are_told_well(problems, bytes_of(changed))
    if site is None:
        return problems
    every = [one for one in site.catalogue.documents.values() if one.language in site.words]
    return problems, site.catalogue.data, site.catalogue.config, [is_filled(site, one) for one in every]


def words(data: bytes) -> object:
    """A whole build with other words of the interface."""
    return _built(WORDS, data)


def site(data: bytes) -> object:
    """A whole build; the first line of an input names the file that has other bytes."""
    return _built(*_named(data, tuple(FILES)))


def _built(path: str, data: bytes) -> object:
    changed = {path: data}
    with in_memory(changed) as root:
        done = pipeline.build(root, DONE)
    are_told_well(done.problems, bytes_of(changed))
    assert done.outputs or any(one.is_error for one in done.problems)
    aside = (done.finished.aside or ()) if done.finished else ()
    return done.problems, [(one.path, one.digest) for one in (*done.outputs, *aside)]
