"""Types of single values: each accepts what it says, refuses the rest, and never raises."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.problem import Span
from generator.sources.bodymaps import Outline
from generator.sources.schema import Group, Items
from generator.sources.values import (
    Address,
    Choice,
    Contact,
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
    WebAddress,
    Whole,
    label,
)
from generator.sources.yamltree import Node, Scalar, Sequence
from tests.helpers import codes, moderate

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
    Contact(),
    Language(),
    Outline(20),
]


def last(kind: type[Type]) -> set[type[Type]]:
    """The types below one that have none below them."""
    below = kind.__subclasses__()
    return set().union(*map(last, below)) if below else {kind}


def test_every_type_of_a_single_value_is_tried_here() -> None:
    assert {type(one) for one in SIMPLE} == last(Type) - {Items, Group}


def read(kind: Type, written: str) -> tuple[object, list[str]]:
    report = Report()
    value = kind.read(Scalar(written, Span("f")), "a.field", report)
    return value, codes(report.problems)


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
        (Contact(), ["https://a.b/c", "mailto:a@b.c", "tel:+441234567890"]),
        (Outline(30), ["M10 20L30,40 z", "m-1.5 2c1 2 3 4 5 6"]),
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
        (Number(), "bad-number", ["9" * 16, "0." + "3" * 16, "-" + "9" * 5000]),
        (Identifier(), "bad-id", ["A", "a b", "a_b", "-a", "a--b", "../a", "a/b", "é", "a\n"]),
        (
            Address(),
            "bad-address",
            ["/", "a", "/a", "a/", "//a/", "/../a/", "/a/../", "/./", "/A/", "/a b/", "http://x/", "/.a/"],
        ),
        (
            WebAddress(),
            "bad-web-address",
            ["example.org", "//a.b", "javascript:alert(1)", "ftp://a.b", "https://", "https://a b", "http://[x"],
        ),
        (Contact(), "bad-web-address", ["a@b.c", "http://a.b", "mailto:", "tel:+44 1234", "https://a.b/\u00e9"]),
        (Outline(30), "bad-path", ['M1 2" onload="x', "M1 2N3 4", "url(x)", "M1\u00a02"]),
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
@pytest.mark.parametrize(
    ("node", "code"),
    [(Scalar(" ", Span("f", 2, 3, 2, 9)), "empty-value"), (Sequence((), Span("f", 2, 3)), "wrong-type")],
)
def test_no_value_and_a_list_in_the_place_of_one_are_refused(kind: Type, node: Node, code: str) -> None:
    report = Report()
    assert kind.read(node, "a", report) is None
    (problem,) = report.problems
    assert (problem.code, problem.span.line, problem.span.column) == (code, 2, 3)


@pytest.mark.parametrize(
    ("kind", "longest"),
    [
        (Identifier(), "a" * 200),
        (Address(), f"/{'a' * 198}/"),
        (Outline(9), "M10 20L30"),
        (WebAddress(), f"https://a.b/{'c' * 1988}"),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Type) else "",
)
def test_what_has_its_form_is_taken_as_long_as_it_fits(kind: Type, longest: str) -> None:
    longer = longest.replace("a/", "aa/") if longest[-1] == "/" else longest + longest[-1]
    assert read(kind, longest) == (longest, [])
    assert read(kind, longer) == (None, ["too-long"])


def test_of_a_long_value_that_is_refused_a_message_shows_the_beginning() -> None:
    report = Report()
    Identifier().read(Scalar("A" * 1000, Span("f")), "a", report)
    assert report.problems[0].message == '"' + "A" * 60 + '…" is not an id'


@pytest.mark.parametrize(
    ("key", "called"),
    [
        ("title", '"title"'),
        ("sources.0", 'an entry of "sources"'),
        ("sources.0.ref", '"ref" in an entry of "sources"'),
        ("", "this"),
    ],
)
def test_a_field_is_called_as_an_editor_would_call_it(key: str, called: str) -> None:
    assert label(key) == called


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
