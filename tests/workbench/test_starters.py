"""A new article is a draft that builds at once, explains each of its fields, and cannot be published unwritten."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import cli, pipeline
from generator.problems.problem import Problem
from generator.sources.kinds import KINDS
from generator.stages.options import Options
from generator.workbench.starters import CHOOSE, Ready, slug, starter
from tests.helpers import REPOSITORY, moderate
from tests.sitekit import TODAY, change, copy_site

WRITTEN = [name for name in KINDS if name != "home"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def problems(root: Path) -> tuple[Problem, ...]:
    return pipeline.build(root, Options(today=TODAY)).problems


def begin(root: Path, *arguments: str) -> int:
    return cli.main(["new", *arguments, "--root", str(root)])


def made(root: Path, before: set[Path]) -> Path:
    (one,) = set((root / "content").rglob("*.md")) - before
    return one


@pytest.mark.parametrize("kind", [name for name in WRITTEN if name not in ("page", "sheet")])
def test_a_new_article_of_each_kind_is_a_draft_without_a_problem(site: Path, kind: str) -> None:
    assert problems(site) == ()
    before = set((site / "content").rglob("*.md"))
    folder = {"article": ["--in", "what"]}.get(kind, [])
    assert begin(site, kind, "Holding your breath for longer", *folder) == 0
    file = made(site, before)
    assert file.name == "holding-your-breath-for-longer.md"
    assert problems(site) == ()


@pytest.mark.parametrize("kind", WRITTEN)
def test_each_field_of_the_schema_is_there_and_explained(kind: str) -> None:
    text = starter(kind, "A title", [], Ready("2026-11-21", "editors", "basics"))
    lines = text.split("---\n")[1].splitlines()
    joined = " ".join(line.removeprefix("# ") for line in lines)
    for field in KINDS[kind].schema.fields:
        assert f"{field.help[1:]}" in joined, field.key
        shown = f"{field.key}:" if field.required else f"# {field.key}:"
        assert any(line.startswith(shown) for line in lines), field.key


def test_what_is_optional_can_be_used_by_taking_the_sign_away(site: Path) -> None:
    assert begin(site, "treatment", "Holding your breath for longer") == 0
    file = next((site / "content").rglob("holding-*.md"))
    text = file.read_text(encoding="utf-8")
    fields = {field.key for field in KINDS["treatment"].schema.fields}
    opened = [
        line[2:] if line[2:].partition(":")[0] in fields or line.startswith("#   - ") else line
        for line in text.splitlines()
    ]
    opened = [line for line in opened if not line.startswith("language:")]
    file.write_text("\n".join(opened), encoding="utf-8")
    assert fields - {"language"} <= set(yaml.safe_load("\n".join(opened).split("---\n")[1]))
    assert {one.code for one in problems(site) if one.is_error} == set()


def test_what_is_unwritten_cannot_be_published(site: Path) -> None:
    assert begin(site, "question", "How long can I hold it?") == 0
    change(site, "content/ask/how-long-can-i-hold-it.md", "status: draft", "status: published")
    found = problems(site)
    assert {"unwritten"} <= {one.code for one in found if one.is_error}
    fields = [one.span.line for one in found if one.code == "unwritten"]
    assert len(fields) >= 2


def test_nothing_is_written_over(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(site, "question", "How long?") == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("treatmnt", "X"), 'did you mean "treatment"?'),
        (("home", "X"), "known: article"),
        (("treatment", "X", "--in", "ask"), "no section for the kind treatment"),
        (("treatment", "???"), "give one with --name"),
        (("treatment", "X", "--name", "../x"), "cannot be the name of a file"),
    ],
)
def test_what_cannot_be_made_is_said_with_the_mend(
    site: Path, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(site.rglob("*"))
    assert begin(site, *arguments) == 2
    assert says in capsys.readouterr().err
    assert sorted(site.rglob("*")) == before


def test_pages_that_may_be_related_are_named_and_stand_ready(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(site, "question", "Is waiting for hiccups safe?") == 0
    said = capsys.readouterr().out
    assert "../options/waiting.md" in said
    text = (site / "content/ask/is-waiting-for-hiccups-safe.md").read_text(encoding="utf-8")
    assert "# related: [" in text
    assert "../options/waiting.md" in text


def test_a_title_that_a_page_already_has_is_pointed_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(site, "treatment", "Waiting", "--name", "waiting-again") == 0
    assert "Look first whether it is not there already: options/waiting.md" in capsys.readouterr().out


def test_headings_are_those_that_such_pages_have(tmp_path: Path) -> None:
    for part in ("content", "templates", "static"):
        shutil.copytree(REPOSITORY / part, tmp_path / part)
    shutil.copy(REPOSITORY / "site.yaml", tmp_path)
    assert begin(tmp_path, "treatment", "Standing on one leg") == 0
    text = (tmp_path / "content/treatments/standing-on-one-leg.md").read_text(encoding="utf-8")
    assert "## What did the studies find?" in text


def test_a_heading_of_a_single_page_is_no_heading_of_its_kind(site: Path) -> None:
    assert begin(site, "article", "How it feels", "--in", "what") == 0
    text = (site / "content/what/how-it-feels.md").read_text(encoding="utf-8")
    assert "## " not in text


def test_what_stands_ready_and_may_be_wrong_is_pointed_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(site, "treatment", "Cold water") == 0
    assert CHOOSE in capsys.readouterr().out
    lines = (site / "content/options/cold-water.md").read_text(encoding="utf-8").splitlines()
    for field in ("category", "tested", "evidence_searched"):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{field}:"))
        explained = [line for line in lines[max(0, at - 3) : at] if line.startswith(f"# {CHOOSE}: ")]
        assert explained, field
    assert not any(line.startswith(f"# {CHOOSE}: `published`") for line in lines)
    assert '# nav_title: "TODO: write it here"' in lines


@given(st.text(max_size=40))
@moderate
def test_a_name_made_from_any_title_can_be_a_part_of_an_address(title: str) -> None:
    found = slug(title)
    assert slug(found) == found
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_name_keeps_what_can_be_read() -> None:
    assert slug("Can’t I use heat?") == "cant-i-use-heat"
    assert slug("Rücken-Mäuse") == "rucken-mause"
