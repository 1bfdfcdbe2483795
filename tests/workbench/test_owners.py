"""GitHub asks those about a change whom people.yaml names, and nobody who is not there."""

from pathlib import Path

import pytest

from generator import cli
from generator.evidence.people import Person
from generator.sources.datafiles import AREAS
from generator.workbench.owners import FILE, code_owners
from tests.helpers import REPOSITORY
from tests.sitekit import copy_site

PERSON = """
- id: ada
  name: Ada
  kind: person
  roles: [author]
  about: Not a real person.
  interests: None.
  github: ada-example
  looks_after: [program, treatment, urgent-signs]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = copy_site("hiccups", tmp_path)
    people = root / "content/people.yaml"
    people.write_text(people.read_text(encoding="utf-8") + PERSON, encoding="utf-8")
    return root


def rules(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_each_area_has_its_paths_and_the_most_urgent_counts(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["owners", "--root", str(site)]) == 0
    assert rules(capsys.readouterr().out) == [
        "* @ada-example",
        "/content/options/ @ada-example",
        "/content/red-flags.yaml @ada-example",
        "/content/countries.yaml @ada-example",
        "/content/help/ @ada-example",
    ]


def test_it_is_written_where_github_looks(site: Path) -> None:
    assert cli.main(["owners", "--root", str(site), "--write"]) == 0
    assert "* @ada-example" in (site / FILE).read_text(encoding="utf-8")


def test_an_area_that_is_not_there_is_an_error(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = site / "content/people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("treatment, urgent", "treatmnt, urgent"))
    assert cli.main(["check", "--root", str(site), "--quiet"]) == 1
    assert 'did you mean "treatment"' in capsys.readouterr().out


def test_without_an_account_nobody_is_asked(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = site / "content/people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("  github: ada-example\n", ""), encoding="utf-8")
    assert cli.main(["owners", "--root", str(site)]) == 0
    said = capsys.readouterr().out
    assert rules(said) == []
    assert "Nobody in people.yaml looks after anything yet" in said


@pytest.mark.parametrize("area", AREAS)
def test_every_area_that_a_section_holds_has_a_path(area: str) -> None:
    from generator.stages import intake

    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    keeper = Person("a", "A", "person", ("author",), "", "", "a", (area,))
    assert rules(code_owners([keeper], sources.config))


def test_the_file_of_the_repository_is_that_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["owners", "--root", str(REPOSITORY)]) == 0
    kept = (REPOSITORY / FILE).read_text(encoding="utf-8")
    assert capsys.readouterr().out == kept, "run: python build.py owners --write"
