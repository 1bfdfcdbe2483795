"""The scorecard says what the build found by rule, and leaves to people what no rule can tell."""

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from generator import pipeline
from generator.checks.evidence import check_evidence
from generator.evidence.standards import Item
from generator.site.standards.checks import CHECKS, READ_ENGLISH
from generator.site.standards.states import STATES, judged
from generator.stages import intake
from generator.stages.data import read_data
from generator.stages.options import Options
from tests.helpers import (
    CLAIM_TEXT,
    COMMON,
    DEFAULT,
    KEY_POINTS,
    REFERENCE,
    REPOSITORY,
    SITE,
    TREATMENT,
    article,
    at,
    codes,
    english,
    joined,
    make_site,
)

PAGE, CARE, ABOUT = "content/help/page.md", "content/care/other.md", "content/privacy.md"
FLAGS = """\
- {id: blue, sign: You are blue, may_mean: no air, level: emergency, action: Call 1 now., topics: [home],
   sources: [smith2001]}
"""
PEOPLE = """\
- {id: team, name: Team, kind: team, roles: [author], about: Us., interests: None.}
- {id: ann, name: Ann Smith, kind: person, roles: [author], about: A nurse at a clinic., interests: None.}
"""
WORKS = json.dumps(
    [
        json.loads(REFERENCE),
        {
            "id": "dated",
            "type": "book",
            "title": "Colds",
            "issued": {"date-parts": [[1999]]},
            "custom": {"read": "title"},
        },
    ]
)
COUNTED = CLAIM_TEXT.replace("participants: 40", "events: {of: people, intervention: [5, 10], comparator: [2, 10]}")
WHOLE = SITE + "cited_kinds: [article, treatment]\nwording: {emergency: ['999'], today: [today]}\n"
LONG = "Words follow words until there are many of them in this one paragraph. " * 4
NOT_MEDICAL = f"---\ntitle: Us\n{COMMON}---\n\nWords.\n".replace("evidence_searched: 2026-11-01\n", "")
QUESTION = f"""\
---
question: What?
{COMMON}topic: basics
short_answer: This.
---
"""


def plain(body: str, points: str = KEY_POINTS, **changes: str) -> dict[str, str]:
    """A site with one article of a text, whose common fields are changed."""
    text = article(f"\n{body}\n").replace(KEY_POINTS, points)
    for old, new in changes.items():
        text = re.sub(rf"^{old}: .*$", f"{old}: {new}", text, flags=re.MULTILINE)
    return {PAGE: text}


def care(body: str = "", **changes: str) -> dict[str, str]:
    """A site with one more treatment, some of whose fields are changed."""
    text = f"---\ntitle: Soup\n{COMMON}{KEY_POINTS}{TREATMENT}---\n\n{body}\n".replace("no-treatment", "self-care")
    for old, new in changes.items():
        text = re.sub(rf"^{old}: .*$", f"{old}: {new}", text, flags=re.MULTILINE)
    return {CARE: text}


