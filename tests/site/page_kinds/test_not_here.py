"""The page for what is not there works at any address; of a copy on a disk it is a page like the others."""

from dataclasses import replace
from pathlib import Path

from generator.site.page_kinds.not_here import pages_not_here
from tests.helpers import joined, make_site


def test_a_page_that_is_served_at_any_address_links_from_the_root_of_the_host(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path))
    found = pages_not_here("en", site, {})
    assert sorted(found) == ["/404.html", "/not-kept.html"]
    for make in found.values():
        page, _, inputs = make()
        assert (page.href("/care/rest/"), inputs["site"]["home"]) == ("/colds/care/rest/", "/colds/")


def test_a_portable_site_has_one_with_ways_of_its_own(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path))
    ((url, make),) = pages_not_here("en", replace(site, portable=True), {}).items()
    assert url == "/404.html"
    assert make()[0].href("/care/rest/") == "care/rest/index.html"
