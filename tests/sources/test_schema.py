"""Lists and groups of fields: all that is wrong is found at once, each at its place."""

import dataclasses
from collections.abc import Mapping

import pytest
from hypothesis import given

from generator.sources.schema import Field, Group, Items, validate
from generator.sources.values import Choice, Date, Identifier, Inline, Report, Text, Values, Written
from generator.sources.yamltree import read_yaml
from tests.helpers import YAML, at, codes, misplaced, moderate


def checked(group: Group, text: str) -> tuple[Values | None, Report]:
    node, problems = read_yaml(text, "f.yaml")
    assert problems == []
    assert node is not None
    return validate(group, node)


def test_a_line_of_markdown_is_kept_with_its_place() -> None:
    values, report = checked(Group((Field("a", Inline(), "help"),)), "a: 'one [@b]'\n")
    assert values is not None
    written = values["a"]
    assert isinstance(written, Written)
    assert (written.text, written.quoted) == ("one [@b]", True)
    assert report.problems == []


def test_a_mistyped_word_is_met_with_the_nearest_or_with_all() -> None:
    group = Group((Field("a", Choice(("published", "draft")), "help"),))
    assert checked(group, "a: publised\n")[1].problems[0].hint == 'did you mean "published"?'
    assert checked(group, "a: xyz\n")[1].problems[0].hint == "one of: published, draft"


PAIR = Group((Field("id", Identifier(), "its name", required=True), Field("note", Text(9), "a note")))
BOX = Group(
    (
        Field("title", Text(9), "the title", required=True),
        Field("tags", Items(Identifier(), 1, 3), "words"),
        Field("pairs", Items(PAIR), "pairs"),
        Field("inner", PAIR, "a pair"),
    )
)


def test_all_that_is_wrong_is_found_at_once_and_each_at_its_place() -> None:
    text = "titel: x\ntags: [A, b, c, d]\npairs:\n  - note: 1234567890\n  - 5\ntags: [a]\ninner: {id: q, id: r}\n"
    _, report = checked(BOX, text)
    found = {(one.code, at(text, one.span)) for one in report.problems}
    assert found == {
        ("unknown-key", "titel"),
        ("too-many", "d"),
        ("bad-id", "A"),
        ("missing-field", "note"),
        ("too-long", "1234567890"),
        ("wrong-type", "5"),
        ("duplicate-key", "tags"),
        ("duplicate-key", "id"),
    }


def test_a_field_that_is_absent_is_none_and_a_list_that_is_absent_is_empty() -> None:
    values, report = checked(BOX, "title: x\n")
    assert values == {"title": "x", "tags": (), "pairs": (), "inner": None}
    assert report.problems == []


def test_a_list_that_is_too_short_is_refused() -> None:
    assert codes(checked(BOX, "title: x\ntags: []\n")[1].problems) == ["too-few"]


def test_the_places_of_a_list_are_those_of_the_values_that_were_kept() -> None:
    text = "title: x\ntags: [A, b, c]\n"
    values, report = checked(BOX, text)
    assert values is not None
    assert values["tags"] == ("b", "c")
    assert [at(text, report.spans[f"tags.{index}"]) for index in (0, 1)] == ["b", "c"]


def test_the_places_within_a_list_of_groups_are_those_of_the_groups_that_were_kept() -> None:
    text = "title: x\npairs: [5, {id: a}, {id: b}]\n"
    _, report = checked(BOX, text)
    assert [at(text, report.spans[f"pairs.{index}.id"]) for index in (0, 1)] == ["a", "b"]


def test_every_field_is_walked_in_the_order_in_which_it_is_best_written() -> None:
    assert [one.key for one in BOX.fields] == ["title", "tags", "pairs", "inner"]


