"""A thousand mistakes in a thousand files, and a thousand in one: all told in order, with what to mend first."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import pipeline
from generator.commands.reports import overview, shown
from generator.problems.codes import CODES
from generator.problems.problem import Problem, Span
from generator.stages.options import Options
from tests.helpers import article, make_site, write
from tests.sitekit import REPOSITORY, TODAY, copy_site, tree

MANY = 1000
BODY = 12
"""The line of an article in which its text begins, after a blank one."""
OLD_SITE = {"index.html": b"<p>the site of yesterday\n"}
WITHOUT_TIME = ["--today", TODAY, "--no-cache"]


@dataclass(frozen=True)
class Mistake:
    """One kind of mistake: its code, the line it stands in, and how it is made in a good article."""

    code: str
    line: int
    text: str = "Words."
    old: str = ""
    new: str = ""

    @property
    def data(self) -> bytes:
        """An article that has this mistake and no other."""
        good = article(f"\n{self.text}\n")
        assert good.count(self.old) == 1 or not self.old, self
        return good.replace(self.old, self.new, 1).encode() if self.old else good.encode()


MISTAKES = (
    Mistake("broken-link", BODY, "See [this](gone.md)."),
    Mistake("unknown-citation", BODY, "So it is [@nobody1999]."),
    Mistake("broken-anchor", BODY, "See [this](index.md#nowhere)."),
    Mistake("heading-one", BODY, "# A title"),
    Mistake("heading-skip", BODY, "#### Deep down"),
    Mistake("unsafe-link", BODY, "See [this](ftp://example.org/)."),
    Mistake("unknown-footnote", BODY, "Words[^gone]."),
    Mistake("missing-image", BODY, "![A picture](gone.png)"),
    Mistake("table-caption", BODY, "| a | b |\n|---|---|\n| 1 | 2 |"),
    Mistake("unknown-callout", BODY, "> [!WHAT]\n> Words."),
    Mistake("unknown-block", BODY, "::nothing"),
    Mistake("unknown-label", BODY, "See [this][label]."),
    Mistake("open-code", BODY, "```\nnever closed"),
    Mistake("bad-citation", BODY, "So it is [@]."),
    Mistake("unwritten", BODY, "TODO: words."),
    Mistake("html-removed", BODY, "Words<wbr onclick='x'>."),
    Mistake("bad-date", 5, old="updated: 2026-11-01", new="updated: soon"),
    Mistake("bad-choice", 4, old="status: published", new="status: done"),
    Mistake("unknown-key", 4, old="status: published", new="stauts: x\nstatus: published"),
    Mistake("duplicate-key", 5, old="status: published", new="status: published\nstatus: published"),
    Mistake("unknown-person", 8, old="[team]", new="[nobody]"),
    Mistake("too-long", 2, old="title: Page", new=f"title: {'Page' * 20}"),
    Mistake("yaml-feature", 3, old="summary: One", new="summary: &one One"),
    Mistake("empty-value", 3, old="summary: One sentence.", new="summary:"),
    Mistake("too-few", 9, old="[One., Two., Three.]", new="[One., Two.]"),
    Mistake("wrong-type", 8, old="[team]", new="team"),
    Mistake("bad-address", 8, old="authors", new="redirect_from: [nowhere]\nauthors"),
)
"""Each in the file that it stands in, alone."""

Place = tuple[str, int, str]


def wrong_articles(count: int, of: int = MANY) -> tuple[dict[str, bytes], list[Place]]:
    """Articles of which the first ones each have one mistake, and where those are."""
    good = article("\nWords.\n").encode()
    files = {f"content/help/a{number:04}.md": good for number in range(of)}
    wanted = []
    for number in range(count):
        one = MISTAKES[number % len(MISTAKES)]
        files[f"content/help/a{number:04}.md"] = one.data
        wanted.append((f"content/help/a{number:04}.md", one.line, one.code))
    return files, wanted


def one_of_many_mistakes(count: int = MANY) -> tuple[dict[str, bytes], list[Place]]:
    """One article with a mistake in each line."""
    path = "content/help/worst.md"
    lines = [f"See [this](gone-{number}.md)." if number % 2 else "So [@nobody1999]." for number in range(count)]
    codes = ["broken-link" if number % 2 else "unknown-citation" for number in range(count)]
    return {path: article("\n" + "\n".join(lines) + "\n").encode()}, [
        (path, BODY + number, code) for number, code in enumerate(codes)
    ]


def with_old_site(root: Path) -> Path:
    for name, data in OLD_SITE.items():
        (root / "_site").mkdir()
        (root / "_site" / name).write_bytes(data)
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Place]]:
    """A site with a thousand wrong articles, one that is all wrong, and a finished site of an earlier day."""
    files, wanted = wrong_articles(MANY)
    more, also = one_of_many_mistakes()
    root = make_site(tmp_path_factory.mktemp("many"), {**files, **more})
    return with_old_site(root), sorted([*wanted, *also])


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPOSITORY / "build.py"), *arguments, "--root", str(root)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def told(site: tuple[Path, list[Place]]) -> subprocess.CompletedProcess[str]:
    """What a build says of it."""
    return run(site[0], *WITHOUT_TIME)


LINE = re.compile(r"^(content/\S+):(\d+):\d+: (?:error|warning)\[([a-z0-9-]+)\]", re.MULTILINE)


def places(text: str) -> list[Place]:
    return [(path, int(line), code) for path, line, code in LINE.findall(text)]


def test_every_mistake_is_told_in_one_run_in_the_order_of_files_and_lines(
    site: tuple[Path, list[Place]], told: subprocess.CompletedProcess[str]
) -> None:
    assert len(site[1]) == 2 * MANY
    assert places(told.stdout) == site[1]


def test_nothing_is_published_and_the_exit_code_says_so(
    site: tuple[Path, list[Place]], told: subprocess.CompletedProcess[str]
) -> None:
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert tree(site[0] / "_site") == OLD_SITE


def test_the_last_lines_say_how_many_there_are_and_what_to_mend_first(
    site: tuple[Path, list[Place]], told: subprocess.CompletedProcess[str]
) -> None:
    last = told.stdout.rpartition("\n\n")[2].splitlines()
    counts = Counter(code for _, _, code in site[1])
    assert last[0].startswith(f"{2 * MANY} errors, 0 warnings; ")
    assert last[1] == f"in {MANY + 1} files, most often:"
    first, second = counts["broken-link"], counts["unknown-citation"]
    assert last[2] == f"{first:>7} error[broken-link] A link leads to a page that does not exist. Correct the path."
    assert last[3].startswith(f"{second:>7} error[unknown-citation] ")
    shown = sum(int(line.split()[0]) for line in last[2:7])
    assert last[7] == f"{2 * MANY - shown:>7} of {len(counts) - 5} other codes"
    assert last[8:11] == ["most of them in:", f"{MANY:>7} content/help/worst.md", f"{MANY:>7} of {MANY} other files"]
    assert last[-1] == "the site was not changed"


ANNOTATION = re.compile(r"^::error file=(.+?),line=(\d+),.*?title=([a-z0-9-]+)::\1:\2:", re.MULTILINE)


def as_told(form: str, text: str) -> list[Place]:
    """The places that one of the forms for other programs names."""
    if form == "github":
        return [(path, int(line), code) for path, line, code in ANNOTATION.findall(text)]
    if form == "json":
        return [(one["path"], one["line"], one["code"]) for one in json.loads(text)]
    found = []
    for one in json.loads(text)["runs"][0]["results"]:
        place = one["locations"][0]["physicalLocation"]
        found.append((place["artifactLocation"]["uri"], place["region"]["startLine"], one["ruleId"]))
    return found


@pytest.fixture(scope="module")
def problems(site: tuple[Path, list[Place]]) -> tuple[Problem, ...]:
    return pipeline.build(site[0], Options(today=TODAY)).problems


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_every_form_holds_all_of_them(form: str, site: tuple[Path, list[Place]], problems: tuple[Problem, ...]) -> None:
    text = shown(problems, form, site[0])
    assert as_told(form, text) == site[1]
    if form == "github":
        assert text.splitlines()[-1].startswith(
            "::notice title=2000 problems::GitHub shows 10 of each beside their lines"
        )


def peak(command: Sequence[str]) -> int:
    """The most memory, in KB, that a program held, whatever it printed."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(ran.stdout)


