"""Axe, which looks for barriers on a page that a browser shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.needs import need
from tests.sitekit import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """rules => axe.run({{resultTypes: ['violations'], ...(rules ? {{runOnly: rules}} : {{rules: {}}})}})
    .then(found => found.violations.map(one => `${{one.id}}: ${{one.nodes.map(node => node.html)}}`))"""
RUN = _RUN.format("{}")
"""Runs all rules, or those that it is given."""
STRUCTURE = _RUN.format("{'color-contrast': {enabled: false}, 'link-in-text-block': {enabled: false}}")
"""Runs all rules that look at no colour."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours; all others find the same by day and by night."""


def need_axe() -> None:
    """Skip the running test where there is no axe."""
    need("axe-core", AXE.is_file(), "npm ci --ignore-scripts")


@contextmanager
def axe_tab(browser: "Browser", **options: Any) -> "Iterator[Page]":
    """A tab in which every document gets axe, which no policy of the site would let in."""
    need_axe()
    with browser.new_context(bypass_csp=True, **options) as context:
        context.add_init_script(path=AXE)
        yield context.new_page()


def violations(page: "Page", rules: list[str] | None = None) -> list[str]:
    """Each violation on the open page, with the elements that it is about."""
    return [f"{page.url} {one}" for one in page.evaluate(RUN, rules)]
