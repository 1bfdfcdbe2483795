"""Places within values of YAML: whatever the quoting, a problem is shown where it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.locate import in_body, in_value
from generator.sources.schema import Field, Group, validate
from generator.sources.values import Inline, Written
from generator.sources.yamltree import read_yaml
from tests.helpers import at, document, moderate

GROUP = Group((Field("first", Inline(9999), "x"), Field("field", Inline(9999), "x"), Field("last", Inline(), "x")))


def written(text: str) -> Written:
    node, problems = read_yaml(text, "f.yaml")
    assert problems == []
    assert node is not None
    values, _ = validate(GROUP, node)
    assert values is not None
    value = values["field"]
    assert isinstance(value, Written)
    return value


def place_of(text: str, part: str, nth: int = 0) -> tuple[str, int]:
    """What stands where the nth occurrence of a part of the field is said to be, and in which line."""
    value = written(text)
    start = -1
    for _ in range(nth + 1):
        start = value.text.index(part, start + 1)
    span = in_value(value, text.split("\n"))(start, start + len(part))
    return at(text, span), span.line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("field: see [@key] now\n", 1),
        ("first: 'see [@key] first'\nfield: see [@key] now\n", 2),
        ("field: 'it''s [@key] now'\n", 1),
        ('field: "a \\"word\\" [@key] now"\n', 1),
        ('field: "\\u00e9\\t [@key]"\n', 1),
        ("field: a plain text\n  over lines [@key]\n  and more\n", 2),
        ("field: >\n  folded\n  text [@key]\n  here\nlast: '[@key]'\n", 3),
        ("field: >-\n\n  folded\n\n  text [@key]\n", 5),
        ("field: |\n  literal\n  text [@key]\nlast: x\n", 3),
        ('field: "in quotes\n  over lines [@key]"\n', 2),
        ("field: 'é😀 [@key]'\n", 1),
        ("{first: '[@key]', field: 'x [@key]'}\n", 1),
    ],
)
def test_a_part_of_a_value_is_found_where_it_was_written(text: str, line: int) -> None:
    assert place_of(text, "[@key]") == ("[@key]", line)


def test_the_second_of_two_equal_parts_is_told_from_the_first() -> None:
    text = "field: >\n  one [@a] two\n  three [@a] four\n"
    assert [place_of(text, "[@a]", nth)[1] for nth in (0, 1)] == [2, 3]
    text = "field: '[@a] [@a]'\n"
    value = written(text)
    locate = in_value(value, text.split("\n"))
    assert [locate(start, start + 4).column for start in (0, 5)] == [9, 14]


def test_the_same_text_in_another_field_is_not_taken_for_it() -> None:
    text = "first: '[@a]'\nfield: '[@a]'\nlast: '[@a]'\n"
    assert place_of(text, "[@a]") == ("[@a]", 2)


def test_a_part_that_escapes_hide_is_placed_at_the_whole_value() -> None:
    text = 'field: "x \\x5b@a] y"\n'
    assert place_of(text, "[@a]") == ('"x \\x5b@a] y"', 1)


def test_a_problem_in_the_front_matter_of_an_article_is_shown_in_its_own_line() -> None:
    text = "---\ntitle: T\nharms:\n  - good\n  - >\n    long\n    text [@]\n    more\n---\n\nBody [@]\n"
    found = [one.span for one in document(text).problems if one.code == "bad-citation"]
    assert [(span.line, at(text, span)) for span in found] == [(7, "@"), (11, "@")]


WORDS = st.lists(
    st.sampled_from(["one", "[@a]", "[@b; @c]", "it's", '"so"', "é", "[x](y.md)", ":", "#"]), min_size=1, max_size=9
)


@moderate
@given(WORDS, st.sampled_from(["single", "double", "folded", "literal"]), st.integers(1, 4))
def test_every_link_and_citation_is_placed_exactly_or_at_the_whole_value(
    words: list[str], style: str, per: int
) -> None:
    lines = [" ".join(words[n : n + per]) for n in range(0, len(words), per)]
    if style == "single":
        text = "field: '" + "\n  ".join(lines).replace("'", "''") + "'\n"
    elif style == "double":
        text = 'field: "' + "\n  ".join(lines).replace('"', '\\"') + '"\n'
    else:
        text = f"field: {'>' if style == 'folded' else '|'}\n" + "".join(f"  {line}\n" for line in lines)
    text += "last: '[@a] y.md'\n"
    value = written(text)
    locate = in_value(value, text.split("\n"))
    for part in ("@a", "@b", "@c", "y.md"):
        start = value.text.find(part)
        seen = []
        while start >= 0:
            span = locate(start, start + len(part))
            assert at(text, span) == part
            assert span.line <= len(lines) + (style in ("folded", "literal"))
            seen.append((span.line, span.column))
            start = value.text.find(part, start + 1)
        assert seen == sorted(set(seen))


@moderate
@given(st.text(alphabet="ab\né😀"), st.data())
def test_every_stretch_of_a_text_is_located_exactly(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    span = in_body("f.md", body, 7)(start, end)
    assert at(body, span, first_line=7) == body[start:end]
