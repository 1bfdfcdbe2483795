"""What records name is there: the works on which each rests, and the pages to which they lead."""

from pathlib import Path

import pytest

from tests.helpers import CLAIM_TEXT, REFERENCE, SITE, article, at, joined, make_site

SOURCES = {
    "content/claims/rest.yaml": CLAIM_TEXT,
    "content/red-flags.yaml": (
        "- {id: a, sign: S, may_mean: M, level: soon, action: A., topics: [a], sources: [smith2001]}\n"
    ),
    "content/glossary.yaml": "- {id: a, term: A, definition: D, sources: [smith2001]}\n",
    "content/names.yaml": "- {name: a, kind: lay, language: en, page: care/rest.md, sources: [smith2001]}\n",
    "content/countries.yaml": (
        "- {id: gb, name: B, emergency: 9, today: 1, soon: S, routine: R, sources: [smith2001]}\n"
    ),
    "content/checked-claims.yaml": (
        "- {id: a, said: S., verdict: unsafe, instead: I., topics: [a], sources: [smith2001]}\n"
    ),
    "content/standards.yaml": "- {id: a, standard: S, item: '1', asks: A., sources: [smith2001]}\n",
    "content/disagreements.yaml": (
        "- {id: a, question: Q?, settles: S., topics: [a],"
        " positions: [{view: V., sources: [smith2001]}, {view: W., sources: [smith2001]}]}\n"
    ),
}


@pytest.mark.parametrize("path", SOURCES)
def test_a_source_of_any_record_that_is_no_reference_is_told_at_its_place(tmp_path: Path, path: str) -> None:
    text = SOURCES[path].replace("smith2001", "smth2001", 1)
    _, problems = joined(make_site(tmp_path, {path: text}))
    (problem,) = [one for one in problems if one.code == "unknown-citation"]
    assert (problem.span.path, at(text, problem.span)) == (path, "smth2001")
    assert problem.hint == 'did you mean "smith2001"?'


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("10.1000/X", 'this is a DOI; the key of that work is "smith2001"'),
        ("https://doi.org/10.1000/x", 'this is a DOI; the key of that work is "smith2001"'),
        ("10.1000/y", 'this is a DOI: add the work to references.json, and write here what stands there as its "id"'),
    ],
)
def test_who_writes_a_doi_for_a_key_is_told_the_key(tmp_path: Path, written: str, hint: str) -> None:
    work = REFERENCE.replace('"type"', '"DOI": "10.1000/x", "PMID": "123", "type"')
    text = SOURCES["content/glossary.yaml"].replace("smith2001", f'"{written}"')
    files = {"content/references.json": f"[{work}]", "content/glossary.yaml": text}
    _, problems = joined(make_site(tmp_path, files))
    assert [one.hint for one in problems if one.code == "unknown-citation"] == [hint]


def test_what_rests_on_a_retracted_work_is_told_wherever_it_stands(tmp_path: Path) -> None:
    work = REFERENCE.replace('"type"', '"DOI": "10.1000/x", "type"')
    page = article("\nWords [@smith2001].\n")
    files = {
        "content/references.json": f"[{work}]",
        "content/retractions.yaml": "- {doi: 10.1000/x, notice: It was made up.}\n",
        "content/glossary.yaml": SOURCES["content/glossary.yaml"],
        "content/help/page.md": page,
    }
    _, problems = joined(make_site(tmp_path, files))
    assert {(one.code, one.span.path) for one in problems} == {
        ("retracted", "content/glossary.yaml"),
        ("retracted", "content/help/page.md"),
    }
    assert {one.message for one in problems} == {'"smith2001" has been retracted: It was made up.'}


@pytest.mark.parametrize("page", ["care/rest.md", "care/../care/rest.md"])
def test_a_name_leads_to_its_page_however_its_path_is_written(tmp_path: Path, page: str) -> None:
    names = f"- {{name: nap, kind: lay, language: en, page: {page}}}\n"
    site, problems = joined(make_site(tmp_path, {"content/names.yaml": names}))
    assert problems == []
    assert site.names == {"/care/rest/": ("nap",)}


def test_a_page_that_a_name_or_the_condition_of_the_site_leads_to_must_be_there(tmp_path: Path) -> None:
    names = "- {name: nap, kind: lay, language: en, page: care/rst.md}\n"
    config = SITE + "condition: {name: Cold, in_text: a cold, page: help/gone.md}\n"
    _, problems = joined(make_site(tmp_path, {"content/names.yaml": names, "site.yaml": config}))
    found = {one.span.path: one for one in problems if one.code == "unknown-page"}
    assert set(found) == {"content/names.yaml", "site.yaml"}
    assert found["content/names.yaml"].hint == 'did you mean "care/rest.md"?'
