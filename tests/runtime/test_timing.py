"""What a build took is measured where somebody asks, adds up, and changes no byte. No test looks at real time."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import cli
from generator.commands.timings import as_json, as_text
from generator.runtime.sharing import shared
from generator.runtime.timing import FIRST, STOPPED, Clock, Cost, Stage, StageName, Sum, Timings, peak_memory
from generator.runtime.workers import Workers
from generator.sources import known
from tests.sitekit import TODAY, copy_site, tree


class Hands:
    """The hands of a clock, which a test moves."""

    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        return self.now


def ticking(step: int) -> Callable[[], int]:
    """A clock that has gone on by so much each time that it is looked at."""
    times = count(0, step)
    return lambda: next(times)


NAMES: tuple[StageName, ...] = ("reading", "making", "checking")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 10**12)), max_size=20))
def test_stages_add_up_to_the_whole_whatever_their_order(steps: list[tuple[StageName, int]]) -> None:
    hands = Hands()
    clock = Clock(wall=hands)
    hands.now += 7
    for name, spent in steps:
        clock.begin(name)
        hands.now += spent
    timings = clock.timings()
    assert timings.spent == hands.now - 1_000
    assert timings.at(FIRST) == 7
    for name in NAMES:
        assert timings.at(name) == sum(spent for one, spent in steps if one == name)
    assert len({stage.name for stage in timings.stages}) == len(timings.stages)


def test_what_a_block_cost_is_told_by_the_processors_own_clock() -> None:
    clock = Clock(wall=lambda: 0, own=ticking(30))
    told: list[int] = []
    with clock.spending(told.append):
        pass
    assert told == [30]


def test_the_dearest_come_first_and_pages_are_summed_by_template() -> None:
    clock = Clock(wall=Hands())
    clock.parsed("content/a.md", 1)
    clock.parsed("content/b.md", 2)
    for path, template, spent in (("x", "one.html", 5), ("y", "two.html", 6), ("z", "one.html", 5)):
        clock.made(path, template, spent)
    timings = clock.timings()
    assert [one.name for one in timings.articles] == ["content/b.md", "content/a.md"]
    assert [one.name for one in timings.pages] == ["y", "x", "z"]
    assert timings.templates == (Sum("one.html", 2, 10), Sum("two.html", 1, 6))


def test_a_clock_that_nobody_asked_for_measures_nothing() -> None:
    told: list[int] = []
    STOPPED.begin("making")
    STOPPED.parsed("content/a.md", 1)
    STOPPED.made("x", "one.html", 1)
    with STOPPED.spending(told.append):
        pass
    assert not STOPPED.runs
    assert told == []
    assert STOPPED.timings() == Timings((Stage(FIRST, 0),), (), ())


def squares(numbers: list[int]) -> list[int]:
    return [one * one for one in numbers]


def test_workers_tell_what_each_item_cost_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.runtime.sharing.time.thread_time_ns", ticking(5))
    told: list[tuple[int, int]] = []
    with ThreadPoolExecutor(1) as one:
        found = list(shared(squares, range(40), 3, one, str, lambda item, spent: told.append((item, spent))))
    assert found == squares(list(range(40)))
    assert told == [(item, 5) for item in range(40)]


def test_other_processes_tell_of_each_item_too() -> None:
    told: list[int] = []
    with Workers(2) as workers:
        found = list(shared(squares, range(40), 3, workers, str, lambda item, _spent: told.append(item)))
    assert found == squares(list(range(40)))
    assert told == list(range(40))


MADE = Timings(
    (Stage("reading", 500_000_000), Stage("search", 1_500_000_000)),
    (Cost("content/a.md", "", 20_000_000),),
    tuple(Cost(f"{number}/index.html", "article.html", 10_000_000) for number in range(12)),
)


def test_people_get_stages_the_ten_dearest_and_the_search_apart() -> None:
    lines = as_text(MADE, (7, 8), (300_000_000, 200_000_000)).splitlines()
    assert lines == [
        "time by stage:",
        "     0.500 s   25 %  reading",
        "     1.500 s   75 %  search",
        "     2.000 s  in all; without the search 0.500 s",
        "articles that were parsed (1), in seconds of a processor:",
        "     0.020 s  content/a.md",
        "pages that were made (12), in seconds of a processor:",
        *(f"     0.010 s  {number}/index.html  article.html" for number in range(10)),
        "templates, by all their pages (1):",
        "     0.120 s  article.html: 12 pages, 10.0 ms each",
        "cache: 7 found, 8 not found",
        "memory: this process at most 300 MB, the largest of its child processes 200 MB",
    ]
    assert as_text(Timings((), (), ()), (0, 0), None).splitlines()[-1] == "memory: this system does not tell"
    assert "no index was made" in as_text(Timings((), (), ()), (0, 0), None)


def test_programs_get_all_of_it_in_the_shape_that_is_written_down() -> None:
    data = json.loads(as_json(MADE, (7, 8), (300, 200)))
    assert list(data) == ["version", "seconds", "stages", "articles", "pages", "templates", "cache", "memory"]
    assert data["version"] == 1
    assert data["seconds"] == sum(one["seconds"] for one in data["stages"]) == 2.0
    assert data["articles"] == [{"path": "content/a.md", "seconds": 0.02}]
    assert len(data["pages"]) == 12
    assert data["pages"][0] == {"path": "0/index.html", "template": "article.html", "seconds": 0.01}
    assert data["templates"] == [{"path": "article.html", "pages": 12, "seconds": 0.12}]
    assert data["cache"] == {"found": 7, "missing": 8}
    assert data["memory"] == {"process": 300, "largest_child": 200}
    assert json.loads(as_json(MADE, (7, 8), None))["memory"] == {"process": None, "largest_child": None}


def test_memory_is_counted_in_bytes() -> None:
    found = peak_memory()
    assert found is None or 10_000_000 < found[0] < 10**12


@pytest.fixture(params=["1", "2"], ids=["alone", "by workers"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A site with articles enough for several lots, and by how many processes it is built."""
    root = copy_site("hiccups", tmp_path)
    article = (root / "content/ask/how-long.md").read_text(encoding="utf-8")
    for number in range(40):
        (root / f"content/ask/copy-{number}.md").write_text(article, encoding="utf-8")
    return root, str(request.param)


