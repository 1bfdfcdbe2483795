"""All addresses of a site: those at which pages used to be lead to where they are."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.site.pages import Known, Page, Plan
from generator.site.plans import all_pages
from tests.helpers import DEFAULT, joined, make_site


@pytest.mark.parametrize(("portable", "to"), [(False, "../../care/rest/"), (True, "../../care/rest/index.html")])
def test_at_an_old_address_a_small_page_leads_to_the_new_one(tmp_path: Path, portable: bool, to: str) -> None:
    made: dict[str, tuple[Page, Known]] = {}

    def take(plans: Iterable[Plan]) -> Iterator[Known]:
        for plan in plans:
            made[plan.name] = plan.make()
            yield made[plan.name][1]

    rest = DEFAULT["content/care/rest.md"].replace("title: Rest", "title: Rest\nredirect_from: [/old/nap/]")
    site, _ = joined(make_site(tmp_path, {"content/care/rest.md": rest}))
    all_pages(replace(site, portable=portable), {}, take)
    page, known = made["/old/nap/"]
    assert (page.template, page.inputs["to"]) == ("redirect.html", to)
    assert page.inputs["canonical"] == "https://example.org/colds/care/rest/"
    assert (known.output, known.listed) == ("old/nap/index.html", False)
