"""Linkinator, which knows nothing of this program, follows every link from the home page on.

It looks only for those fragments of a page that it has met before it opens the page, so lxml looks for all.
"""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from tests.needs import need
from tests.outside.pages import NOT_FOUND, all_pages
from tests.outside.serving import SUB_PATH, served
from tests.sitekit import REPOSITORY

LINKINATOR = REPOSITORY / "node_modules" / ".bin" / "linkinator"
OTHER_HOSTS = r"^(?!http://127\.0\.0\.1)"

NOT_KEPT = "not-kept.html"
"""What the worker of the kept site shows in place of a file that it has not."""


@dataclass(frozen=True)
class Crawl:
    """Addresses, without their fragments, that were reached; and the links that lead nowhere."""

    reached: set[str]
    broken: set[str]


def crawl(base_url: str) -> Crawl:
    """Follow every link of this host from `base_url` on; links to other hosts are not opened."""
    command = [str(LINKINATOR), base_url, "--recurse", "--check-fragments", "--check-css"]
    command += ["--skip", OTHER_HOSTS, "--format", "json", "--timeout", "30000", "--concurrency", "20"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    links = json.loads(result.stdout)["links"]
    reached = {link["url"].partition("#")[0] for link in links if link["state"] == "OK"}
    broken = {f"{link.get('parent')} -> {link['url']}" for link in links if link["state"] == "BROKEN"}
    return Crawl(reached, broken)


@pytest.fixture(scope="module", autouse=True)
def _needs_linkinator() -> None:
    need("Node.js", shutil.which("node") is not None, "apt-get install nodejs npm")
    need("linkinator", LINKINATOR.exists(), "npm ci --ignore-scripts")


def lost_fragments(site: Path) -> list[str]:
    """Links in `site` to a fragment that the page they lead to does not hold."""
    base = f"http://localhost{SUB_PATH}"
    trees = {base + page.url: html.parse(site / page.path) for page in all_pages(site)}
    places = {url: set(tree.xpath("//@id")) for url, tree in trees.items()}
    lost = []
    for url, tree in trees.items():
        for href in tree.xpath("//a/@href"):
            target, _, fragment = urljoin(url, href).partition("#")
            known = places.get(target.removesuffix("index.html"))
            if fragment and known is not None and unquote(fragment) not in known:
                lost.append(f"{url} -> {href}")
    return lost


@pytest.fixture(scope="module")
def site_crawl(site_server: str) -> Crawl:
    return crawl(site_server)


def test_no_link_is_broken(site_crawl: Crawl) -> None:
    assert site_crawl.reached
    assert not site_crawl.broken, "\n".join(sorted(site_crawl.broken))


def test_no_fragment_is_lost(built_site: Path) -> None:
    lost = lost_fragments(built_site)
    assert not lost, "\n".join(lost)


def test_links_lead_to_every_page(site_crawl: Crawl, site_server: str, built_site: Path) -> None:
    pages = [page for page in all_pages(built_site) if page.path not in (NOT_FOUND, NOT_KEPT)]
    spellings = {page.path: {site_server + page.url, site_server + page.path} for page in pages}
    orphans = [path for path, urls in spellings.items() if not urls & site_crawl.reached]
    assert not orphans, "\n".join(orphans)


@pytest.mark.parametrize("target", ["missing.html", "other.html#missing"])
def test_a_bad_link_is_rejected(tmp_path: Path, target: str) -> None:
    head = "<!doctype html><html lang='en'><head><title>Bad</title></head>"
    (tmp_path / "index.html").write_text(f"{head}<body><a href='{target}'>A link</a></body></html>")
    (tmp_path / "other.html").write_text(f"{head}<body><p id='here'>Text.</p></body></html>")
    with served(tmp_path) as base_url:
        assert crawl(base_url).broken == {f"{base_url} -> {base_url}{target}"}


@pytest.mark.parametrize("href", ["#missing", "./#missing", "../back-mice/index.html#missing"])
def test_a_lost_fragment_is_rejected(tmp_path: Path, href: str) -> None:
    (tmp_path / "index.html").write_text(f"<p id='here'><a href='#here'>One</a> <a href='{href}'>Two</a></p>")
    assert lost_fragments(tmp_path) == [f"http://localhost{SUB_PATH} -> {href}"]
