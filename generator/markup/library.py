"""Python-Markdown as this program uses it: its extensions, and what makes it fast. The only place that knows it.

`as_it_comes` is the library with the extensions of the dialect. `tuned` gives the same HTML for every text, which a
test compares, and leaves out what a text gives no reason for. Each step stands in the place of the library's own part,
as a subclass of it or a wrapper around it. What the steps take for granted of the library are the tables below and the
order of its parts; a test asks whether it still holds.
"""

import re
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor, ParagraphProcessor
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import Pattern
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import (
    AMP_SUBSTITUTE,
    HTML_PLACEHOLDER_RE,
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    STX,
    AtomicString,
)

from generator.markup.serialised import serialised

Plain = Callable[[str], str]
"""Takes out of a text within the tree what stands for something else; an entity stands for a character."""
Finish = Callable[[Element, Plain], None]
"""What is done to the tree at the end, when escapes are the characters they stand for."""

_EXTENSIONS = (TableExtension, DefListExtension, AttrListExtension, SaneListExtension)
"""Given by themselves: to find one by its name, the library asks what is installed, and loads what reads e-mail."""
_NOTES = {"BACKLINK_TEXT": "\u21a9\ufe0e", "BACKLINK_TITLE": "\u2191 {}"}

INLINE_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "em_strong": "*",
}
"""What stands in a text that holds what an inline pattern looks for; in those of `SAME_SIGNS` another may stand.
A pattern that is not named is always tried."""
SAME_SIGNS = {"*": "_"}
"""Another sign that does the same."""
FOR_LABELS = ("reference", "image_reference", "short_reference", "short_image_ref")
"""Patterns that find nothing where the text gives no address for any label."""

BLOCK_SIGNS = {
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n",),
    "hr": ("--", "- -", "-  -", "**", "* *", "*  *", "__", "_ _", "_  _"),
    "deflist": (": ",),
    "quote": (">",),
    "footnote": ("]:",),
    "reference": ("]:",),
}
"""One of which stands in a block of each kind. The other kinds ask for the first characters alone."""
_PRIORITIES = {"table": 75, "hashheader": 70, "setextheader": 60, "hr": 50} | {
    "deflist": 25,
    "quote": 20,
    "footnote": 17,
    "reference": 15,
}
_PLAIN_BLOCK = re.compile(r"\*{0,2}[^\W\d_][^\n]*(?:\n\*{0,2}[^\W\d_][^\n]*)*")
"""A block each of whose lines begins with a letter, or with strong words. All kinds but the paragraph want a sign."""
_PLAIN_HEADING = re.compile(r"#{1,6}[^#\\\n]+")
"""A block of one line that is a heading, without another sign of one and without an escape."""
_UNSETTLED = ("\x02", "\x03", "\r", "\t", "\n ")
"""One of which stands in every text whose whitespace is changed."""


def to_html(text: str, finish: Finish) -> str:
    """Convert a text. One converter serves a whole thread; it is reset before each text, as its state would leak."""
    made: Tuned | None = getattr(_of_thread, "converter", None)
    if made is None:
        made = _of_thread.converter = tuned()
    made.reset()
    made.finish = finish
    try:
        return made.convert(text)
    except BaseException:  # stopped midway it knows of lists that are open, which no reset takes from it
        del _of_thread.converter
        raise


def as_it_comes() -> markdown.Markdown:
    """Make the library's own converter, with the extensions of the dialect."""
    return markdown.Markdown(
        extensions=[*(one() for one in _EXTENSIONS), FootnoteExtension(**_NOTES)], output_format="html"
    )


def tuned() -> "Tuned":
    """Make a converter that gives the same, faster."""
    made = Tuned(extensions=[*(one() for one in _EXTENSIONS), _Notes(**_NOTES)], output_format="html")
    made.serializer = partial(serialised, otherwise=to_html_string)
    made.block_level = frozenset(made.block_level_elements)
    made.preprocessors.register(_Whitespace(made), "normalize_whitespace", 30)
    made.preprocessors.register(_HtmlBlocks(made), "html_block", 20)
    kinds = made.parser.blockprocessors
    for name, priority in _PRIORITIES.items():
        kinds.register(_Signed(kinds[name], BLOCK_SIGNS[name]), name, priority)
    kinds.register(_PlainParagraph(made.parser), "plain", 102)
    kinds.register(_PlainHeading(made.parser), "plain-heading", 101)
    settled: Any = tuple(kinds)  # the registry would make a list of them for every block
    made.parser.blockprocessors = settled
    made.treeprocessors.register(_Inline(made), "inline", 20)
    made.treeprocessors.register(_Attributes(made), "attr_list", 8)
    made.treeprocessors.register(_Unescape(made), "unescape", 0)
    made.treeprocessors.register(_Last(made), "finish", -5)
    return made


