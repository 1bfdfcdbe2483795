"""The text of a page as Markdown, made from what the page shows, so that the two cannot differ."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from generator.keep.shown import Shown, classes
from generator.output.tree import Element

_BLOCKS = frozenset(
    "address article aside blockquote details div dl dd dt fieldset figure figcaption footer form h1 h2 h3 h4 h5 h6 "
    "header hr legend li main nav ol p pre section summary table ul".split()
)
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
_AT_START = re.compile(r"(\s*)(#+|[-+](?=\s|$)|=+|\d+(?=[.)](?:\s|$)))")
_SPACE = re.compile(r"[^\S ]\s*| \s+")
"""Space that is more than one single space, or another."""


def markdown(page: Shown, address: str, after: str = "") -> str:
    """Give a page as Markdown. `address` is its own, against which links are made whole; `after` is one last line."""
    writer = _Writer(address)
    parts = [*writer.blocks(page.main), *([after] if after else [])]
    return "\n\n".join(one for one in parts if one.strip()) + "\n"


def escaped(text: str) -> str:
    """Give a plain text so that Markdown shows it as it is."""
    return _guarded(_SPECIAL.sub(_marked, text))


def _marked(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def _guarded(line: str) -> str:
    """Give a line so that its beginning makes no heading or list of it."""
    found = _AT_START.match(line)
    if not found:
        return line
    space, sign = found.groups()
    rest = line[found.end() :]
    return f"{space}{sign}\\{rest}" if sign[0].isdigit() else f"{space}\\{sign}{rest}"


class _Writer:
    """Writes the elements of one page; `address` makes its links whole."""

    def __init__(self, address: str) -> None:
        self.address = address

    def blocks(self, element: Element) -> Iterator[str]:
        """Give the blocks within an element, each as text of one or more lines."""
        line = self._text(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag in _BLOCKS:
                yield from _paragraph(line)
                yield from self._block(child)
                line = ""
            else:
                line += self._inline(child)
            line += self._text(child.tail)
        yield from _paragraph(line)

    def _block(self, element: Element) -> Iterator[str]:
        tag = element.tag
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield f"{'#' * int(tag[1])} {self._line(element)}"
        elif tag == "table":
            yield from self._table(element)
        elif tag in ("ul", "ol"):
            if "references" in classes(element.getparent()):
                yield from self._sources(element)
            else:
                yield self._list(element)
        elif tag == "dl":
            yield "\n".join(self._facts(element))
        elif tag == "pre":
            yield f"```\n{''.join(element.itertext()).rstrip()}\n```"
        elif tag == "blockquote" or "callout" in classes(element):
            yield _indented("\n\n".join(self.blocks(element)), "> ", "> ")
        elif tag in ("summary", "figcaption", "legend") or "callout-label" in classes(element):
            yield f"**{_SPACE.sub(' ', ''.join(element.itertext())).strip()}**"
        elif tag == "hr":
            yield "---"
        else:
            yield from self.blocks(element)

    def _list(self, element: Element) -> str:
        items = []
        for number, item in enumerate(element.findall("li"), 1):
            mark = f"{number}. " if element.tag == "ol" else "- "
            between = "\n\n" if any(child.tag in ("p", "table", "pre") for child in item) else "\n"
            items.append(_indented(between.join(self.blocks(item)), mark, " " * len(mark)))
        return "\n".join(items)

    def _sources(self, element: Element) -> Iterator[str]:
        """The list of sources: footnotes, to which the citations point."""
        for number, item in enumerate(element.findall("li"), 1):
            yield f"[^{number}]: {' '.join(self.blocks(item))}"

    def _facts(self, element: Element) -> Iterator[str]:
        term = ""
        for one in element.iter("dt", "dd"):
            if one.tag == "dt":
                term = self._line(one).strip("*")
            else:
                yield f"- **{term}:** {self._line(one)}"

    def _table(self, table: Element) -> Iterator[str]:
        caption = table.find("caption")
        if caption is not None:
            yield f"**{self._line(caption)}**"
        rows = [[self._cell(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
        if not rows:
            return
        has_head = table.find("thead") is not None
        width = max(map(len, rows))
        head = rows.pop(0) if has_head else [""] * width
        lines = [head, ["---"] * width, *rows]
        yield "\n".join(f"| {' | '.join(one + [''] * (width - len(one)))} |" for one in lines)

    def _cell(self, cell: Element) -> str:
        return " ".join(_SPACE.sub(" ", one.removeprefix("- ").replace("\n- ", " · ")) for one in self.blocks(cell))

    def _line(self, element: Element) -> str:
        return _SPACE.sub(" ", " ".join(self.blocks(element))).strip()

    def _inline(self, element: Element) -> str:
        if not isinstance(element.tag, str) or element.tag == "svg":
            return ""
        if element.tag == "br":
            return " "
        if element.tag == "img":
            return f"![{escaped(element.get('alt') or '')}](<{urljoin(self.address, element.get('src') or '')}>)"
        if "cite" in classes(element):
            return self._citation(element)
        inner = self._text(element.text)
        inner += "".join(self._inline(one) + self._text(one.tail) for one in element)
        if element.tag == "a" and element.get("href"):
            return _wrapped(inner, "[", f"]({_target(self.address, element.get('href'))})")
        if element.tag in ("strong", "b"):
            return _wrapped(inner, "**", "**")
        if element.tag in ("em", "i", "cite"):
            return _wrapped(inner, "*", "*")
        if element.tag == "q":
            return f"“{inner}”"
        if element.tag == "code":
            return f"`{''.join(element.itertext())}`"
        if "what" in classes(element):
            return f"({inner.strip()})"
        if {"level", "certainty", "said-label"} & set(classes(element)):
            return _wrapped(inner, "**", "**")
        return inner

    def _citation(self, element: Element) -> str:
        """A citation: footnotes, and after each the place in the work, such as `table 2`."""
        shown = ""
        for one in element.iter("a"):
            place = (one.tail or "").strip("[], \n")
            shown += f"[^{''.join(one.itertext()).strip()}]" + (f" ({escaped(place)})" if place else "")
        return f" {shown}" if "".join(element.itertext())[:1].isspace() else shown

    def _text(self, text: str | None) -> str:
        return _SPECIAL.sub(_marked, _SPACE.sub(" ", text)) if text else ""


def _paragraph(line: str) -> Iterator[str]:
    line = _SPACE.sub(" ", line).strip()
    if line:
        yield _guarded(line)


def _wrapped(inner: str, before: str, after: str) -> str:
    """Put signs around a text, and leave the space at its ends outside, where Markdown wants it."""
    core = inner.strip()
    if not core:
        return inner
    return inner[: len(inner) - len(inner.lstrip())] + before + core + after + inner[len(inner.rstrip()) :]


def _target(address: str, href: str) -> str:
    whole = urljoin(address, href)
    return f"<{whole}>" if re.search(r"[\s()]", whole) else whole


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    rest = (others + line if line or others.strip() else "" for line in lines[1:])
    return "\n".join([first + lines[0], *(line.rstrip() for line in rest)])
