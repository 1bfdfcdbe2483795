"""The dates of a page that is made from several articles."""

from generator.site.frame import Dates, common_dates
from tests.helpers import DEFAULT, document

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
