"""Cut a text into passages: paragraphs, list items, headings, rows, captions, each with the place where it begins.

The text comes from the scan with all markup replaced: a piece of markup within a line by `FILL`, what stands on lines
of its own (code, comments, blocks) by spaces, so that it parts what is before and after it.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from generator.markup.prose import Passage, without_emphasis

FILL = "\x01"
"""Stands for one character of markup; no source may hold it."""
GAP = "\xa0"
"""Stands for one character of what nobody sees: a space that does not indent what stands behind it in its line."""
_WORDS = ("escape", "hashes", "labelled", "keys", "parted", "rule", "underline", "open_cite", "bare", "auto")
"""What is prose as it is written; everything else that is found is markup."""
_APART = ("fence", "open_fence", "inner_fence", "comment", "block", "inner_block", "callout", "definition")
"""Markup that parts what stands before it from what stands after it."""
_TITLE = re.compile(r"""\s(["'])((?:(?!\1).)*)\1\s*\)$""")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})(?!#)[ \t]*")
_UNDERLINE = re.compile(r"=+|-+")
_ROW = re.compile(r"[ \t]*\|")
_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*(?:(?::?-+:?|::?)[ \t]*)?)+")
_RULES = "=-|:"
"""With one of these an underline begins, or the rule of a table."""
_DEFINITION = re.compile(r":[ \t]+")
_CODE = re.compile(r"    |\t| {1,3}\t")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Marks:
    """Where in a text its citations, links and pictures begin, and the level of the callout that a line begins."""

    citations: tuple[int, ...]
    links: tuple[int, ...]
    pictures: tuple[int, ...]
    callouts: tuple[tuple[int, str], ...]


def left_for_readers(kind: str, written: str) -> str:
    """What is left for readers of a piece of markup, of the same length; of a picture it is the caption."""
    if kind in _WORDS:
        return written
    if kind in _APART:
        return _filled(written, GAP if kind in ("comment", "definition") else " ")
    title = _TITLE.search(written) if kind == "image" else None
    if title is None:
        return _filled(written, FILL)
    return _filled(written[: title.start(2)], FILL) + title[2] + _filled(written[title.end(2) :], FILL)


def _filled(text: str, sign: str) -> str:
    """Put a sign for every character but line breaks."""
    return "\n".join(sign * len(line) for line in text.split("\n")) if "\n" in text else sign * len(text)


def passages(text: str, first_line: int, marks: Marks) -> tuple[Passage, ...]:
    """Cut a text that begins in line `first_line` of its file."""
    cutter = _Cutter(text, first_line, marks)
    cutter.run()
    return tuple(cutter.found)


