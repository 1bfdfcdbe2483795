"""Find what a text asks of other files *before* Markdown sees it, while every character still has its place.

Python-Markdown keeps no positions. So one pass over the source replaces each link destination, citation, picture,
block, callout label and code block by the token of a slot; Markdown then works on text with tokens. Where a token
ends up in a place that Markdown does not read (code, say), `converter` puts back what was written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from generator.markup.callouts import LEVELS
from generator.markup.citations import Locate, read_citation
from generator.markup.code import instead_of, language_is_known
from generator.markup.dialects import foreign
from generator.markup.directives import read_block
from generator.markup.passages import left_for_readers
from generator.markup.sanitiser import allows
from generator.markup.slots import CalloutSlot, CitationSlot, CodeSlot, ImageSlot, LinkSlot, MentionSlot, Slot, token
from generator.markup.syntax import parts
from generator.markup.tables import CAPTION
from generator.problems.problem import Problem, Span, suggest
from generator.sources.characters import ENTITY, REPLACEMENT, Refused, entities
from generator.sources.hosts import misleading

_PARTED_QUOTES = re.compile(r"(>(?<=^>)[^\n]*\n)(?:[ \t]*\n)+(?=>)", re.MULTILINE)
_PARTING = r"\1\n<!-- two quotes, as on GitHub; Python-Markdown would make them one -->\n\n"
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_REST = re.compile(r"""(?P<good>(?:\s+(?:"[^"]*"|'[^']*'))?\s*\))|[^\n)]{0,200}""")
"""What may follow the destination of a link in brackets: a title, and the closing bracket."""
_IN_MARKDOWN = "write it in Markdown, or delete it"
_NO_ALT = "this picture has no text for those who cannot see it"
_LISTED = re.compile(r"(?<![\w:-])([\w:-]+)\s*=")
_KEYS = re.compile(r"[A-Za-z][\w-]*")
_YEARLY = re.compile(r"[A-Za-z]+[0-9]{4}[a-z]?")
"""How keys mostly look: what looks so was meant as one, even where no reference has it."""
_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_DEFINED = re.compile(r"\[[^\[\]\n]*\](?=:)")
_NEAR = 4_000
"""Characters before a table in which its caption stands."""


def without_reserved(text: str) -> str:
    """Replace character references that stand for what no source may hold, and with which it could forge a token."""
    if "&" not in text:
        return text
    pieces, end = [], 0
    for start, stop, _ in entities(text):
        pieces += [text[end:start], REPLACEMENT]
        end = stop
    return "".join([*pieces, text[end:]])


@dataclass
class Scan:
    """One pass over one text. `locate` gives the place of a stretch of it."""

    text: str
    locate: Locate
    first_slot: int = 0
    slots: list[Slot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, Span] = field(default_factory=dict)
    used_notes: dict[str, Span] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    used_labels: list[tuple[str, Span]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    level: int = 1
    prose: str = ""
    """The text with spaces or `FILL` for markup, of the same length."""
    marked: list[tuple[str, int]] = field(default_factory=list)
    """The kind and the offset of each citation, link and picture."""
    callouts: list[tuple[int, str]] = field(default_factory=list)
    """The offset and the level of each callout."""
    hidden: dict[int, Refused] = field(default_factory=dict)
    """By its offset, each character reference that stands for what no source may hold."""

    def run(self) -> str:
        """Give the text with tokens; slots, problems and the prose are collected on the way."""
        if "&" in self.text:
            self.hidden = {start: one for start, _, one in entities(self.text)}
        pieces = []
        prose = []
        end = told = 0
        for match in parts(self.text):
            kind = match.lastgroup or ""
            pieces.append(self.text[end : match.start()])
            pieces.append(_HANDLERS[kind](self, match))
            prose.append(self.text[told : match.start()])
            begun = max(told, match.start())  # a part may stand in the title of a link, which is told with the link
            end = match.end()
            rest = _REST.match(self.text, end) if kind in ("image", "link") else None
            told = max(told, rest.end() if rest and rest["good"] else end)
            if begun < told:
                prose.append(left_for_readers(kind, self.text[begun:told]))
            if kind in ("cite", "link", "labelled", "image"):
                self.marked.append((kind, match.start()))
        pieces.append(self.text[end:])
        prose.append(self.text[told:])
        self.prose = "".join(prose)
        self._check_names()
        self.problems += foreign(self.prose, self.locate)
        return _PARTED_QUOTES.sub(_PARTING, "".join(pieces))

    def _fence(self, match: re.Match[str]) -> str:
        language = match["language"].strip()
        if language and not language_is_known(language):
            message = f'no colours are known for "{language}"'
            self._add("unknown-code-language", message, match, "language", instead_of(language))
        slot = CodeSlot(match.group(), language, match["code"], self._span(match))
        return f"\n\n{self._slot(slot)}\n\n"

    def _open_fence(self, match: re.Match[str]) -> str:
        hint = "close it with a line that holds only ``` (or ~~~, as it begins)"
        self._add("open-code", "this code block is never closed", match, hint=hint)
        return match.group()

    def _inner_fence(self, match: re.Match[str]) -> str:
        hint = "begin the fence at the start of its line, outside of lists and quotes"
        self._add(
            "misplaced-code", "this code block does not begin at the start of its line", match, "inner_line", hint
        )
        return match.group()

    def _quoted_definition(self, match: re.Match[str]) -> str:
        hint = "write the line outside of quotes and lists"
        self._add("unknown-label", "the address of a label is not seen here", match, hint=hint)
        return match.group()

    def _as_it_is(self, match: re.Match[str]) -> str:
        return match.group()

    def _auto(self, match: re.Match[str]) -> str:
        if not match["auto_to"].lower().startswith(_SCHEMES):
            message = f'"{match["auto_to"]}" may not be linked to'
            self._add("unsafe-link", message, match, "auto_to", "write https:// or a relative path")
        else:
            wrong = misleading(match["auto_to"])
            if wrong:
                self._add("misleading-link", wrong[0], match, "auto_to", wrong[1])
        return match.group()

    def _entity(self, match: re.Match[str]) -> str:
        self._refuse_entities(match.group(), match.start())
        return match.group()

    def _refuse_entities(self, text: str, start: int) -> None:
        for match in ENTITY.finditer(text) if self.hidden else ():
            one = self.hidden.get(start + match.start())
            if one:
                span = self.locate(one.start, one.start + one.length)
                self.problems.append(Problem(one.code, one.message, span, one.hint))

    def _html(self, match: re.Match[str]) -> str:
        tag = match["tag"].lower()
        if not allows(tag):
            if not match.group().startswith("</") or tag not in self.refused:
                self._add("html-removed", f"<{tag}> is not allowed in a text", match, "tag", _IN_MARKDOWN)
            self.refused.add(tag)
            return match.group()
        self._refuse_entities(match["attributes"], match.start("attributes"))
        found = list(_ATTRIBUTE.finditer(match["attributes"]))
        out, end = [], 0
        for one in found:
            name, start = one[1].lower(), match.start("attributes")
            if not allows(tag, name):
                span = self.locate(start + one.start(1), start + one.end(1))
                message = f'the attribute "{name}" is not allowed on <{tag}>'
                self.problems.append(Problem("html-removed", message, span, _IN_MARKDOWN))
            elif name in ("href", "src") and one[2]:
                value = one[2].strip("\"'")
                offset = start + one.start(2) + one[2].index(value)
                span = self.locate(offset, offset + len(value))
                kind = LinkSlot if name == "href" else ImageSlot
                out += [match["attributes"][end : one.start(2)], f'"{self._slot(kind(value, value, span))}"']
                end = one.end(2)
        if tag == "img" and not any(one[1].lower() == "alt" and (one[2] or "").strip("\"' ") for one in found):
            self._add("missing-alt", _NO_ALT, match, hint='write it: <img alt="what it shows">')
        if tag == "img" and not any(one[1].lower() == "src" and one[2] for one in found):
            self._add("missing-image", "this picture names no file", match, hint="write ![what it shows](file)")
        before = match.start("attributes") - match.start()
        after = match.end("attributes") - match.start()
        whole = match.group()
        return whole[:before] + "".join(out) + match["attributes"][end:] + whole[after:]

    def _image(self, match: re.Match[str]) -> str:
        if not match["alt"].strip():
            self._add("missing-alt", _NO_ALT, match, hint="write it: ![what it shows](file)")
        return self._destination(match, "image_to", ImageSlot)

    def _cite(self, match: re.Match[str]) -> str:
        cited, problems = read_citation(match["cited"], match.start("cited"), self.locate)
        self.problems += problems
        if problems:
            return match.group()
        return self._slot(CitationSlot(match.group(), cited, self._span(match)))

    def _open_cite(self, match: re.Match[str]) -> str:
        hint = "end it with a closing square bracket: [@key]"
        self._add("bad-citation", "this citation is never closed", match, hint=hint)
        return match.group()

    def _bare(self, match: re.Match[str]) -> str:
        key = match.group()[1:]
        if _YEARLY.fullmatch(key):
            self._add("bad-citation", "a citation stands in square brackets", match, hint=f"write [@{key}]")
        else:
            self._slot(MentionSlot(match.group(), key, self._span(match)))
        return match.group()

    def _keys(self, match: re.Match[str]) -> str:
        """Notice keys without their signs; whether they are keys is known where the references are."""
        key, *_ = _KEYS.findall(match["keyed"])
        if match.group() not in self._defined:
            self._slot(MentionSlot(match.group(), key, self._span(match)))
        return match.group()

    def _parted(self, match: re.Match[str]) -> str:
        hint = "write [words](address), with nothing between the two brackets"
        self._add("broken-link", "a space parts the words of this link from its address", match, "parted_to", hint)
        return match.group()

    def _note_text(self, match: re.Match[str]) -> str:
        self.notes[match["note_name"]] = self._span(match)
        return match.group()

    def _note_use(self, match: re.Match[str]) -> str:
        self.used_notes.setdefault(match["used_note"], self._span(match))
        return match.group()

    def _definition(self, match: re.Match[str]) -> str:
        self.labels.add(match["label"].casefold())
        return self._destination(match, "defined", LinkSlot)

    def _labelled(self, match: re.Match[str]) -> str:
        label = match["used_label"] or match["shown"]
        self.used_labels.append((label, self._span(match)))
        return match.group()

    def _link(self, match: re.Match[str]) -> str:
        return self._destination(match, "link_to", LinkSlot)

    def _block(self, match: re.Match[str]) -> str:
        slot, problems = read_block(match.group(), match.start(), self.locate)
        self.problems += problems
        return f"\n\n{self._slot(slot)}\n\n" if slot else match.group()

    def _inner_block(self, match: re.Match[str]) -> str:
        start = match.group().index("::")
        span = self.locate(match.start() + start, match.start() + len(match.group().rstrip()))
        hint = "put it on a line of its own, outside of lists and quotes, without a space before it"
        self.problems.append(Problem("bad-block", "a block begins at the start of its line", span, hint))
        return match.group()

    def _callout(self, match: re.Match[str]) -> str:
        name = match["alert"]
        if name not in LEVELS:
            hint = suggest(name, LEVELS) or "known: " + ", ".join(LEVELS)
            self._add("unknown-callout", f'no callout is called "{name}"', match, "alert", hint)
            return match.group()
        if match["beside"].strip():
            hint = f"leave > [!{name}] alone in its line, and begin the text in the next line with >"
            self._add("misplaced-callout", f"text stands beside [!{name}]", match, "beside", hint)
        span = self.locate(match.start("alert") - 2, match.end("alert") + 1)
        self.callouts.append((match.start(), LEVELS[name]))
        return " " + self._slot(CalloutSlot(f"[!{name}]", LEVELS[name], span)) + match["beside"]

    def _hashes(self, match: re.Match[str]) -> str:
        line_end = self.text.find("\n", match.end())
        words = self.text[match.end() : line_end if line_end >= 0 else None]
        if not words.strip(" \t#"):
            self._add("empty-heading", "this heading has no text", match, hint="write it, or delete the line")
            self.level = max(len(match.group()), 2)
        else:
            self._heading(len(match.group()), match)
        return match.group()

    def _underline(self, match: re.Match[str]) -> str:
        self._heading(1 if match.group().startswith("=") else 2, match)
        return match.group()

    def _rule(self, match: re.Match[str]) -> str:
        header_start = self.text.rfind("\n", 0, match.start() - 1) + 1
        before = self.text[max(0, header_start - _NEAR) : header_start].rstrip()
        if not before.split("\n")[-1].startswith(CAPTION) and not self._in_caption(before):
            header = self.text[header_start : match.start()].rstrip()
            span = self.locate(header_start, header_start + len(header))
            hint = f'write a paragraph "{CAPTION} what it shows" directly before it'
            self.problems.append(Problem("table-caption", "this table has no caption", span, hint))
        return match.group()

    def _list(self, match: re.Match[str]) -> str:
        for one in _LISTED.finditer(match["listed"]):
            if not allows("p", one[1].lower()):
                offset = match.start("listed") + one.start(1)
                span = self.locate(offset, offset + len(one[1]))
                message = f'the attribute "{one[1]}" is not allowed'
                self.problems.append(Problem("html-removed", message, span, "delete it"))
        return match.group()

    def _in_caption(self, before: str) -> bool:
        """Whether the last paragraph, of several lines, begins as a caption does."""
        return before.split("\n\n")[-1].lstrip("\n").startswith(CAPTION)

    def _heading(self, level: int, match: re.Match[str]) -> None:
        if level == 1:
            hint = "begin it with ##, or delete it: the title in the front matter is level one"
            self._add("heading-one", "a heading of level one stands in the text", match, hint=hint)
        elif level > self.level + 1:
            message = f"a heading of level {level} follows one of level {self.level}"
            self._add("heading-skip", message, match, hint=f"use {'#' * (self.level + 1)}")
        self.level = max(level, 2)

    def _destination(self, match: re.Match[str], group: str, kind: type[LinkSlot] | type[ImageSlot]) -> str:
        """Replace the destination in what was matched by a slot's token."""
        start, end = match.span(group)
        if match[group].startswith("<"):
            start, end = start + 1, end - 1
        written = self.text[start:end]
        span = self.locate(start, end) if written else self._span(match)
        rest = _REST.match(self.text, match.end()) if group != "defined" else None
        if rest and not rest["good"]:
            hint = "write a space as %20, and close the link with )"
            place = self.locate(start, rest.end())
            self.problems.append(Problem("broken-link", "the address holds a space, or is never closed", place, hint))
            return match.group()
        slot = self._slot(kind(written, written, span))
        return self.text[match.start() : match.start(group)] + slot + self.text[match.end(group) : match.end()]

    @cached_property
    def _defined(self) -> frozenset[str]:
        """The labels, in their brackets, for which something is given."""
        return frozenset(_DEFINED.findall(self.text))

    def _check_names(self) -> None:
        for name, span in self.used_notes.items():
            if name not in self.notes:
                hint = suggest(name, self.notes) or f"write its text in a line: [^{name}]: ..."
                self.problems.append(Problem("unknown-footnote", f'no footnote is called "{name}"', span, hint))
        for name, span in self.notes.items():
            if name not in self.used_notes:
                hint = f"write [^{name}] where it belongs, or delete it"
                self.problems.append(Problem("unused-footnote", f'nothing uses the footnote "{name}"', span, hint))
        for label, span in self.used_labels:
            if label.casefold() not in self.labels:
                hint = suggest(label, self.labels) or f"give it in a line: [{label}]: address"
                self.problems.append(Problem("unknown-label", f'no address is given for "{label}"', span, hint))

    def _slot(self, slot: Slot) -> str:
        self.slots.append(slot)
        return token(self.first_slot + len(self.slots) - 1)

    def _span(self, match: re.Match[str]) -> Span:
        lead = len(match.group()) - len(match.group().lstrip())
        return self.locate(match.start() + lead, match.start() + len(match.group().rstrip()))

    def _add(self, code: str, message: str, match: re.Match[str], group: str | int = 0, hint: str = "") -> None:
        start, end = match.span(group)
        lead = len(match[group]) - len(match[group].lstrip())
        self.problems.append(Problem(code, message, self.locate(start + lead, end), hint))


_HANDLERS: dict[str, Callable[[Scan, re.Match[str]], str]] = {
    "fence": Scan._fence,
    "open_fence": Scan._open_fence,
    "inner_fence": Scan._inner_fence,
    "quoted_definition": Scan._quoted_definition,
    "comment": Scan._as_it_is,
    "escape": Scan._as_it_is,
    "span": Scan._as_it_is,
    "auto": Scan._auto,
    "entity": Scan._entity,
    "html": Scan._html,
    "image": Scan._image,
    "cite": Scan._cite,
    "open_cite": Scan._open_cite,
    "bare": Scan._bare,
    "note_text": Scan._note_text,
    "note_use": Scan._note_use,
    "definition": Scan._definition,
    "labelled": Scan._labelled,
    "keys": Scan._keys,
    "parted": Scan._parted,
    "link": Scan._link,
    "block": Scan._block,
    "inner_block": Scan._inner_block,
    "callout": Scan._callout,
    "hashes": Scan._hashes,
    "underline": Scan._underline,
    "rule": Scan._rule,
    "list": Scan._list,
}
