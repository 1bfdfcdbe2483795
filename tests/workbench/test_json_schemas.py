"""The schemas for editors accept what a build accepts, and refuse what can be known from one file alone."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from generator import cli
from generator.stages import intake
from generator.stages.parsing import parse_all
from generator.workbench.json_schemas import all_schemas, covered
from tests.helpers import REPOSITORY

SITES = [REPOSITORY, REPOSITORY / "tests" / "sites" / "hiccups"]


class _Core(yaml.SafeLoader):
    """YAML as editors' servers read it (1.2): `yes` is a word, and a day is a text."""


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def loaded(text: str) -> Any:
    return yaml.load(text, _Core)  # noqa: S506 (a safe loader with fewer guesses)


def faults(name: str, value: Any) -> list[str]:
    found = Draft7Validator(all_schemas()[name]).iter_errors(value)
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in found]


def articles(site: Path) -> Iterator[tuple[str, Path]]:
    """Every article of a site with the name of its kind."""
    sources, _ = intake.read(site)
    assert sources is not None
    for document in parse_all(sources).documents:
        yield document.kind, site / document.path


@pytest.mark.parametrize("name", sorted(all_schemas()))
def test_every_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(all_schemas()[name])


@pytest.mark.parametrize("site", SITES, ids=lambda one: one.name)
def test_what_the_sites_hold_is_accepted(site: Path) -> None:
    wrong = []
    for name, pattern in covered().items():
        for file in sorted(site.glob(pattern)):
            wrong += [f"{file.name}: {one}" for one in faults(name, loaded(file.read_text(encoding="utf-8")))]
    for kind, file in articles(site):
        front = file.read_text(encoding="utf-8").split("---\n")[1]
        wrong += [f"{file.name}: {one}" for one in faults(kind, loaded(front))]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("red-flags", "- {id: numb, signn: x}", "'signn' was unexpected"),
        ("red-flags", "- {id: numb}", "'sign' is a required property"),
        ("red-flags", "- {id: numb, level: later}", "'later' is not one of"),
        ("red-flags", "- {id: Numb Leg}", "does not match"),
        ("red-flags", "id: numb", "is not of type 'array'"),
        ("question", "question: [a]", "is not of type"),
        ("question", f"summary: {'x' * 200}", "is too long"),
        ("question", "updated: last week", "does not match"),
        ("treatment", "tested: perhaps", "'perhaps' is not one of"),
        ("treatment", "harms: []", "should be non-empty"),
        ("site", "url: example.org", "does not match"),
    ],
)
def test_what_is_wrong_is_underlined(name: str, text: str, says: str) -> None:
    assert any(says in one for one in faults(name, loaded(text)))


@pytest.mark.parametrize("name", sorted(all_schemas()))
def test_the_schemas_in_the_repository_are_those_of_the_program(name: str) -> None:
    kept = json.loads((REPOSITORY / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    assert kept == all_schemas()[name], "run: python build.py schema --write"


def test_each_field_explains_itself() -> None:
    for name in ("treatment", "site"):
        fields = all_schemas()[name]["properties"]
        assert all(one["description"] for one in fields.values())


def test_a_schema_that_is_not_there_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", "--root", str(REPOSITORY), "treatmnt"]) == 2
    assert 'did you mean "treatment"?' in capsys.readouterr().err


def test_all_are_written_where_editors_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site.yaml").write_text("", encoding="utf-8")
    assert cli.main(["schema", "--root", str(tmp_path), "--write"]) == 0
    assert {file.stem for file in (tmp_path / "schemas").iterdir()} == set(all_schemas())
    assert f"{len(all_schemas())} schemas written" in capsys.readouterr().out
