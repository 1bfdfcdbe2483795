"""Find what a text asks of other files *before* Markdown sees it, while every character still has its place.

Python-Markdown keeps no positions. So one pass over the source replaces each link destination, citation, picture,
block, callout label and code block by the token of a slot; Markdown then works on text with tokens. Where a token
ends up in a place that Markdown does not read (code, say), `converter` puts back what was written.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.markup.callouts import CALLOUTS
from generator.markup.citations import Locate, read_citation
from generator.markup.directives import read_block
from generator.markup.lint import Lint
from generator.markup.passages import Marks, left_for_readers
from generator.markup.sanitiser import allows
from generator.markup.slots import CalloutSlot, CitationSlot, CodeSlot, ImageSlot, LinkSlot, MentionSlot, Slot, token
from generator.markup.syntax import ATTRIBUTE, parts
from generator.problems.problem import Problem
from generator.sources.characters import REPLACEMENT, entities

_PARTED_QUOTES = re.compile(r"(>(?<=^>)[^\n]*\n)(?:[ \t]*\n)+(?=>)", re.MULTILINE)
_PARTING = r"\1\n<!-- two quotes, as on GitHub; Python-Markdown would make them one -->\n\n"
_REST = re.compile(r"""(?P<good>(?:\s+(?:"[^"]*"|'[^']*'))?\s*\))|[^\n)]{0,200}""")
"""What may follow the destination of a link in brackets: a title, and the closing bracket."""
_KEYS = re.compile(r"[A-Za-z][\w-]*")
_YEARLY = re.compile(r"[A-Za-z]+[0-9]{4}[a-z]?")
"""How keys mostly look: what looks so was meant as one, even where no reference has it."""
_DEFINED = re.compile(r"\[[^\[\]\n]*\](?=:)")


def without_reserved(text: str) -> str:
    """Replace character references that stand for what no source may hold, and with which it could forge a token."""
    if "&" not in text:
        return text
    pieces, end = [], 0
    for start, stop, _ in entities(text):
        pieces += [text[end:start], REPLACEMENT]
        end = stop
    return "".join([*pieces, text[end:]])


@dataclass(frozen=True)
class Scanned:
    """What one text came to. `tokens` is the text with tokens, for Markdown; `slots` are what they stand for, in order.

    `prose` is the text with spaces or `FILL` for markup, of the same length, and `marks` are places in it.
    """

    tokens: str
    slots: tuple[Slot, ...]
    prose: str
    marks: Marks
    problems: tuple[Problem, ...]


def scan(text: str, locate: Locate, first_slot: int = 0) -> Scanned:
    """Go over a text once. `locate` gives the place of a stretch of it; its slots are numbered from `first_slot` on."""
    return _Scan(text, locate, first_slot).run()


class _Scan:
    """One pass over one text; a handler gives what Markdown sees of a part."""

    def __init__(self, text: str, locate: Locate, first_slot: int) -> None:
        self.text = text
        self.locate = locate
        self.first_slot = first_slot
        self.slots: list[Slot] = []
        self.lint = Lint(text, locate)
        self.callouts: list[tuple[int, str]] = []

    def run(self) -> Scanned:
        tokens, prose = [], []
        cited: list[int] = []
        linked: list[int] = []
        pictures: list[int] = []
        places = {"cite": cited, "link": linked, "labelled": linked, "image": pictures}
        end = told = 0
        for match in parts(self.text):
            kind = match.lastgroup or ""
            self.lint.look(kind, match)
            handler = _HANDLERS.get(kind)
            tokens += [self.text[end : match.start()], handler(self, match) if handler else match.group()]
            prose.append(self.text[told : match.start()])
            begun = max(told, match.start())  # a part may stand in the title of a link, which is told with the link
            end = match.end()
            rest = _REST.match(self.text, end) if kind in ("image", "link") else None
            told = max(told, rest.end() if rest and rest["good"] else end)
            if begun < told:
                prose.append(left_for_readers(kind, self.text[begun:told]))
            if kind in places:
                places[kind].append(match.start())
        whole = "".join([*prose, self.text[told:]])
        self.lint.finish(whole)
        return Scanned(
            _PARTED_QUOTES.sub(_PARTING, "".join([*tokens, self.text[end:]])),
            tuple(self.slots),
            whole,
            Marks(tuple(cited), tuple(linked), tuple(pictures), tuple(self.callouts)),
            tuple(self.lint.problems),
        )

    def _fence(self, match: re.Match[str]) -> str:
        slot = CodeSlot(match.group(), match["language"].strip(), match["code"], self.lint.span(match))
        return f"\n\n{self._slot(slot)}\n\n"

    def _html(self, match: re.Match[str]) -> str:
        """Replace the addresses in a tag that stays."""
        tag, attributes = match["tag"].lower(), match["attributes"]
        if not allows(tag):
            return match.group()
        pieces, end = [], 0
        for one in ATTRIBUTE.finditer(attributes):
            name, value = one[1].lower(), (one[2] or "").strip("\"'")
            if name in ("href", "src") and one[2] and allows(tag, name):
                start = match.start("attributes") + one.start(2) + one[2].index(value)
                span = self.locate(start, start + len(value))
                kind = LinkSlot if name == "href" else ImageSlot
                pieces += [attributes[end : one.start(2)], f'"{self._slot(kind(value, value, span))}"']
                end = one.end(2)
        before = self.text[match.start() : match.start("attributes")]
        after = self.text[match.end("attributes") : match.end()]
        return "".join([before, *pieces, attributes[end:], after])

    def _image(self, match: re.Match[str]) -> str:
        return self._destination(match, "image_to", ImageSlot)

    def _link(self, match: re.Match[str]) -> str:
        return self._destination(match, "link_to", LinkSlot)

    def _definition(self, match: re.Match[str]) -> str:
        return self._destination(match, "defined", LinkSlot)

    def _destination(self, match: re.Match[str], group: str, kind: type[LinkSlot] | type[ImageSlot]) -> str:
        """Replace the destination in what was matched by a slot's token."""
        start, end = match.span(group)
        if match[group].startswith("<"):
            start, end = start + 1, end - 1
        written = self.text[start:end]
        span = self.locate(start, end) if written else self.lint.span(match)
        rest = _REST.match(self.text, match.end()) if group != "defined" else None
        if rest and not rest["good"]:
            hint = "write a space as %20, and close the link with )"
            place = self.locate(start, rest.end())
            message = "the address holds a space, or is never closed"
            self.lint.problems.append(Problem("broken-link", message, place, hint))
            return match.group()
        slot = self._slot(kind(written, written, span))
        return self.text[match.start() : match.start(group)] + slot + self.text[match.end(group) : match.end()]

    def _cite(self, match: re.Match[str]) -> str:
        cited, problems = read_citation(match["cited"], match.start("cited"), self.locate)
        self.lint.problems += problems
        if problems:
            return match.group()
        return self._slot(CitationSlot(match.group(), cited, self.lint.span(match)))

    def _bare(self, match: re.Match[str]) -> str:
        key = match.group()[1:]
        if _YEARLY.fullmatch(key):
            self.lint.add("bad-citation", "a citation stands in square brackets", match, hint=f"write [@{key}]")
        else:
            self._slot(MentionSlot(match.group(), key, self.lint.span(match)))
        return match.group()

    def _keys(self, match: re.Match[str]) -> str:
        """Notice keys without their signs; whether they are keys is known where the references are."""
        key, *_ = _KEYS.findall(match["keyed"])
        if match.group() not in self._defined:
            self._slot(MentionSlot(match.group(), key, self.lint.span(match)))
        return match.group()

    @cached_property
    def _defined(self) -> frozenset[str]:
        """The labels, in their brackets, for which something is given."""
        return frozenset(_DEFINED.findall(self.text))

    def _block(self, match: re.Match[str]) -> str:
        slot, problems = read_block(match.group(), match.start(), self.locate)
        self.lint.problems += problems
        return f"\n\n{self._slot(slot)}\n\n" if slot else match.group()

    def _callout(self, match: re.Match[str]) -> str:
        name = match["alert"]
        if name not in CALLOUTS:
            return match.group()
        span = self.locate(match.start("alert") - 2, match.end("alert") + 1)
        self.callouts.append((match.start(), CALLOUTS[name]))
        return " " + self._slot(CalloutSlot(f"[!{name}]", CALLOUTS[name], span)) + match["beside"]

    def _slot(self, slot: Slot) -> str:
        self.slots.append(slot)
        return token(self.first_slot + len(self.slots) - 1)


_HANDLERS: Mapping[str, Callable[[_Scan, re.Match[str]], str]] = {
    "fence": _Scan._fence,
    "html": _Scan._html,
    "image": _Scan._image,
    "link": _Scan._link,
    "definition": _Scan._definition,
    "cite": _Scan._cite,
    "bare": _Scan._bare,
    "keys": _Scan._keys,
    "block": _Scan._block,
    "callout": _Scan._callout,
}
"""How each kind of part is replaced; the others stay as they are."""
