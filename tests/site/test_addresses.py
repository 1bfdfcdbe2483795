"""Addresses are made whole as browsers do it."""

from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from generator.site.addresses import whole

PARTS = st.sampled_from(["..", ".", "a", "b-2", "c_d", "page.html", "", "x:y", "é", "a b", "https:", "//", "?q", ";p"])
PLACES = st.sampled_from(["", "#", "#ref-a", "#a:b", "#é", "#a b", "?q#a"])
PATHS = st.builds(
    lambda parts, end, place: "/".join(parts) + end + place, st.lists(PARTS), st.just("/") | PARTS, PLACES
)


@given(st.sampled_from(["https://example.org", "http://localhost:8000", "https://example.org/site"]), PATHS, PATHS)
def test_an_address_is_made_whole_as_the_library_does(site: str, page: str, href: str) -> None:
    for address in (f"{site}/", f"{site}/a/b/", f"{site}/{page}"):
        for given_href in (href, f"{site}/{href}", f"../{href}", f"../../{href}"):
            assert whole(address, given_href) == urljoin(address, given_href)