CLAIMS = {"content/claims/rest.yaml": COUNTED}
UNSURE = CLAIM_TEXT.replace("certainty: low", "certainty: very-low").replace(
    "people}", "people}, {lowers: risk-of-bias, why: no}", 1
)
VERY_LOW = {"content/claims/rest.yaml": UNSURE}
FLAGGED = {"content/red-flags.yaml": FLAGS}
MANY = "\n".join(f"- point {number}" for number in "abcdefgh")
NESTED = "1. one\n    - a\n    - b\n    - c\n    - d\n2. two\n    - e\n    - f\n    - g\n10. ten"
PICTURE = {"content/help/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"/>'}


def table(head: str, *rows: str) -> str:
    """A table with its caption."""
    line = "|".join("---" for _ in head.split("|"))
    return "\n".join(["Table: colds", "", f"| {head} |", f"|{line}|", *(f"| {row} |" for row in rows)])


FRONT = {"content/care/index.md": article("\nWords.\n", title="Care")}

CASES: list[tuple[str, dict[str, str], bool]] = [
    ("authors", plain("Words.", authors="[ann]"), True),
    ("authors", plain("Words."), False),
    ("authors", plain("Words.", authors="[ann, team]"), False),
    ("dates", plain("Words."), True),
    ("dates", plain("Words.", review="{due: 2026-11-20}"), False),
    ("sources", plain("Words [@smith2001]."), True),
    ("sources", plain("Words."), False),
    ("sources", {"content/ask/a.md": QUESTION + "\nWords [@smith2001].\n"}, False),
    ("source-years", plain("Words [@dated]."), True),
    ("source-years", plain("Words [@dated; @smith2001]."), False),
    ("source-years", plain("Words."), False),
    ("source-years", {**plain("Words [@dated].\n\n::red-flags"), **FLAGGED}, False),
    ("source-years", {**plain("Words [@dated].\n\n::options"), **CLAIMS, **care(benefits="[rest-shortens]")}, False),
    ("uncertainty", plain("Why that is so is not known."), True),
    ("uncertainty", plain("Nobody\nhas tested it."), True),
    ("uncertainty", {**plain("::claim{rest-shortens}"), **VERY_LOW}, True),
    ("uncertainty", care(), True),
    ("uncertainty", {**plain("::claim{rest-shortens}"), **CLAIMS}, False),
    ("uncertainty", plain("Is it not known? Everybody knows."), False),
    ("known-and-unknown", plain("It is red [@smith2001]. Why is not known? We do not know."), True),
    ("known-and-unknown", plain("We do not know."), False),
    ("known-and-unknown", plain("It is red [@smith2001]."), False),
    ("how-it-works", care(how_it_works="'It warms [@smith2001]'"), True),
    ("how-it-works", care(), False),
    ("benefits", {**care(benefits="[rest-shortens]"), **CLAIMS}, True),
    ("benefits", care(tested='"no"'), True),
    ("benefits", care(), False),
    ("harms", care(harms="['It burns [@smith2001]', 'It drips [@smith2001]']"), True),
    ("harms", care(harms="['It burns [@smith2001]', It drips]"), False),
    ("no-treatment", care("See [rest](rest.md)."), True),
    ("no-treatment", care(category="no-treatment"), True),
    ("no-treatment", plain("::options"), True),
    ("no-treatment", FRONT, True),
    ("no-treatment", care("See [help](../help/index.md)."), False),
    ("other-choices", care("See [rest](rest.md)."), True),
    ("other-choices", plain("::options"), True),
    ("other-choices", care("See [help](../help/index.md)."), False),
    ("summary", plain("Words."), True),
    ("summary", {"content/ask/a.md": QUESTION}, True),
    ("summary", {ABOUT: f"---\ntitle: Us\n{COMMON}---\n\nWords.\n"}, False),
    ("visual-cues", {ABOUT: f"---\ntitle: Us\n{COMMON}---\n\n> [!NOTE]\n> Words.\n"}, True),
    ("visual-cues", {ABOUT: f"---\ntitle: Us\n{COMMON}---\n\nWords.\n"}, False),
    ("action", plain("> [!WARNING]\n> A fever needs a nurse."), True),
    ("action", {**plain("::red-flags"), **FLAGGED}, True),
    ("action", plain("If it lasts for weeks, see a nurse."), True),
    ("action", plain("> [!NOTE]\n> A fever needs a nurse.\n\nA nurse may call. Ask whom?"), False),
    ("directions", plain("> [!WARNING]\n> If you shiver, call a nurse."), True),
    ("directions", plain("Call 999 if you cannot breathe."), True),
    ("directions", {**plain("::red-flags"), **FLAGGED}, True),
    ("directions", plain("Never give up. Call your mother."), False),
    ("directions", plain("> [!WARNING]\n> A fever is bad."), False),
    ("speaks-to-you", plain("> [!WARNING]\n> You have a fever."), True),
    ("speaks-to-you", plain("Ask a nurse."), True),
    ("speaks-to-you", plain("> [!WARNING]\n> Call a nurse.\n\nWords.\n\n> [!CAUTION]\n> Fever is bad."), False),
    ("speaks-to-you", plain("You sneeze."), False),
    ("speaks-to-you", {**plain("::red-flags"), "content/red-flags.yaml": FLAGS.replace("You are", "Someone is")}, True),
    (
        "speaks-to-you",
        {**plain("::red-flags"), "content/red-flags.yaml": FLAGS.replace("You are", "One is").replace("Call", "Dr")},
        False,
    ),
    ("active-points", plain("It was seen."), True),
    ("active-points", plain("Words.", "key_points: [One., It was seen by a nurse., Three.]\n"), False),
    ("active-points", plain("> [!WARNING]\n> A nurse must be seen."), False),
    ("active-text", plain("It was seen. We see. We see. We see. We see."), True),
    ("active-text", plain("It was seen. It was done. It was made. It was kept."), False),
    ("lists", plain("- a\n- b"), True),
    ("lists", plain(NESTED), True),
    ("lists", plain("1. one\n" + MANY.replace("- ", "    - ")), False),
    ("lists", plain(MANY.rpartition("\n")[0]), True),
    ("lists", plain(MANY), False),
    ("lists", care(harms="[a, b, c, d, e, f, g, h]"), False),
    ("lists", {"content/ask/a.md": QUESTION}, False),
    (
        "lists",
        {
            **plain("::red-flags"),
            "content/red-flags.yaml": "".join(FLAGS.replace("id: blue", f"id: blue{n}") for n in range(8)),
        },
        False,
    ),
    ("short-sections", plain(f"{LONG}\n\n{LONG}\n\n## Then\n\n{LONG}\n\n{LONG}"), True),
    ("short-sections", plain("A.\n\nB.\n\nC.\n\nD.\n\nE."), True),
    ("short-sections", plain(f"{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}"), False),
    ("short-sections", plain(f"A.\n\nB.\n\nC.\n\n{MANY}"), False),
    ("one-denominator", plain("It was 5 of 100, and then 7 out of the 100. In 1999 it was so; 3 in 1999."), True),
    ("one-denominator", plain("It was 5% and then 7 per cent, and the pain 4.8 of 10."), True),
    ("one-denominator", {**plain("Of those, 52 of 100.\n\n::icon-array{rest-shortens}"), **CLAIMS}, True),
    ("one-denominator", plain("It was 5 of 100, and then 1 in 7."), False),
    ("one-denominator", plain("It was 5 of 100, and then 5%."), False),
    ("one-denominator", {**plain("It was 1 of 2.\n\n::icon-array{rest-shortens}"), **CLAIMS}, False),
    ("captions", {**plain('![a nose](a.svg "A nose")'), **PICTURE}, True),
    ("captions", {**plain("::icon-array{rest-shortens}"), **CLAIMS}, True),
    ("captions", {**plain('![a nose](a.svg "A nose")\n\n![a nose](a.svg)'), **PICTURE}, False),
    ("simple-tables", plain(table("What | How many days", "a cold [@smith2001] | 7")), True),
    ("simple-tables", plain(table("What | How many days it mostly lasts", "a cold | 7")), False),
    ("simple-tables", plain(table("What | Days", "a cold that came from too little sleep | 7")), False),
    ("simple-tables", plain(table("a | b | c | d | e", "1 | 2 | 3 | 4 | 5")), False),
    ("simple-tables", plain(table("a | b", "1 | 2") + "\n\n" + table("a | b | c | d | e", "1 | 2 | 3 | 4 | 5")), False),
    ("simple-tables", plain("::options"), False),
]

NOT_CONCERNED: list[tuple[str, dict[str, str]]] = [
    *((name, plain("Words.")) for name in ("how-it-works", "benefits", "harms", "no-treatment", "other-choices")),
    ("no-treatment", {"content/help/index.md": DEFAULT["content/help/index.md"]}),
    ("no-treatment", {**FRONT, **plain("::options")}),
    *((name, plain("Words.")) for name in ("one-denominator", "captions", "simple-tables", "directions")),
    ("short-sections", plain("Words.\n\nMore words.")),
    ("sources", {ABOUT: NOT_MEDICAL}),
]


def state_of(check: str, files: dict[str, str], root: Path) -> str:
    """The state of an item with a check on the page that `files` begin with, on a site that has no error."""
    item = f"- {{id: x, standard: S, item: '1', asks: A., check: {check}}}\n"
    common = {"site.yaml": WHOLE, "content/people.yaml": PEOPLE, "content/references.json": WORKS}
    site, problems = joined(make_site(root, {**common, **files, "content/standards.yaml": item}))
    assert [one for one in problems if one.is_error] == []
    (state,) = judged(site)[next(iter(files))].states
    return state


@pytest.mark.parametrize(("check", "files", "expected"), CASES, ids=[f"{n}-{c[0]}-{c[2]}" for n, c in enumerate(CASES)])
def test_a_check_tells_pages_that_have_it_from_those_that_have_not(
    check: str, files: dict[str, str], expected: bool, tmp_path: Path
) -> None:
    assert state_of(check, files, tmp_path) == ("met" if expected else "open")


def test_every_check_has_a_page_that_meets_it_and_one_that_does_not() -> None:
    assert {(check, expected) for check, _, expected in CASES} == {
        (name, state) for name in CHECKS for state in (True, False)
    }


@pytest.mark.parametrize(("check", "files"), NOT_CONCERNED, ids=[one[0] for one in NOT_CONCERNED])
def test_an_item_that_a_page_is_not_about_is_neither_met_nor_open(
    check: str, files: dict[str, str], tmp_path: Path
) -> None:
    assert state_of(check, files, tmp_path) == "does-not-apply"


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_what_a_check_cannot_read_is_for_a_person(check: str, tmp_path: Path) -> None:
    words = (REPOSITORY / "templates" / "words" / "en.yaml").read_text(encoding="utf-8")
    (tmp_path / "templates" / "words").mkdir(parents=True)
    (tmp_path / "templates" / "words" / "de.yaml").write_text(words, encoding="utf-8")
    files = {PAGE: article("\nWir wissen es nicht.\n", more="language: de\n")}
    assert (state_of(check, files, tmp_path) == "person") == (check in READ_ENGLISH)


def test_the_english_of_any_country_is_read(tmp_path: Path) -> None:
    files = {**plain("It was seen."), "site.yaml": WHOLE.replace("language: en", "language: en-US")}
    assert state_of("active-points", files, tmp_path) == "met"


def test_a_check_says_in_one_line_what_it_looks_at() -> None:
    for name, check in CHECKS.items():
        assert check.__doc__, name
        assert "\n" not in check.__doc__, name
    told = {word.removeprefix("check_") for word in english() if word.startswith("check_")}
    assert told == set(CHECKS), "templates/words/en.yaml tells readers what each check looks at"


def real_items() -> tuple[Item, ...]:
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    data, problems = read_data(sources)
    assert [one for one in problems if one.span.path.endswith("standards.yaml")] == []
    return data.standards


def test_every_item_of_the_four_standards_is_there_once() -> None:
    numbers: dict[str, list[str]] = {}
    for item in real_items():
        numbers.setdefault(item.standard, []).append(item.item)
    assert numbers == {
        "JAMA benchmarks": [str(n) for n in range(1, 5)],
        "DISCERN": [str(n) for n in range(1, 17)],
        "CDC Clear Communication Index": [str(n) for n in range(1, 21)],
        "PEMAT-P": [str(n) for n in range(1, 27) if n not in (13, 14)],
    }
    assert [len(found) for found in numbers.values()] == [4, 16, 20, 24]


def test_every_check_that_is_named_exists_and_each_is_named() -> None:
    assert {one.check for one in real_items() if one.check} == set(CHECKS)


def test_an_unknown_check_is_a_problem_at_its_line(tmp_path: Path) -> None:
    text = "- id: x\n  standard: S\n  item: '1'\n  asks: A.\n  check: autors\n"
    site, problems = joined(make_site(tmp_path, {"content/standards.yaml": text}))
    (problem,) = [one for one in problems + check_evidence(site, strict_review=False) if one.is_error]
    assert codes([problem]) == ["unknown-check"]
    assert (problem.span.path, problem.span.line) == ("content/standards.yaml", 5)
    assert at(text, problem.span) == "autors"
    assert problem.hint == 'did you mean "authors"?'


@dataclass
class Row:
    """What the page says of one item."""

    text: str = ""
    links: list[str] = field(default_factory=list)


class Rows(HTMLParser):
    """Reads the rows of the scorecard, by the ids of their items."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, Row] = {}
        self.now: Row | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("id") or ""
        if tag == "tr" and name.startswith("item-"):
            self.now = self.rows.setdefault(name.removeprefix("item-"), Row())
        if tag == "a" and self.now:
            self.now.links.append(values.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self.now = None if tag == "tr" else self.now

    def handle_data(self, data: str) -> None:
        if self.now:
            self.now.text += data


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A small site that shows the real standards, built: its files by their path."""
    cited = {"smith2001", *(key for item in real_items() for key, _ in item.sources)}
    works = [{"id": key, "type": "book", "title": key, "custom": {"read": "page"}} for key in sorted(cited)]
    root = make_site(
        tmp_path_factory.mktemp("small"),
        {
            "site.yaml": WHOLE,
            "content/people.yaml": PEOPLE,
            "content/red-flags.yaml": FLAGS,
            "content/references.json": json.dumps(works),
            "content/standards.yaml": (REPOSITORY / "content" / "standards.yaml").read_text(encoding="utf-8"),
            PAGE: article("\n::scorecard\n\nWhy [@smith2001]? We do not know.\n"),
            CARE: care("See [rest](rest.md).")[CARE],
            "content/help/index.md": DEFAULT["content/help/index.md"].replace("[team]", "[ann]"),
            ABOUT: NOT_MEDICAL,
        },
    )
    shutil.copytree(REPOSITORY / "static", root / "static")
    done = pipeline.build(root, Options(today="2026-11-21"))
    assert [one for one in done.problems if one.is_error] == []
    return {one.path: one.body.decode() for one in done.outputs if one.path.endswith((".html", ".json"))}


def test_the_file_for_machines_names_every_page_and_item(small: dict[str, str]) -> None:
    found = json.loads(small["checked.json"])
    items = [one["id"] for one in found["items"]]
    assert len(items) == len(set(items)) == 64
    addresses = [one["address"] for one in found["pages"]]
    assert addresses == sorted(addresses)
    assert {"https://example.org/colds/", "https://example.org/colds/care/other/"} < set(addresses)
    for page in found["pages"]:
        assert set(page) == {"address", "title", "grade", "items"}
        assert set(page["items"]) == set(items)
        assert set(page["items"].values()) <= set(STATES)
        assert page["grade"] == round(page["grade"], 1)


def test_what_is_for_a_person_is_never_met(small: dict[str, str]) -> None:
    found = json.loads(small["checked.json"])
    for_people = {one["id"] for one in found["items"] if not one["check"]}
    assert len(for_people) > 20
    states = Counter(page["items"][item] for page in found["pages"] for item in for_people)
    assert set(states) == {"person"}
    rows = Rows()
    rows.feed(small["help/page/index.html"])
    for item in for_people:
        assert "Met" not in rows.rows[item].text
        assert "Open. Nobody has done this yet." in rows.rows[item].text


def test_the_page_says_what_the_file_says(small: dict[str, str]) -> None:
    found = json.loads(small["checked.json"])
    rows = Rows()
    rows.feed(small["help/page/index.html"])
    assert list(rows.rows) == [one["id"] for one in found["items"]]
    shown = set()
    for item in (one for one in found["items"] if one["check"]):
        states = {page["address"]: page["items"][item["id"]] for page in found["pages"]}
        counts = Counter(states.values())
        row = rows.rows[item["id"]]
        assert item["asks"] in row.text
        if looked_at := counts["met"] + counts["open"]:
            assert f"Met on {counts['met']} of {looked_at} pages" in row.text
        else:
            assert "No page is concerned" in row.text
        opened = {address for address, state in states.items() if state == "open"}
        assert {urljoin("https://example.org/colds/help/page/", one) for one in row.links} == opened
        shown |= set(counts)
    assert shown == {"met", "open", "does-not-apply"}


def test_the_page_sums_up_each_standard_and_gives_no_total(small: dict[str, str]) -> None:
    html = small["help/page/index.html"]
    sums = html[html.index("scorecard-sums") : html.index('id="standard-1"')]
    counts = [int(one) for one in re.findall(r"(\d+) items?</td>", sums)]
    pairs = list(zip(counts[::2], counts[1::2], strict=True))
    assert [sum(pair) for pair in pairs] == [4, 16, 20, 24]
    assert sum(by_build for by_build, _ in pairs) == sum(bool(one.check) for one in real_items())
    assert "There is no total and no seal" in sums


def test_a_site_without_standards_has_no_such_file(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    shutil.copytree(REPOSITORY / "static", root / "static")
    done = pipeline.build(root, Options(today="2026-11-21"))
    assert done.outputs
    assert "checked.json" not in {one.path for one in done.outputs}
