"""The forms by which readers and editors write to us ask for what an article or a finding needs."""

import re
from typing import Any

import pytest
import yaml

from generator.sources.kinds import KINDS
from tests.sitekit import REPOSITORY

FOLDER = REPOSITORY / ".github" / "ISSUE_TEMPLATE"
FORMS = ("correction", "claim", "article")


def form(name: str) -> dict[str, Any]:
    found = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def questions(name: str) -> dict[str, Any]:
    return {part["id"]: part for part in form(name)["body"] if part["type"] != "markdown"}


def test_there_is_a_form_for_each_thing_that_is_asked_of_readers() -> None:
    assert {file.stem for file in FOLDER.glob("*.yml")} == {*FORMS, "config"}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_warns_that_it_is_public(name: str) -> None:
    assert "public" in form(name)["body"][0]["attributes"]["value"]


def test_whoever_reports_a_mistake_is_told_not_to_wait_for_help() -> None:
    assert "do not wait for an answer here" in form("correction")["body"][0]["attributes"]["value"]
    assert "harm" in questions("correction")


def test_an_article_can_be_of_any_kind_that_there_is() -> None:
    options = questions("article")["kind"]["attributes"]["options"]
    assert {option.split(":")[0] for option in options} == set(KINDS) - {"home"}


def test_a_finding_asks_how_much_of_the_work_was_read() -> None:
    asked = questions("claim")
    assert asked["read"]["validations"]["required"]
    assert {"work", "design", "who", "result"} <= set(asked)


def test_whoever_changes_something_is_reminded_of_what_counts() -> None:
    text = (REPOSITORY / ".github" / "pull_request_template.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^- \[ \] ", text, flags=re.MULTILINE)) >= 8
    for word in ("source", "warning sign", "promise", "reviewer"):
        assert word in text
