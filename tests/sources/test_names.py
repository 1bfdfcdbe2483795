"""Names that some machine does not know, and names that only some machines tell apart."""

import pytest

from generator.sources.names import address_part_is_good, clashes, fault_of, good_name


@pytest.mark.parametrize(
    "name",
    ["a", "a.md", "console.md", "com.md", "com10", "lpt", "a b.txt", "é.svg", "nul-and-void", "x.con", "日本.md"],
)
def test_what_is_possible_everywhere_is_left(name: str) -> None:
    assert fault_of(name) is None


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("con", 'keeps the name "con"'),
        ("CON.md", "keeps the name"),
        ("aux.tar.gz", "keeps the name"),
        ("Com1", "keeps the name"),
        ("lpt9.txt", "keeps the name"),
        ("com¹.md", "keeps the name"),
        ("nul.", "ends with a dot"),
        ("a.md ", "a space"),
        ("a:b.md", "holds a :"),
        ("a\\b.md", "holds a \\"),
        ("what?.md", "holds a ?"),
        ("a|b", "holds a |"),
        ("<a>", "holds a <"),
        ("*.md", "holds a *"),
        ('"a"', 'holds a "'),
        ("a\nb.md", "U+000A"),
        ("a\x1b[2J.md", "U+001B"),
        ("a\x7f.md", "U+007F"),
        ("a\u202egpj.md", "U+202E"),
        ("a\u200b.md", "U+200B"),
        ("a\u2028b.md", "U+2028"),
        ("a\udcff.md", "byte 0xff, which is not UTF-8"),
    ],
)
def test_what_is_not_is_told_with_its_reason(name: str, says: str) -> None:
    found = fault_of(name)
    assert found is not None
    assert says in found[0]
    assert "rename" in found[1]


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["a", "b"], []),
        (["Injection.md", "injection.md"], [("Injection.md", "injection.md")]),
        (["A", "B", "a", "b"], [("A", "a"), ("B", "b")]),
        (["caf\u00e9.svg", "cafe\u0301.svg"], [("caf\u00e9.svg", "cafe\u0301.svg")]),
        (["CAFE\u0301", "caf\u00e9"], [("CAFE\u0301", "caf\u00e9")]),
        (["stra\u00dfe", "STRASSE"], [("stra\u00dfe", "STRASSE")]),
        (["a", "a.md", "a-"], []),
        ([], []),
    ],
)
def test_names_that_differ_in_capitals_or_in_how_accents_are_written_clash(
    names: list[str], pairs: list[tuple[str, str]]
) -> None:
    assert clashes(names) == pairs


def test_names_that_can_be_addresses() -> None:
    good, bad = ["a", "back-mice", "2nd", "a-1-b"], ["", "A", "a b", "a_b", "-a", "a-", "a--b", "é", "a.b", "..", "a/b"]
    assert [name for name in good + bad if address_part_is_good(name)] == good


@pytest.mark.parametrize(
    ("name", "good"),
    [("My Page", "my-page"), ("Caf\u00e9 2", "cafe-2"), ("--a__b--", "a-b"), ("?", "page"), ("\u6c34", "page")],
)
def test_for_a_name_that_can_be_no_address_one_is_proposed_that_can(name: str, good: str) -> None:
    assert good_name(name) == good
    assert address_part_is_good(good)


@pytest.mark.parametrize(
    ("sign", "called"),
    [
        ("\udc80", "byte 0x80, which is not UTF-8"),
        ("\udcff", "byte 0xff, which is not UTF-8"),
        ("\udc7f", "U+DC7F"),
        ("\udd00", "U+DD00"),
        ("\u202e", "U+202E"),
    ],
)
def test_a_character_that_cannot_be_seen_is_called_by_its_byte_or_its_number(sign: str, called: str) -> None:
    found = fault_of(f"a{sign}.md")
    assert found is not None
    assert found[0] == f"the name holds a character that cannot be seen ({called})"