@moderate
@given(YAML)
def test_any_yaml_is_validated_with_every_problem_at_a_place_that_exists(text: str) -> None:
    node, _ = read_yaml(text, "f")
    if node is not None:
        values, report = validate(BOX, node)
        assert misplaced(report.problems, text) == []
        assert values is None or isinstance(values, Mapping)
        assert values is None or set(values) == {one.key for one in BOX.fields}
        assert all(dataclasses.is_dataclass(one) for one in report.spans.values())


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (
            (Field("due", Date(), "x", required=True), Field("by", Text(), "y")),
            "write {due: ...}; its fields are due, by",
        ),
        ((Field("a", Text(), "x"), Field("b", Text(), "y")), "write {...}; its fields are a, b"),
    ],
)
def test_one_value_where_a_group_belongs_is_told_how_to_write_it(fields: tuple[Field, ...], shown: str) -> None:
    node, _ = read_yaml("2027-11-21\n", "f.yaml")
    report = Report()
    assert node is not None
    assert Group(fields).read(node, "review", report) is None
    assert [one.hint for one in report.problems] == [shown]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: [x]\n", '"title" is a list, not a text'),
        ("title: {x: 1}\n", '"title" is a group of fields, not a text'),
        ("title: x\ntags: {a: 1}\n", '"tags" is a group of fields, not a list'),
        ("title: x\ntags: a\n", '"tags" is a single value, not a list'),
        ("title: x\ninner: [a]\n", '"inner" is a list, not a group of fields'),
        ("title: x\npairs: [a]\n", 'an entry of "pairs" is a single value, not a group of fields'),
        ("title: x\ntags:\n", '"tags" has no value'),
        ("title: x\ntags: ' '\n", '"tags" has no value'),
        ("title: x\ninner:\n", '"inner" has no value'),
        ("title: x\ntags: []\n", '"tags" has 0 entries; it needs at least 1'),
        ("title: x\ntags: [a, b, c, d]\n", '"tags" has 4 entries; at most 3 fit'),
    ],
)
def test_what_was_written_and_what_is_wanted_is_said(text: str, said: str) -> None:
    assert [one.message for one in checked(BOX, text)[1].problems] == [said]


def test_one_entry_of_a_list_is_called_one_entry() -> None:
    group = Group((Field("a", Items(Text(9), 2, 3), "help"),))
    (problem,) = checked(group, "a: [x]\n")[1].problems
    assert problem.message == '"a" has 1 entry; it needs at least 2'


@pytest.mark.parametrize(
    ("written", "place"), [("see [@x] there", "[@"), ("'see [@x]'", "'see [@x]'"), ("see ](../b.md)", "](")]
)
def test_a_citation_or_link_in_plain_text_is_shown_where_it_stands(written: str, place: str) -> None:
    text = f"title: x\na: {written}\n"
    group = Group((Field("title", Text(9), "help"), Field("a", Text(20), "help")))
    (problem,) = checked(group, text)[1].problems
    assert (problem.code, at(text, problem.span)) == ("not-plain", place)


def test_in_a_text_of_several_lines_the_whole_of_it_is_shown() -> None:
    (problem,) = checked(Group((Field("a", Text(20), "help"),)), "a: on\n   e[@x]\n")[1].problems
    assert (problem.span.line, problem.span.column, problem.span.end_line) == (1, 4, 2)


def test_an_unknown_field_is_met_with_the_nearest_or_with_all() -> None:
    (near,) = checked(BOX, "title: x\ntagz: [a]\n")[1].problems
    (far,) = checked(BOX, "title: x\nqqq: [a]\n")[1].problems
    assert near.hint == 'did you mean "tags"?'
    assert far.hint == "known: title, tags, pairs, inner"


def test_of_very_many_unknown_fields_the_last_are_met_with_all() -> None:
    text = "title: x\n" + "".join(f"tagz{number}: x\n" for number in range(60))
    hints = [one.hint for one in checked(BOX, text)[1].problems]
    assert hints[0] == 'did you mean "tags"?'
    assert hints[50:] == ["known: title, tags, pairs, inner"] * 10


def test_a_mistyped_field_stands_for_one_that_is_missing_and_not_for_two() -> None:
    group = Group((Field("begins", Text(9), "when", required=True), Field("begun", Text(9), "who", required=True)))
    _, report = checked(group, "beginz: x\n")
    assert codes(report.problems) == ["unknown-key", "missing-field"]
    assert report.problems[1].message == 'the field "begun" is missing'


def test_a_field_that_is_missing_from_an_empty_group_is_told_at_its_beginning() -> None:
    _, report = checked(BOX, "title: x\ninner: { }\n")
    (problem,) = report.problems
    assert (problem.code, problem.hint) == ("missing-field", "its name")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (2, 8, 9)
