"""What a hostile file is called, and what stands in it, is shown to people and programs, and is a command to none."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator import cli
from generator.commands.reports import shown
from generator.problems.problem import Problem, Span
from generator.problems.shown import as_github, as_line, as_text
from generator.problems.visible import visible
from generator.sources.lines import Lines
from generator.workbench.preview.overlay import overlay
from tests.helpers import make_site
from tests.hostile.hostile_site import Hostile, built, write_site
from tests.hostile.payloads import at
from tests.sitekit import TODAY

_COMMAND = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""What a terminal obeys, and what hides or turns the text around it; line breaks aside."""
_NOT_UTF8 = "content/help/caf\udce9.md"
"""How Python names a file whose name holds a byte that is no UTF-8."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Hostile, tuple[Problem, ...]]:
    """What is told of a site whose files are named, and filled, to be shown."""
    folder = tmp_path_factory.mktemp("shown")
    chosen = [
        one for one in at("name", "link", "body", "field", "record", "csl", "front") if one.kind != "deep and huge"
    ]
    site = write_site(folder / "site", chosen)
    odd = Problem("broken-link", "a\n::error::b \x1b[2J \u202e", Span(_NOT_UTF8), "c\r::warning::d")
    return site, (*built(site.root).problems, odd)


def test_a_terminal_gets_no_command(told: tuple[Hostile, tuple[Problem, ...]]) -> None:
    site, problems = told
    text = shown(problems, "text", site.root)
    assert _COMMAND.findall(text) == []
    assert [line for line in text.splitlines() if line.startswith("::")] == []
    assert "<U+001B>" in text
    text.encode("utf-8")


def test_the_mark_stands_below_its_place_where_what_is_before_it_is_named(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/help/a.md": "one \x1b[31m two\n"})
    problem = Problem("reserved-character", "it", Span("content/help/a.md", 1, 11, 1, 14))
    _, line, mark = as_text(problem, Lines(tmp_path).line_of).splitlines()[:3]
    assert line.index("two") == mark.index("^")


def test_github_gets_one_command_for_each_problem(told: tuple[Hostile, tuple[Problem, ...]]) -> None:
    site, problems = told
    lines = shown(problems, "github", site.root).split("\n")[:-1]
    assert lines.pop().startswith("::notice title=")
    assert len(lines) == len(problems)
    for line in lines:
        assert re.match(r"::(error|warning) file=[^,:]*,line=\d+,col=\d+,(endColumn=\d+,)?title=[a-z0-9-]+::", line), (
            line
        )
        assert not _COMMAND.search(line), line
        assert re.search(r"%(?!25|0D|0A|3A|2C)", line) is None, line


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_programs_get_what_they_can_read(told: tuple[Hostile, tuple[Problem, ...]], form: str) -> None:
    site, problems = told
    text = shown(problems, form, site.root)
    read = json.loads(text.encode("utf-8"))
    assert len(read if form == "json" else read["runs"][0]["results"]) == len(problems)


def test_a_name_that_is_not_utf8_is_shown_everywhere() -> None:
    problem = Problem("file-name", "it", Span(_NOT_UTF8))
    assert as_line(problem).startswith("content/help/caf<U+DCE9>.md:1:1: error[file-name]")
    as_github(problem).encode("utf-8", "backslashreplace")
    assert "caf%E9.md" in shown([problem], "sarif", Path())


@pytest.mark.parametrize("text", ["plain", "café — “so”", "日本", "a b"])
def test_what_is_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs if name.startswith("on"))}


def test_the_dialog_of_the_preview_holds_no_tag_of_an_attack(told: tuple[Hostile, tuple[Problem, ...]]) -> None:
    site, problems = told
    parser = _Tags()
    parser.feed(overlay(problems, "", Lines(site.root).line_of))
    ours = set("dialog form h2 button kbd p ol li pre code span mark aside".split())
    assert parser.found <= ours


def test_a_comment_on_a_pull_request_links_mentions_and_breaks_out_of_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_site(tmp_path / "before")
    chosen = [one for one in at("field", "record", "csl") if one.becomes == "harmless"]
    after = write_site(tmp_path / "after", chosen)
    cli.main(["compare", str(tmp_path / "before"), "--root", str(after.root), "--today", TODAY])
    text = capsys.readouterr().out
    assert "<script" not in text
    assert not re.search(r"(?<![`\w])@\w", text)
    tokens = [one for token in MarkdownIt("commonmark").parse(text) for one in (token, *(token.children or ()))]
    html = {one.content for one in tokens if one.type.startswith("html")}
    assert {re.sub(r"[</>]", "", one) for one in html} <= {"ins", "del", "strong", "span"}
    assert [one.attrs for one in tokens if one.type == "link_open"] == []
    assert not _COMMAND.search(text.replace("\u200b", ""))
