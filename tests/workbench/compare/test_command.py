"""`compare` over a history with one of each change, and what it says where it cannot compare."""

import re
from pathlib import Path

import pytest

from generator import cli
from generator.commands.typed import typed
from tests.sitekit import TODAY, change
from tests.workbench.compare.history import commit, copied, git, make_one_of_each_change, site_before

EXPECTED = Path(__file__).with_name("expected.md")
LOWERED = ("two-days", "chest-pain", "stroke", "lookalikes/long-hiccups", "what/sound")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = site_before(tmp_path)
    commit(root)
    return root


def compare(root: Path, base: str, *more: str) -> int:
    return cli.main(["compare", base, "--root", str(root), "--today", TODAY, *more])


def steady(report: str) -> str:
    """Leave out the name of the commit, and sizes, which another release of zlib may change."""
    return re.sub(r"\d+\.\d kB", "N kB", re.sub(r"`([^`]*?) \([0-9a-f]{7}\)`", r"`\1 (COMMIT)`", report))


def test_one_of_each_change_makes_exactly_the_expected_report(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_one_of_each_change(site)
    assert compare(site, "main") == 1
    first = capsys.readouterr().out
    assert steady(first) == EXPECTED.read_text(encoding="utf-8")
    compare(site, "main")
    assert capsys.readouterr().out == first, "the same trees give the same report"


def test_equal_trees_are_no_change_for_readers(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(site, "HEAD") == 0
    assert "**No change for readers.**" in capsys.readouterr().out


def test_a_remark_in_a_data_file_is_no_change_for_readers(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (site / "content/red-flags.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark for editors\n")
    assert compare(site, "HEAD") == 0
    assert "No change for readers." in capsys.readouterr().out


def test_a_folder_is_a_base_without_git(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = copied(site, tmp_path)
    make_one_of_each_change(site)
    assert compare(site, "main") == 1
    by_revision = steady(capsys.readouterr().out)
    assert compare(site, str(base)) == 1
    by_folder = capsys.readouterr().out
    assert steady(by_folder.replace(f"`{base}`", "`main (0000000)`")) == by_revision


def test_the_repository_and_the_site_stay_as_they_are(site: Path) -> None:
    make_one_of_each_change(site)
    before = (git(site, "status", "--porcelain"), git(site, "show-ref"), sorted(site.rglob("*")))
    compare(site, "main", "--no-cache")
    assert (git(site, "status", "--porcelain"), git(site, "show-ref"), sorted(site.rglob("*"))) == before


def test_what_was_accepted_by_name_is_no_error_and_still_stands_first(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = "\n  action: Call the emergency number now.\n  topics: [home, chest]"
    change(site, "content/red-flags.yaml", f"level: emergency{rest}", f"level: soon{rest}")
    assert compare(site, "main") == 1
    assert "> - ⛔ **LOWERED** `chest-pain`" in capsys.readouterr().out
    assert compare(site, "main", "--accept-lowered", "chest-pain", "--accept-lowered", "no-such-sign") == 0
    said = capsys.readouterr()
    assert said.out.index("**LOWERED, accepted** `chest-pain`") > said.out.index("### Signs that need help")
    assert said.out.index("### Signs that need help") == said.out.index("###")
    assert said.err == "note: nothing was lowered or removed under the name no-such-sign\n"


def test_all_signs_of_the_history_can_be_accepted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_one_of_each_change(site)
    compare(site, "main", *(part for name in LOWERED for part in ("--accept-lowered", name)))
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.count("accepted**") == len(LOWERED)


def test_the_whole_report_is_written_as_html(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_one_of_each_change(site)
    target = tmp_path / "reports" / "report.html"
    assert compare(site, "main", "--output", str(target)) == 1
    assert capsys.readouterr().out.startswith("## What this change means for readers")
    page = target.read_text(encoding="utf-8")
    assert "LOWERED" in page
    assert not re.findall(r"<script|<link|<img|<iframe|\bsrc=|url\(|@import|https?://[^ <]*\"", page)


def test_a_report_that_cannot_be_written_is_wrong_use(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(site, "main", "--output", str(tmp_path)) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_base_that_has_gone_on_is_named_and_can_be_left_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(site, "branch", "mine")
    with (site / "content/red-flags.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "- {id: new, sign: a new sign, may_mean: much, level: today, action: Ring., topics: [home], sources: "
        )
        file.write("[hullhiccup]}\n")
    commit(site)
    git(site, "checkout", "--quiet", "mine")
    assert compare(site, "main") == 1
    out = capsys.readouterr().out
    assert "⚠️ **The base** has commits that this tree lacks" in out
    assert "To leave it out, name `main...`." in out
    assert "**REMOVED** `new`" in out
    assert compare(site, "main...") == 0
    assert "No change for readers." in capsys.readouterr().out


def test_a_site_below_the_top_of_a_repository_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    root = site_before(inner)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "inner")
    git(tmp_path, "commit", "--quiet", "--message", "all")
    assert compare(root, "main") == 0
    assert "No change for readers." in capsys.readouterr().out


@pytest.mark.parametrize("base", ["no-such-branch", "--output=x", "main:content", "", "no-such-branch..."])
def test_an_unknown_revision_is_wrong_use(site: Path, base: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["compare", "--root", str(site), "--today", TODAY, "--", base]
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: git knows no revision")


def test_a_folder_that_is_no_site_is_said_to_be_none(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").mkdir()
    assert compare(site, str(tmp_path / "other")) == 2
    assert f"the folder {tmp_path / 'other'} holds no site.yaml" in capsys.readouterr().err


def test_a_folder_without_a_repository_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_before(tmp_path)
    assert compare(root, "main") == 2
    assert "main is no folder with a site.yaml, and" in (said := capsys.readouterr().err)
    assert "is in no repository of git" in said


def test_without_git_a_revision_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("generator.workbench.compare.base.which", lambda _: None)
    assert compare(site, "main") == 2
    assert "git, which would know a revision, is not installed" in capsys.readouterr().err


def test_a_revision_without_a_site_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_before(tmp_path)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "empty")
    assert compare(root, "main") == 2
    assert capsys.readouterr().err == "error: main has no site.yaml for this folder\n"


def test_a_site_yaml_that_cannot_be_read_is_wrong_use_on_either_side(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = copied(site, tmp_path)
    (base / "site.yaml").write_text("title: only\n", encoding="utf-8")
    assert compare(site, str(base)) == 2
    assert "cannot be read by this program" in capsys.readouterr().err
    assert compare(base, str(site)) == 2
    assert f"{typed('check')} says why" in capsys.readouterr().err


def test_a_tree_with_errors_is_compared_as_far_as_it_goes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "content/what/sound.md", "[@mayohiccups]. Nobody", "[@nobody2020]. Never before had somebody")
    assert compare(site, "main") == 1
    out = capsys.readouterr().out
    assert "⛔ **New error** `unknown-citation`" in out
    assert "<ins>Never before had somebody</ins>" in out
    commit(site)
    change(site, "content/what/sound.md", "[@nobody2020]", "[@mayohiccups]")
    assert compare(site, "main") == 0
    assert "**The base** has errors as this program reads it" in capsys.readouterr().out


def test_a_page_that_only_leads_elsewhere_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "content/options/waiting.md", "(../lookalikes/long-hiccups.md)", "(../what/sound.md)")
    assert compare(site, "main") == 0
    out = capsys.readouterr().out
    assert "Links gone: `/lookalikes/long-hiccups/`." in out
    assert "New links: `/what/sound/`." in out
