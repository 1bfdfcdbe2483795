"""Graphs of small sites: nothing breaks out of its element, and nothing is said that site.yaml does not know."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.stages.options import Options
from tests.sitekit import change, copy_site

PAGE = "what/hiccups/index.html"
CONDITION = "condition: {name: Hiccup, in_text: a hiccup, page: what/hiccups.md}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def made(root: Path) -> dict[str, str]:
    done = pipeline.build(root, Options(today="2026-11-21"))
    assert [one for one in done.problems if one.is_error] == []
    return {one.path: one.body.decode() for one in done.outputs if one.path.endswith(".html")}


def graph(page: str) -> list[dict[str, Any]]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, flags=re.DOTALL)
    return list(json.loads(found)["@graph"])


def of_type(page: str, kind: str) -> list[dict[str, Any]]:
    return [one for one in graph(page) if one["@type"] == kind]


def test_a_text_cannot_break_out_of_its_element(site: Path) -> None:
    title = "What </script><b>it</b> & <!-- is"
    change(site, "content/what/hiccups.md", "title: What a hiccup is", f'title: "{title}"')
    page = made(site)[PAGE]
    assert graph(page)[0]["name"] == title
    assert "<b>it</b>" not in page


def test_a_site_that_names_no_condition_says_nothing_of_one(site: Path) -> None:
    for path, page in made(site).items():
        if 'http-equiv="refresh"' not in page:
            assert "about" not in graph(page)[0], path
    assert [one["name"] for one in of_type(made(site)["lookalikes/long-hiccups/index.html"], "MedicalCondition")]


def test_the_condition_of_site_yaml_is_what_its_pages_are_about(site: Path) -> None:
    change(site, "site.yaml", "urgent_section: help\n", f"urgent_section: help\n{CONDITION}")
    pages = made(site)
    (own,) = of_type(pages[PAGE], "MedicalCondition")
    assert own["name"] == "Hiccup"
    assert own["@id"] == "https://example.org/hiccups/what/hiccups/#condition"
    assert graph(pages["options/waiting/index.html"])[0]["about"] == {"@id": own["@id"]}
    (listed,) = of_type(pages["names/index.html"], "MedicalCondition")
    assert listed["alternateName"] == ["hiccough"]


def test_the_sign_that_tells_a_look_alike_apart_is_that_of_its_page(site: Path) -> None:
    change(site, "site.yaml", "urgent_section: help\n", f"urgent_section: help\n{CONDITION}")
    (_, condition) = of_type(made(site)["lookalikes/long-hiccups/index.html"], "MedicalCondition")
    (difference,) = condition["differentialDiagnosis"]
    written = (site / "content/lookalikes/long-hiccups.md").read_text(encoding="utf-8")
    (field,) = re.findall(r"^tells_apart: (.*)$", written, flags=re.MULTILINE)
    assert difference["distinguishingSign"]["name"] == field.partition(" [@")[0]


def test_having_no_treatment_is_no_possible_treatment(site: Path) -> None:
    change(site, "site.yaml", "urgent_section: help\n", f"urgent_section: help\n{CONDITION}")
    (own,) = of_type(made(site)[PAGE], "MedicalCondition")
    assert "possibleTreatment" not in own
    assert "no-treatment" in (site / "content/options/waiting.md").read_text(encoding="utf-8")


def test_a_question_is_given_with_its_answer(site: Path) -> None:
    pages = made(site)
    (question,) = of_type(pages["ask/how-long/index.html"], "Question")
    assert question["acceptedAnswer"]["text"]
    assert of_type(pages["ask/basics/index.html"], "FAQPage")
    assert of_type(pages["ask/basics/index.html"], "Question") == [question]
