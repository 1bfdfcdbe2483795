"""What many tests need: small sites made of a few texts, HTML as a browser reads it, places that must exist."""

import os
import shutil
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from generator.markup.converter import Converted, convert, convert_inline
from generator.markup.document import Document, Settings, parse
from generator.markup.locate import in_body
from generator.problems.problem import Problem, Span
from generator.site.joined import Site
from generator.site.words import Words, read_words
from generator.sources.datafiles import CLAIM
from generator.sources.files import SourceFile, read_tree, source_file
from generator.sources.records import Record, read_records
from generator.sources.schema import Group
from generator.stages import intake
from generator.stages.joining import join_all
from generator.stages.parsing import parse_all

REPOSITORY = Path(__file__).resolve().parents[1]

moderate = settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")),
    deadline=None,
    derandomize="EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
"""The same examples at every run, as many as a slow machine tries in a second; EXAMPLES=2000 in the environment for a
long search among others."""

Files = Mapping[str, str | bytes | None]

SITE = """\
title: Colds
tagline: What colds are
url: https://example.org/colds/
language: en
licence: CC BY 4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
urgent_section: help
sections:
  - {folder: help, kind: article, title: Help, summary: When to get help., menu: main}
  - {folder: care, kind: treatment, title: Care, summary: What can be done., menu: main}
  - {folder: alike, kind: differential-diagnosis, title: Alike, summary: What looks alike., menu: main}
  - {folder: ask, kind: question, title: Questions, summary: Answers., menu: foot}
topics:
  - {id: basics, title: Basics, summary: First questions.}
limits: {file_size: 100000, contents_from: 3}
"""

COMMON = """\
summary: One sentence.
status: published
updated: 2026-11-01
evidence_searched: 2026-11-01
review: {due: 2027-11-01}
authors: [team]
"""

KEY_POINTS = "key_points: [One., Two., Three.]\n"

TREATMENT = """\
category: no-treatment
tested: "yes"
who_gives: Nobody
how_it_works: Not known
what_it_is_like: Dull
benefits: []
harms: [None seen.]
unknown: [Much.]
"""

CLAIM_TEXT = """\
- id: rest-shortens
  intervention: rest
  comparator: work
  population: adults with a cold
  applies_to: condition
  outcome: days in bed
  follow_up: 2 weeks
  effect: {direction: less, size: small}
  design: randomised-trial
  certainty: low
  because: [{lowers: imprecision, by: 2, why: few people}]
  finding: Fewer days in bed.
  participants: 40
  studies: 1
  sources: [{ref: smith2001, locator: table 2}]
  searched: 2026-11-01
"""

REFERENCE = '{"id": "smith2001", "type": "book", "title": "Colds", "custom": {"read": "full-text"}}'

DEFAULT: dict[str, str] = {
    "site.yaml": SITE,
    "content/index.md": f"---\ntitle: Home\n{COMMON}{KEY_POINTS}---\n\nWords.\n",
    "content/help/index.md": f"---\ntitle: Help\n{COMMON}{KEY_POINTS}---\n\n## When?\n\nNow.\n",
    "content/care/rest.md": f"---\ntitle: Rest\n{COMMON}{KEY_POINTS}{TREATMENT}---\n\n## What it does\n\nLittle.\n",
    "content/people.yaml": "- {id: team, name: Team, kind: team, roles: [author], about: Us., interests: None.}\n",
    "content/references.json": f"[{REFERENCE}]\n",
}


def write(root: Path, files: Files) -> Path:
    """Write files by their path below `root`; None deletes one."""
    for name, body in files.items():
        path = root / name
        if body is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode("utf-8"))
    return root


def make_site(root: Path, files: Files | None = None) -> Path:
    """Make a small good site, changed by `files`, with the real templates."""
    shutil.copytree(REPOSITORY / "templates", root / "templates", dirs_exist_ok=True)
    return write(root, {**DEFAULT, **(files or {})} if files else DEFAULT)


def article(body: str, *, title: str = "Page", more: str = "") -> str:
    """The text of an article with all fields that every kind needs."""
    return f"---\ntitle: {title}\n{COMMON}{KEY_POINTS}{more}---\n{body}"


def joined(root: Path) -> tuple[Site, list[Problem]]:
    """Read and link a site as a build does, without rendering it."""
    sources, problems = intake.read(root)
    assert sources is not None, problems
    site, found = join_all(sources, parse_all(sources).documents, "2026-11-21")
    return site, problems + found


def english() -> Words:
    """The words of the interface, as the site has them."""
    files, _ = read_tree(REPOSITORY, "templates/words", 10**6)
    words, problems = read_words([one for one in files if one.path.endswith("en.yaml")], ("en",))
    assert problems == []
    return words["en"]


