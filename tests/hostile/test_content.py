"""What is told of each attack: its problem at its place, or nothing, where it is harmless."""

from collections import Counter

import pytest

from generator.evidence.references import read_references
from generator.problems.codes import CODES
from generator.problems.problem import Problem
from generator.sources.datafiles import RECORD_FILES
from generator.sources.records import read_records
from tests.helpers import file
from tests.hostile.hostile_site import Hostile, built, write_site
from tests.hostile.payloads import HARMLESS, Payload, at, payloads

LEAST = 400
"""Attacks that the corpus must hold."""
_IN_SITES = ("body", "front", "field", "record", "csl", "picture")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Hostile, tuple[Problem, ...]]:
    """A site with every attack that stands in a file of a good name, but for the huge texts; and what is told of it."""
    chosen = [one for one in at(*_IN_SITES) if one.kind != "deep and huge"]
    site = write_site(tmp_path_factory.mktemp("hostile") / "site", chosen)
    return site, built(site.root).problems


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> tuple[Hostile, tuple[Problem, ...]]:
    """A site with every attack that is a file's name, or a link of the file system; and what is told of it."""
    folder = tmp_path_factory.mktemp("named")
    (folder / "secret.md").write_text("a secret", encoding="utf-8")
    site = write_site(folder / "site", at("name", "link"))
    return site, built(site.root).problems


def test_the_corpus_is_large_and_each_attack_is_there_once() -> None:
    texts = Counter((one.at, repr(one.text)) for one in payloads())
    assert [text for text, count in texts.items() if count > 1] == []
    assert len(payloads()) >= LEAST
    assert {one.becomes for one in payloads()} <= {*CODES, HARMLESS}


def wrong(payload: Payload, told: set[str], errors: set[str]) -> str:
    """Say what was told of an attack where it is not what the corpus says."""
    if payload.becomes == HARMLESS:
        return f"{payload.id}: {sorted(errors)} and not harmless" if errors else ""
    return "" if payload.becomes in told else f"{payload.id}: {sorted(told) or 'nothing'} and not {payload.becomes}"


@pytest.mark.parametrize("which", ["hostile", "named"])
def test_each_attack_is_told_at_its_place_or_is_harmless(which: str, request: pytest.FixtureRequest) -> None:
    site, problems = request.getfixturevalue(which)
    found = [wrong(one, site.codes(one, problems), site.codes(one, problems, errors=True)) for one in site.places]
    assert list(filter(None, found)) == []


def test_each_attack_on_a_data_file_as_a_whole_is_told() -> None:
    found = []
    for one in at("data"):
        name = f"content/{one.place[1]}"
        _, problems = read_records(file(one.text, name), RECORD_FILES[name])
        found.append((one, problems))
    for one in at("json"):
        _, problems = read_references(file(one.text, "content/references.json"))
        found.append((one, problems))
    codes = [(one, {problem.code for problem in problems}) for one, problems in found]
    assert list(filter(None, (wrong(one, told, told) for one, told in codes))) == []


def test_every_problem_says_how_it_is_mended(hostile: tuple[Hostile, tuple[Problem, ...]]) -> None:
    _, problems = hostile
    assert [one for one in problems if not one.hint or not one.message] == []
