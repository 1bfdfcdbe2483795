"""A new editor writes a treatment with typical mistakes, and mends each from what its message says and nothing else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from tests.sitekit import TODAY, change, copy_site

FILE = "content/options/cold-water-does-it-help.md"
SLIPS = [
    ('title: "Cold water: does it help?"', "title: Cold water: does it help?", "bad-yaml"),
    ("category: self-care", "category: self-kare", "bad-choice"),
    ("benefits: [", "benefit: [", "unknown-key"),
    ("Nobody knows [@mayohiccups]", "Nobody knows [@mayohiccup]", "unknown-citation"),
    ("](waiting.md)", "](wating.md)", "broken-link"),
    ("(../help/index.md)", "(../help/indx.md)", "broken-link"),
]
"""What should stand there, what a hurried editor writes, and the code of the problem."""
WRITTEN = {
    '"TODO: what the page tells, in one sentence"': "What is known about cold water for hiccups.",
    '"TODO: 3 to 5 sentences with citations"': "Most hiccups stop on their own [@hullhiccup].",
    '"TODO: who gives it"': "Nobody; you drink it [@mayohiccups]",
    '"TODO: how it is thought to help"': "Nobody knows [@mayohiccups]",
    '"TODO: what it is like"': "You drink a glass of it [@mayohiccups]",
    '"TODO: what it can do to you, one statement each"': "None are named in what we read [@mayohiccups].",
    '"TODO: what is not known"': "Nobody has counted how often it helps, in what we read [@hullhiccup].",
}
TEXT = (
    "Some people [wait](waiting.md) instead [@hullhiccup]. If they last, [get help](../help/index.md) [@hullhiccup].\n"
)


def problems(root: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    cli.main(["check", "--root", str(root), "--format", "json", "--today", TODAY])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def mend(root: Path, problem: dict[str, Any]) -> None:
    """Do what the hint says at the place that the message names: put the value in quotes, or write what is meant."""
    path = root / problem["path"]
    lines = path.read_text(encoding="utf-8").splitlines()
    at, first, last = problem["line"] - 1, problem["column"] - 1, problem["end_column"] - 1
    if 'a text that holds ": " must stand in quotes' in problem["hint"]:
        key, _, value = lines[at].partition(": ")
        lines[at] = f'{key}: "{value}"'
    else:
        meant = re.match(r'did you mean "([^"]+)"', problem["hint"])
        assert meant, problem
        lines[at] = lines[at][:first] + meant[1] + lines[at][last:]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_an_article_with_typical_mistakes_is_mended_from_the_messages_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("hiccups", tmp_path)
    assert cli.main(["new", "treatment", "Cold water: does it help?", "--root", str(root)]) == 0
    text = (root / FILE).read_text(encoding="utf-8")
    for open_words, words in WRITTEN.items():
        assert open_words in text
        text = text.replace(open_words, words)
    text = text[: text.index("---\n", 4)] + "---\n\n" + TEXT
    for open_words, words in (
        ("status: draft", "status: published"),
        ("category: no-treatment", "category: self-care"),
    ):
        text = text.replace(open_words, words)
    text = text.replace("benefits: []", "benefits: [waiting]")
    (root / FILE).write_text(text, encoding="utf-8")
    change(
        root, "content/help/index.md", "status: published", "status: published\nrelated: [../options/" + FILE[16:] + "]"
    )
    assert [one for one in problems(root, capsys) if one["severity"] == "error"] == []
    for right, wrong, _ in SLIPS:
        change(root, FILE, right, wrong)

    told = set()
    rounds = 0
    while found := [one for one in problems(root, capsys) if one["severity"] == "error"]:
        rounds += 1
        assert rounds <= 2, found  # what YAML cannot read hides the fields, and nothing else is hidden
        told |= {one["code"] for one in found}
        for one in sorted(found, key=lambda one: (one["line"], one["column"]), reverse=True):
            mend(root, one)

    assert told == {code for _, _, code in SLIPS}
    assert (root / FILE).read_text(encoding="utf-8") == text
    assert cli.main(["build", "--root", str(root), "--quiet", "--today", TODAY]) == 0
    assert (root / "_site/options/cold-water-does-it-help/index.html").is_file()
