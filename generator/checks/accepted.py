"""Warnings that the editors have accepted for a while, each with its reason and a last day."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.disk.folders import CONTENT
from generator.problems.codes import CODES
from generator.problems.problem import Problem, Span, suggest
from generator.sources.datafiles import RECORD_FILES
from generator.sources.files import SourceFile
from generator.sources.records import Record, read_records

FILE = f"{CONTENT}/accepted.yaml"


@dataclass(frozen=True)
class Acceptance:
    """One record: warnings of a code in a file (and, if `says` is given, with these words) are accepted until a day."""

    code: str
    path: str
    says: str
    until: str
    span: Span

    def covers(self, problem: Problem) -> bool:
        """Whether a problem is one of those."""
        return (problem.code, problem.span.path) == (self.code, self.path) and self.says in problem.message


def read_accepted(file: SourceFile | None) -> tuple[list[Acceptance], list[Problem]]:
    """Read the file; only warnings can be accepted, and only until a day."""
    if file is None:
        return [], []
    records, problems = read_records(file, RECORD_FILES[FILE])
    for record in records:
        problems += _faults(record)
    whole = (one for one in map(_acceptance, records) if one.code and one.path and one.until)
    return [one for one in whole if one.code in CODES], problems


def without_accepted(
    problems: Iterable[Problem], accepted: Iterable[Acceptance], today: str, is_whole: bool = True
) -> list[Problem]:
    """Leave out what is accepted; tell which acceptance is over, and which has nothing left to accept. The latter is
    known only where the problems are the whole of them."""
    every = list(accepted)
    left = list(problems)
    told = []
    for one in every:
        covered = [problem for problem in left if one.covers(problem)]
        if one.until < today:
            message = f"{one.code} was accepted here until {one.until}"
            told.append(Problem("acceptance-over", message, one.span))
        elif covered:
            left = [problem for problem in left if not one.covers(problem)]
        elif is_whole:
            told.append(Problem("nothing-accepted", f"{one.path} has no such warning: {one.code}", one.span))
    return left + told


def _acceptance(record: Record) -> Acceptance:
    code, path, says, until = (record.text(key) for key in ("code", "path", "says", "until"))
    return Acceptance(code, path, says, until, record.at("code"))


def _faults(record: Record) -> Iterable[Problem]:
    code = record.text("code")
    if code and code not in CODES:
        yield Problem("unknown-code", f'there is no code "{code}"', record.at("code"), suggest(code, CODES))
    elif code and CODES[code].severity == "error":
        yield Problem("error-accepted", f"{code} is an error: it cannot be accepted", record.at("code"))
