"""Visits of pages by a browser, and what is written down of each: its messages, requests, and what it shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

RECORD_VIOLATIONS = """
    window.policyViolations = [];
    addEventListener('securitypolicyviolation', event =>
        window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
LOOK = """() => ({
    violations: window.policyViolations,
    overflow: document.documentElement.scrollWidth - innerWidth,
    title: document.title,
    description: document.querySelector('meta[name=description]')?.content ?? '',
    canonical: document.querySelector('link[rel=canonical]')?.href ?? '',
    language: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
})"""


@dataclass(frozen=True)
class Visit:
    """What one opened page did and showed."""

    path: str
    messages: list[str]
    requests: list[str]
    violations: list[str]
    overflow: int
    title: str
    description: str
    canonical: str
    language: str
    headings: int


@contextmanager
def open_tab(browser: "Browser", scripts: bool = True) -> Iterator["Tab"]:
    """A tab as narrow as the narrowest phone."""
    with browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=scripts) as context:
        context.add_init_script(RECORD_VIOLATIONS)
        yield context.new_page()


def visit_all(browser: "Browser", base_url: str, paths: list[str]) -> list[Visit]:
    """Open each path below `base_url`, one after the other in one tab, and write down what happens."""
    messages: list[str] = []
    requests: list[str] = []
    visits = []
    with open_tab(browser) as tab:
        tab.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: messages.append(f"error: {error}"))
        tab.on("request", lambda request: requests.append(request.url))
        for path in paths:
            messages.clear()
            requests.clear()
            tab.goto(base_url + path)
            seen: dict[str, Any] = tab.evaluate(LOOK)
            visits.append(Visit(path=path, messages=messages.copy(), requests=requests.copy(), **seen))
    return visits


def expect_none(visits: list[Visit], fault: Callable[[Visit], object]) -> None:
    """Fail with a line for each page in which `fault` finds anything."""
    faults = [f"{visit.path}: {found}" for visit in visits if (found := fault(visit))]
    assert not faults, "\n".join(faults)


def complaints(visit: Visit) -> list[str]:
    """The errors and warnings of the console."""
    return [message for message in visit.messages if message.startswith(("error", "warning"))]
