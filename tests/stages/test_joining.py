"""All articles and records become one site; what tells it from any other follows from what it was joined from."""

from pathlib import Path

import pytest

from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.stages import intake
from generator.stages.joining import join_all
from generator.stages.parsing import parse_all
from tests.sitekit import TODAY, change, copy_site

ARTICLE, GLOSSARY = "content/what/hiccups.md", "content/glossary.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def joined(
    root: Path, today: str = TODAY, *, portable: bool = False, drafts: bool = False
) -> tuple[Site, list[Problem]]:
    sources, _ = intake.read(root)
    assert sources is not None
    return join_all(sources, parse_all(sources).documents, today, portable, drafts)


def test_what_is_wrong_in_articles_and_in_data_files_comes_together(root: Path) -> None:
    assert joined(root)[1] == []
    change(root, ARTICLE, "title: What", "titel: What")
    change(root, GLOSSARY, "term: diaphragm", "trem: diaphragm")
    assert {ARTICLE, GLOSSARY} <= {problem.span.path for problem in joined(root)[1]}


def test_the_same_sources_give_the_same_digest_on_the_same_day_alone(root: Path) -> None:
    facts = joined(root)[0].facts
    assert joined(root)[0].facts == facts
    others = [joined(root, "2026-11-22"), joined(root, portable=True)]
    change(root, GLOSSARY, "definition: the muscle", "definition: a muscle")
    others.append(joined(root))
    assert len({facts, *(site.facts for site, _ in others)}) == 4


def test_drafts_are_part_of_the_site_where_they_are_asked_for(root: Path) -> None:
    change(root, ARTICLE, "status: published", "status: draft")
    assert ARTICLE not in joined(root)[0].catalogue.documents
    assert ARTICLE in joined(root, drafts=True)[0].catalogue.documents