def test_two_thousand_mistakes_take_little_more_memory_than_ten(site: tuple[Path, list[Place]], tmp_path: Path) -> None:
    few = make_site(tmp_path, wrong_articles(10)[0])
    command = [sys.executable, str(REPOSITORY / "build.py"), "check", *WITHOUT_TIME, "--jobs", "1", "--root"]
    assert peak([*command, str(site[0])]) < peak([*command, str(few)]) + 100_000


def test_a_thousand_warnings_are_told_and_the_site_is_made(tmp_path: Path) -> None:
    root = write(copy_site("hiccups", tmp_path), {f"content/notes-{number:04}.txt": "x" for number in range(MANY)})
    for again in (False, True):
        ran = run(root, "--today", TODAY, "--no-search")
        assert ran.returncode == 0
        found = places(ran.stdout)
        assert found == sorted(found)
        assert Counter(code for _, _, code in found)["unknown-file"] == MANY
        assert f"{MANY:>7} warning[unknown-file] Nothing is made from this file." in ran.stdout
        assert ("nothing has changed" in ran.stdout) == again


def test_where_site_yaml_is_wrong_it_is_said_that_nothing_else_was_looked_at(tmp_path: Path) -> None:
    root = make_site(tmp_path, wrong_articles(3, 3)[0])
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("titel: Colds\nhosting: [nowhere]\n")
    ran = run(root, "check", *WITHOUT_TIME)
    assert ran.returncode == 2
    assert [line for line in ran.stdout.splitlines() if re.match(r"site\.yaml:\d+:\d+: error", line)]
    assert ran.stdout.splitlines()[-1] == (
        "2 errors in site.yaml; it says how all else is read, so nothing else was looked at yet"
    )


