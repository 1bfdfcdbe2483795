"""Every problem code has a bad example: here those that need a site or a stage of their own.

The others stand in `sites/broken`; the last tests see to it that none is left out.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import cli, pipeline
from generator.problems.codes import CODES
from generator.problems.problem import Problem
from generator.stages.options import Options
from tests.sitekit import REPOSITORY, TODAY, change

SITE = """title: Tiny
tagline: A site of a few lines
url: https://example.org/tiny/
language: en
licence: CC0
licence_url: https://example.org/licence/
urgent_section: notes
sections:
  - {folder: notes, kind: article, title: Notes, summary: Some notes., menu: main}
  - {folder: options, kind: treatment, title: Options, summary: Some options., menu: main}
limits: {file_size: 100000, contents_from: 3}
"""
FIELDS = """summary: Some words.
status: published
updated: 2026-11-21
evidence_searched: 2026-11-21
review: {due: 2027-11-21}
authors: [us]
key_points: [One., Two., Three.]
"""
HOME = f"---\ntitle: Home\n{FIELDS}---\n\nSee [a note](notes/one.md) and [folding](options/folding.md).\n"
NOTE = f"---\ntitle: One\n{FIELDS}---\n\nA boat [@one2001].\n\n![a boat](boat.svg)\n"
OPTION = f"""---
title: Folding
{FIELDS}category: no-treatment
tested: "no"
who_gives: Anybody
how_it_works: By hand
what_it_is_like: Calm
benefits: [folding]
harms: [None known]
unknown: [Much]
---

Fold it.
"""
CLAIMS = """- id: folding
  intervention: folding
  population: sheets
  applies_to: condition
  outcome: floating
  follow_up: 1 hour
  effect: {direction: more}
  design: case-report
  certainty: very-low
  because: [{lowers: risk-of-bias, why: one boat}]
  finding: It floated.
  sources: [{ref: one2001}]
  searched: 2026-11-21
"""
GOOD = {
    "site.yaml": SITE,
    "content/index.md": HOME,
    "content/notes/one.md": NOTE,
    "content/notes/boat.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"></svg>\n',
    "content/options/folding.md": OPTION,
    "content/claims/folding.yaml": CLAIMS,
    "content/glossary.yaml": "- {id: boat, term: boat, definition: a thing that floats, sources: [one2001]}\n",
    "content/people.yaml": "- {id: us, name: We, kind: team, roles: [author], about: Us., interests: None.}\n",
    "content/references.json": '[\n {"id": "one2001", "type": "book", "title": "1", "custom": {"read": "title"}}\n]\n',
}
"""A good site: no errors and no warnings. Its templates and words are those of the repository."""


@dataclass(frozen=True)
class Case:
    """One thing that is broken, and what is to be said of it."""

    code: str
    place: str
    """Path, line and column."""
    says: str
    """What the message or the hint says to help."""
    breaks: Callable[[Path], object]
    today: str = TODAY
    strict_review: bool = False


def every(*breaks: Callable[[Path], object]) -> Callable[[Path], object]:
    """Do several things to a site of which only all together are wrong."""
    return lambda root: [one(root) for one in breaks]


def written(name: str, text: str) -> Callable[[Path], object]:
    def write(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    return write


def accepting(code: str, path: str, until: str = "2027-01-01") -> Callable[[Path], object]:
    return written("content/accepted.yaml", f'- {{code: {code}, path: {path}, reason: "We know.", until: {until}}}\n')


def changed(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: change(root, name, old, new)


def without(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).unlink()


def appended(name: str, text: str) -> Callable[[Path], object]:
    def append(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return append


def words_without(word: str) -> Callable[[Path], object]:
    """Make a second language file that lacks one word of the first."""

    def write(root: Path) -> None:
        words = root / "templates" / "words"
        lines = (words / "en.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith(f"{word}:"))
        (words / "de.yaml").write_text(text, encoding="utf-8")

    return write


def bare_template(name: str, text: str) -> Callable[[Path], object]:
    return written(f"templates/{name}", text)


ONE, HELD = "content/notes/one.md", "content/references.json"
OPTIONS = "content/options/folding.md"
FOLDING = f"{OPTIONS}:1:1"


def bare_treatment(text: str) -> Callable[[Path], object]:
    """Write a template for treatments that shows no findings, and leave out the finding that it would not show."""
    without_findings = changed(OPTIONS, "benefits: [folding]", "benefits: []")
    return every(bare_template("treatment.html", text), without_findings, without("content/claims/folding.yaml"))


def setting(text: str, note: str = "") -> Callable[[Path], object]:
    """Add a line to site.yaml and a paragraph to the note."""
    return every(appended("site.yaml", f"{text}\n"), appended(ONE, f"\n{note}\n" if note else ""))


def reading(grade: float = 9, sentence: int = 30, passive: int = 100) -> str:
    return f"reading: [{{kind: article, grade: {grade}, sentence: {sentence}, passive: {passive}}}]"


REVIEWED = changed(ONE, "due: 2027-11-21", "due: 2026-12-01")
NEXT_YEAR = "2027-01-01"
RETRACTED = every(
    written(
        HELD,
        """[
 {"id": "one2001", "type": "book", "title": "1", "custom": {"read": "title"}},
 {"id": "two2002", "type": "book", "title": "2", "DOI": "10.1000/2", "custom": {"read": "title"}}
]
""",
    ),
    written("content/retractions.yaml", '- {doi: 10.1000/2, notice: "Retracted in 2003: no boat was folded."}\n'),
    changed(ONE, "[@one2001]", "[@one2001; @two2002]"),
)
SIGN = """- {id: leak, sign: Water in the boat, may_mean: A leak, level: emergency, action: Get out., topics: [boats],
   sources: [one2001], mentions: [sinking boat]}
