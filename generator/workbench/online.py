"""Whether the pages of other sites that ours links to are still there: asked for politely, and not twice in a week.

One request at a time goes to a host, with a pause after it; what was answered is kept in the site's cache. Only what
its host itself calls gone, or moved for good, is told: a host that does not answer today says nothing.
"""

import json
import re
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from generator.disk.folders import CACHE
from generator.problems.problem import Problem, Span
from generator.sources.files import SourceFile, decode, read_file, write_file
from generator.sources.hosts import misleading

FILE = "links.json"
GOOD_FOR, BAD_FOR = 7 * 86_400, 86_400
"""Seconds for which an answer counts: that a page is there, and that it is not."""
PAUSE, PATIENCE, HOSTS = 1.0, 10.0, 8
"""Seconds between requests to a host, and for one answer; hosts that are asked at the same time."""

_LINK = re.compile(r"https?://[^\s\"'<>\])}|`]+")
_DOI = re.compile(r'"DOI"\s*:\s*"([^"]+)"')
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_MOVED = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_NO_HEAD = (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


@dataclass(frozen=True)
class Answer:
    """What a host said of an address: its status (0: nothing), where it leads, and when that was (seconds)."""

    status: int
    to: str
    when: float


Ask = Callable[[str], Answer]


def links_in(files: Iterable[SourceFile], own: str) -> dict[str, list[Span]]:
    """Find every address of another site, with each place where it stands. `own` begins our own addresses.

    What is no plain address of the public web is left out: nobody who writes a text shall make the machine that checks
    it ask within its own house.
    """
    found: dict[str, list[Span]] = defaultdict(list)
    for file in files:
        for number, line in enumerate((decode(file)[0] or "").split("\n"), 1):
            for address, start, end in _addresses(line):
                if not address.startswith(own) and not misleading(address):
                    found[address].append(Span(file.path, number, start + 1, number, end + 1))
    return dict(found)


def problems_of(answers: Mapping[str, Answer], links: Mapping[str, Iterable[Span]]) -> list[Problem]:
    """Tell each place that leads to what is gone, or has moved for good."""
    problems = []
    for address, spans in links.items():
        answer = answers.get(address)
        if answer and answer.status in _GONE:
            message = f"{address} is gone: its host answers {answer.status}"
            problems += [Problem("gone-link", message, span) for span in spans]
        elif answer and answer.status in _MOVED and answer.to:
            hint = f"write {answer.to}"
            problems += [Problem("moved-link", f"{address} has moved for good", span, hint) for span in spans]
    return problems


def answers_for(
    addresses: Iterable[str], known: Mapping[str, Answer], seconds: float, ask: Ask | None = None, pause: float = PAUSE
) -> dict[str, Answer]:
    """Ask for every address whose answer is not known or is too old, until the time is up; give all answers."""
    end = time.monotonic() + seconds
    hosts: dict[str, list[str]] = defaultdict(list)
    now = time.time()
    for address in sorted(set(addresses)):
        if not _is_fresh(known.get(address), now):
            hosts[urlsplit(address).netloc].append(address)
    answers = dict(known)
    with ThreadPoolExecutor(HOSTS) as pool:
        for found in pool.map(lambda several: _ask_host(several, end, ask or ask_once, pause), hosts.values()):
            answers.update(found)
    return answers


def ask_once(address: str) -> Answer:
    """Ask for one address: by HEAD, and by GET where a host refuses that. Redirects are not followed."""
    answer = _request(address, "HEAD")
    return _request(address, "GET") if answer.status in _NO_HEAD else answer


def read_cache(root: Path) -> dict[str, Answer]:
    """Read the answers that are kept; none where the file cannot be read."""
    file = read_file(root, f"{CACHE}/{FILE}")
    try:
        kept = json.loads(file.data) if file else {}
        return {address: Answer(int(one[0]), str(one[1]), float(one[2])) for address, one in kept.items()}
    except (ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}


def write_cache(root: Path, answers: Mapping[str, Answer]) -> None:
    """Keep the answers that count."""
    kept = {address: [one.status, one.to, one.when] for address, one in sorted(answers.items()) if one.status}
    write_file(root, f"{CACHE}/{FILE}", json.dumps(kept, indent=0) + "\n")


def _addresses(line: str) -> Iterator[tuple[str, int, int]]:
    for match in _LINK.finditer(line):
        address = match[0].rstrip(".,;:!?")
        yield address.partition("#")[0], match.start(), match.start() + len(address)
    for match in _DOI.finditer(line):
        yield f"https://doi.org/{match[1]}", match.start(1), match.end(1)


def _is_fresh(answer: Answer | None, now: float) -> bool:
    if answer is None or not answer.status:
        return False
    limit = BAD_FOR if answer.status >= HTTPStatus.BAD_REQUEST else GOOD_FOR
    return 0 <= now - answer.when < limit


def _ask_host(addresses: list[str], end: float, ask: Ask, pause: float) -> dict[str, Answer]:
    found = {}
    for number, address in enumerate(addresses):
        if number:
            time.sleep(min(pause, max(0.0, end - time.monotonic())))
        if time.monotonic() >= end:
            break
        found[address] = ask(address)
    return found


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where an address leads is an answer of its own."""

    def redirect_request(self, *_: object) -> None:
        return None


_SEND = urllib.request.build_opener(_Stay).open


def _request(address: str, method: str) -> Answer:
    headers = {"User-Agent": "links-of-a-static-site/1 (a check by its editors, once a week)", "Accept": "*/*"}
    request = urllib.request.Request(address, method=method, headers=headers)  # noqa: S310 (http and https alone)
    try:
        with _SEND(request, timeout=PATIENCE) as reply:
            return Answer(reply.status, "", time.time())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.headers.get("Location", ""), time.time())
    except (OSError, ValueError):
        return Answer(0, "", time.time())
