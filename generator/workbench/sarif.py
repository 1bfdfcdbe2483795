"""Problems in SARIF 2.1.0, which code hosts and editors show beside the line."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from generator.problems.codes import CODES
from generator.problems.problem import Problem, Span

Data = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(problems: Iterable[Problem]) -> str:
    """Give all problems as one log with one run. Columns count characters, as ours do."""
    every = list(problems)
    used = sorted({problem.code for problem in every})
    driver = {"name": "build.py check", "rules": [_rule(code) for code in used]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, used.index(problem.code)) for problem in every],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(code: str) -> Data:
    info = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": info.meaning},
        "help": {"text": info.fix},
        "defaultConfiguration": {"level": info.severity},
    }


def _result(problem: Problem, rule: int) -> Data:
    hint = f" {problem.hint}" if problem.hint else ""
    result = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": f"{problem.message}.{hint}"},
        "locations": [_location(problem.span)],
    }
    if problem.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": message}, **_location(span)}
            for number, (message, span) in enumerate(problem.related)
        ]
    return result


def _location(span: Span) -> Data:
    region = {"startLine": span.line, "startColumn": span.column}
    if (span.end_line, span.end_column) > (span.line, span.column):
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
    return {
        "physicalLocation": {"artifactLocation": {"uri": quote(span.path, errors="surrogateescape")}, "region": region}
    }
