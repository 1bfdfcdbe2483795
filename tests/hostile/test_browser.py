"""Chromium opens a hostile site that was made as if nothing in it were a problem: nothing runs, loads or leads away.

First without the content security policy, as the policy must not be the only wall; then with what a host sends. Without
HOSTILE=all in the environment, every sixteenth page is opened the second time.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

from generator.output.publish import write_all
from generator.pipeline import Build
from tests.hostile.hostile_site import Hostile
from tests.outside.pages import is_redirect
from tests.outside.serving import SiteHandler, served
from tests.sitekit import site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog
    from playwright.sync_api import Page as Tab

LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8").partition("\n")[2]
HOOKS = """
    window.ranHere = [];
    for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.ranHere.push(name); };
"""
EVERY = os.environ.get("HOSTILE") == "all"


@dataclass
class Seen:
    """What happened while pages were open."""

    opened: int = 0
    ran: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class WithHeaders(SiteHandler):
    """Sends what the build has written for a host that takes its headers from `_headers`."""

    headers_of_site: tuple[tuple[str, str], ...] = ()
    policy = False

    def end_headers(self) -> None:
        for name, value in self.headers_of_site if self.policy else ():
            self.send_header(name, value)
        super(SiteHandler, self).end_headers()


@pytest.fixture(scope="module")
def site(made: tuple[Hostile, Build], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the hostile site; what its host sends is known to the server."""
    folder = tmp_path_factory.mktemp("browser") / "out"
    _, done = made
    write_all(done.outputs, folder)
    rules = next(one.body.decode() for one in site_of(done).aside or () if one.path.endswith("_headers"))
    given = (one.partition(":") for one in rules.split("\n/")[1].splitlines()[1:])
    WithHeaders.headers_of_site = tuple((name.strip(), value.strip()) for name, _, value in given)
    return folder


def pages(site: Path, step: int = 1) -> list[str]:
    """The addresses of all pages made of attacks, or of every so many."""
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if not is_redirect(path)][::step]


def visit(tabs: "list[Tab]", base_url: str, paths: Iterable[str], seen: Seen) -> None:
    """Open each page, do all that can be done on it, and note what comes of it."""
    waiting: Iterator[str] = iter(paths)
    pairs = list(zip(tabs, waiting, strict=False))
    while pairs:
        for tab, path in pairs:
            tab.goto(base_url + path, wait_until="commit")
        for tab, path in pairs:
            tab.wait_for_load_state()
            told: dict[str, Any] = tab.evaluate(LOOK)
            seen.opened += 1
            seen.found += [f"{path}: {one}" for one in told["found"]]
            seen.ran += [f"{path}: {one}" for one in told["ran"]]
            if urlsplit(tab.url).path != urlsplit(base_url + path).path.replace(" ", "%20"):
                seen.asked.append(f"{path} led to {tab.url}")
        pairs = list(zip(tabs, waiting, strict=False))


FRAMED = """async ([addresses, look]) => {
    const one = async address => {
        const frame = document.createElement("iframe");
        const loaded = new Promise(done => { frame.onload = done; });
        frame.src = address;
        document.body.append(frame);
        await loaded;
        const told = frame.contentWindow.eval(`(${look})()`);
        await new Promise(done => setTimeout(done));
        const place = frame.contentWindow.location.href;
        told.ran = [...frame.contentWindow.ranHere];
        frame.remove();
        return { ...told, place };
    };
    return Promise.all(addresses.map(one));
}"""
_AT_ONCE = 16


def visit_framed(tab: "Tab", base_url: str, paths: list[str], seen: Seen) -> None:
    """The same, many pages at a time, each in a frame of one tab: where no policy forbids that, it is far quicker."""
    tab.goto(base_url + "404.html")
    for start in range(0, len(paths), _AT_ONCE):
        some = paths[start : start + _AT_ONCE]
        addresses = [base_url + quote(path) for path in some]
        for path, address, told in zip(some, addresses, tab.evaluate(FRAMED, [addresses, LOOK]), strict=True):
            seen.opened += 1
            seen.found += [f"{path}: {one}" for one in told["found"]]
            seen.ran += [f"{path}: {one}" for one in told["ran"]]
            seen.asked += [f"{path} led to {told['place']}"] if told["place"].partition("#")[0] != address else []


