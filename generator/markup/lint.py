"""What is wrong with a text by its form alone: what Markdown would pass over in silence, and what readers would miss.

Each part of the text is looked at as the scan comes to it; names are compared at the end.
"""

import re
from collections.abc import Callable, Mapping

from generator.markup.callouts import CALLOUTS
from generator.markup.citations import Locate
from generator.markup.code import instead_of, language_is_known
from generator.markup.dialects import foreign
from generator.markup.sanitiser import allows
from generator.markup.syntax import ATTRIBUTE
from generator.markup.tables import CAPTION
from generator.problems.likeness import suggest
from generator.problems.problem import Problem, Span
from generator.sources.characters import ENTITY, entities
from generator.sources.misleading import misleading

_IN_MARKDOWN = "write it in Markdown, or delete it"
_NO_ALT = "this picture has no text for those who cannot see it"
_LISTED = re.compile(r"(?<![\w:-])([\w:-]+)\s*=")
"""The name of an attribute in a list of them, as in `{: #id title="t"}`."""
_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_NEAR = 4_000
"""Characters before a table in which its caption stands."""


class Lint:
    """The problems of one text, in the order in which they are found. `locate` gives the place of a stretch of it."""

    def __init__(self, text: str, locate: Locate) -> None:
        self.text = text
        self.locate = locate
        self.problems: list[Problem] = []
        self._level = 1
        self._removed: set[str] = set()
        self._notes: dict[str, Span] = {}
        self._used_notes: dict[str, Span] = {}
        self._labels: dict[str, None] = {}
        self._used_labels: list[tuple[str, Span]] = []
        found = entities(text) if "&" in text else ()
        self._refused = {start: one for start, _, one in found}
        """By its offset, each character reference that stands for what no source may hold."""

    def look(self, kind: str, match: re.Match[str]) -> None:
        """Look at one part; `kind` is its name in `syntax.PARTS`."""
        check = _CHECKS.get(kind)
        if check:
            check(self, match)

    def finish(self, prose: str) -> None:
        """Compare the names of footnotes and labels that are given with those that are used; find in the running text
        what is written for other generators."""
        for name, span in self._used_notes.items():
            if name not in self._notes:
                hint = suggest(name, self._notes) or f"write its text in a line: [^{name}]: ..."
                self.problems.append(Problem("unknown-footnote", f'no footnote is called "{name}"', span, hint))
        for name, span in self._notes.items():
            if name not in self._used_notes:
                hint = f"write [^{name}] where it belongs, or delete it"
                self.problems.append(Problem("unused-footnote", f'nothing uses the footnote "{name}"', span, hint))
        for label, span in self._used_labels:
            if label.casefold() not in self._labels:
                hint = suggest(label, self._labels) or f"give it in a line: [{label}]: address"
                self.problems.append(Problem("unknown-label", f'no address is given for "{label}"', span, hint))
        self.problems += foreign(prose, self.locate)

    def add(self, code: str, message: str, match: re.Match[str], group: str | int = 0, hint: str = "") -> None:
        """Note a problem of what was matched, or of one group of it."""
        self.problems.append(Problem(code, message, self.span(match, group), hint))

    def span(self, match: re.Match[str], group: str | int = 0) -> Span:
        """Give the place of what was matched, or of one group of it, without the spaces around it."""
        start, found = match.start(group), match[group]
        return self.locate(start + len(found) - len(found.lstrip()), start + len(found.rstrip()))

    # Code, blocks and callouts

    def _fence(self, match: re.Match[str]) -> None:
        language = match["language"].strip()
        if language and not language_is_known(language):
            message = f'no colours are known for "{language}"'
            self.add("unknown-code-language", message, match, "language", instead_of(language))

    def _open_fence(self, match: re.Match[str]) -> None:
        hint = "close it with a line that holds only ``` (or ~~~, as it begins)"
        self.add("open-code", "this code block is never closed", match, hint=hint)

    def _inner_fence(self, match: re.Match[str]) -> None:
        hint = "begin the fence at the start of its line, outside of lists and quotes"
        message = "this code block does not begin at the start of its line"
        self.add("misplaced-code", message, match, "inner_line", hint)

    def _inner_block(self, match: re.Match[str]) -> None:
        start = match.group().index("::")
        span = self.locate(match.start() + start, match.start() + len(match.group().rstrip()))
        hint = "put it on a line of its own, outside of lists and quotes, without a space before it"
        self.problems.append(Problem("bad-block", "a block begins at the start of its line", span, hint))

    def _callout(self, match: re.Match[str]) -> None:
        name = match["alert"]
        if name not in CALLOUTS:
            hint = suggest(name, CALLOUTS) or "known: " + ", ".join(CALLOUTS)
            self.add("unknown-callout", f'no callout is called "{name}"', match, "alert", hint)
        elif match["beside"].strip():
            hint = f"leave > [!{name}] alone in its line, and begin the text in the next line with >"
            self.add("misplaced-callout", f"text stands beside [!{name}]", match, "beside", hint)

    # HTML

    def _html(self, match: re.Match[str]) -> None:
        tag = match["tag"].lower()
        if not allows(tag):
            if not match.group().startswith("</") or tag not in self._removed:
                self.add("html-removed", f"<{tag}> is not allowed in a text", match, "tag", _IN_MARKDOWN)
            self._removed.add(tag)
            return
        start = match.start("attributes")
        self._refuse_entities(match["attributes"], start)
        given = [(one[1].lower(), one[2] or "", one.span(1)) for one in ATTRIBUTE.finditer(match["attributes"])]
        for name, _, (first, last) in given:
            if not allows(tag, name):
                message = f'the attribute "{name}" is not allowed on <{tag}>'
                span = self.locate(start + first, start + last)
                self.problems.append(Problem("html-removed", message, span, _IN_MARKDOWN))
        if tag == "img" and not any(name == "alt" and value.strip("\"' ") for name, value, _ in given):
            self.add("missing-alt", _NO_ALT, match, hint='write it: <img alt="what it shows">')
        if tag == "img" and not any(name == "src" and value for name, value, _ in given):
            self.add("missing-picture", "this picture names no file", match, hint="write ![what it shows](file)")

    def _entity(self, match: re.Match[str]) -> None:
        self._refuse_entities(match.group(), match.start())

    def _refuse_entities(self, text: str, start: int) -> None:
        for match in ENTITY.finditer(text) if self._refused else ():
            one = self._refused.get(start + match.start())
            if one:
                span = self.locate(one.start, one.start + one.length)
                self.problems.append(Problem(one.code, one.message, span, one.hint))

    def _list(self, match: re.Match[str]) -> None:
        for one in _LISTED.finditer(match["listed"]):
            if not allows("p", one[1].lower()):
                offset = match.start("listed") + one.start()
                span = self.locate(offset, offset + len(one[1]))
                message = f'the attribute "{one[1]}" is not allowed'
                self.problems.append(Problem("html-removed", message, span, "delete it"))

    # Links, pictures and citations

    def _auto(self, match: re.Match[str]) -> None:
        if not match["auto_to"].lower().startswith(_SCHEMES):
            message = f'"{match["auto_to"]}" may not be linked to'
            self.add("unsafe-link", message, match, "auto_to", "write https:// or a relative path")
        else:
            wrong = misleading(match["auto_to"])
            if wrong:
                self.add("misleading-link", wrong[0], match, "auto_to", wrong[1])

    def _image(self, match: re.Match[str]) -> None:
        if not match["alt"].strip():
            self.add("missing-alt", _NO_ALT, match, hint="write it: ![what it shows](file)")

    def _parted(self, match: re.Match[str]) -> None:
        hint = "write [words](address), with nothing between the two brackets"
        self.add("broken-link", "a space parts the words of this link from its address", match, "parted_to", hint)

    def _open_cite(self, match: re.Match[str]) -> None:
        hint = "end it with a closing square bracket: [@key]"
        self.add("bad-citation", "this citation is never closed", match, hint=hint)

    # Footnotes and labels

    def _note_text(self, match: re.Match[str]) -> None:
        self._notes[match["note_name"]] = self.span(match)

    def _note_use(self, match: re.Match[str]) -> None:
        self._used_notes.setdefault(match["used_note"], self.span(match))

    def _definition(self, match: re.Match[str]) -> None:
        self._labels[match["label"].casefold()] = None

    def _quoted_definition(self, match: re.Match[str]) -> None:
        hint = "write the line outside of quotes and lists"
        self.add("unknown-label", "the address of a label is not seen here", match, hint=hint)

    def _labelled(self, match: re.Match[str]) -> None:
        self._used_labels.append((match["used_label"] or match["shown"], self.span(match)))

    # Headings and tables

    def _hashes(self, match: re.Match[str]) -> None:
        line_end = self.text.find("\n", match.end())
        words = self.text[match.end() : line_end if line_end >= 0 else None]
        if words.strip(" \t#"):
            self._heading(len(match.group()), match)
        else:
            self.add("empty-heading", "this heading has no text", match, hint="write it, or delete the line")
            self._level = max(len(match.group()), 2)

    def _underline(self, match: re.Match[str]) -> None:
        self._heading(1 if match.group().startswith("=") else 2, match)

    def _heading(self, level: int, match: re.Match[str]) -> None:
        if level == 1:
            hint = "begin it with ##, or delete it: the title in the front matter is level one"
            self.add("heading-one", "a heading of level one stands in the text", match, hint=hint)
        elif level > self._level + 1:
            message = f"a heading of level {level} follows one of level {self._level}"
            self.add("heading-skip", message, match, hint=f"use {'#' * (self._level + 1)}")
        self._level = max(level, 2)

    def _rule(self, match: re.Match[str]) -> None:
        header_start = self.text.rfind("\n", 0, match.start() - 1) + 1
        before = self.text[max(0, header_start - _NEAR) : header_start].rstrip()
        if before.split("\n")[-1].startswith(CAPTION) or before.split("\n\n")[-1].lstrip("\n").startswith(CAPTION):
            return
        header = self.text[header_start : match.start()].rstrip()
        span = self.locate(header_start, header_start + len(header))
        hint = f'write a paragraph "{CAPTION} what it shows" directly before it'
        self.problems.append(Problem("table-caption", "this table has no caption", span, hint))


_CHECKS: Mapping[str, Callable[[Lint, re.Match[str]], None]] = {
    "fence": Lint._fence,
    "open_fence": Lint._open_fence,
    "inner_fence": Lint._inner_fence,
    "inner_block": Lint._inner_block,
    "callout": Lint._callout,
    "html": Lint._html,
    "entity": Lint._entity,
    "list": Lint._list,
    "auto": Lint._auto,
    "image": Lint._image,
    "parted": Lint._parted,
    "open_cite": Lint._open_cite,
    "note_text": Lint._note_text,
    "note_use": Lint._note_use,
    "definition": Lint._definition,
    "quoted_definition": Lint._quoted_definition,
    "labelled": Lint._labelled,
    "hashes": Lint._hashes,
    "underline": Lint._underline,
    "rule": Lint._rule,
}
