"""What other generators read in Markdown and this one would show as it is written, each with what to write here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.markup.citations import Locate
from generator.markup.passages import FILL
from generator.problems.problem import Problem

_CALLOUT = "write a quote whose first line is > [!NOTE]; IMPORTANT, WARNING and CAUTION say how fast to get help"
_IN_FULL = "content is never a template: write out what it would put here"


@dataclass(frozen=True)
class _Form:
    """How something looks: a sign without which it is not looked for, and a pattern."""

    sign: str
    pattern: re.Pattern[str]
    hint: str


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]{{0,12}}({pattern})", re.MULTILINE)


_FORMS = (
    _Form("!!!", _line(r"!!![ \t]+[\w\"-][^\n]{0,200}"), _CALLOUT),
    _Form("???", _line(r"\?\?\?\+?[ \t]+[\w\"-][^\n]{0,200}"), f"nothing is folded away in a text: {_CALLOUT}"),
    _Form(
        '=== "', _line(r"===[!+]{0,2}[ \t]+\"[^\n]{0,200}"), "nothing is hidden behind tabs: write a heading for each"
    ),
    _Form("8<-", _line(r"-{1,4}8<-[^\n]{0,200}"), _IN_FULL),
    _Form("{{<", re.compile(r"(\{\{<[^\n]{0,200})"), _IN_FULL),
    _Form("{{%", re.compile(r"(\{\{%[^\n]{0,200})"), _IN_FULL),
    _Form("TOC", _line(r"\[TOC\]|\[\[_TOC_\]\]"), "delete it: a long page gets its list of headings by itself"),
    _Form("[[", re.compile(r"(\[\[(?!_TOC_)[\w ./#|-]{1,120}\]\])(?![(\[:])"), "write [words](file.md)"),
    _Form("[ ]", _line(r"[-*+] \[ \] "), "write a plain list; signs to tick come from ::checklist"),
    _Form("[x]", _line(r"[-*+] \[x\] "), "write a plain list; signs to tick come from ::checklist"),
    _Form(
        "*[", _line(r"\*\[[^\[\]\n]{1,80}\]:[^\n]{0,200}"), "put it into glossary.yaml, which explains it on every page"
    ),
    _Form("==", re.compile(r"(?<![=\w])(==[^\s=][^=\n]{0,200}==)(?![=\w])"), "write **words** where they matter most"),
    _Form("~~", re.compile(r"(?<![~\w])(~~[^\s~][^~\n]{0,200}~~)(?![~\w])"), "take out what no longer holds"),
    _Form(
        ":", re.compile(r"(:(?:material|fontawesome|octicons|simple)-[a-z0-9-]{1,80}:)"), "write a word for the icon"
    ),
)
"""In MkDocs with its usual extensions, Hugo, Jekyll, Obsidian and on GitHub, in the order in which they are told."""


def foreign(prose: str, locate: Locate) -> Iterator[Problem]:
    """Find what is written for others in a text out of which code and links have been taken.

    Syntax: https://squidfunk.github.io/mkdocs-material/reference/ and https://gohugo.io/content-management/shortcodes/
    """
    for form in _FORMS:
        for match in form.pattern.finditer(prose) if form.sign in prose else ():
            written = match[1].rstrip().replace(FILL, "…")
            span = locate(match.start(1), match.start(1) + len(match[1].rstrip()))
            yield Problem("other-dialect", f'"{written}" is not read here', span, form.hint)
