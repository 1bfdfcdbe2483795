"""Lists from A to Z: a letter with a mark stands where readers look for it."""

import pytest

from generator.site.page_kinds.letters import by_letter, fold, letter


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ache", "A"), ("Älter", "A"), ("élan", "E"), ("(bad) back", "B"), ("“so”", "S"), ("3 days", "#"), ("—", "#")],
)
def test_a_text_stands_under_its_first_letter_without_marks_and_case(text: str, expected: str) -> None:
    assert letter(text) == expected


def test_marks_and_case_make_no_difference_to_the_order() -> None:
    assert sorted(["Zeh", "öl", "Ohr", "arm", "Ärger"], key=fold) == ["Ärger", "arm", "Ohr", "öl", "Zeh"]


def test_neighbours_of_one_letter_are_one_group() -> None:
    entries = [{"letter": "A", "n": 1}, {"letter": "A", "n": 2}, {"letter": "B", "n": 3}]
    assert by_letter(entries) == [
        {"letter": "A", "entries": entries[:2]},
        {"letter": "B", "entries": entries[2:]},
    ]
