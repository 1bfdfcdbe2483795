"""Types of single values in front matter and data files.

Every type has `read(node, key, report)`, which gives the value as plain Python data, or None after reporting why not.
"""

import datetime
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from generator.problems.problem import Problem, Span, suggest
from generator.sources.yamltree import Mapping, Node, Scalar, Sequence

Values = dict[str, object]

_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"/([a-z0-9]+([-_.][a-z0-9]+)*/)*")
_LONGEST_ADDRESS = 200
"""Characters of an address on this site: each part becomes the name of a folder, of which systems take 255."""
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CONTACT = re.compile(r"(https://|mailto:|tel:)[!-~]+")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_QUOTES: dict[type[Node], str] = {
    Mapping: 'a text that holds ": " must stand in quotes',
    Sequence: "a text that begins with [ or - must stand in quotes",
}
"""What has most likely happened where a text is read as something else."""
_MARKUP = re.compile(r"\[@|\]\(")
_CITATION_OR_ADDRESS = re.compile(r"(?:(?<!\s)\s+)?\[@[^\[\]]*\]|\]\([^)]{0,2000}\)")


@dataclass(frozen=True)
class Written:
    """A text in which Markdown is allowed, with the place of its first character in the file."""

    text: str
    span: Span
    quoted: bool


@dataclass
class Report:
    """What validation collects: problems, and the span of every value by its dotted path."""

    problems: list[Problem] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)

    def add(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Note one problem."""
        self.problems.append(Problem(code, message, span, hint))


@dataclass(frozen=True)
class Type:
    """What a value may be. `name` is how messages call it."""

    name = "value"

    def read(self, node: Node, key: str, report: Report) -> object:
        """Give the value of a node, or None after reporting why it has none."""
        raise NotImplementedError


@dataclass(frozen=True)
class _Scalar(Type):
    def read(self, node: Node, key: str, report: Report) -> object:
        if not isinstance(node, Scalar):
            hint = _QUOTES[type(node)]
            report.add("wrong-type", f"{label(key)} is a {kind_of(node)}, not a {self.name}", node.span, hint)
            return None
        if not node.text.strip():
            report.add("empty-value", f"{label(key)} has no value", of_width(node.span, 1))
            return None
        return self.parse(node, key, report)

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Give the value of a text that is not empty."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(_Scalar):
    """Plain text of at most `most` characters."""

    most: int = 500
    name = "text"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Refuse text that is too long or that holds Markdown, which would be shown as it is written."""
        _limit(node, key, self.most, len(node.text), report)
        markup = _MARKUP.search(node.text)
        if markup:
            message = f"{label(key)} is plain text: a citation or link would be shown as it is written"
            report.add("not-plain", message, _within(node, markup), "take it out, or move it to the text")
        return node.text


@dataclass(frozen=True)
class Inline(_Scalar):
    """One line of Markdown with citations and links; at most `most` characters, citations not counted."""

    most: int = 500
    name = "text"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Keep the text with its place, so that what is wrong in it can be shown where it stands."""
        _limit(node, key, self.most, len(_CITATION_OR_ADDRESS.sub("", node.text)), report)
        return Written(node.text, node.span, node.quoted)


@dataclass(frozen=True)
class Date(_Scalar):
    """A day, written year-month-day; the value is the text itself, which sorts as the days do."""

    name = "date"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Accept only days that exist in the calendar."""
        match = _DATE.fullmatch(node.text)
        try:
            if match:
                return datetime.date(*map(int, match.groups())).isoformat()
            hint = "write it as year-month-day, such as 2026-11-21"
            report.add("bad-date", f'"{node.text}" is not a date', node.span, hint)
        except ValueError:
            report.add("bad-date", f'there is no day "{node.text}"', node.span, "look at the calendar")
        return None


@dataclass(frozen=True)
class Choice(_Scalar):
    """One of a few words."""

    of: tuple[str, ...] = ()
    name = "word"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Refuse any other word, and propose the nearest."""
        if node.text in self.of:
            return node.text
        hint = suggest(node.text, self.of) or "one of: " + ", ".join(self.of)
        report.add("bad-choice", f'{label(key)} cannot be "{node.text}"', node.span, hint)
        return None


@dataclass(frozen=True)
class Whole(_Scalar):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 10**9
    name = "whole number"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Refuse what YAML would guess to be a number: `010`, `12:30`, `1e3`."""
        if not _WHOLE.fullmatch(node.text):
            hint = "write it with digits only, and without a zero in front"
            report.add("bad-number", f'"{node.text}" is not a whole number', node.span, hint)
            return None
        number = int(node.text[:20])  # longer ones are out of range all the same, and very long ones no int
        if not self.least <= number <= self.most:
            message = f"{label(key)} cannot be {number}"
            report.add("bad-number", message, node.span, f"write a whole number from {self.least} to {self.most}")
            return None
        return number


@dataclass(frozen=True)
class Number(_Scalar):
    """A number that may have decimals, written with a point."""

    name = "number"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Refuse what YAML would guess to be a number, and what no study reports: more than 15 digits."""
        if _NUMBER.fullmatch(node.text) and sum(map(str.isdigit, node.text)) <= 15:
            return float(node.text)
        hint = "write it with digits and at most one point, such as 3.3"
        report.add("bad-number", f'"{node.text}" is not a number', node.span, hint)
        return None


@dataclass(frozen=True)
class Identifier(_Scalar):
    """A short name for use in addresses and in other files."""

    name = "id"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Accept lower-case letters, digits and single hyphens."""
        if _IDENTIFIER.fullmatch(node.text):
            return node.text
        report.add("bad-id", f'"{node.text}" is not an id', node.span, "use a-z, 0-9 and hyphens")
        return None


@dataclass(frozen=True)
class ReferenceKey(_Scalar):
    """The id of a reference, as a citation names it."""

    name = "reference id"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Take it as it is; whether it exists is found out when all files are known."""
        return node.text.removeprefix("@")


@dataclass(frozen=True)
class PagePath(_Scalar):
    """The relative path of another article, such as `../treatments/injection.md`."""

    name = "path"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Take it as it is; whether it exists is found out when all files are known."""
        return node.text


@dataclass(frozen=True)
class Address(_Scalar):
    """A path on this site, such as `/old-page/`."""

    name = "address"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Accept only what can be a folder of the site, so that nothing is ever written elsewhere."""
        if _ADDRESS.fullmatch(node.text) and node.text != "/":
            _limit(node, key, _LONGEST_ADDRESS, len(node.text), report)
            return node.text if len(node.text) <= _LONGEST_ADDRESS else None
        report.add("bad-address", f'"{node.text}" is not an address', node.span, "write it like `/old-page/`")
        return None


@dataclass(frozen=True)
class WebAddress(_Scalar):
    """A full http or https address."""

    name = "web address"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Accept http and https with a host, and nothing else."""
        try:
            parts = urlsplit(node.text)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme in ("http", "https") and parts.hostname and " " not in node.text:
            return node.text
        report.add("bad-url", f'"{node.text}" is not a web address', node.span, "begin with https://")
        return None


@dataclass(frozen=True)
class Contact(_Scalar):
    """Where somebody can be reached: an https, mailto or tel address in full."""

    name = "contact"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Accept what has one of the three schemes and something after it."""
        if _CONTACT.fullmatch(node.text):
            return node.text
        message = f'"{node.text}" is not an address at which somebody can be reached'
        report.add("bad-url", message, node.span, "begin with https://, mailto: or tel:")
        return None


@dataclass(frozen=True)
class Language(_Scalar):
    """A language code such as `en-GB`."""

    name = "language code"

    def parse(self, node: Scalar, key: str, report: Report) -> object:
        """Accept what the Unicode locale data knows; the code becomes a part of addresses, so nothing else is in it."""
        try:
            if _LANGUAGE.fullmatch(node.text) and Locale.parse(node.text, sep="-"):
                return node.text
        except (UnknownLocaleError, ValueError):
            pass
        hint = "write a code such as en, en-GB or de"
        report.add("bad-language", f'"{node.text}" is not a language code', node.span, hint)
        return None


def label(key: str) -> str:
    """Call a field by its dotted path as an editor would: `sources.0.ref` is "ref" in an entry of "sources"."""
    said = ""
    for part in key.split(".") if key else ():
        own = "an entry" if part.isdecimal() else f'"{part}"'
        said = f"{own} {'of' if part.isdecimal() else 'in'} {said}" if said else own
    return said or "this"


def kind_of(node: Node) -> str:
    if isinstance(node, Sequence):
        return "list"
    return "group of fields" if isinstance(node, Mapping) else "single value"


def _limit(node: Scalar, key: str, most: int, length: int, report: Report) -> None:
    if length > most:
        hint = f"take out {length - most} characters or more"
        report.add("too-long", f"{label(key)} has {length} characters; at most {most} fit", node.span, hint)


def _within(node: Scalar, match: re.Match[str]) -> Span:
    """The place of a find in a value; that of the whole value where quotes or folding hide it."""
    span = node.span
    if span.line != span.end_line or span.end_column - span.column != len(node.text):
        return span
    return Span(span.path, span.line, span.column + match.start(), span.line, span.column + match.end())


def of_width(span: Span, width: int) -> Span:
    return Span(span.path, span.line, span.column, span.line, span.column + width)