@pytest.mark.parametrize("both", [False, True], ids=["output", "output and progress"])
@pytest.mark.parametrize("lines", [0, 1])
@pytest.mark.parametrize("count", [3, MANY])
def test_who_has_seen_enough_may_leave(count: int, lines: int, both: bool, tmp_path: Path) -> None:
    """As `build.py check | head -1` does, or `2>&1 | head -1`: there is no traceback, and nobody is left behind."""
    root = make_site(tmp_path, one_of_many_mistakes(count)[0])
    command = [sys.executable, str(REPOSITORY / "build.py"), "check", *WITHOUT_TIME, "--root", str(root)]
    errors = subprocess.STDOUT if both else subprocess.PIPE
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process:
        assert process.stdout
        read = [process.stdout.readline() for _ in range(lines)]
        process.stdout.close()
        said = process.stderr.read() if process.stderr else b""
        code = process.wait(timeout=300)
    assert code in (1, 2)  # that of the check, or that nobody waited for it
    assert (b"Traceback" in said, b"Exception ignored" in said) == (False, False)
    assert all(read)


def test_a_site_is_made_though_nobody_reads_what_is_said_of_it(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    command = [sys.executable, str(REPOSITORY / "build.py"), "--no-search", "--today", TODAY, "--root", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout
        process.stdout.close()
        process.wait(timeout=300)
    assert (root / "_site" / "index.html").is_file()


def problem(code: str, path: str, line: int = 1) -> Problem:
    return Problem(code, "x", Span(path, line))


def test_of_a_few_problems_no_overview_is_given() -> None:
    assert overview([problem("tab", "a", number) for number in range(10)]) == []


def test_what_stops_the_site_is_named_before_what_there_is_more_of() -> None:
    found = [problem("unused-term", f"a{number}") for number in range(20)] + [problem("tab", "b")]
    lines = overview(found)
    assert lines[:3] == [
        "in 21 files, most often:",
        f"      1 error[tab] {CODES['tab'].meaning} {CODES['tab'].fix}",
        f"     20 warning[unused-term] {CODES['unused-term'].meaning} {CODES['unused-term'].fix}",
    ]
    assert lines[3:] == ["`build.py check --only tab` tells one kind alone"]


def test_one_file_that_has_them_all_is_not_listed_twice() -> None:
    assert overview([problem("tab", "a", number) for number in range(11)])[0] == "all in a, most often:"
