"""Two tabs that work at the same time: each has a process of its own, so that a machine's second core is used too."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from tests.outside.pages import Page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

BEGIN = """argument => {{
    window.answer = new Promise(done => setTimeout(done)).then(() => ({script})(argument));
}}"""


@contextmanager
def two_tabs(browser: "Browser", script: "Path | None" = None, **options: Any) -> "Iterator[list[Tab]]":
    """Two tabs without a policy, since tests put scripts of their own into them; `script` is put into each page."""
    with ExitStack() as stack:
        contexts = [stack.enter_context(browser.new_context(bypass_csp=True, **options)) for _ in range(2)]
        for context in contexts:
            if script:
                context.add_init_script(path=script)
        yield [context.new_page() for context in contexts]


def ask(tabs: "Sequence[Tab]", script: str, argument: object = None) -> list[Any]:
    """Run a script in all tabs at once, and give what it gives in each."""
    for tab in tabs:
        tab.evaluate(BEGIN.format(script=script), argument)
    return [tab.evaluate("() => window.answer") for tab in tabs]


def opened(tabs: "Sequence[Tab]", base_url: str, pages: Sequence[Page]) -> "Iterator[list[tuple[Tab, Page]]]":
    """Open page after page, as many at a time as there are tabs; pages of like size come together."""
    by_size = sorted(pages, key=lambda page: (page.size, page.path))
    for start in range(0, len(by_size), len(tabs)):
        pairs = list(zip(tabs, by_size[start:], strict=False))
        for tab, page in pairs:
            tab.goto(base_url + page.path, wait_until="commit")
        for tab, _ in pairs:
            tab.wait_for_load_state()
        yield pairs