"""
DISPUTED = """- id: folds
  question: How many folds?
  positions: [{view: Six., sources: [one2001]}, {view: Seven., sources: [one2001]}]
  settles: A count.
  topics: [folding]
"""
STANDARD = "- {id: s-1, standard: S, item: '1', asks: That it floats., check: flotation, sources: [one2001]}\n"
MAP = """- id: pond
  title: A pond
  describes: A pond from above.
  signs: [boats]
  view: [0, 0, 100, 100]
  drawing: [{part: outline, path: M0 0H100V100Z}]
  regions:
    - id: shore
      name: The shore
      spots: [{x: 50, y: 50, wide: 16, high: 16}]
      note: Wet.
      pages: [notes/one.md]
      sources: [one2001]
"""
DRAWN = "content/body-map.yaml"
SYNONYMS = "content/synonyms.yaml"


def mapped(old: str = "", new: str = "", note: str = "::body-map") -> Callable[[Path], object]:
    """Add a map of the body, with one thing changed in it, to the good site."""
    assert old in MAP
    drawn = written(DRAWN, MAP.replace(old, new) if old else MAP)
    return every(drawn, written("content/red-flags.yaml", SIGN), appended(ONE, f"\n{note}\n"))


RAFT = f"""---
title: Raft
{FIELDS}feels: Flat
moves: Yes
hurts: No
where: On ponds
changes: Slowly
tells_apart: No sides
who_looks: Anybody
urgency: routine
urgency_note: None
---

