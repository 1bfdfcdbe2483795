"""What came out, looked at as a browser will: one main heading, each id once, each link leading somewhere."""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.output.outputs import Output
from generator.output.reading import Reading
from generator.problems import Problem, Span
from generator.sources.program import program_digest

_ELSEWHERE = ("http:", "https:", "mailto:", "tel:")


def check_outputs(
    outputs: Iterable[Output], readings: Mapping[str, Reading], base_path: str, cache: Cache = NOTHING_KEPT
) -> list[Problem]:
    """Check every page against all others. `readings` has each page by its path; `base_path` is where the site is
    hosted, from slash to slash. Pages that were good where the same files and places were there are not read again."""
    made_from = {one.path: one.made_from for one in outputs}
    ids = ("\0".join((path, *one.ids)) for path, one in readings.items())
    key = key_of(b"links hold", program_digest(), base_path.encode(), *map(_bytes, (*sorted(made_from), *ids)))
    good = frozenset(cache.get([key]).get(key, b"").decode().split())
    signs = {path: _sign(path, one) for path, one in readings.items()}
    fresh = {path: one for path, one in readings.items() if signs[path] not in good}
    problems = _check(fresh, readings, made_from, base_path)
    if not problems and not good.issuperset(signs.values()):
        cache.put({key: " ".join(signs.values()).encode()})
    return problems


def _sign(path: str, page: Reading) -> str:
    """What tells a page from any other, by what is checked of it beside its places."""
    return key_of(_bytes("\0".join((path, str(page.main_headings), *page.links)))).hex()


def _check(
    wanted: Mapping[str, Reading], readings: Mapping[str, Reading], made_from: Mapping[str, str], base_path: str
) -> list[Problem]:
    places = _Places(readings)
    problems = []
    for path, found in wanted.items():
        span = Span(made_from[path])
        for one in sorted({one for one in found.ids if found.ids.count(one) > 1}) if _repeats(found.ids) else ():
            hint = f'word the heading that became "{one}" in another way: a part of the page has that name'
            problems.append(Problem("output-id", f'{path} has the id "{one}" twice', span, hint))
        if found.main_headings != 1:
            message = f"{path} has {found.main_headings} main headings"
            hint = "the title is the only heading of level one: look for `# ` in the text, then in the template"
            problems.append(Problem("output-heading", message, span, hint))
        for link in found.links:
            if not _leads_somewhere(link, path, base_path, made_from, places):
                message, hint = f'{path} links to "{link}", which is not there', "correct the template or the text"
                problems.append(Problem("output-link", message, span, hint))
    return problems


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class _Places:
    """The ids of pages, each put in order when a link first asks for one of them."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self.readings = readings
        self.known: dict[str, frozenset[str]] = {}

    def has(self, path: str, place: str) -> bool:
        """Whether a page has a place."""
        if path not in self.known:
            self.known[path] = frozenset(self.readings[path].ids) if path in self.readings else frozenset()
        return place in self.known[path]


def _repeats(ids: tuple[str, ...]) -> bool:
    return len(ids) != len(set(ids))


def _leads_somewhere(link: str, path: str, base_path: str, files: Mapping[str, str], places: _Places) -> bool:
    if link.startswith(_ELSEWHERE):
        return True
    address, _, anchor = link.partition("#")
    if address.startswith("/"):
        if not address.startswith(base_path):
            return False
        target = address.removeprefix(base_path)
    else:
        target = _target(unquote(address), path) if address else path
    if target in ("", ".") or address.endswith("/"):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target in files and (not anchor or places.has(target, unquote(anchor)))


def _target(address: str, path: str) -> str:
    """The path of what a relative address names on the page at a path; the plain ones are by far the most."""
    folder = path.rpartition("/")[0]
    plain = address
    while plain.startswith("../") and folder:
        folder, plain = folder.rpartition("/")[0], plain[3:]
    if "./" in plain or "//" in address or plain.endswith(".") or not plain:
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
    return f"{folder}/{plain}".strip("/")
