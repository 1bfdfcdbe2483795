"""What came out, looked at as a browser will: one main heading, each id once, each link leading somewhere."""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json
from generator.cache.program import program_digest
from generator.output.outputs import Output
from generator.output.reading import Reading
from generator.problems.problem import Problem, Span

_ELSEWHERE = ("http:", "https:", "mailto:", "tel:")
_GOOD = dict[str, tuple[str, tuple[str, ...]]]
"""By the path of a page that is good: what tells it from any other; each page that it leads into, with its places."""


def check_outputs(
    outputs: Iterable[Output], readings: Mapping[str, Reading], base_path: str, cache: Cache = NOTHING_KEPT
) -> list[Problem]:
    """Check every page against all others. `readings` has each page by its path; `base_path` is where the site is
    hosted, from slash to slash. What was good is not read again: the whole site, or else those pages of it that hold
    the same and lead to the same places of the same files."""
    made_from = {one.path: one.made_from for one in outputs}
    files = key_of(b"links hold", program_digest(), _bytes("\0".join((base_path, *sorted(made_from)))))
    signs = {path: one.signs.places + one.signs.leads for path, one in readings.items()}
    whole = key_of(files, _bytes("\0".join(text for pair in signs.items() for text in pair)))
    if whole in cache.get([whole]):
        return []
    good = _read(cache.get([files]).get(files))
    fresh = {path: one for path, one in readings.items() if not _holds(good.get(path), signs[path], readings)}
    problems, led = _check(fresh, readings, made_from, base_path)
    if not problems:
        known = {path: (sign, led[path] if path in led else good[path][1]) for path, sign in signs.items()}
        cache.put({whole: b"", files: as_json(encoder(_GOOD)(known))})
    return problems


def _holds(known: tuple[str, tuple[str, ...]] | None, sign: str, readings: Mapping[str, Reading]) -> bool:
    """Whether a page is as it was, and so are the places of the pages that it leads into."""
    if known is None or known[0] != sign:
        return False
    words = iter(known[1])
    return all(
        path in readings and readings[path].signs.places == then for path, then in zip(words, words, strict=False)
    )


def _read(data: bytes | None) -> dict[str, tuple[str, tuple[str, ...]]]:
    try:
        found: dict[str, tuple[str, tuple[str, ...]]] = decoder(_GOOD)(from_json(data)) if data else {}
    except Unfit:
        return {}
    return found


def _check(
    wanted: Mapping[str, Reading], readings: Mapping[str, Reading], made_from: Mapping[str, str], base_path: str
) -> tuple[list[Problem], dict[str, tuple[str, ...]]]:
    """Give what is wrong with some pages, and of each into which others it leads, with what tells their places."""
    places = _Places(readings)
    problems = []
    led: dict[str, tuple[str, ...]] = {}
    for path, found in wanted.items():
        span = Span(made_from[path])
        places.asked = {}
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
        others = [one for one in places.asked if one != path and one in readings]
        led[path] = tuple(text for one in others for text in (one, readings[one].signs.places))
    return problems, led


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class _Places:
    """The ids of pages, each put in order when a link first asks for one of them; `asked` are the pages of which one
    asks."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self.readings = readings
        self.known: dict[str, frozenset[str]] = {}
        self.asked: dict[str, None] = {}

    def has(self, path: str, place: str) -> bool:
        """Whether a page has a place."""
        self.asked[path] = None
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