def test_each_article_and_page_that_was_made_is_named_wherever_it_was_made(
    site: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "FRESH", 0)  # so that files are known although they were touched just now
    root, jobs = site
    command = ["build", "--root", str(root), "--today", TODAY, "--no-search", "--jobs", jobs]
    file = tmp_path / "told" / "timings.json"

    def built(*more: str) -> None:
        assert cli.main([*command, *more]) == 0

    built("--no-cache", "--output", str(tmp_path / "unmeasured"))
    assert "time by stage" not in capsys.readouterr().err
    built("--timings", str(file), "--profile")
    assert tree(root / "_site") == tree(tmp_path / "unmeasured")
    said = capsys.readouterr()
    assert "time by stage:\n" in said.err
    assert "no index was made" in said.err
    data = json.loads(file.read_text(encoding="utf-8"))
    stages = [one["name"] for one in data["stages"]]
    assert stages[:4] == [FIRST, "reading", "parsing", "joining"]
    assert {"checking", "making", "assembling", "publishing", "keeping"} < set(stages)
    assert {one["path"] for one in data["articles"]} == {
        path.relative_to(root).as_posix() for path in (root / "content").rglob("*.md")
    }
    assert f"{len(data['articles'])} articles parsed, {len(data['pages'])} pages rendered" in said.out
    assert {"ask/copy-7/index.html", "feed.xml"} < {one["path"] for one in data["pages"]}

    built("--timings", str(file))
    again = json.loads(file.read_text(encoding="utf-8"))
    assert (again["articles"], again["pages"]) == ([], []), "nothing of what was measured is in what is kept"
    assert again["cache"]["missing"] == 0
    assert "time by stage" not in capsys.readouterr().err


def test_the_search_stands_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("hiccups", tmp_path)
    assert cli.main(["build", "--root", str(root), "--today", TODAY, "--profile", "--quiet"]) == 0
    said = capsys.readouterr().err
    assert "%  search\n" in said
    assert "in all; without the search" in said


def test_a_check_can_be_measured_too(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    file = tmp_path / "timings.json"
    assert cli.main(["check", "--root", str(root), "--today", TODAY, "--quiet", "--timings", str(file)]) == 0
    assert "publishing" not in [one["name"] for one in json.loads(file.read_text(encoding="utf-8"))["stages"]]


def test_timings_are_never_written_in_place_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("hiccups", tmp_path)
    with pytest.raises(SystemExit) as left:
        cli.main(["build", "--root", str(root), "--timings", str(tmp_path)])
    assert left.value.code == 2
    assert "this is a folder; name a file" in capsys.readouterr().err
