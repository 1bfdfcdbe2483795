"""The feed and the sitemap keep to their grammars, and name only pages that are there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html

from tests.outside.pages import NOT_FOUND, all_pages

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

GOOD_FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://example.org/</id><title>News</title><updated>2026-11-21T00:00:00Z</updated>
<author><name>The editors</name></author>
<link rel="self" type="application/atom+xml" href="https://example.org/feed.xml"/>
<entry><id>https://example.org/a/</id><title>A</title><updated>2026-11-21T00:00:00Z</updated>
<link href="https://example.org/a/"/><summary>What is new.</summary></entry></feed>"""
GOOD_SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/</loc><lastmod>2026-11-21</lastmod></url></urlset>"""


def feed_grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))


def sitemap_grammar() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))


Grammar = Callable[[], etree.RelaxNG | etree.XMLSchema]


def address(site: Path, file: str) -> str:
    """The canonical address that the page in `file` gives itself, or nothing."""
    return str(html.parse(site / file).xpath("string(//link[@rel='canonical']/@href)"))


def pages_to_list(site: Path) -> dict[str, str]:
    """Address and file of every page that a sitemap should list: not the 404 page, none that hides itself."""
    hidden = "//meta[@name='robots'][contains(@content, 'noindex')]"
    pages = [page.path for page in all_pages(site) if page.path != NOT_FOUND]
    return {address(site, path): path for path in pages if not html.parse(site / path).xpath(hidden)}


def locations(site: Path) -> list[str]:
    return [element.text for element in etree.parse(site / "sitemap.xml").iter(f"{SITEMAP}loc")]


@pytest.mark.parametrize("name", ["feed.xml", "medical.xml"])
def test_the_feed_keeps_to_its_grammar(built_site: Path, name: str) -> None:
    feed_grammar().assertValid(etree.parse(built_site / name))


def test_answers_for_patient_records_keep_to_the_grammar_of_feeds(built_site: Path) -> None:
    files = sorted((built_site / "infobutton").rglob("*.xml"))
    assert files
    for file in files:
        feed_grammar().assertValid(etree.parse(file))


def test_the_sitemap_keeps_to_its_grammar(built_site: Path) -> None:
    sitemap_grammar().assertValid(etree.parse(built_site / "sitemap.xml"))


def test_the_sitemap_lists_every_page_once(built_site: Path) -> None:
    assert sorted(locations(built_site)) == sorted(pages_to_list(built_site))


def test_every_address_in_the_sitemap_is_a_file(built_site: Path) -> None:
    base = address(built_site, "index.html")
    for location in locations(built_site):
        assert location.startswith(base)
        target = built_site / location.removeprefix(base)
        assert target.is_file() or (target / "index.html").is_file(), location


def test_entries_of_the_feed_lead_to_pages(built_site: Path) -> None:
    links = etree.parse(built_site / "feed.xml").findall(f"{ATOM}entry/{ATOM}link")
    targets = {link.get("href").partition("#")[0] for link in links if link.get("rel") in (None, "alternate")}
    assert targets
    assert targets <= set(pages_to_list(built_site))


@pytest.mark.parametrize(
    ("grammar", "text"), [(feed_grammar, GOOD_FEED), (sitemap_grammar, GOOD_SITEMAP)], ids=["feed", "sitemap"]
)
def test_a_good_file_is_accepted(grammar: Grammar, text: str) -> None:
    grammar().assertValid(etree.fromstring(text))


@pytest.mark.parametrize(
    ("grammar", "text", "good", "wrong"),
    [
        pytest.param(feed_grammar, GOOD_FEED, "<id>https://example.org/a/</id>", "", id="entry without id"),
        pytest.param(feed_grammar, GOOD_FEED, "<title>News</title>", "", id="feed without title"),
        pytest.param(feed_grammar, GOOD_FEED, "T00:00:00Z", "", id="date without time"),
        pytest.param(feed_grammar, GOOD_FEED, 'rel="self"', 'rel="me"', id="feed without its own address"),
        pytest.param(feed_grammar, GOOD_FEED, "summary>", "sumary>", id="unknown element"),
        pytest.param(feed_grammar, GOOD_FEED, "<author>", '<category term=""/><author>', id="empty category"),
        pytest.param(feed_grammar, GOOD_FEED, '"https://example.org/a/"', '"/a/"', id="relative link"),
        pytest.param(sitemap_grammar, GOOD_SITEMAP, "https://example.org/", "/", id="relative address"),
        pytest.param(sitemap_grammar, GOOD_SITEMAP, "2026-11-21", "21.11.2026", id="wrong date"),
        pytest.param(sitemap_grammar, GOOD_SITEMAP, "loc>", "link>", id="sitemap without address"),
    ],
)
def test_a_bad_file_is_rejected(grammar: Grammar, text: str, good: str, wrong: str) -> None:
    assert good in text
    assert not grammar().validate(etree.fromstring(text.replace(good, wrong)))