Wood.
"""
RAFTS = every(
    changed(
        "site.yaml",
        "  - {folder: options",
        "  - {folder: alike, kind: differential-diagnosis, title: Alike, summary: Alike., menu: main}\n"
        "  - {folder: options",
    ),
    written("content/alike/raft.md", RAFT),
    changed("content/index.md", "See [a note]", "See [rafts](alike/raft.md), [a note]"),
)
COMPARED = (
    "compared: {name: Boat, feels: Dry, moves: Yes, hurts: No, where: On ponds, changes: No, who_looks: Anybody, "
)
COMPARED += "urgency: routine, urgency_note: None}\n---\n"


def compared(name: str, title: str) -> Callable[[Path], object]:
    return written(
        name, f"---\ntitle: {title}\n{FIELDS}{COMPARED}\n[@one2001] ![a boat](boat.svg) A boat. [One](one.md)\n"
    )


CASES = [
    # site.yaml
    Case(
        "bad-web-address", "site.yaml:3:6", "https://", changed("site.yaml", "https://example.org/tiny/", "example.org")
    ),
    Case("bad-choice", "site.yaml:9:27", '"article"', changed("site.yaml", "kind: article", "kind: artcle")),
    Case("unknown-section", "site.yaml:7:17", '"notez"', changed("site.yaml", "section: notes", "section: notez")),
    Case("duplicate-id", "site.yaml:10:14", "twice", changed("site.yaml", "folder: options", "folder: notes")),
    Case("empty-file", "site.yaml:1:1", "only comments", written("site.yaml", "# nothing yet\n")),
    Case("missing-field", "site.yaml:1:1", '"tagline"', changed("site.yaml", "tagline: A site of a few lines\n", "")),
    # Files
    Case(
        "broken-import",
        "static/css/site.css:3:10",
        '"tokens.css"',
        changed("static/css/site.css", '@import "tokens.css"', '@import "tokns.css"'),
    ),
    Case("wrong-folder", "content/notes/two.md:10:1", "content/options/", written("content/notes/two.md", OPTION)),
    Case("file-too-large", f"{ONE}:1:1", "at most 100000", appended(ONE, "x" * 100_000)),
    Case("over-limit", "content:1:1", "limits.pages", changed("site.yaml", "limits: {", "limits: {pages: 2, ")),
    Case("special-file", "static/pipe:1:1", "a pipe", lambda root: os.mkfifo(root / "static" / "pipe")),
    Case(
        "name-clash",
        "static/words.txt:1:1",
        "rename one",
        every(written("static/Words.txt", "one"), written("static/words.txt", "two")),
    ),
    Case("missing-file", "content/people.yaml:1:1", "`authors`", without("content/people.yaml")),
    Case("missing-file", "content/index.md:1:1", "write content/index.md", without("content/index.md")),
    Case("missing-file", "content/index.md:4:9", '"published"', changed("content/index.md", "published", "draft")),
    Case(
        "outside-folder",
        "content/notes/to-nothing.md:1:1",
        "or to nothing",
        lambda root: (root / "content" / "notes" / "to-nothing.md").symlink_to(root / "nothing.md"),
    ),
    Case(
        "not-utf8",
        "templates/base.html:1:1",
        "UTF-8",
        lambda root: (root / "templates" / "base.html").write_bytes(b"\xff"),
    ),
    # Data files
    Case("bad-json", f"{HELD}:2:19", "comma is missing", changed(HELD, '"one2001", ', '"one2001" ')),
    Case("bad-json", f"{HELD}:1:1", "nested too deeply", written(HELD, "[" * 4000)),
    Case("wrong-type", f"{HELD}:1:1", "[{...}, {...}]", written(HELD, '{"id": "one2001"}\n')),
    Case("too-deep", "content/people.yaml:1:14", "12 levels", written("content/people.yaml", "[" * 14 + "]" * 14)),
    # The interface
    Case(
        "missing-word",
        "templates/words/de.yaml:1:1",
        "language: de",
        changed(ONE, "authors:", "language: de\nauthors:"),
    ),
    Case("missing-word", "templates/words/de.yaml:1:1", "is missing", words_without("menu")),
    Case("template", "templates/article.html:2:1", "titel", bare_template("article.html", "\n{{ page.titel }}\n")),
    Case(
        "template", "templates/treatment.html:1:1", "no template", bare_template("treatment.html", '{% extends "no" %}')
    ),
    Case("template", "templates/article.html:3:1", "tag", bare_template("article.html", "\n\n{% iff x %}\n")),
    # What came out
    Case("output-id", f"{ONE}:1:1", '"main"', appended(ONE, "\n## Main\n")),
    Case("output-heading", FOLDING, "0 main headings", bare_treatment("<p>{{ page.title }}</p>")),
    Case("output-heading", FOLDING, "2 main headings", bare_treatment("<h1>a</h1><h1>b</h1>")),
    Case("inline-code", FOLDING, "the attribute style of <h1>", bare_treatment('<h1 style="top:0">x</h1>')),
    Case("inline-code", FOLDING, "<script> without src", bare_treatment("<h1>x</h1><script>go()</script>")),
    Case("foreign-request", FOLDING, "another host", bare_treatment('<h1><img src="https://a.example/x.png"></h1>')),
    Case(
        "expired-contact",
        "site.yaml:12:54",
        "good until 2026-11-21 only",
        setting('security: {contact: "mailto:a@example.org", expires: 2026-11-21}'),
    ),
    Case("output-link", FOLDING, '"../gone/"', bare_treatment('<h1><a href="../gone/">x</a></h1>')),
    Case("output-link", FOLDING, '"#gone"', bare_treatment('<h1><a href="#gone">x</a></h1>')),
    # What people bring along from elsewhere
    Case("other-dialect", f"{ONE}:16:1", "> [!NOTE]", appended(ONE, '\n!!! note "Mind"\n    It is wet.\n')),
    Case("other-dialect", f"{ONE}:16:1", "a heading for each", appended(ONE, '\n=== "Sea"\n\n    Salt.\n')),
    Case("other-dialect", f"{ONE}:16:9", "write [words](file.md)", appended(ONE, "\nSee the [[raft]].\n")),
    Case("bad-block", f"{ONE}:16:1", "> [!NOTE]", appended(ONE, "\n:::note\n")),
    Case("unknown-key", f"{ONE}:3:1", '"aliases"', changed(ONE, "summary: ", "tags: [wet]\nsummary: ")),
    Case("unknown-key", f"{ONE}:3:1", "delete it", changed(ONE, "summary: ", "layout: wide\nsummary: ")),
    Case("unknown-key", f"{ONE}:3:1", '"summary"', changed(ONE, "summary: ", "description: ")),
    Case("unknown-code-language", f"{ONE}:16:4", "write python alone", appended(ONE, "\n```python title=x\n1\n```\n")),
    Case("broken-link", f"{ONE}:16:9", '"../rafts/index.md"', appended(ONE, "\n[Rafts](../rafts/).\n")),
    Case(
        "own-address",
        f"{ONE}:16:11",
        '"../options/folding.md#folding"',
        appended(ONE, "\n[Folding](https://example.org/tiny/options/folding/#folding).\n"),
    ),
    Case(
        "missing-picture",
        f"{ONE}:16:12",
        "put it beside this file",
        appended(ONE, "\n![an icon](../../static/img/icon.svg)\n"),
    ),
    Case("unknown-citation", f"{ONE}:16:8", "add the work", appended(ONE, "\nText [@10.1000/a(93)4].\n")),
    Case(
        "unknown-citation",
        f"{ONE}:16:8",
        'of that work is "two2002"',
        every(RETRACTED, without("content/retractions.yaml"), appended(ONE, "\nText [@https://doi.org/10.1000/2].\n")),
    ),
    # What nothing uses
    Case("orphan-page", f"{ONE}:1:1", "link to it", changed("content/index.md", "[a note](notes/one.md)", "notes")),
    Case(
        "unused-reference",
        f"{HELD}:3:10",
        "cite it",
        changed(HELD, "}}\n", '}},\n {"id": "two2002", "type": "book", "title": "Two", "custom": {"read": "title"}}\n'),
    ),
    Case(
        "unused-finding",
        "content/claims/folding.yaml:1:7",
        "benefits",
        changed("content/options/folding.md", "benefits: [folding]", "benefits: []"),
    ),
    Case(
        "unused-term",
        "content/glossary.yaml:2:20",
        "use it",
        appended("content/glossary.yaml", "- {id: ship, term: ship, definition: a large boat, sources: [one2001]}\n"),
    ),
    Case(
        "wrong-role",
        f"{ONE}:7:31",
        "leave `by`",
        changed(ONE, "due: 2027-11-21", "due: 2027-11-21, by: us, on: 2026-11-21"),
    ),
    Case("cut-value", f"{ONE}:2:12", "in quotes", changed(ONE, "title: One", "title: One #1 of 2")),
    Case(
        "misplaced-code", f"{ONE}:18:5", "start of its line", appended(ONE, "\n- a list\n\n    ```\n    # x\n    ```\n")
    ),
    Case("unknown-label", f"{ONE}:16:1", "outside of quotes", appended(ONE, "\n> [x]: one.md\n")),
    Case("unused-picture", "content/notes/boat.svg:1:1", "show it", changed(ONE, "![a boat](boat.svg)", "No picture.")),
    Case(
        "unused-disagreement",
        "content/disagreements.yaml:1:7",
        '"folds"',
        written("content/disagreements.yaml", DISPUTED),
    ),
    # Maps of the body, and the comparison
    Case("bad-path", f"{DRAWN}:6:35", "M10 20", mapped("M0 0H100V100Z", "'\"/><a>'")),
    Case("small-target", f"{DRAWN}:10:15", "at least 16", mapped("wide: 16", "wide: 15")),
    Case("outside-map", f"{DRAWN}:10:15", "x from 0 to 100", mapped("x: 50", "x: 101")),
    Case("unknown-page", f"{DRAWN}:12:15", '"notes/one.md"', mapped("notes/one.md", "notes/on.md")),
    Case("unknown-topic", f"{DRAWN}:4:11", '"boats"', mapped("[boats]", "[boat]")),
    Case("unknown-citation", f"{DRAWN}:13:17", '"one2001"', mapped("one2001", "one2002")),
    Case("duplicate-id", f"{DRAWN}:14:8", '"pond"', mapped(MAP, MAP + MAP.replace("- id: pond", "- id:  pond"))),
    Case("unused-map", f"{DRAWN}:1:7", '"pond"', mapped(note="")),
    Case("block-argument", f"{ONE}:18:12", '"pond"', mapped(note="::body-map\n\n::body-map{pnd}")),
    Case("unmapped-page", "content/alike/raft.md:2:8", "Name the page", every(mapped(), RAFTS)),
    Case(
        "compared-twice",
        f"{ONE}:10:11",
        "notes/index.md",
        every(compared("content/notes/index.md", "Notes"), compared(ONE, "One")),
    ),
    Case(
        "page-weight",
        f"{ONE}:1:1",
        "citations: names",
        every(
            changed("site.yaml", "contents_from: 3", "contents_from: 3, page_weight: 19000"),
            appended(ONE, "\n" + " ".join(str(number * 7919 % 100003) for number in range(12_000)) + "\n"),
        ),
    ),
    # Evidence
    Case(
        "unexplained-rating",
        "content/claims/folding.yaml:9:14",
        "`lowers`",
        changed("content/claims/folding.yaml", "lowers: risk-of-bias, ", ""),
    ),
    Case("retracted", f"{ONE}:12:20", "no boat was folded", RETRACTED),
    Case("no-untreated-option", f"{OPTIONS}:10:11", "compare", changed(OPTIONS, "no-treatment", "self-care")),
    Case("unknown-check", "content/standards.yaml:1:67", '"flotation"', written("content/standards.yaml", STANDARD)),
    Case("review-due", f"{ONE}:7:15", "2026-12-01", REVIEWED, NEXT_YEAR),
    Case("review-overdue", f"{ONE}:7:15", "2026-12-01", REVIEWED, NEXT_YEAR, strict_review=True),
    # Texts
    Case("promise-word", f"{ONE}:16:9", '"works"', setting("wording: {promise: [works]}", "Folding works.")),
    Case("unknown-code", "content/accepted.yaml:1:10", 'did you mean "orphan-page"?', accepting("orfan-page", ONE)),
    Case("error-accepted", "content/accepted.yaml:1:10", "cannot be accepted", accepting("broken-link", ONE)),
    Case(
        "acceptance-over", "content/accepted.yaml:1:10", "until 2026-11-20", accepting("orphan-page", ONE, "2026-11-20")
    ),
    Case("nothing-accepted", "content/accepted.yaml:1:10", "no such warning", accepting("orphan-page", ONE)),
    Case("unwritten", f"{ONE}:16:1", "yet to be written", setting("", "TODO: say that boats float.")),
    Case("uncited-paragraph", f"{ONE}:16:1", "[@key]", setting("cited_kinds: [article]", "Boats float on most ponds.")),
    Case(
        "softened-sign",
        f"{ONE}:16:3",
        "emergency",
        every(
            written("content/red-flags.yaml", SIGN),
            setting("wording: {soon: [soon]}", "A sinking boat can be mended soon."),
        ),
    ),
    Case(
        "softened-sign",
        f"{DRAWN}:11:15",
        "emergency",
        every(mapped("note: Wet.", "note: A sinking boat can be mended soon."), setting("wording: {soon: [soon]}")),
    ),
    # What hides
    Case("bidi-control", f"{ONE}:16:3", "U+202E", appended(ONE, "\nA \u202eboat.\n")),
    Case("invisible-character", f"{ONE}:16:5", "U+200B", appended(ONE, "\nA bo\u200bat.\n")),
    Case("misleading-link", f"{ONE}:16:5", '"evil.example"', appended(ONE, "\n[a](https://x.org@evil.example/)\n")),
    Case(
        "unsafe-picture",
        "content/notes/boat.svg:1:59",
        "<script>",
        written(
            "content/notes/boat.svg",
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><script/></svg>\n',
        ),
    ),
    # The search
    Case(
        "unknown-synonym",
        f"{SYNONYMS}:2:10",
        '"whale"',
        written(SYNONYMS, "- typed: [big fish]\n  means: whale boats\n"),
    ),
    Case(
        "unknown-synonym",
        f"{SYNONYMS}:2:28",
        "no text",
        written(SYNONYMS, "- {typed: [big ship], means: boat}\n- {typed: [Schiff], means: boat, language: de}\n"),
    ),
    Case(
        "hard-to-read", f"{ONE}:2:8", "shorter", setting(reading(grade=2), "Considerable instability characterises it.")
    ),
    Case(
        "harder-to-read",
        f"{ONE}:2:8",
        "grades.json",
        every(written("content/grades.json", f'{{"{ONE}": -9.5}}\n'), setting(reading())),
    ),
    Case("passive-voice", f"{ONE}:2:8", "who does what", setting(reading(passive=10), "It was folded.")),
    Case("long-sentence", f"{ONE}:16:1", "7 words", setting(reading(sentence=6), "A boat of paper floats on it.")),
    Case(
        "unexplained-word",
        f"{ONE}:16:6",
        '"arthritis"',
        setting(f"wording: {{medical_endings: [itis]}}\n{reading()}", "Some arthritis."),
    ),
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A good site that a test may break."""
    for name, text in GOOD.items():
        written(name, text)(tmp_path)
    for part in ("templates", "static"):
        shutil.copytree(REPOSITORY / part, tmp_path / part)
    return tmp_path


