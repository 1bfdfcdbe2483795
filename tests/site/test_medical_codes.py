"""Codes: shown by a block, answered for patient records, and never said to mean exactly the condition."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator import pipeline
from generator.sources.datafiles import RELATIONS
from generator.stages.options import Options
from tests.sitekit import change, copy_site

ATOM = "{http://www.w3.org/2005/Atom}"
CODES = """- system: ICD-10-CM
  oid: 2.16.840.1.113883.6.90
  code: R06.6
  label: Hiccough
  relation: broader
  page: what/hiccups.md
  seen: A list of codes
- {system: MeSH, code: D006606, label: Hiccup, relation: related, remark: a word, page: what/hiccups.md, seen: A page}
"""
CONDITION = "condition: {name: Hiccup, in_text: a hiccup, page: what/hiccups.md}\n"

Json = dict[str, Any]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = copy_site("hiccups", tmp_path)
    (root / "content" / "codes.yaml").write_text(CODES, encoding="utf-8")
    change(root, "site.yaml", "urgent_section: help\n", f"urgent_section: help\n{CONDITION}")
    change(root, "content/what/hiccups.md", "## What moves?\n", "::codes\n\n## What moves?\n")
    return root


def made(root: Path) -> dict[str, str]:
    done = pipeline.build(root, Options(today="2026-11-21"))
    assert [one for one in done.problems if one.is_error] == []
    return {one.path: one.body.decode("utf-8", "replace") for one in done.outputs}


def problems(root: Path) -> list[tuple[str, str]]:
    return [
        (one.code, one.message) for one in pipeline.build(root, Options(today="2026-11-21")).problems if one.is_error
    ]


def test_a_code_is_never_exact() -> None:
    assert RELATIONS == ("broader", "related")


def test_the_block_shows_each_code_and_how_it_stands_to_the_condition(site: Path) -> None:
    page = made(site)["what/hiccups/index.html"]
    assert '<th scope="row">ICD-10-CM, R06.6</th>' in page
    assert '<td data-label="To a hiccup it is">Wider</td>' in page
    assert '<td data-label="To a hiccup it is">Related, a word</td>' in page


def test_a_block_of_one_system_names_it_once(site: Path) -> None:
    change(site, "content/what/hiccups.md", "::codes\n", "::codes{mesh}\n")
    page = made(site)["what/hiccups/index.html"]
    assert "<caption>Codes in MeSH</caption>" in page
    assert '<th scope="row">D006606</th>' in page
    assert "R06.6" not in page


def test_a_system_without_a_number_gets_no_answer(site: Path) -> None:
    answers = [path for path in made(site) if path.startswith("infobutton/")]
    folder = "infobutton/2.16.840.1.113883.6.90/R06.6"
    assert sorted(answers) == [f"{folder}/index.json", f"{folder}/index.xml"]


def test_both_forms_of_an_answer_say_the_same(built_site: Path) -> None:
    for file in sorted((built_site / "infobutton").rglob("index.xml")):
        tree = etree.parse(file).getroot()
        feed = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["feed"]
        for name in ("id", "title", "subtitle", "updated", "rights"):
            assert tree.findtext(f"{ATOM}{name}") == feed[name]["_value"]
        assert [dict(one.attrib) for one in tree.findall(f"{ATOM}category")] == feed["category"]
        assert [one.findtext(f"{ATOM}id") for one in tree.findall(f"{ATOM}entry")] == [
            one["id"]["_value"] for one in feed["entry"]
        ]


def test_an_answer_names_its_code_says_that_it_is_not_exact_and_ends_with_when_to_get_help(built_site: Path) -> None:
    files = sorted((built_site / "infobutton").rglob("index.json"))
    assert files
    for file in files:
        feed: Json = json.loads(file.read_text(encoding="utf-8"))["feed"]
        asked = {one["scheme"]: one["term"] for one in feed["category"]}
        place = file.relative_to(built_site).parts
        assert (asked["mainSearchCriteria.v.cs"], asked["mainSearchCriteria.v.c"]) == place[1:3]
        assert "No code that we saw means exactly that." in feed["subtitle"]["_value"]
        assert "not yet checked by a clinician" in feed["rights"]["_value"]
        assert feed["entry"][-1]["id"]["_value"].endswith("/red-flags/")


def test_every_code_of_the_site_stands_on_its_page(built_site: Path) -> None:
    page = (built_site / "definition" / "medical-codes" / "index.html").read_text(encoding="utf-8")
    for one in json.loads((built_site / "api" / "v1" / "index.json").read_text(encoding="utf-8"))["infobutton"]:
        assert one["code"] in page


Break = Callable[[Path], None]


def broken(old: str, new: str, file: str = "content/codes.yaml") -> Break:
    return lambda root: change(root, file, old, new)


@pytest.mark.parametrize(
    ("spoil", "code", "message"),
    [
        pytest.param(broken("code: D006606", "code: D006606, oid: mesh"), "bad-id", '"mesh" is no', id="oid"),
        pytest.param(broken("R06.6", "../x"), "bad-id", '"../x" cannot stand', id="code outside its folder"),
        pytest.param(broken("relation: broader", "relation: exact"), "bad-choice", "", id="exact relation"),
        pytest.param(
            broken("system: MeSH, code: D006606", "system: ICD-10-CM, code: R06.6"), "duplicate-id", "", id="twice"
        ),
        pytest.param(broken("page: what/hiccups.md\n", "page: what/hicup.md\n"), "unknown-page", "", id="page"),
        pytest.param(
            broken("a hiccup, page: what/hiccups.md", "a hiccup, page: what/no.md", "site.yaml"),
            "unknown-page",
            'no page "what/no.md"',
            id="page of the condition",
        ),
        pytest.param(
            broken("::codes\n", "::codes{mash}\n", "content/what/hiccups.md"), "block-argument", "", id="system"
        ),
    ],
)
def test_a_mistake_is_found(site: Path, spoil: Break, code: str, message: str) -> None:
    spoil(site)
    assert [(found, text) for found, text in problems(site) if found == code and message in text]
