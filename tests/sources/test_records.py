"""Data files: lists of records, each with the place of every value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.datafiles import CLAIM, NAME, PERSON, RED_FLAG, TERM
from generator.sources.records import read_records, same_ids
from generator.sources.schema import Field, Group, Items
from generator.sources.values import Choice, Text, Whole
from tests.helpers import CLAIM_TEXT, YAML, at, codes, file, misplaced, moderate, records


def test_a_record_gives_its_values_by_name() -> None:
    (record,) = records(CLAIM_TEXT)
    assert (
        record.text("id"),
        record.number("participants"),
        tuple(one.text("why") for one in record.groups("because")),
    ) == (
        "rest-shortens",
        40,
        ("few people",),
    )
    assert record.group("effect").values == {"direction": "less", "size": "small"}
    assert record.items("sources") == ({"ref": "smith2001", "locator": "table 2"},)


def test_a_value_that_is_not_there_is_empty() -> None:
    (record,) = records(CLAIM_TEXT)
    assert (record.text("x"), record.number("x"), record.items("x"), record.group("x").values) == ("", 0, (), {})
    assert record.at("x") == record.span


def test_a_record_knows_the_place_of_every_value() -> None:
    (record,) = records(CLAIM_TEXT)
    for key, written in (("id", "rest-shortens"), ("effect.size", "small"), ("sources.0.ref", "smith2001")):
        assert at(CLAIM_TEXT, record.at(key)) == written


def test_a_group_within_a_record_is_a_record_with_places_of_its_own() -> None:
    (record,) = records(CLAIM_TEXT)
    (source,) = record.groups("sources")
    assert (source.text("ref"), at(CLAIM_TEXT, source.at("ref"))) == ("smith2001", "smith2001")
    assert at(CLAIM_TEXT, record.group("effect").at("size")) == "small"
    assert at(CLAIM_TEXT, source.at("x")) == "{ref: smith2001, locator: table 2}"


def test_a_record_with_a_problem_is_given_as_far_as_it_goes() -> None:
    found, problems = read_records(file(CLAIM_TEXT.replace("certainty: low", "certainty: sure")), CLAIM)
    assert codes(problems) == ["bad-choice"]
    assert (found[0].text("id"), found[0].text("certainty")) == ("rest-shortens", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: b\n", "wrong-type"),
        ("text\n", "wrong-type"),
        ("- x\n", "wrong-type"),
        ("- [\n", "bad-yaml"),
        ("", "empty-file"),
    ],
)
def test_a_file_that_is_no_list_of_records_is_refused(text: str, code: str) -> None:
    found, problems = read_records(file(text), CLAIM)
    assert found == []
    assert codes(problems) == [code]


def test_two_records_of_one_name_are_found_over_several_files() -> None:
    first, second = records(CLAIM_TEXT), read_records(file(CLAIM_TEXT, "content/other.yaml"), CLAIM)[0]
    (problem,) = same_ids([*first, *second])
    assert (problem.code, problem.span.path) == ("duplicate-id", "content/other.yaml")
    assert problem.related[0][1].path == "content/file.yaml"


@moderate
@given(st.binary() | YAML.map(lambda text: text.encode()), st.sampled_from([CLAIM, TERM, RED_FLAG, NAME, PERSON]))
def test_any_bytes_are_read_or_refused_at_a_place_in_the_file(data: bytes, schema: Group) -> None:
    found, problems = read_records(file(data), schema)
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    assert misplaced(problems, text) == []
    assert misplaced(same_ids(found), text) == []


def test_the_texts_of_some_fields_are_given_however_deep_and_whatever_is_wrong_beside_them() -> None:
    inner = Group((Field("note", Text(9), "a note"), Field("many", Whole(), "a number")))
    tags = Items(Choice(("a",)))
    schema = Group((Field("note", Text(9), "x"), Field("pages", Items(inner), "x"), Field("tags", tags, "x")))
    text = "- note: x\n  pages: [{note: y, many: 1}, 5]\n  tags: [a, b]\n"
    (record,), problems = read_records(file(text), schema)
    assert codes(problems) == ["wrong-type", "bad-choice"]
    found = [(path, value, at(text, span)) for path, value, span in record.leaves({"note", "many"})]
    assert found == [("note", "x", "x"), ("pages.0.note", "y", "y")]


def test_records_without_a_name_are_not_taken_for_one_that_is_given_twice() -> None:
    found, _ = read_records(file("- term: one\n- term: two\n"), TERM)
    assert same_ids(found) == []