def file(text: str | bytes, path: str = "content/file.yaml") -> SourceFile:
    """A file that is on no disk."""
    return source_file(path, text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def records(text: str, schema: Group = CLAIM) -> list[Record]:
    """The records of a text that has no problem."""
    found, problems = read_records(file(text), schema)
    assert problems == []
    return found


def document(text: str, path: str = "content/care/rest.md") -> Document:
    """One article, parsed on its own."""
    return parse(file(text, path), Settings("en", (("care", "treatment"), ("ask", "question"))))


def made(text: str) -> Converted:
    """A text as HTML with slots."""
    return convert(text, in_body("t.md", text, 1))


def made_line(text: str) -> Converted:
    """One line as HTML with slots."""
    return convert_inline(text, in_body("t.md", text, 1))


def codes(problems: Iterable[Problem]) -> list[str]:
    """The codes of problems, in order."""
    return [one.code for one in problems]


def at(text: str, span: Span, first_line: int = 1) -> str:
    """What stands at a span of a text."""
    lines = text.split("\n")[span.line - first_line : span.end_line - first_line + 1]
    if len(lines) == 1:
        return lines[0][span.column - 1 : span.end_column - 1]
    return "\n".join([lines[0][span.column - 1 :], *lines[1:-1], lines[-1][: span.end_column - 1]])


def misplaced(problems: Iterable[Problem], text: str) -> list[Problem]:
    """The problems whose place is not in the text. A mark at the end of a line may be one character wide."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def there(line: int, column: int, more: int) -> bool:
        return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 + more

    return [
        one
        for one in problems
        for span in (one.span, *(place for _, place in one.related))
        if not there(span.line, span.column, 0)
        or not there(span.end_line, span.end_column, 1)
        or (span.end_line, span.end_column) < (span.line, span.column)
    ]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every element of HTML with its attributes, entities decoded."""
    parser = _Elements()
    parser.feed(html)
    parser.close()
    return parser.found


_MARKDOWN = r"""
[a](b.md)|[a](<b c.md>)|[a](b c.md)|[a](b.md "t")|[](b.md)|![x](y.png)|![](y.png)|[@key]|[@a; @b, table 2]|[@]|[@
@smith2001|::red-flags{a,b}|::compare|  ::options|::|::nothing{|> [!NOTE]|> [!WARNING] x|> [!WHAT]|> text|- item|1. x
```|```python|~~~|`code`|``|# |## |### h|##|===|---|Table: caption|term|: definition|{: #id .cls}|{onclick="x"}|[^1]
[^1]: note|[lab]|[lab][]|[lab]: http://x.y|[x][lab]|<b>|</b>|<img src=x>|<a href='q'>|<a title=">" href=q>|<!-- c -->
<!--|-->|<script>|</script>|<div>|</div>|<http://a.b>|<javascript:x>|&amp;|&#106;|&#xe000;|&#0;|*|**|_|\|\[|\*|!|(|)
[|]|<|>|"|'|:--|http://a|]:|](|é|😀|[TOC]|wzxhzdk:0|klzzwxh:0"""
_TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
_SPACES = ["\n", "\n", "\n\n", "\n\n", "\n    ", " ", "\t", "\x00", "\x02", "\u2028", "\x85"]
MARKDOWN_PIECES = [*_MARKDOWN.strip().replace("\n", "|").split("|"), _TABLE, *_SPACES]

MARKDOWN = st.lists(st.sampled_from(MARKDOWN_PIECES), max_size=14).map("".join)
"""Texts made of the pieces of Markdown's syntax, most of them broken."""

CLEAN_MARKDOWN = MARKDOWN.map(lambda text: text.translate(dict.fromkeys((0, 2, 0x85))))
"""The same without the characters that a file may not hold, which are gone before a text is converted."""

_YAML = r"""
---N|a: bN|- |a|b: |'|"||N|> N|  |N|[|]|{|}|,|&x |*x|!t |!!str |? |: |#|%YAML 1.1N|...N|é|😀|<<: |@|`|"\x"
"\uD800"|"\ue000"
"\0"|id: aN|  id: aN|2026-11-21|999999999999999999999999999999"""
_YAML_SPACES = ["|\n", "\t", "\x00", "\x07", "\x85", "\u2028", "\ufeff"]
YAML_PIECES = [*_YAML.strip("\n").replace("\n", "|").replace("N", "\n").split("|"), *_YAML_SPACES]

YAML = st.lists(st.sampled_from(YAML_PIECES), max_size=12).map("".join)
"""Texts made of the pieces of YAML's syntax, most of them broken."""
