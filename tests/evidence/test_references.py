"""References: CSL-JSON as reference managers write it; what is wrong is shown at the record it is in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.references import READ, Reference, read_references, retracted
from generator.sources.datafiles import RETRACTION
from tests.helpers import at, codes, file, misplaced, moderate, records


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
    assert problem.message == "expecting ',' delimiter"
    assert problem.hint == "a comma is missing before this, or a quote within a text lacks its backslash"


@pytest.mark.parametrize(
    ("given", "told"), [("article-journal", "article-journal"), ("book", "book"), ("map", "other")]
)
def test_readers_are_told_of_the_kinds_of_work_that_they_know(given: str, told: str) -> None:
    assert read(json.dumps([record(type=given)]))[0]["smith2001"].kind == told


@pytest.mark.parametrize("url", ["https://example.org/a", "HTTP://example.org/a", " https://example.org/a "])
def test_the_address_of_a_work_is_one_of_the_web(url: str) -> None:
    assert read(json.dumps([record(URL=url)]))[1] == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/a", "bad-web-address"),
        ("www.example.org", "bad-web-address"),
        ("javascript:alert(1)", "bad-web-address"),
        ("https://example.org@evil.example/", "misleading-link"),
    ],
)
def test_an_address_that_cannot_be_linked_to_is_refused_at_the_record(url: str, code: str) -> None:
    text = json.dumps([record(URL=url)])
    _, (problem,) = read_references(file(text))
    assert (problem.code, at(text, problem.span)) == (code, "smith2001")


@pytest.mark.parametrize("field", ["\u200b", ["a", {"given": "\u200b"}]])
def test_an_escape_of_an_invisible_character_is_found_however_deep_it_stands(field: object) -> None:
    text = json.dumps([record(author=field)])
    _, (problem,) = read_references(file(text))
    assert at(text, problem.span) == "smith2001"
    assert "invisible character" in problem.message


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
    assert set(problems) <= {"reserved-character", "bidi-control", "invisible-character", "bad-web-address"}
    assert found["smith2001"].text or problems


def taken_back(dois: dict[str, str], *notices: str) -> dict[str, str]:
    """What is retracted of works with DOIs, by notices of DOIs; a notice says its own number."""
    works = [record(key, **({"DOI": doi} if doi else {})) for key, doi in dois.items()]
    found, problems = read_references(file(json.dumps(works)))
    assert problems == []
    text = json.dumps([{"doi": doi, "notice": f"notice {number}"} for number, doi in enumerate(notices)])
    return retracted(found, records(text, RETRACTION))


def test_a_work_that_was_taken_back_is_known_by_its_doi_and_its_notice_is_told() -> None:
    dois = {"a": "10.1000/one", "b": "10.1000/two", "c": "10.1000/one.2", "d": ""}
    assert taken_back(dois, "10.1000/two", "10.1000/none") == {"b": "notice 0"}
    assert taken_back(dois) == {}


@pytest.mark.parametrize("work", ["10.1000/A(b)1", "https://doi.org/10.1000/a(B)1", "doi:10.1000/A(B)1"])
@pytest.mark.parametrize(
    "notice",
    ["10.1000/a(b)1", "https://doi.org/10.1000/A(B)1", "doi:10.1000/a(b)1", "http://dx.doi.org/10.1000/a(b)1"],
)
def test_a_doi_is_the_same_however_it_is_written(work: str, notice: str) -> None:
    assert taken_back({"a": work}, notice) == {"a": "notice 0"}


def test_works_without_a_doi_are_never_taken_for_retracted() -> None:
    assert taken_back({"a": "", "b": "no doi at all"}, "10.1000/one", "no doi at all") == {}


PARTS = st.text("abAB1.-/", min_size=1, max_size=6)


@moderate
@given(st.lists(PARTS, unique_by=str.casefold, max_size=6), st.lists(PARTS, max_size=6))
def test_exactly_the_works_that_have_a_notice_are_retracted(works: list[str], notices: list[str]) -> None:
    dois = {f"key{number}": f"10.1000/{one}" for number, one in enumerate(works)}
    told = {one.casefold() for one in notices}
    found = taken_back(dois, *(f"10.1000/{one}" for one in notices))
    assert set(found) == {key for key, doi in dois.items() if doi.removeprefix("10.1000/").casefold() in told}


def test_each_work_has_a_part_of_an_address_of_its_own_whatever_its_key() -> None:
    keys = ["Smith2001", "smith:2001", "smith-2001", "smith2001", "a/b?c#d", "_"]
    found, problems = read_references(file(json.dumps([record(key) for key in keys])))
    assert problems == []
    assert [one.slug for one in found.values()] == [
        "smith2001",
        "smith-2001",
        "smith-2001-2",
        "smith2001-2",
        "a-b-c-d",
        "work",
    ]
