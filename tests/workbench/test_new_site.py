"""A new site on another topic builds at once, without a problem, and holds nothing of the site it came from."""

import json
from pathlib import Path

import pytest

from generator import cli, pipeline
from generator.stages.options import Options
from generator.workbench import new_site
from tests.sitekit import REPOSITORY, TODAY, change, tree

OF_THE_FIRST_SITE = (
    *("back mouse", "back mice", "back-mice", "backmice", "episacr", "lipoma", "lump", "back pain", "back-pain"),
    "hiccup",
)
TEXTS = (".md", ".yaml", ".json", ".html", ".css", ".js", ".xml", ".svg", ".txt", ".webmanifest", ".gitignore")


def begin(folder: Path, *arguments: str) -> int:
    return cli.main(["new", "site", str(folder), *arguments, "--root", str(REPOSITORY)])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "tennis-elbow"
    assert begin(folder) == 0
    return folder


@pytest.fixture(scope="module")
def made(site: Path) -> pipeline.Build:
    return pipeline.build(site, Options(today=TODAY))


def told(texts: dict[str, bytes]) -> list[str]:
    """The words of the first site, with the files in which they stand."""
    readable = {name: data.decode().casefold() for name, data in texts.items() if name.endswith(TEXTS)}
    assert readable
    return [f"{name}: {word}" for name, text in readable.items() for word in OF_THE_FIRST_SITE if word in text]


def test_it_builds_without_an_error_or_a_warning(made: pipeline.Build) -> None:
    assert made.problems == ()
    assert made.is_good


def test_it_passes_the_check_with_strict_reviews(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--root", str(site), "--today", TODAY, "--strict-review"]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_a_clean_build_is_published(site: Path, tmp_path: Path) -> None:
    command = ["--root", str(site), "--today", TODAY, "--output", str(tmp_path / "out"), "--quiet", "--no-search"]
    assert cli.main(command) == 0
    assert (tmp_path / "out" / "get-help" / "index.html").is_file()


def test_nothing_of_the_first_site_is_in_it(site: Path, made: pipeline.Build) -> None:
    assert told(tree(site)) == []
    assert told({one.path: one.body for one in made.outputs}) == []


def test_a_word_of_the_first_site_is_noticed() -> None:
    assert told({"a.md": b"A Lipoma."}) == ["a.md: lipoma"]


def test_its_name_comes_from_the_folder_and_its_icons_are_its_own(site: Path, made: pipeline.Build) -> None:
    home = next(one.body.decode() for one in made.outputs if one.path == "index.html")
    assert "<h1>Tennis elbow</h1>" in home
    icons = tree(site / "static/img")
    first = tree(REPOSITORY / "static/img")
    assert set(icons) == {name for name in first if "/" not in name}
    assert not [name for name in icons if icons[name] == first[name]]


def test_templates_and_static_files_are_those_of_the_program(site: Path) -> None:
    assert tree(site / "templates") == tree(REPOSITORY / "templates")
    for folder in ("static/css", "static/js"):
        assert tree(site / folder) == tree(REPOSITORY / folder)


def test_urgent_signs_come_first_on_the_home_page(made: pipeline.Build) -> None:
    home = next(one.body.decode() for one in made.outputs if one.path == "index.html")
    assert 0 < home.index("Call 999 now.") < home.index("In short")


def test_every_work_is_one_of_the_first_site_word_for_word(site: Path) -> None:
    known = json.loads((REPOSITORY / "content/references.json").read_text(encoding="utf-8"))
    works = json.loads((site / "content/references.json").read_text(encoding="utf-8"))
    assert works
    assert [work for work in works if work not in known] == []


def test_the_same_title_and_day_make_the_same_files() -> None:
    assert new_site.files("A", "2026-11-21") == new_site.files("A", "2026-11-21")


def test_its_own_colours_reach_every_page(tmp_path: Path) -> None:
    assert begin(tmp_path / "knees") == 0
    tokens = tmp_path / "knees/static/css/tokens.css"
    tokens.write_text(tokens.read_text(encoding="utf-8").replace("#0b4f4a", "#4a0b4f"), encoding="utf-8")
    done = pipeline.build(tmp_path / "knees", Options(today=TODAY, search=False))
    assert any("#4a0b4f" in one.body.decode() for one in done.outputs if one.path.endswith(".css"))


@pytest.mark.parametrize("title", ['Colic: "why?" & <how>', "'tis # not [a] list", "Asthma bei Kindern – übersicht"])
def test_any_title_is_kept_as_it_is(tmp_path: Path, title: str) -> None:
    assert begin(tmp_path / "one", "--title", title) == 0
    done = pipeline.build(tmp_path / "one", Options(today=TODAY, search=False))
    assert done.problems == ()
    manifest = next(json.loads(one.body) for one in done.outputs if one.path == "site.webmanifest")
    assert manifest["name"] == title


def test_an_article_can_be_begun_in_it(tmp_path: Path) -> None:
    assert begin(tmp_path / "knees") == 0
    assert cli.main(["new", "question", "Can I run?", "--root", str(tmp_path / "knees")]) == 0
    assert pipeline.build(tmp_path / "knees", Options(today=TODAY, search=False)).problems == ()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert begin(tmp_path) == 2
    assert "is not empty, and nothing is written over" in capsys.readouterr().err
    assert tree(tmp_path) == {"mine.txt": b"mine"}


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert begin(tmp_path / "mine") == 2
    assert tree(tmp_path) == {"mine": b"mine"}


def test_a_title_that_is_too_long_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(tmp_path / "one", "--title", "x" * 61) == 2
    assert "at most 60 fit" in capsys.readouterr().err
    assert not (tmp_path / "one").exists()


def test_a_mistake_in_it_is_found_as_in_any_other(tmp_path: Path) -> None:
    assert begin(tmp_path / "knees") == 0
    change(tmp_path / "knees", "content/get-help/index.md", "or a sudden wheeze [@anaphylaxisuk]", "[@nobody]")
    done = pipeline.build(tmp_path / "knees", Options(today=TODAY, search=False))
    assert [one.code for one in done.problems if one.is_error] == ["unknown-citation"]
