"""The real nginx, with the configuration that the build made, answers as it should."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest

from generator import pipeline
from generator.stages.options import Options
from tests.outside.nginx import HOSTS, Host, running
from tests.outside.pages import sample_pages
from tests.outside.visits import complaints, expect_none, visit_all
from tests.sitekit import TODAY, change, copy_site, site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ALWAYS = {
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def hiccups(folder: Path, url: str, compress: bool = True) -> pipeline.Build:
    """The small site, made for a host."""
    root = copy_site("hiccups", folder)
    change(root, "site.yaml", "https://example.org/hiccups/", url)
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(HOSTS)
    return pipeline.build(root, Options(today=TODAY, compress=compress))


@pytest.fixture(scope="module", params=["/", "/hiccups/", "/a/b.c/"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The small site at the top of a host, and below a path of one and of several parts."""
    base: str = request.param
    folder = tmp_path_factory.mktemp("nginx")
    with running(hiccups(folder, f"https://example.org{base}"), folder, base) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("what/hiccups/", "text/html; charset=utf-8"),
        ("no/such/page", "text/html; charset=utf-8"),
        ("hiccough/", "text/html"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_every_answer_has_its_type_and_the_headers_that_protect_readers(
    host: Host, path: str, kind: str, coding: str
) -> None:
    answer = host.get(host.base + path, accept_encoding=coding)
    assert answer.headers["content-type"] == kind
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert answer.headers["cache-control"] == "no-cache"
    assert "/" not in answer.headers["server"]


@pytest.mark.parametrize(("ending", "kind"), [("css", "text/css"), ("js", "text/javascript"), ("svg", "image/svg+xml")])
def test_what_has_its_bytes_in_its_name_is_kept_for_a_year(host: Host, ending: str, kind: str) -> None:
    name = next(path.name for path in sorted((host.folder / "assets").glob(f"*.{ending}")))
    answer = host.get(f"{host.base}assets/{name}")
    assert answer.status == 200
    assert answer.headers["content-type"].split(";")[0] == kind
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS


def test_what_is_not_there_is_never_kept(host: Host) -> None:
    answer = host.get(f"{host.base}assets/site.0000000000.css")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-cache")


def test_data_may_be_read_by_programs_of_other_sites_and_pages_may_not(host: Host) -> None:
    assert host.get(f"{host.base}feed.xml").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in host.get(host.base).headers


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("zstd", None),
    ],
)
def test_the_coding_is_one_that_the_browser_reads(host: Host, wanted: str, given: str | None) -> None:
    plain = (host.folder / "index.html").read_bytes()
    answer = host.get(host.base, accept_encoding=wanted)
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    assert answer.headers.get("content-encoding") == given
    assert undo[given](answer.body) == plain
    assert answer.headers["vary"] == "Accept-Encoding"
    if given:
        ending = {"br": ".br", "gzip": ".gz"}[given]
        assert answer.body == (host.folder / f"index.html{ending}").read_bytes()


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_what_has_not_changed_is_not_sent_again(host: Host, coding: str) -> None:
    first = host.get(host.base, accept_encoding=coding)
    again = host.get(host.base, accept_encoding=coding, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert again.headers["cache-control"] == "no-cache"
    since = host.get(host.base, accept_encoding=coding, if_modified_since=first.headers["last-modified"])
    assert since.status == 304
    assert host.get(host.base, accept_encoding=coding, if_none_match='"another"').status == 200


@pytest.mark.parametrize("path", ["no-such-page", "no/such/folder/", "what/hiccups/index.htm", "assets/", "what/../x"])
def test_what_is_not_there_shows_the_page_for_it(host: Host, path: str) -> None:
    answer = host.get(host.base + path)
    assert answer.status == 404
    assert answer.body == (host.folder / "404.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        ".site-manifest.json",
        ".well-known",
        "index.html.br",
        "index.html.gz",
        "_headers",
        "_redirects",
        "what/.git/config",
        "%2esite-manifest.json",
    ],
)
def test_nothing_is_served_that_is_not_for_readers(host: Host, path: str) -> None:
    answer = host.get(host.base + path)
    followed = host.get(answer.headers["location"]) if answer.status == 301 else answer
    assert followed.status == 404, followed.body[:200]


@pytest.mark.parametrize(
    ("old", "new"),
    [("hiccough/", "what/hiccups/"), ("hiccough", "what/hiccups/"), ("what/hiccups", "what/hiccups/")],
)
def test_an_old_address_and_one_without_its_slash_lead_on_for_good(host: Host, old: str, new: str) -> None:
    answer = host.get(host.base + old)
    assert (answer.status, answer.headers["location"]) == (301, host.base + new)
    assert host.get(answer.headers["location"]).status == 200


def test_the_contact_for_security_stands_where_it_is_looked_for(host: Host) -> None:
    answer = host.get("/.well-known/security.txt")
    assert answer.status == 200
    assert answer.body.startswith(b"Contact: mailto:safe@example.org\nExpires: 2027-06-01T00:00:00Z\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(host: Host, method: str) -> None:
    assert host.get(host.base, method).status == 405


def test_without_prepared_copies_nginx_compresses_by_itself(tmp_path: Path) -> None:
    with running(hiccups(tmp_path, "https://example.org/", compress=False), tmp_path, "/") as host:
        page = host.get("/", accept_encoding="gzip")
        assert page.headers["content-encoding"] == "gzip"
        assert gzip.decompress(page.body) == (host.folder / "index.html").read_bytes()
        style = host.get(host.asset("css"), accept_encoding="gzip")
        assert style.headers["content-encoding"] == "gzip"


def test_a_browser_finds_nothing_on_the_real_site_that_the_policy_forbids(
    chromium: "Browser", real_host: Host, built_site: Path
) -> None:
    visits = visit_all(chromium, real_host.url, [page.path for page in sample_pages(built_site)])
    expect_none(visits, lambda visit: visit.violations)
    expect_none(visits, complaints)
    assert len(visits) > 10


def test_a_browser_that_is_held_to_a_policy_of_another_site_says_so(chromium: "Browser", tmp_path: Path) -> None:
    done = hiccups(tmp_path, "https://example.org/")
    aside = tuple(
        replace(one, body=one.body.replace(b"style-src 'self'; ", b"")) for one in site_of(done).aside or () if one.path
    )
    with running(replace(done, finished=replace(site_of(done), aside=aside)), tmp_path, "/") as host:
        (visit,) = visit_all(chromium, host.url, ["index.html"])
    assert {violation.split()[0] for violation in visit.violations} == {"style-src-elem"}
