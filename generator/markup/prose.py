"""The running text of a document, passage by passage, for the checks that read it: what is said, where, and whether
it is cited. Markup stands in a passage as spaces, so that every word keeps its place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.problems.problem import Span

_EMPHASIS = re.compile(r"[*`_](?:(?<!_)|(?<![^\W_]_)|(?![^\W_]))")
_SENTENCE_END = re.compile(r"(?<![.?!:;])[.?!:;]++[\"”’)]*+(?=\s|$)")
_ENDS_WITH_STOP = re.compile(r"[.?!]")
_LONGEST = 8
"""As many characters as the longest abbreviation below has with its stop and what stands before it."""
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|Dr|Mr|Mrs|Ms|St|vs|approx)\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """A paragraph, list item, heading, table row, caption, figure or field.

    `text` begins at `line` and `column` of the file, whose line breaks it keeps; `exact` is false for a value of YAML
    that is folded or escaped, whose words have no place of their own. `level` is that of the callout it stands in;
    `field` the field of the front matter it is; `section` counts the headings before it, its own with them; `part`
    counts the lists and paragraphs, so that items know their list.
    """

    kind: str
    text: str
    line: int
    column: int
    cited: bool = False
    linked: bool = False
    level: str = ""
    quoted: bool = False
    field: str = ""
    section: int = 0
    part: int = 0
    exact: bool = True
    whole: tuple[int, int, int, int] = (0, 0, 0, 0)

    def span(self, path: str, start: int = 0, end: int | None = None) -> Span:
        """The place of a stretch of the text; of the first line, where no end is given."""
        if not self.exact:
            return Span(path, *self.whole)
        if end is None:
            start = len(self.text) - len(self.text.lstrip())
            end = start + len(self.text[start:].split("\n")[0].rstrip())
        return Span(path, *self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        breaks = before.count("\n")
        column = offset - before.rfind("\n") if breaks else self.column + offset
        return self.line + breaks, column

    @property
    def is_lead(self) -> bool:
        """Whether it only leads to what follows: it ends with a colon."""
        return self.text.rstrip(" \t\n").endswith(":")


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words with single spaces, and its place in the passage."""

    text: str
    start: int
    end: int

    @property
    def is_question(self) -> bool:
        """Whether it asks."""
        return self.text.rstrip('"”’)').endswith("?")


@lru_cache(maxsize=4_096)  # several checks read each passage, one after the other
def sentences(text: str) -> tuple[Sentence, ...]:
    """Give the sentences of a passage. A colon and a semicolon end one too: what follows is read on its own."""
    found = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if _ENDS_WITH_STOP.match(match[0]) and _ABBREVIATED.search(text[max(start, end - _LONGEST) : end]):
            continue
        found.append((start, end))
        start = end
    found.append((start, len(text)))
    made = []
    for start, end in found:
        piece = text[start:end]
        words = " ".join(piece.split())
        if words[:1].isalnum() or any(map(str.isalnum, words)):
            lead = len(piece) - len(piece.lstrip())
            made.append(Sentence(words, start + lead, end))
    return tuple(made)


def without_emphasis(text: str) -> str:
    """Replace the marks of emphasis by spaces."""
    return _EMPHASIS.sub(" ", text) if "*" in text or "_" in text or "`" in text else text


def plain_passage(key: str, text: str, span: Span, lines: list[str]) -> Passage:
    """Make a passage of a value of plain text; `lines` are those of its file."""
    return field_passage(key, text, text, span, lines, cited=False, linked=False)


def field_passage(
    key: str, prose: str, written: str, span: Span, lines: list[str], cited: bool, linked: bool
) -> Passage:
    """Make a passage of a value; its words have places where it stands in its line as it is, in quotes or not."""
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    at = line.find(written, span.column - 1, span.end_column - 1) if span.line == span.end_line else -1
    return Passage(
        kind="field",
        text=without_emphasis(prose),
        line=span.line,
        column=at + 1 if at >= 0 else span.column,
        cited=cited,
        linked=linked,
        field=key,
        exact=at >= 0,
        whole=(span.line, span.column, span.end_line, span.end_column),
    )
