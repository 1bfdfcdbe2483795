"""One site full of mistakes: all are found in one run, each at its line and column, and nothing is published.

`sites/broken/expected.txt` was written from the files, by eye, never from what the program says.
"""

import json
import shutil
from pathlib import Path

import pytest

from generator import pipeline
from generator.problems.problem import Problem
from tests.commandkit import ran
from tests.sitekit import copy_site, expected, place, tree

OLD_SITE = {"index.html": b"<p>the site of yesterday\n", "notes/index.html": b"\xff\x00 not even text\r\n"}

_PAGE = """---
title: {title}
summary: {summary}
status: published
updated: 2026-11-21
evidence_searched: 2026-11-21
review: {{due: 2027-11-21}}
authors: [testers]
key_points:
  - Paper boats are folded from paper [@folding2001].
  - They float for a while [@folding2001].
  - Then they sink [@folding2001].
---

{text}
"""


def page(title: str = "Bytes", summary: str = "A page of odd bytes.", text: str = "Text.") -> bytes:
    return _PAGE.format(title=title, summary=summary, text=text).encode()


MADE_HERE = {
    "content/notes/bad-bytes.md": page("Café #ODD#").replace(b"#ODD#", b"\xe9t\xe9"),
    "content/notes/byte-order-mark.md": b"\xef\xbb\xbf" + page("Too long" * 10),
    "content/notes/carriage-returns.md": page(text="See [the other page](gone.md).").replace(b"\n", b"\r\n"),
    "content/notes/form-feed.md": page(summary="A \x0cpage.", text="A form \x0cfeed."),
}
"""Files that git, or a zealous editor, would put right."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site with all its files, and with a finished site of an earlier day."""
    folder = tmp_path_factory.mktemp("broken")
    root = copy_site("broken", folder)
    for name, data in MADE_HERE.items():
        (root / name).write_bytes(data)
    (folder / "secret.md").write_bytes(page("Secret"))
    (root / "content" / "notes" / "outside.md").symlink_to(folder / "secret.md")
    for name, data in OLD_SITE.items():
        path = root / "_site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


@pytest.fixture(scope="module")
def problems(broken: Path) -> tuple[Problem, ...]:
    return pipeline.build(broken).problems


def test_every_mistake_is_found_where_it_is_and_nothing_else(problems: tuple[Problem, ...]) -> None:
    found, wanted = [place(one) for one in problems], expected("broken")
    assert {"missed": sorted(set(wanted) - set(found)), "not wrong": sorted(set(found) - set(wanted))} == {
        "missed": [],
        "not wrong": [],
    }
    assert sorted(found) == wanted


def test_problems_come_in_the_order_of_the_files(problems: tuple[Problem, ...]) -> None:
    spans = [one.span for one in problems]
    assert spans == sorted(spans)
    assert [place(one) for one in problems] == [place(one) for one in sorted(problems, key=place)]


def test_there_are_many_kinds_of_mistake_in_many_files() -> None:
    places = expected("broken")
    assert len({code for *_, code in places}) >= 45
    assert len({path for path, *_ in places}) >= 30


def test_every_mistake_stands_in_a_line_that_is_there(broken: Path, problems: tuple[Problem, ...]) -> None:
    for one in problems:
        data = (broken / one.span.path).read_bytes().removeprefix(b"\xef\xbb\xbf")
        lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
        assert 1 <= one.span.line <= len(lines), one
        assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1, one


def test_every_message_says_what_is_wrong_and_how_to_mend_it(problems: tuple[Problem, ...]) -> None:
    for one in problems:
        assert one.message, one
        assert not one.message.endswith("."), one
        assert one.hint, one


def test_nothing_is_published_and_the_old_site_stays(broken: Path, tmp_path: Path) -> None:
    before = tree(broken / "_site")
    result = ran(broken, "--quiet")
    assert result.code == 1
    assert result.err == ""
    assert tree(broken / "_site") == before == OLD_SITE
    assert not (broken / ".cache" / "publish").exists()
    assert ran(broken, "--quiet", "--output", str(tmp_path / "new")).code == 1
    assert list(tmp_path.iterdir()) == []


def test_the_text_shows_every_problem_with_its_place_and_code(broken: Path, problems: tuple[Problem, ...]) -> None:
    shown = ran(broken, "--quiet").out
    for one in problems:
        path, row, column, code = place(one)
        assert f"{path}:{row}:{column}: {one.severity}[{code}] " in shown


def test_json_names_the_same_places(broken: Path) -> None:
    result = ran(broken, "--quiet", "--format", "json")
    assert result.code == 1
    found = json.loads(result.out)
    assert sorted((one["path"], one["line"], one["column"], one["code"]) for one in found) == expected("broken")


def test_github_gets_one_command_for_each_problem(broken: Path) -> None:
    result = ran(broken, "--quiet", "--format", "github")
    assert result.code == 1
    lines = result.out.splitlines()
    assert lines.pop().startswith(f"::notice title={len(expected('broken'))} problems::")
    assert len(lines) == len(expected("broken"))
    assert all(line.startswith(("::error file=content/", "::warning file=content/")) for line in lines)
    assert all("title=" in line and "::" in line[2:] for line in lines)


def test_check_finds_the_same(broken: Path) -> None:
    assert ran(broken, "check", "--quiet").out == ran(broken, "--quiet").out


def test_a_second_run_in_another_place_says_the_same(broken: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_bytes(page("Secret"))
    moved = tmp_path / "moved"
    shutil.copytree(broken, moved, symlinks=True)
    assert pipeline.build(moved).problems == pipeline.build(broken).problems
