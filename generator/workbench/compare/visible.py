"""The text of a rendered page as readers see it, block by block.

What only leads elsewhere is left out (menus, lists of other pages), and so is what the report tells in a better way:
title, dates, numbers of citations, lists of sources, and the meanings of terms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.output.tree import begins_and_ends, own_name, tree_of

_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"}
_BLOCKS = set(
    "address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr legend li main ol p pre section summary table tbody thead tr ul".split()
)
_HEADINGS = {"h2", "h3", "h4"}
_PARTS = {"section", "article"}
"""What a heading within holds for, and no further."""
_NOT_READ = {"nav", "script", "style", "svg", "template", "h1"}
_LEFT_OUT = set(
    "lead dateline overdue about-page references reference-pages anchor cite term-note to-top print-only "
    "letters".split()
)
_BEFORE_STOP = re.compile(r" (?=[.,;:!?)](?:\s|$))")


@dataclass(frozen=True)
class Block:
    """A paragraph, list entry, heading or row of a table, and the heading that it stands below."""

    text: str
    heading: str = ""


def main_of(html: str) -> str:
    """Give the part of a page between its menus."""
    start = html.find("<main")
    end = html.find("</main>", start)
    return html[start:end] if 0 <= start < end else html


def visible(html: str) -> tuple[Block, ...]:
    """Give the blocks of text in well-formed HTML."""
    reader = _Reader()
    for begins, element in begins_and_ends(tree_of(html.encode("utf-8"))):
        if begins:
            reader.begin(own_name(element.tag), element.attrib)
            reader.say(element.text)
        else:
            reader.end(own_name(element.tag))
            reader.say(element.tail)
    reader.flush()
    return tuple(reader.blocks)


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.heading = ""
        self.outer: list[str] = []
        self.words: list[str] = []
        self.skipped = 0
        self.rows = 0

    def begin(self, tag: str, values: Mapping[str, str]) -> None:
        """Take in that an element begins."""
        if tag in _VOID:
            self.words.append(" " if tag == "br" else "")
            if tag == "img" and not self.skipped:
                self.words.append(values.get("alt") or "")
            return
        if self.skipped:
            self.skipped += 1
            return
        classes = set((values.get("class") or "").split())
        if tag in _NOT_READ or classes & _LEFT_OUT:
            self.skipped = 1
            return
        if tag in _BLOCKS:
            self._break(within=tag not in ("tr", "dd"), before=tag != "dd")
            self.rows += tag == "tr"
            if tag in _PARTS:
                self.outer.append(self.heading)

    def end(self, tag: str) -> None:
        """Take in that an element ends."""
        if tag in _VOID:
            return
        if self.skipped:
            self.skipped -= 1
            return
        if tag in ("td", "th"):
            self.words.append(" | ")
        elif tag == "dt":
            self.words.append(": ")
        elif tag in _HEADINGS:
            self.heading = tidy("".join(self.words))
            self.flush()
        elif tag in _BLOCKS:
            self.rows -= tag == "tr"
            self._break()
            if tag in _PARTS and self.outer:
                self.heading = self.outer.pop()

    def say(self, text: str | None) -> None:
        """Take in text."""
        if text and not self.skipped:
            self.words.append(text)

    def _break(self, within: bool = True, before: bool = True) -> None:
        """End a block; within a row of a table, or between a name and what is said of it, there is only a space."""
        if (self.rows and within) or not before:
            self.words.append(" ")
        else:
            self.flush()

    def flush(self) -> None:
        """End the block."""
        text = tidy("".join(self.words)).removesuffix(" |").strip()
        if text:
            self.blocks.append(Block(text, self.heading if text != self.heading else ""))
        self.words = []


def tidy(text: str) -> str:
    """Give a text with single spaces, and none before a stop."""
    return _BEFORE_STOP.sub("", " ".join(text.split()))
