"""Our stylesheets can be read to their end: a brace that is left open swallows the rules after it, unsaid."""

import re
from pathlib import Path

import pytest

from tests.sitekit import REPOSITORY

SHEETS = sorted((REPOSITORY / "static" / "css").glob("*.css"))
_LEFT_OUT = re.compile(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)


def unbalanced(text: str) -> str:
    """What is wrong with the braces of a stylesheet; empty where each one that opens is closed, two deep at most."""
    depth = 0
    for number, line in enumerate(_LEFT_OUT.sub("", text).splitlines(), 1):
        for one in line:
            depth += {"{": 1, "}": -1}.get(one, 0)
            if depth < 0:
                return f"line {number} closes what is not open"
            if depth > 2:
                return f"line {number} is three deep: a brace before it is not closed"
    return f"{depth} left open" if depth else ""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_every_brace_of_a_stylesheet_is_closed(sheet: Path) -> None:
    assert unbalanced(sheet.read_text(encoding="utf-8")) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@media print {\n  p { margin: 0; }\n", "1 left open"),
        ("@media print {\n  p { margin: 0; }\n\na { color: red; }\n@media screen {\n  b { color: red; }\n}", "line 6"),
        ("p { margin: 0; }\n}", "line 2 closes"),
    ],
)
def test_a_brace_that_is_forgotten_is_found(text: str, says: str) -> None:
    assert says in unbalanced(text)
