"""What came out, looked at as a browser will: one main heading, each id once, each link leading somewhere."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote

from generator.output.outputs import KEPT, Output
from generator.problems import Problem, Span


@dataclass
class _Facts(HTMLParser):
    """What one page of HTML holds."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    main_headings: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        self.main_headings += tag == "h1"
        for name in ("href", "src"):
            if name in values and values.get("rel") != "canonical":
                self.links.append(values[name] or "")


def check_outputs(outputs: Iterable[Output], base_path: str) -> list[Problem]:
    """Check every page against all others. `base_path` is where the site is hosted, from slash to slash."""
    by_path = {one.path: one for one in outputs}
    facts = {path: _read(one) for path, one in by_path.items() if path.endswith(".html")}
    ids = {path: frozenset(found.ids) for path, found in facts.items()}
    problems = []
    for path, found in facts.items():
        span = Span(by_path[path].made_from)
        for one in sorted({one for one in found.ids if found.ids.count(one) > 1}) if _repeats(found.ids) else ():
            hint = f'word the heading that became "{one}" in another way: a part of the page has that name'
            problems.append(Problem("output-id", f'{path} has the id "{one}" twice', span, hint))
        if found.main_headings != 1:
            message = f"{path} has {found.main_headings} main headings"
            hint = "the title is the only heading of level one: look for `# ` in the text, then in the template"
            problems.append(Problem("output-heading", message, span, hint))
        for link in dict.fromkeys(found.links):
            if not _leads_somewhere(link, path, base_path, by_path, ids):
                message, hint = f'{path} links to "{link}", which is not there', "correct the template or the text"
                problems.append(Problem("output-link", message, span, hint))
    return problems


@lru_cache(maxsize=KEPT)
def _read(output: Output) -> _Facts:
    facts = _Facts()
    facts.feed(output.body.decode("utf-8"))
    facts.close()
    return facts


def _repeats(ids: list[str]) -> bool:
    return len(ids) != len(set(ids))


def _leads_somewhere(
    link: str, path: str, base_path: str, files: Mapping[str, Output], ids: Mapping[str, frozenset[str]]
) -> bool:
    if link.split(":", 1)[0] in ("http", "https", "mailto", "tel"):
        return True
    address, _, anchor = link.partition("#")
    if address.startswith("/"):
        if not address.startswith(base_path):
            return False
        target = address.removeprefix(base_path)
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) if address else path
    if link.split("#")[0].endswith("/") or target in ("", "."):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target in files and (not anchor or unquote(anchor) in ids.get(target, frozenset()))
