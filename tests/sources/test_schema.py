"""Types of fields: each accepts what it says, refuses the rest at its place, and never raises."""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.problem import Span
from generator.sources.schema import Field, Group, Items, validate
from generator.sources.values import (
    Address,
    Choice,
    Date,
    Identifier,
    Inline,
    Language,
    Number,
    PagePath,
    ReferenceKey,
    Report,
    Text,
    Type,
    Values,
    WebAddress,
    Whole,
    Written,
)
from generator.sources.yamltree import Scalar, read_yaml
from tests.helpers import YAML, at, codes, misplaced, moderate

SIMPLE: list[Type] = [
    Text(20),
    Inline(20),
    Date(),
    Choice(("less", "more")),
    Whole(1, 9),
    Number(),
    Identifier(),
    ReferenceKey(),
    PagePath(),
    Address(),
    WebAddress(),
    Language(),
]


def read(kind: Type, written: str) -> tuple[object, list[str]]:
    report = Report()
    value = kind.read(Scalar(written, Span("f")), "a.field", report)
    return value, codes(report.problems)


def checked(group: Group, text: str) -> tuple[Values | None, Report]:
    node, problems = read_yaml(text, "f.yaml")
    assert problems == []
    assert node is not None
    return validate(group, node)


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        (Text(7), ["a", "a b c", "1234567", "{{ x }}", "[x]"]),
        (Date(), ["2026-11-21", "2024-02-29", "0001-01-01"]),
        (Choice(("less", "more")), ["less", "more"]),
        (Identifier(), ["a", "a-b-1", "2nd"]),
        (Address(), ["/a/", "/a-b/c_d/e.f/"]),
        (WebAddress(), ["https://example.org", "http://a.b/c?d=e#f"]),
        (Language(), ["en", "en-GB", "de", "zh-Hant-TW", "fil"]),
        (PagePath(), ["../a/b.md"]),
    ],
    ids=lambda one: type(one).__name__,
)
def test_good_values_are_taken_as_they_are(kind: Type, good: list[str]) -> None:
    assert [read(kind, one) for one in good] == [(one, []) for one in good]


@pytest.mark.parametrize(
    ("kind", "code", "bad"),
    [
        (Text(5), "not-plain", ["a[@b]", "](x)"]),
        (
            Date(),
            "bad-date",
            ["2026-2-30", "2026-02-30", "21.11.2026", "2026-13-01", "0000-01-01", "2026-11-21 ", "soon"],
        ),
        (Choice(("less", "more")), "bad-choice", ["Less", "mor", "less, more"]),
        (
            Whole(1, 9),
            "bad-number",
            ["0", "10", "-1", "1.0", "010", "1e1", "0x1", "12:30", "one", "9" * 5000, "-" + "9" * 5000],
        ),
        (
            Number(),
            "bad-number",
            [
                "3,3",
                "1e3",
                ".5",
                "5.",
                "010",
                "+1",
                "- 1",
                "1.2.3",
                "0x1",
                "inf",
                "NaN",
                "one",
                "12:30",
                "1_000",
                "\uff11",
            ],
        ),
        (Number(), "bad-number", ["9" * 17, "0." + "3" * 16, "-" + "9" * 5000]),
        (Identifier(), "bad-id", ["A", "a b", "a_b", "-a", "a--b", "../a", "a/b", "é", "a\n"]),
        (
            Address(),
            "bad-address",
            ["/", "a", "/a", "a/", "//a/", "/../a/", "/a/../", "/./", "/A/", "/a b/", "http://x/", "/.a/"],
        ),
        (
            WebAddress(),
            "bad-url",
            ["example.org", "//a.b", "javascript:alert(1)", "ftp://a.b", "https://", "https://a b", "http://[x"],
        ),
        (
            Language(),
            "bad-language",
            ["english", "xx-yy-zz", "e", "de./../x", "de@x", "en_GB", "../..", "de.utf8", "root"],
        ),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Type) else "",
)
def test_bad_values_are_refused_and_named(kind: Type, code: str, bad: list[str]) -> None:
    assert {one[:20]: read(kind, one)[1] for one in bad} == {one[:20]: [code] for one in bad}


@pytest.mark.parametrize("kind", SIMPLE, ids=lambda kind: type(kind).__name__)
def test_a_field_without_a_value_and_a_list_in_its_place_are_refused(kind: Type) -> None:
    group = Group((Field("a", kind, "help"), Field("b", kind, "help")))
    _, report = checked(group, "a:\nb: [x]\n")
    assert codes(report.problems) == ["empty-value", "wrong-type"]


@moderate
@given(st.text(), st.sampled_from(SIMPLE))
def test_any_text_is_read_or_refused_and_never_raises(written: str, kind: Type) -> None:
    value, problems = read(kind, written)
    assert value is not None or problems


def test_a_text_that_is_too_long_is_refused_and_one_that_just_fits_is_not() -> None:
    assert read(Text(5), "12345")[1] == []
    assert read(Text(5), "123456")[1] == ["too-long"]


def test_citations_and_addresses_of_links_do_not_count_as_length() -> None:
    assert read(Inline(9), "Pain less [@a; @b, table 2]")[1] == []
    assert read(Inline(12), "See [this](../a-very-long-path.md)")[1] == []
    assert read(Inline(8), "Pain less [@a]")[1] == ["too-long"]


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
    ("written", "value"),
    [
        ("3", 3.0),
        ("3.3", 3.3),
        ("-0.5", -0.5),
        ("0", 0.0),
        ("-12", -12.0),
        ("10.050", 10.05),
        ("999999999999999", 999999999999999.0),
    ],
)
def test_a_number_may_have_decimals_and_a_sign_and_is_always_a_float(written: str, value: float) -> None:
    found, problems = read(Number(), written)
    assert (found, problems) == (value, [])
    assert isinstance(found, float)


@moderate
@given(st.decimals(-10_000, 10_000, places=3, allow_nan=False))
def test_every_number_that_a_study_reports_is_read_as_it_stands(number: Decimal) -> None:
    found, problems = read(Number(), f"{number:f}")
    assert (found, problems) == (float(number), [])


@moderate
@given(st.text("0123456789.-+e,_ x", max_size=20))
def test_what_is_read_as_a_number_is_written_as_a_number(written: str) -> None:
    found, problems = read(Number(), written)
    if problems:
        assert found is None
    else:
        assert isinstance(found, float)
        assert Decimal(written) == Decimal(repr(found)) or len(written) > 15
        assert written[-1:].isdigit()


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