def place(problem: Problem) -> str:
    return f"{problem.span.path}:{problem.span.line}:{problem.span.column}"


def expected_codes() -> set[str]:
    lines = (REPOSITORY / "tests" / "sites" / "broken" / "expected.txt").read_text(encoding="utf-8").splitlines()
    return {line.rsplit(" ", 1)[1] for line in lines}


def test_the_good_site_has_no_problem(site: Path) -> None:
    assert pipeline.build(site, Options(today=TODAY)).problems == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.place}")
def test_one_broken_thing_is_one_problem_with_its_place_and_its_mend(site: Path, case: Case) -> None:
    case.breaks(site)
    problems = pipeline.build(site, Options(today=case.today, strict_review=case.strict_review)).problems
    assert {(one.code, place(one)) for one in problems} == {(case.code, case.place)}
    assert any(case.says in f"{one.message} {one.hint}" for one in problems), problems


def test_every_problem_comes_with_what_mends_it(site: Path) -> None:
    change(site, "content/index.md", "notes/one.md", "nowhere/at-all.md")
    (broken,) = pipeline.build(site, Options(today=TODAY)).problems
    assert (broken.code, broken.hint) == ("broken-link", CODES["broken-link"].fix)


def test_a_site_whose_site_yaml_says_nothing_is_not_emptied(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(site), "--quiet", "--today", TODAY]) == 0
    before = {path: path.read_bytes() for path in (site / "_site").rglob("*") if path.is_file()}
    (site / "site.yaml").write_text("# to be written\n", encoding="utf-8")
    assert cli.main(["--root", str(site), "--quiet"]) == 2
    assert "site.yaml:1:1: error[empty-file]" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in (site / "_site").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/references.json", "[{]"),
        ("content/people.yaml", "- id: [us\n"),
        ("content/claims/folding.yaml", "- id: 'folding\n"),
        ("content/glossary.yaml", "\t- id: boat\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_and_not_one_for_each_use(site: Path, name: str, text: str) -> None:
    change(site, ONE, "A boat", "A [boat](../glossary.yaml#boat), [one](../references.json#one2001)")
    written(name, text)(site)
    (problem,) = pipeline.build(site, Options(today=TODAY)).problems
    assert problem.span.path == name


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("status: published", "status: publishd", "bad-choice"),
        ("status: published", "staus: published", "unknown-key"),
        ("status: published\n", "", "missing-field"),
        ("title: One", "title: 'One", "bad-yaml"),
        ("authors: [us]", "authors:", "empty-value"),
        ("review: {due: 2027-11-21}", "review:", "empty-value"),
    ],
)
def test_one_slip_of_an_editor_is_one_problem(site: Path, old: str, new: str, code: str) -> None:
    change(site, ONE, old, new)
    assert [one.code for one in pipeline.build(site, Options(today=TODAY)).problems] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[a](my page.md)", "broken-link"),
        ("![a](my boat.svg)", "broken-link"),
        ("[a](one.md and more", "broken-link"),
        ("Text [@one2001, @two2002].", "bad-citation"),
        ("Text [@ one2001].", "bad-citation"),
        ("Text [@one2001 and more.", "bad-citation"),
        ("Text [@].", "bad-citation"),
        ("Text &#57344;0&#57345;.", "reserved-character"),
        ('Text <span title="&#xE000;0&#xE001;">here</span>.', "reserved-character"),
        ("Text \ue0000\ue001.", "reserved-character"),
        ("<script>alert(1)</script>", "html-removed"),
    ],
)
def test_what_would_be_lost_or_shown_raw_is_an_error(site: Path, text: str, code: str) -> None:
    appended(ONE, f"\n{text}\n")(site)
    found = pipeline.build(site, Options(today=TODAY)).problems
    assert {(one.code, one.span.line) for one in found} == {(code, 16)}, found


NOT_OF_FILES = {
    "unreadable-file": "tests/sources/test_files.py",
    "takes-too-long": "tests/test_limits.py",
    "search-index": "tests/output/test_search.py",
    "gone-link": "tests/workbench/test_online.py",
    "moved-link": "tests/workbench/test_online.py",
}
"""What no file of a site brings about, and where its bad example is."""


def test_a_term_of_a_title_is_used(site: Path) -> None:
    appended("content/glossary.yaml", "- {id: ship, term: ship, definition: a large boat, sources: [one2001]}\n")(site)
    change(site, ONE, "title: One", "title: A ship")
    assert pipeline.build(site, Options(today=TODAY)).problems == ()


def test_every_code_has_a_bad_example() -> None:
    assert set(CODES) == expected_codes() | {case.code for case in CASES} | set(NOT_OF_FILES)
    for code, name in NOT_OF_FILES.items():
        assert f'"{code}"' in (REPOSITORY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_meaning_and_a_fix(code: str) -> None:
    info = CODES[code]
    assert info.severity in ("error", "warning")
    for text in (info.meaning, info.fix):
        assert text[0].isupper(), text
        assert text.endswith("."), text
        assert "  " not in text, text