class _Cutter:
    """Goes over the lines of a text and closes a passage where the next one begins."""

    def __init__(self, text: str, first_line: int, marks: Marks) -> None:
        self.text = text
        self.first_line = first_line
        self.marks = marks
        self.found: list[Passage] = []
        self.callouts = [offset for offset, _ in marks.callouts]
        self.kind = self.last = ""
        self.start = self.number = self.section = self.part = 0
        self.level = ""
        self.quoted = self.in_list = self.in_table = False

    def run(self) -> None:
        at = 0
        for number, line in enumerate(self.text.split("\n")):
            if line.strip():
                self.line(line, at, self.first_line + number)
            else:
                if self.kind:
                    self.close(at)
                self.level, self.quoted, self.in_table = "", False, False
            at += len(line) + 1
        self.close(at)

    def line(self, line: str, at: int, number: int) -> None:
        """Read one line that is not empty."""
        quote = _QUOTE.match(line) if ">" in line else None
        if not self.kind and not quote and not self.in_list and _CODE.match(line):
            return
        inner = line[quote.end() :] if quote else line
        self.enter(quote is not None, at, line)
        written = inner.strip()
        if not written:
            self.close(at)
            return
        may_rule = self.kind in ("paragraph", "row") and written[0] in _RULES
        if may_rule and self.kind == "paragraph" and _UNDERLINE.fullmatch(written) and self.is_first_line(at):
            self.close_heading(at)
            return
        if may_rule and _RULE.fullmatch(written):
            self.kind, self.in_table = "row", True
            self.close(at)
            return
        self.words(inner, at + len(line) - len(inner), at + len(line), number)

    def enter(self, is_quote: bool, at: int, line: str) -> None:
        """Note where a quote or callout begins and ends; a line without its sign may still go on with it."""
        end = at + len(line)
        number = bisect_left(self.callouts, at)
        if number < len(self.callouts) and self.callouts[number] <= end:
            self.close(at)
            self.level, self.quoted = self.marks.callouts[number][1], True
        elif is_quote and not self.quoted:
            self.close(at)
            self.level, self.quoted = "", True
        elif not is_quote and not self.kind:
            self.level, self.quoted = "", False

    def words(self, inner: str, offset: int, end: int, number: int) -> None:
        """Begin a passage with these words, or go on with the one that is open."""
        kind, skip = self.starts(inner)
        if not kind and self.kind:
            return
        if self.kind:
            self.close(offset)
        self.in_table = kind == "row" and self.in_table
        if kind == "item":
            self.part += not self.in_list
        elif kind == "row":
            self.part += self.last != "row"
        elif kind or not inner.startswith((" ", "\t")) or not self.in_list:
            self.part += 1
        self.in_list = kind == "item" or (not kind and self.in_list and inner.startswith((" ", "\t")))
        self.kind, self.start, self.number = kind or "paragraph", offset + skip, number
        if kind == "heading":
            self.close_heading(end)

    def starts(self, line: str) -> tuple[str, int]:
        """Give what kind of passage a line begins, and how many characters of it are not words."""
        if self.in_table and "|" in line:
            lead = _ROW.match(line)
            return "row", lead.end() if lead else 0
        if line[0].isalpha():
            return ("caption", 0) if line.startswith("Table:") else ("", 0)
        for kind, pattern in (("heading", _HEADING), ("item", _ITEM), ("row", _ROW), ("paragraph", _DEFINITION)):
            match = pattern.match(line)
            if match:
                return kind, match.end()
        return "", 0

    def is_first_line(self, at: int) -> bool:
        return self.text.find("\n", self.start, at - 1) < 0

    def close_heading(self, end: int) -> None:
        self.kind = "heading"
        self.section += 1
        self.close(end)

    def close(self, end: int) -> None:
        """Note the passage that ends here, if one is open; markup and quote marks within it become spaces."""
        if not self.kind:
            return
        self.last = self.kind
        has_picture = self.kind == "paragraph" and _any_between(self.marks.pictures, self.start, end)
        text = self.text[self.start : end].rstrip("\n")
        if ">" in text and "\n" in text:
            first, *rest = text.split("\n")
            text = "\n".join([first, *map(_unquoted, rest)])
        text = without_emphasis(text.replace(FILL, " "))
        if _WORD.search(text):
            self.found.append(
                Passage(
                    kind="figure" if has_picture else self.kind,
                    text=text,
                    line=self.number,
                    column=self.start - self.text.rfind("\n", 0, self.start),
                    cited=_any_between(self.marks.citations, self.start, end),
                    linked=_any_between(self.marks.links, self.start, end),
                    level=self.level,
                    quoted=self.quoted and not self.level,
                    section=self.section,
                    part=self.part,
                )
            )
        self.kind = ""


def _unquoted(line: str) -> str:
    """A line of a quote with spaces for its sign, where it has one."""
    quote = _QUOTE.match(line)
    return " " * quote.end() + line[quote.end() :] if quote else line


def _any_between(offsets: tuple[int, ...], start: int, end: int) -> bool:
    """Whether one of the offsets, which rise, lies in a stretch of the text."""
    if not offsets:
        return False
    index = bisect_left(offsets, start)
    return index < len(offsets) and offsets[index] < end
