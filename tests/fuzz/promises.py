"""What holds whatever bytes somebody hands in. A promise that is broken is an AssertionError that says which."""

import re
import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import FrameType
from urllib.parse import urlsplit

from lxml import html as lxml_html

from generator.problems.codes import CODES
from generator.problems.problem import Problem, Span
from generator.problems.shown import as_github, as_json, as_line, as_text
from tests.helpers import elements
from tests.markup.test_sanitiser import ATTRIBUTES, TAGS

SECONDS = 60
"""Seconds of the processor after which an input counts as one that hangs: no machine needs as many."""

_FILLED_TAGS = TAGS | {"button", "label"}
_FILLED_ATTRIBUTES = ATTRIBUTES | {"rel", "width", "height", "aria-label", "popovertarget", "type", "hidden", "popover"}
_SCHEMES = ("", "http", "https", "mailto", "tel")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff]")
"""What no terminal and no page may be sent: control characters, private ones, halves of pairs."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Hangs(AssertionError):
    """An input that takes too long."""


@contextmanager
def in_time(seconds: float = SECONDS) -> Iterator[None]:
    """Stop what takes longer, by the clock of the processor: a busy machine stops nothing."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hangs(f"this took {seconds} s of the processor and was not done")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def are_told_well(problems: Iterable[Problem], files: Mapping[str, bytes]) -> None:
    """Each problem has a code that is known, a place that is there, and can be shown in every form.

    `files` are those of the site, by path. A problem of a file that is not there has its first character as its place.
    """

    @cache
    def lines(path: str) -> list[str]:
        text = files.get(path, b"").removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def line_of(path: str, number: int) -> str | None:
        return lines(path)[number - 1] if 0 < number <= len(lines(path)) else None

    every = set(problems)
    for one in every:
        assert one.code in CODES, f"{one.code} is in no table"
        assert one.message.strip(), f"{one.code} says nothing"
        for span in (one.span, *(place for _, place in one.related)):
            assert _is_there(span, lines(span.path)), f"{one.code} has no such place: {span}"
        line = as_line(one)
        assert "\n" not in line, f"{line!r} is more than one line"
        for said in (line, one.hint):
            assert not _UNSEEN.search(said), f"{said!r} would reach a terminal"
        assert as_text(one, line_of).startswith(line)
        assert "\n" not in as_github(one)
    assert as_json([*every][:9])


def _is_there(span: Span, lines: list[str]) -> bool:
    """Whether a file has a place. A mark at the end of a line may be one character wide."""
    ends = (span.line, span.column, 0), (span.end_line, span.end_column, 1)
    inside = (0 < line <= len(lines) and 0 < column <= len(lines[line - 1]) + 1 + more for line, column, more in ends)
    return all(inside) and (span.line, span.column) <= (span.end_line, span.end_column)


def is_harmless(html: str) -> None:
    """A piece of a page, as its page shows it, holds nothing that a browser would run, load or send elsewhere."""
    tree = lxml_html.fragment_fromstring(_NOT_XML.sub(" ", html), create_parent="div")
    seen = [(str(one.tag), {str(k): str(v) for k, v in one.attrib.items()}) for one in tree.iterdescendants()]
    for tag, attributes in [*seen, *elements(html)]:
        assert tag in _FILLED_TAGS, f"<{tag}> in {html!r}"
        for name, value in attributes.items():
            assert name in _FILLED_ATTRIBUTES, f"{tag} {name} in {html!r}"
            if name in ("href", "src"):
                assert _leads_nowhere_bad(value), f"{name}={value!r} in {html!r}"
    assert not _UNSEEN.search(html), f"a token is left in {html!r}"


def _leads_nowhere_bad(address: str) -> bool:
    """Whether a browser, which passes over white space and some control characters, goes to a page or a file."""
    read = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    try:
        parts = urlsplit(read)
    except ValueError:  # a browser shows that it leads nowhere
        return read.lower().startswith(("http://", "https://"))
    is_outside = bool(parts.scheme)
    return parts.scheme.lower() in _SCHEMES and (is_outside or not read.replace("\\", "/").startswith("//"))
