"""The text of a page as Markdown, made from what the page shows, so that the two cannot differ."""

import re

from generator.formats.shown import Shown, classes
from generator.output.tree import Element
from generator.site.addresses import whole

_BLOCKS = frozenset(
    "address article aside blockquote details div dl dd dt fieldset figure figcaption footer form h1 h2 h3 h4 h5 h6 "
    "header hr legend li main nav ol p pre section summary table ul".split()
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_APART = frozenset(("p", "table", "pre"))
"""What parts the blocks of an item of a list by an empty line."""
_MARKED = frozenset(("level", "certainty", "said-label"))
"""Classes of what stands out by its look."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&](?:(?<!&)|(?=#?\w+;))")
_AT_START = re.compile(r"(\s*)(#+|[-+](?=\s|$)|=+|\d+(?=[.)](?:\s|$)))")
_BRACKETED = re.compile(r"[\s()]")
"""What an address holds that must stand in angle brackets."""


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

    def blocks(self, element: Element) -> list[str]:
        """Give the blocks within an element, each as text of one or more lines."""
        if not len(element):  # as are most
            words = _single(element.text or "")
            return [_guarded(_SPECIAL.sub(_marked, words))] if words else []
        found: list[str] = []
        line = _text(element.text)
        for child in element:
            if child.tag in _BLOCKS:
                _end(line, found)
                self._block(child, found)
                line = _text(child.tail)
            else:
                line += self._inline(child) + _text(child.tail)
        _end(line, found)
        return found

    def _block(self, element: Element, found: list[str]) -> None:
        tag = element.tag
        if tag == "p" and element.get("class") is None:
            found += self.blocks(element)
        elif tag in _HEADINGS:
            found.append(f"{_HEADINGS[tag]} {self._line(element)}")
        elif tag == "table":
            self._table(element, found)
        elif tag == "ul" or tag == "ol":
            if "references" in classes(element.getparent()):
                self._sources(element, found)
            else:
                found.append(self._list(element))
        elif tag == "dl":
            found.append("\n".join(self._facts(element)))
        elif tag == "pre":
            code = "".join(element.itertext()).rstrip()
            fence = "`" * max(3, _ticks(code) + 1)
            found.append(f"{fence}\n{code}\n{fence}")
        elif tag == "blockquote" or "callout" in classes(element):
            found.append(_indented("\n\n".join(self.blocks(element)), "> ", "> "))
        elif tag in ("summary", "figcaption", "legend") or "callout-label" in classes(element):
            found.append(f"**{escaped(_single(''.join(element.itertext())))}**")
        elif tag == "hr":
            found.append("---")
        else:
            found += self.blocks(element)

    def _list(self, element: Element) -> str:
        items = []
        is_numbered = element.tag == "ol"
        for number, item in enumerate(element.iterchildren("li"), 1):
            mark = f"{number}. " if is_numbered else "- "
            between = "\n" if _APART.isdisjoint([child.tag for child in item]) else "\n\n"
            items.append(_indented(between.join(self.blocks(item)), mark, " " * len(mark)))
        return "\n".join(items)

    def _sources(self, element: Element, found: list[str]) -> None:
        """The list of sources: footnotes, to which the citations point."""
        for number, item in enumerate(element.iterchildren("li"), 1):
            found.append(f"[^{number}]: {' '.join(self.blocks(item))}")

    def _facts(self, element: Element) -> list[str]:
        facts = []
        term = ""
        for one in element.iter("dt", "dd"):
            if one.tag == "dt":
                term = self._line(one).strip("*")
            else:
                facts.append(f"- **{term}:** {self._line(one)}")
        return facts

    def _table(self, table: Element, found: list[str]) -> None:
        caption = table.find("caption")
        if caption is not None:
            found.append(f"**{self._line(caption)}**")
        rows = [[self._cell(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
        if not rows:
            return
        has_head = table.find("thead") is not None
        width = max(map(len, rows))
        head = rows.pop(0) if has_head else [""] * width
        lines = [head, ["---"] * width, *rows]
        found.append("\n".join([f"| {' | '.join(one + [''] * (width - len(one)))} |" for one in lines]))

    def _cell(self, cell: Element) -> str:
        return " ".join([_collapsed(one.removeprefix("- ").replace("\n- ", " · ")) for one in self.blocks(cell)])

    def _line(self, element: Element) -> str:
        return _single(" ".join(self.blocks(element)))

    def _inline(self, element: Element) -> str:
        tag = element.tag
        if not isinstance(tag, str) or tag == "svg":
            return ""
        if tag == "br":
            return " "
        if tag == "img":
            return f"![{escaped(element.get('alt') or '')}](<{whole(self.address, element.get('src') or '')}>)"
        own = classes(element)
        if "cite" in own:
            return self._citation(element)
        inner = _text(element.text)
        for one in element:
            inner += self._inline(one) + _text(one.tail)
        if tag == "a" and (href := element.get("href")):
            return _wrapped(inner, "[", f"]({_target(self.address, href)})")
        if tag in ("strong", "b"):
            return _wrapped(inner, "**", "**")
        if tag in ("em", "i", "cite"):
            return _wrapped(inner, "*", "*")
        if tag == "q":
            return f"“{inner}”"
        if tag == "code":
            return _code("".join(element.itertext()))
        if "what" in own:
            return f"({inner.strip()})"
        return inner if _MARKED.isdisjoint(own) else _wrapped(inner, "**", "**")

    def _citation(self, element: Element) -> str:
        """A citation: footnotes, and after each the place in the work, such as `table 2`."""
        shown = ""
        for one in element.iter("a"):
            place = (one.tail or "").strip("[], \n")
            shown += f"[^{''.join(one.itertext()).strip()}]" + (f" ({escaped(place)})" if place else "")
        return f" {shown}" if "".join(element.itertext())[:1].isspace() else shown


def _ticks(code: str) -> int:
    """The length of the longest row of backticks, which a fence must be longer than."""
    return max(map(len, re.findall("`+", code)), default=0)


def _code(code: str) -> str:
    ticks = _ticks(code)
    return f"{'`' * (ticks + 1)} {code} {'`' * (ticks + 1)}" if ticks else f"`{code}`"


def _text(text: str | None) -> str:
    """Give a text of the page: in one line, and shown by Markdown as it is."""
    return _SPECIAL.sub(_marked, _collapsed(text)) if text else ""


def _collapsed(text: str) -> str:
    """Make each stretch of space one single space, as browsers do."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _single(text: str) -> str:
    """The same without space at its ends."""
    return " ".join(text.split())


def _end(line: str, found: list[str]) -> None:
    """Add a line that ends here to the blocks, unless there is nothing in it."""
    line = _single(line)
    if line:
        found.append(_guarded(line))


def _wrapped(inner: str, before: str, after: str) -> str:
    """Put signs around a text, and leave the space at its ends outside, where Markdown wants it."""
    core = inner.strip()
    if not core:
        return inner
    return inner[: len(inner) - len(inner.lstrip())] + before + core + after + inner[len(inner.rstrip()) :]


def _target(address: str, href: str) -> str:
    found = whole(address, href)
    return f"<{found}>" if _BRACKETED.search(found) else found


def _indented(text: str, first: str, others: str) -> str:
    if "\n" not in text:
        return first + text
    lines = text.split("\n")
    rest = (others + line if line or others.strip() else "" for line in lines[1:])
    return "\n".join([first + lines[0], *(line.rstrip() for line in rest)])
