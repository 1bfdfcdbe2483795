"""Codes of medical systems: what each says of itself, and which of them get an answer for patient records."""

import pytest

from generator.evidence.medical_codes import MedicalCode, check_codes, read_code
from generator.sources.datafiles import CODE
from tests.helpers import at, records

TEXT = """\
- system: ICD-10 GM
  oid: 1.2.276.0.76.5
  code: J00
  further: with a further digit
  label: a common cold
  relation: broader
  remark: all colds
  page: help/page.md
  seen: the register of 2026
"""


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def read(text: str) -> MedicalCode:
    return read_code(records(text, CODE)[0])


def test_a_code_is_read_with_all_that_its_record_says() -> None:
    found = read(TEXT)
    assert (found.system, found.oid, found.code, found.further) == (
        "ICD-10 GM",
        "1.2.276.0.76.5",
        "J00",
        "with a further digit",
    )
    assert (found.label, found.relation, found.remark) == ("a common cold", "broader", "all colds")
    assert (found.page, found.seen, at(TEXT, found.span)) == ("help/page.md", "the register of 2026", "help/page.md")


def test_a_code_is_shown_with_what_belongs_behind_it() -> None:
    assert read(TEXT).shown == "J00 with a further digit"
    assert read(changed("  further: with a further digit\n", "")).shown == "J00"


def test_a_system_is_named_in_texts_by_one_word() -> None:
    assert read(TEXT).system_id == "icd-10-gm"


@pytest.mark.parametrize(
    ("old", "new", "folder"),
    [
        ("J00", "J00", "/infobutton/1.2.276.0.76.5/J00/"),
        ("J00", "J00.1-a", "/infobutton/1.2.276.0.76.5/J00.1-a/"),
        ("J00", "J", "/infobutton/1.2.276.0.76.5/J/"),
        ("J00", "J00.", ""),
        ("J00", "J 0", ""),
        ("J00", "../J", ""),
        ("1.2.276.0.76.5", "0.2", "/infobutton/0.2/J00/"),
        ("1.2.276.0.76.5", "3.2", ""),
        ("1.2.276.0.76.5", "1.02", ""),
        ("1.2.276.0.76.5", "x", ""),
        ("  oid: 1.2.276.0.76.5\n", "", ""),
    ],
)
def test_an_answer_has_an_address_where_its_system_has_a_number_and_both_fit_into_one(
    old: str, new: str, folder: str
) -> None:
    text = changed(old, new)
    assert read(text).folder == folder
    has_number = "oid" in text
    assert bool(check_codes(records(text, CODE))) == (has_number and not folder)


def test_a_code_without_a_number_of_its_system_may_hold_any_signs() -> None:
    text = changed("  oid: 1.2.276.0.76.5\n", "").replace("J00", "J 00/1")
    assert check_codes(records(text, CODE)) == []


def test_a_code_that_is_given_twice_names_both_places_and_the_same_code_of_another_system_is_another() -> None:
    twice = TEXT + TEXT
    (problem,) = check_codes(records(twice, CODE))
    assert (problem.code, problem.message) == ("duplicate-id", "ICD-10 GM J00 is given twice")
    assert (problem.span.line, problem.related[0][1].line) == (12, 3)
    assert check_codes(records(TEXT + changed("ICD-10 GM", "ICPC"), CODE)) == []


@pytest.mark.parametrize(("old", "new"), [("1.2.276.0.76.5", "no number"), ("J00", "J/0")])
def test_what_can_be_no_part_of_an_address_is_shown_at_its_own_place(old: str, new: str) -> None:
    text = changed(old, new)
    (problem,) = check_codes(records(text, CODE))
    assert (problem.code, at(text, problem.span)) == ("bad-id", new)
