"""Tricky Markdown and the HTML that it becomes, each pair in files of their own beside this one.

The tokens of slots stand in the HTML as `⟦0⟧`. After it come the headings and the codes of the problems.
"""

from pathlib import Path

import pytest

from generator.markup.slots import TOKEN
from tests.helpers import TRICKY, codes, made


def outcome(text: str) -> str:
    converted = made(text)
    headings = [f"{one.level} #{one.anchor} {one.text}" for one in converted.headings]
    html = TOKEN.sub(r"⟦\1⟧", converted.fragment.html)
    return "\n".join([html, "<!--", *headings, *codes(converted.problems), "-->", ""])


@pytest.mark.parametrize("case", TRICKY, ids=lambda path: path.stem)
def test_tricky_markdown_becomes_what_it_always_became(case: Path) -> None:
    assert outcome(case.read_text("utf-8")) == case.with_suffix(".html").read_text("utf-8")
