"""The data files are read as one; what could not be read is known, so that what leads there is not wrong as well."""

from pathlib import Path

import pytest

from generator.site.data import Data
from generator.stages import intake
from generator.stages.data import read_data
from tests.helpers import CLAIM_TEXT, DEFAULT, Files, codes, make_site

TERM = "- {id: nose, term: nose, definition: A nose., sources: [smith2001]}\n"


def read(root: Path, files: Files) -> tuple[Data, list[str]]:
    sources, _ = intake.read(make_site(root, files))
    assert sources is not None
    data, problems = read_data(sources)
    return data, codes(problems)


def test_the_records_of_each_file_are_there_by_their_kind(tmp_path: Path) -> None:
    data, problems = read(tmp_path, {"content/claims/rest.yaml": CLAIM_TEXT, "content/glossary.yaml": TERM})
    assert problems == []
    assert (list(data.references), list(data.claims), list(data.people)) == (["smith2001"], ["rest-shortens"], ["team"])
    assert [(one.id, one.language) for one in data.terms] == [("nose", "en")]
    assert [one.text for one in data.prose["content/glossary.yaml"]] == ["A nose."]
    assert (data.maps, data.codes, data.unread) == ((), (), frozenset())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("content/glossary.yaml", "glossary"),
        ("content/claims/rest.yaml", "claims"),
        ("content/references.json", "references"),
        ("content/people.yaml", "people"),
    ],
)
def test_a_file_in_which_nothing_can_be_read_is_known_as_unread(tmp_path: Path, path: str, name: str) -> None:
    data, problems = read(tmp_path, {path: "- ["})
    assert len(problems) == 1
    assert data.unread == {name}


def test_one_bad_file_of_findings_says_nothing_of_the_others(tmp_path: Path) -> None:
    files = {"content/claims/rest.yaml": CLAIM_TEXT, "content/claims/work.yaml": "- ["}
    data, _ = read(tmp_path, files)
    assert list(data.claims) == ["rest-shortens"]
    assert data.unread == {"claims"}


def test_a_file_with_one_bad_record_has_been_read(tmp_path: Path) -> None:
    data, problems = read(tmp_path, {"content/glossary.yaml": TERM + "- {id: ear}\n"})
    assert (set(problems), data.unread) == ({"missing-field"}, frozenset())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/glossary.yaml", TERM),
        ("content/people.yaml", DEFAULT["content/people.yaml"]),
        ("content/claims/rest.yaml", CLAIM_TEXT),
    ],
)
def test_an_id_that_is_given_twice_is_told_and_in_findings_the_first_is_taken(
    tmp_path: Path, path: str, text: str
) -> None:
    data, problems = read(tmp_path, {path: text + text.replace("days in bed", "days at home")})
    assert problems == ["duplicate-id"]
    assert [one.outcome for one in data.claims.values()] in ([], ["days in bed"])
