"""References: CSL-JSON as reference managers write it; what is wrong is shown at the record it is in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.references import READ, Reference, read_references
from tests.helpers import at, codes, file, misplaced, moderate


def read(text: str | bytes) -> tuple[dict[str, Reference], list[str]]:
    found, problems = read_references(file(text, "content/references.json"))
    return found, codes(problems)


def record(key: object = "smith2001", **fields: object) -> dict[str, object]:
    return {"id": key, "type": "book", "title": "Colds", "custom": {"read": "full-text"}, **fields}


def test_a_reference_is_read_with_its_text_links_year_and_place() -> None:
    text = json.dumps([record(DOI="10.1000/x1", issued={"date-parts": [[2001]]}, note="seen in print")], indent=1)
    found, problems = read(text)
    one = found["smith2001"]
    assert problems == []
    assert (one.year, one.read, one.note) == ("2001", "full-text", "seen in print")
    assert one.text.startswith("Colds.")
    assert [link.url for link in one.links] == ["https://doi.org/10.1000/x1"]
    assert at(text, one.span) == "smith2001"


@pytest.mark.parametrize("how", READ)
def test_a_reference_says_how_it_was_read(how: str) -> None:
    assert read(json.dumps([record(custom={"read": how})]))[0]["smith2001"].read == how


@pytest.mark.parametrize(
    "fields",
    [
        {"custom": {}},
        {"custom": {"read": "skimmed"}},
        {"custom": None},
        {"title": ""},
        {"title": 3},
        {"type": None},
        {"custom": {"read": ["x"]}},
    ],
)
def test_a_reference_that_lacks_what_every_one_needs_is_refused_at_its_id(fields: dict[str, object]) -> None:
    text = "[\n " + json.dumps(record("good")) + ",\n " + json.dumps(record("bad", **fields)) + "\n]\n"
    found, problems = read_references(file(text))
    assert "good" in found
    assert set(codes(problems)) == {"bad-reference"}
    assert {at(text, one.span) for one in problems} == {"bad"}


@pytest.mark.parametrize("key", ["a b", "a;b", "a]b", "@a", "", "-a", "a,b", "ä b"])
def test_a_key_that_cannot_be_cited_is_refused(key: str) -> None:
    assert read(json.dumps([record(key)]))[1] == ["bad-reference"]


@pytest.mark.parametrize("key", [None, 3, ["a"], {"a": 1}])
def test_a_key_that_is_no_text_is_refused(key: object) -> None:
    assert read(json.dumps([record(key)]))[1] == ["bad-reference"]


def test_of_two_references_of_one_key_the_second_is_refused_and_the_first_named() -> None:
    text = json.dumps([record("a"), record("a", title="Other")], indent=1)
    found, (problem,) = read_references(file(text))
    assert found["a"].text.startswith("Colds")
    assert problem.code == "duplicate-id"
    assert problem.span.line > problem.related[0][1].line


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}", "wrong-type"),
        ("3", "wrong-type"),
        ("[3]", "bad-reference"),
        ("[", "bad-json"),
        ("[{]", "bad-json"),
        ("", "empty-file"),
        ("[" * 100_000, "bad-json"),
        ("9" * 5000, "bad-json"),
        ('[{"id": "a", "x": ' + "9" * 5000 + "}]", "bad-json"),
    ],
)
def test_what_is_no_list_of_references_is_refused(text: str, code: str) -> None:
    assert read(text) == ({}, [code])


def test_broken_json_is_shown_where_it_breaks() -> None:
    _, (problem,) = read_references(file('[\n {"id": "a"\n  "type": "book"}\n]\n'))
    assert (problem.code, problem.span.line, problem.span.column) == ("bad-json", 3, 3)


PIECES = [
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"id"',
    '"id": "a"',
    '"type": "book"',
    '"title": "t"',
    '"custom": {"read": "page"}',
    '"\\ud800"',
    '"\\"id\\": \\"',
]
PIECES += [
    "null",
    "NaN",
    "1e999",
    "-",
    '"issued": {"date-parts": [[9]]}',
    json.dumps(record()),
    json.dumps(record("b")),
    '"id" : "\\u0061"',
    "\n",
    '"',
]
KEYS = st.sampled_from("id title author issued date-parts family given literal URL DOI custom read".split())
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@moderate
@given(st.binary() | st.lists(st.sampled_from(PIECES), max_size=9).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_are_read_or_refused_at_a_place_in_the_file(data: bytes) -> None:
    _, problems = read_references(file(data))
    assert misplaced(problems, data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")) == []


@moderate
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "author",
                "editor",
                "issued",
                "accessed",
                "page",
                "URL",
                "DOI",
                "PMID",
                "volume",
                "note",
                "edition",
                "container-title",
            ]
        ),
        PLAIN,
    )
)
def test_any_value_of_any_field_is_read(fields: dict[str, object]) -> None:
    found, problems = read(json.dumps([record(**fields)]))
    assert problems == []
    assert found["smith2001"].text
