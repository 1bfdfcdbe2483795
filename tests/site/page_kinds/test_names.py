"""The page of names: each name once, from A to Z, with the page it leads to."""

from pathlib import Path

from generator.site.page_kinds.names import names_page
from tests.helpers import article, joined, make_site

NAMES = """\
- {name: sniffles, kind: lay, language: en, page: help/page.md, sources: [smith2001]}
- {name: Schnupfen, kind: other-language, language: de, page: help/page.md, note: from German}
- {name: Ague, kind: related, language: en, page: care/rest.md}
"""
FILES = {
    "content/names.yaml": NAMES,
    "content/help/page.md": article("", more="aliases: [Sniffles, Élan, runny nose]\n"),
}


def test_names_and_other_words_for_a_page_stand_in_their_order_each_once(tmp_path: Path) -> None:
    site, problems = joined(make_site(tmp_path, FILES))
    assert [one for one in problems if one.is_error] == []
    _, _, inputs = names_page("en", site, {})
    groups = {one["letter"]: one["entries"] for one in inputs["letters"]}
    names = {first: [(one["name"], one["kind"], one["foreign"]) for one in some] for first, some in groups.items()}
    assert names == {
        "A": [("Ague", "related", False)],
        "E": [("Élan", "alias", False)],
        "R": [("runny nose", "alias", False)],
        "S": [("Schnupfen", "other-language", True), ("sniffles", "lay", False)],
    }
    assert [one["href"] for one in (*groups["A"], *groups["E"])] == ["../care/rest/", "../help/page/"]
    german, lay = groups["S"]
    assert (german["note"], german["sources_html"]) == ("from German", "")
    assert "../references/smith2001/" in lay["sources_html"]