_of_thread = threading.local()


class Tuned(markdown.Markdown):
    """The converter. `source` is the text that is being converted, when its whitespace is settled and HTML is out."""

    source = ""
    block_level: frozenset[str] = frozenset()
    finish: Finish | None = None

    def is_block_level(self, tag: Any) -> bool:
        """Ask a set, where the library walks through a list for every element and every step over the tree."""
        return tag in self.block_level or super().is_block_level(tag)


class _Whitespace(NormalizeWhitespace):
    """Whitespace that is settled need not be."""

    md: Tuned

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        settled = super().run(lines) if any(sign in source for sign in _UNSETTLED) else [*lines, "", ""]
        self.md.source = "\n".join(settled)
        return settled


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Where no tag and no entity can begin, the parser of HTML gives back what it is given."""

    md: Tuned

    def run(self, lines: list[str]) -> list[str]:
        if "<" not in self.md.source and "&" not in self.md.source:
            return lines
        left = super().run(lines)
        self.md.source = "\n".join(left)
        return left


class _Signed(BlockProcessor):
    """A kind of block that is looked for only where its sign stands: that is far cheaper to ask."""

    def __init__(self, kind: BlockProcessor, signs: tuple[str, ...]) -> None:
        super().__init__(kind.parser)
        self.kind = kind
        self.signs = signs

    def test(self, parent: Element, block: str) -> bool:
        for sign in self.signs:  # hundreds of times a page: `any` would take twice as long
            if sign in block:
                return self.kind.test(parent, block)
        return False

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self.kind.run(parent, blocks)


class _PlainParagraph(ParagraphProcessor):
    """Most blocks are running text. They are asked for first, not when all other kinds have been."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(_PLAIN_BLOCK.fullmatch(block))


