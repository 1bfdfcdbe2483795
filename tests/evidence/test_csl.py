"""The fields of a work's record: its year, its place in the list of references, and who wrote it in short."""

import pytest

from generator.evidence.csl import DAY, byline, date, names, sort_key, year

Record = dict[str, object]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[1904]]}, "1904"),
        ({"date-parts": [["2009", 5], ["2010", 1]]}, "2009"),
        ({"literal": "Autumn 2021"}, "2021"),
        ({"raw": "2021-05-06"}, "2021"),
        ({"date-parts": [[None]]}, None),
        ({"literal": "in press"}, None),
        (None, None),
    ],
)
def test_year(issued: object, expected: str | None) -> None:
    assert year({"issued": issued}) == expected


def test_references_sort_by_author_year_and_title() -> None:
    expected: list[Record] = [
        {"title": "[Case report]", "author": []},
        {"title": "Pain", "author": [{"family": "Collée"}], "issued": {"date-parts": [[1990]]}},
        {"title": "Élan", "author": [{"family": "Collee"}], "issued": {"date-parts": [[1991]]}},
        {"title": "Fat", "author": [{"family": "collée"}], "issued": {"date-parts": [[1991]]}},
        {"title": '"Fibrositis" of the back'},
        {"title": "Pain", "author": [{"family": "Østberg"}]},
        {"title": "Pain", "author": [{"family": "Özeri"}]},
        {"title": "Pain", "editor": [{"family": "Zadeh"}]},
    ]
    shuffled = expected[4:] + expected[3::-1]
    assert sorted(shuffled, key=sort_key) == expected


@pytest.mark.parametrize(
    ("people", "by"),
    [
        ([{"family": "Ries", "given": "E."}], "Ries"),
        ([{"family": "Tulder", "non-dropping-particle": "van"}, {"family": "Ries"}], "van Tulder, Ries"),
        ([{"family": "A"}, {"family": "B"}, {"family": "C"}], "A et al."),
        ([{"literal": "A Health Service"}], "A Health Service"),
        ([], ""),
        ("nobody", ""),
        ([3, {}], ""),
    ],
)
def test_authors_in_short_are_family_names_two_at_most(people: object, by: str) -> None:
    assert byline({"author": people}) == by
    assert byline({"editor": people}) == by


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Øst", "ost"), ("Łuk", "luk"), ("Đin", "din"), ("K\u0131rk", "kirk"), ("Ærø", "aero"), ("Œr", "oer")],
)
def test_a_letter_with_a_mark_sorts_as_the_letter_that_readers_look_for(written: str, plain: str) -> None:
    assert sort_key({"author": [{"family": written}]}) == (plain, "", "")


@pytest.mark.parametrize(
    ("given", "initials"),
    [("Jo Ann", "JA"), ("JA", "JA"), ("J. A.", "JA"), ("JOHN", "J"), ("Jean-Claude", "JC"), ("Émile", "É")],
)
def test_initials_are_one_letter_of_each_name_and_two_capitals_are_initials_already(given: str, initials: str) -> None:
    assert names({"author": [{"family": "Ries", "given": given}]}, "author") == [f"Ries {initials}"]


def test_each_month_has_its_short_name() -> None:
    months = [date({"issued": {"date-parts": [[2020, month, 1]]}}, "issued", DAY).split()[1] for month in range(1, 13)]
    assert months == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
