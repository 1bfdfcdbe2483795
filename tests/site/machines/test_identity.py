"""What a site is known by outside its pages: the picture that goes with a link, and the manifest for a home screen."""

from pathlib import Path

from generator.site.machines.identity import Card, manifest
from generator.site.plans import all_pages
from tests.helpers import article, joined, make_site


def test_a_card_has_the_titles_of_page_and_section_and_that_of_the_home_page_says_what_the_site_is(
    tmp_path: Path,
) -> None:
    site, _ = joined(make_site(tmp_path, {"content/help/now.md": article("\nWords.\n", title="Now")}))
    pages = {one.url: one for one in all_pages(site, {}).pages}
    assert pages["/"].card == Card("Home", "What colds are", "Colds", False)
    assert pages["/care/rest/"].card == Card("Rest", "Care", "Colds", False)
    assert pages["/care/"].card == Card("Care", "", "Colds", False)
    assert pages["/help/now/"].card == Card("Now", "Help", "Colds", True)
    assert pages["/glossary/"].card == Card("Glossary", "", "Colds", False)


def test_what_nobody_shares_has_no_card(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, {}))
    assert {one.url for one in all_pages(site, {}).pages if one.card and not one.listed} == set()


def test_the_manifest_names_the_site_and_the_icons_that_are_there(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, {}))
    made = manifest(site, {"img/icon-192.png": "/assets/icon-192.1.png"})["manifest"]
    assert (made["name"], made["lang"], made["start_url"]) == ("Colds", "en", "./")
    assert made["icons"] == [{"src": "assets/icon-192.1.png", "sizes": "192x192", "type": "image/png"}]
