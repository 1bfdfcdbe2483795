"""The glossary stands from A to Z, in whatever order its file is."""

from pathlib import Path

from generator.site.page_kinds.glossary import glossary_page
from tests.helpers import joined, make_site

TERMS = "".join(
    f"- {{id: {name.lower()}, term: {word}, definition: A word., sources: [smith2001]}}\n"
    for name, word in {"Scan": "scan", "Aura": "Aura", "Edema": "élan", "Ache": "ache", "Eye": "Eye"}.items()
)


def test_terms_stand_in_the_order_of_their_letters(tmp_path: Path) -> None:
    site, problems = joined(make_site(tmp_path, {"content/glossary.yaml": TERMS}))
    assert [one for one in problems if one.is_error] == []
    _, _, inputs = glossary_page("en", site, {}, {})
    shown = [(one["letter"], [term["term"] for term in one["entries"]]) for one in inputs["letters"]]
    assert shown == [("A", ["ache", "Aura"]), ("E", ["élan", "Eye"]), ("S", ["scan"])]