def watched(context: "BrowserContext", base_url: str, seen: Seen) -> "list[Tab]":
    """Two tabs in which whatever asks another host is noted and refused."""
    context.add_init_script(HOOKS)

    def ask(route: Any) -> None:
        if route.request.url.startswith((base_url, "data:")):
            route.continue_()
        else:
            seen.asked.append(route.request.url)
            route.abort()

    host = urlsplit(base_url).netloc
    context.route(lambda url: urlsplit(url).netloc != host, ask)

    def dismiss(dialog: "Dialog") -> None:
        seen.ran.append(dialog.message)
        dialog.dismiss()

    context.on("dialog", dismiss)
    context.on("weberror", lambda fault: seen.errors.append(str(fault.error)))
    return [context.new_page() for _ in range(2)]


def test_no_script_runs_without_a_policy(chromium: "Browser", site: Path) -> None:
    WithHeaders.policy = False
    seen = Seen()
    with served(site, WithHeaders) as base_url:
        context = chromium.new_context(bypass_csp=True, service_workers="block")
        visit_framed(watched(context, base_url, seen)[0], base_url, pages(site), seen)
        context.close()
    assert (seen.ran, seen.found, seen.asked, seen.errors) == ([], [], [], [])
    assert seen.opened > 500
    print(f"{seen.opened} pages opened without a policy, {len(seen.ran)} scripts run")


def test_no_script_runs_with_the_headers_of_a_host(chromium: "Browser", site: Path) -> None:
    WithHeaders.policy = True
    seen = Seen()
    with served(site, WithHeaders) as base_url:
        context = chromium.new_context(service_workers="block")
        visit(watched(context, base_url, seen), base_url, pages(site, 1 if EVERY else 16), seen)
        context.close()
    assert (seen.ran, seen.found, seen.asked) == ([], [], [])
    assert seen.opened > 40


def test_no_drawing_runs_a_script_where_a_host_sends_headers(chromium: "Browser", site: Path) -> None:
    WithHeaders.policy = True
    seen = Seen()
    drawings = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.svg")) if "media" in path.parts]
    with served(site, WithHeaders) as base_url:
        context = chromium.new_context(service_workers="block")
        tab = watched(context, base_url, seen)[0]
        for path in drawings:
            tab.goto(base_url + path)
            seen.ran += tab.evaluate("() => window.ranHere || []")
            seen.opened += 1
        context.close()
    assert (seen.ran, seen.asked) == ([], [])
    assert seen.opened > 30


@pytest.mark.parametrize(
    ("attack", "what"),
    [
        ("<script>alert(1)</script>", "ran"),
        ('<img src="x" onerror="alert(1)">', "ran"),
        ('<svg onload="alert(1)"></svg>', "ran"),
        ('<p onclick="alert(1)">a</p>', "ran"),
        ('<a href="javascript:alert(1)">a</a>', "found"),
        ('<img src="https://evil.example/x.png">', "asked"),
        ("<style>main{background:url(https://evil.example/x)}</style>", "asked"),
    ],
)
def test_an_attack_that_comes_through_is_noticed(chromium: "Browser", tmp_path: Path, attack: str, what: str) -> None:
    (tmp_path / "bad.html").write_text(f"<!doctype html><main><p>a</p>{attack}</main>", encoding="utf-8")
    WithHeaders.policy = False
    seen = Seen()
    with served(tmp_path, WithHeaders) as base_url:
        context = chromium.new_context(bypass_csp=True)
        visit(watched(context, base_url, seen), base_url, ["bad.html"], seen)
        context.close()
    assert getattr(seen, what)