class _PlainHeading(HashHeaderProcessor):
    """Headings that stand alone are the next most: the library searches each of them twice, character by character."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(_PLAIN_HEADING.fullmatch(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        text = block.lstrip("#")
        SubElement(parent, f"h{len(block) - len(text)}").text = text.strip()


class _Inline(InlineProcessor):
    """Tries on a piece of text only the patterns whose sign stands in it; the library tries all of them on every piece.

    It goes over the tree in the library's order, since footnotes and stashed HTML are numbered in it, but keeps no
    ancestors, which no pattern asks for. What a pattern makes is put aside under a placeholder, as patterns expect.
    """

    md: Tuned

    def __init__(self, md: Tuned) -> None:
        super().__init__(md)
        known = {md.inlinePatterns[name]: sign for name, sign in INLINE_SIGNS.items() if name in md.inlinePatterns}
        self.all = [(one, known.get(one, "")) for one in md.inlinePatterns]
        self.for_labels = {md.inlinePatterns[name] for name in FOR_LABELS}
        self.needed: list[tuple[Pattern, str, str]] = []
        self.sign = re.compile(STX)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.stashed_nodes = {}
        both = [(pattern, sign, SAME_SIGNS.get(sign, sign)) for pattern, sign in self.all]
        source = self.md.source
        self.needed = [
            (pattern, sign, other)
            for pattern, sign, other in both
            if (sign in source or other in source) and (self.md.references or pattern not in self.for_labels)
        ]
        signs = {STX} | {one[-1:] for _, *two in self.needed for one in two}
        self.sign = re.compile("" if "" in signs else f"[{re.escape(''.join(sorted(signs)))}]")
        waiting = deque([tree])
        while waiting:
            self.work_on(waiting.popleft(), waiting)
        return tree

    def work_on(self, parent: Element, waiting: deque[Element]) -> None:
        """Convert the texts of an element's children, and what follows each; what is made waits for its own turn."""
        placed = []
        for child in parent:  # and over what is put behind the child on the way
            if child.text and not isinstance(child.text, AtomicString) and self.sign.search(child.text):
                text, child.text = child.text, None
                made = self.filled(self.patterned(text), child, "text")
                waiting += made
                placed.append((child, made))
            if child.tail and self.sign.search(child.tail):
                tail, child.tail = self.patterned(child.tail), None
                self.put(parent, list(parent).index(child) + 1, self.filled(tail, child, "tail"))
            if len(child):
                waiting.append(child)
        for child, made in placed:
            self.put(child, 0, made)

    def patterned(self, text: str, first: int = 0) -> str:
        """Give a text with placeholders for what the patterns from `first` on find in it."""
        if isinstance(text, AtomicString):
            return text
        for number in range(first, len(self.needed)):
            pattern, sign, other = self.needed[number]
            at: int | None = 0 if sign in text or other in text else None
            while at is not None:
                text, at = self.step(pattern, number, text, at)
        return text

    def step(self, pattern: Any, number: int, text: str, at: int) -> tuple[str, int | None]:
        """Put a placeholder for the next find of a pattern; give also where to go on, None where it finds no more."""
        for match in pattern.getCompiledRegExp().finditer(text, at):
            node, start, end = pattern.handleMatch(match, text)
            if start is None or end is None:
                continue
            if node is None:
                return text, end
            if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                for one in (node, *node):
                    if one.text:
                        one.text = self.patterned(one.text, number + 1)
                    if one.tail:
                        one.tail = self.patterned(one.tail, number)
            name = f"{len(self.stashed_nodes):04}"
            self.stashed_nodes[name] = node
            placeholder = INLINE_PLACEHOLDER % name
            return text[:start] + placeholder + text[end:], start + len(placeholder)
        return text, None

    def filled(self, text: str, holder: Element, place: str) -> list[Element]:
        """Give what the placeholders of a text stand for; the text before the first becomes the holder's own."""
        made: list[Element] = []
        end = 0
        while (start := text.find(INLINE_PLACEHOLDER_PREFIX, end)) >= 0:
            match = INLINE_PLACEHOLDER_RE.search(text, start)
            node = self.stashed_nodes.get(match[1]) if match else None
            if match is None or node is None:  # emphasis has cut a placeholder in two
                start, end = end, start + len(INLINE_PLACEHOLDER_PREFIX)
                self.join(text[start:end], made, holder, place)
                continue
            self.join(text[end:start], made, holder, place)
            end = match.end()
            if isinstance(node, str):
                self.join(node, made, holder, place)
                continue
            for child in (node, *node):
                if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
                    tail, child.tail = child.tail, None
                    index = 0 if child is node else list(node).index(child) + 1
                    self.put(node, index, self.filled(tail, child, "tail"))
                if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
                    inner, child.text = child.text, None
                    self.put(child, 0, self.filled(inner, child, "text"))
            made.append(node)
        self.join(type(text)(text[end:]), made, holder, place)
        return made

    def join(self, text: str, made: list[Element], holder: Element, place: str) -> None:
        """Add a text to the end of what is made so far."""
        if text:
            holder, place = (made[-1], "tail") if made else (holder, place)
            before = getattr(holder, place)
            setattr(holder, place, before + text if before else text)

    def put(self, parent: Element, index: int, made: list[Element]) -> None:
        parent[index:index] = made


class _Attributes(AttrListTreeprocessor):
    """Attributes stand in curly brackets."""

    md: Tuned

    def run(self, doc: Element) -> None:
        if "{" in self.md.source:
            super().run(doc)


class _Unescape(UnescapeTreeprocessor):
    """What is unescaped was escaped by a backslash."""

    md: Tuned

    def run(self, root: Element) -> None:
        if "\\" in self.md.source:
            super().run(root)


class _Notes(FootnoteExtension):
    """The place of the footnotes is looked for, in every element, only where the text names it."""

    md: Tuned

    def findFootnotesPlaceholder(self, root: Element) -> tuple[Element, Element, bool] | None:
        named = self.getConfig("PLACE_MARKER") in self.md.source
        return super().findFootnotesPlaceholder(root) if named else None


class _Last(Treeprocessor):
    """Lets the program work over the tree."""

    md: Tuned

    def run(self, root: Element) -> None:
        if self.md.finish:
            self.md.finish(root, self.plain)

    def plain(self, text: str) -> str:
        text = HTML_PLACEHOLDER_RE.sub(lambda match: self.entity(int(match[1])), text)
        return INLINE_PLACEHOLDER_RE.sub("", text).replace(AMP_SUBSTITUTE, "&")

    def entity(self, number: int) -> str:
        """Give what the library has put aside if it is an entity, and nothing if it is a tag."""
        stashed = self.md.htmlStash.rawHtmlBlocks[number]
        return stashed if isinstance(stashed, str) and stashed.startswith("&") else ""
