"""What stands on every page: the dates of those that are made from several articles, the ways to other languages."""

from pathlib import Path

from generator.site.frame import Dates, common_dates
from generator.site.page_kinds.data_pages import data_page
from tests.helpers import DEFAULT, REPOSITORY, document, joined, make_site

REST = DEFAULT["content/care/rest.md"]


def test_a_page_made_from_several_is_as_old_as_its_oldest_search_and_due_with_the_first_review() -> None:
    days = [("2026-10-02", "2026-05-01", "2027-03-01"), ("2026-10-03", "2026-04-01", "2027-04-01")]
    texts = [
        REST.replace("updated: 2026-11-01", f"updated: {updated}")
        .replace("searched: 2026-11-01", f"searched: {searched}")
        .replace("due: 2027-11-01", f"due: {due}")
        for updated, searched, due in days
    ]
    undated = REST.replace("evidence_searched: 2026-11-01\n", "").replace("review: {due: 2027-11-01}\n", "")
    texts.append(undated.replace("updated: 2026-11-01", "updated: 2026-10-01"))
    for some in (texts, texts[::-1]):
        made = common_dates(document(text) for text in some)
        assert made == Dates(updated="2026-10-03", searched="2026-04-01", due="2027-03-01")
    assert common_dates([]) == Dates(updated="", searched="", due="")


def test_a_page_in_another_language_leads_to_the_home_page_by_the_name_of_its_language(tmp_path: Path) -> None:
    ruhe = REST.replace("title: Rest", "title: Ruhe\nlanguage: de")
    words = (REPOSITORY / "templates/words/en.yaml").read_text(encoding="utf-8")
    site, _ = joined(make_site(tmp_path, {"content/care/ruhe.md": ruhe, "templates/words/de.yaml": words}))
    languages = {one: data_page("glossary", one, site, {})[1]["languages"] for one in ("en", "de")}
    assert languages == {"en": [], "de": [{"code": "en", "name": "English", "href": "../../"}]}
