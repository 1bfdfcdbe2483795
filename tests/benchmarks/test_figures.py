"""Medians, ratios, the report and the plot, from figures that are given."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.__main__ import main
from benchmarks.figures import Run, Summary, append, read, summaries
from benchmarks.plot import Line, drawing, plot
from benchmarks.report import report


def run(generator: str, wall: float, number: int = 1, pages: int = 100, phase: str = "cold", wrong: str = "") -> Run:
    return Run(generator, pages, phase, number, wall, wall * 0.9, wall * 100, wall * 110, wrong, 2)


def only(generator: str, runs: list[Run]) -> Summary:
    (found,) = (one for one in summaries(runs) if one.generator == generator)
    return found


def test_a_median_and_a_range_are_given() -> None:
    found = only("ours", [run("ours", 3.0, 1), run("ours", 1.0, 2), run("ours", 2.0, 3)])
    assert (found.wall, found.least, found.most, found.good) == (2.0, 1.0, 3.0, 3)


def test_a_ratio_compares_what_ran_in_the_same_round() -> None:
    slow_second_round = [run("ours", 1.0, 1), run("ours", 10.0, 2), run("hugo", 2.0, 1), run("hugo", 20.0, 2)]
    found = only("ours", slow_second_round)
    assert found.wall_ratio == 0.5
    assert found.pss_ratio == 0.5


def test_a_run_with_wrong_pages_counts_for_nothing() -> None:
    found = only("ours", [run("ours", 1.0, 1), run("ours", 0.001, 2, wrong="there is no index.html")])
    assert (found.wall, found.good, found.void) == (1.0, 1, ("there is no index.html",))


def test_without_the_reference_there_is_no_ratio() -> None:
    found = only("ours", [run("ours", 1.0), run("hugo", 1.0, wrong="exit code 1")])
    assert found.wall_ratio is None


def test_sizes_and_phases_are_never_mixed() -> None:
    runs = [run("ours", 1.0), run("ours", 5.0, pages=1000), run("ours", 0.1, phase="edit")]
    assert [(one.pages, one.phase, one.wall) for one in summaries(runs)] == [
        (100, "cold", 1.0),
        (1000, "cold", 5.0),
        (100, "edit", 0.1),
    ]


def test_figures_are_kept_as_they_are(tmp_path: Path) -> None:
    runs = [run("ours", 1.25), run("hugo", 0.5, wrong="exit code 1")]
    for one in runs:
        append(tmp_path / "results.jsonl", one)
    assert read(tmp_path / "results.jsonl") == runs


def test_the_report_has_a_table_for_each_size_and_phase_and_says_what_was_void() -> None:
    runs = [run("ours", 2.0), run("hugo", 1.0), run("ours", 1.0, phase="edit"), run("mkdocs", 1.0, wrong="exit code 1")]
    text = report(runs)
    assert "### 100 pages: cold build" in text
    assert "### 100 pages: one body edited" in text
    assert "| ours | 2.00 | 2.00-2.00 | 1.80 | 200 | 1 of 1 | 2.00 | 2.00 | 2.00 |" in text
    assert "| mkdocs | - | - | - | - | 0 of 1 | - | - | - |" in text
    assert "- mkdocs, 100 pages, cold build: exit code 1" in text
    assert "| ours | cold build | 2.00 x time, 2.00 x memory |" in text


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for block in report([run("ours", 2.0), run("hugo", 1.0), run("ours", 0.04, phase="serve")]).split("\n\n"):
        rows = [line.count("|") for line in block.splitlines() if line.startswith("|")]
        assert len(set(rows)) <= 1


def test_the_plot_is_a_drawing_with_a_line_and_a_name_for_each_generator() -> None:
    runs = [
        run(name, wall * pages / 100, pages=pages)
        for name, wall in (("ours", 1.0), ("hugo", 0.5))
        for pages in (100, 1000)
    ]
    tree = ElementTree.fromstring(plot(runs))
    space = "{http://www.w3.org/2000/svg}"
    assert len(tree.findall(f".//{space}polyline")) == 2
    shown = [one.text for one in tree.iter(f"{space}text")]
    assert {"ours", "hugo", "pages", "100", "1,000", "cold build"} <= set(shown)
    assert "prefers-color-scheme:dark" in (tree.findtext(f"{space}style") or "")


def test_a_plot_of_nothing_is_still_a_drawing() -> None:
    ElementTree.fromstring(plot([]))


@given(
    st.lists(
        st.lists(st.tuples(st.floats(1, 1e6), st.floats(1e-3, 1e5)), min_size=1, max_size=4), min_size=1, max_size=6
    )
)
def test_names_never_touch_and_nothing_is_drawn_outside(points: list[list[tuple[float, float]]]) -> None:
    names = [f"line{number}" for number in range(len(points))]
    lines = [Line(name, tuple(sorted(found))) for name, found in zip(names, points, strict=True)]
    tree = ElementTree.fromstring(drawing([("Title", lines)], names))
    space = "{http://www.w3.org/2000/svg}"
    places = sorted(
        float(one.get("y", "0")) for one in tree.iter(f"{space}text") if (one.get("class") or "").endswith("name")
    )
    assert all(below - above > 14 for above, below in pairwise(places))
    for dot in tree.iter(f"{space}circle"):
        assert 0 <= float(dot.get("cx", "-1")) <= 420
        assert 0 <= float(dot.get("cy", "-1")) <= 330


def test_report_and_plot_are_written_from_a_file_of_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for one in (run("ours", 2.0), run("hugo", 1.0)):
        append(tmp_path / "results.jsonl", one)
    assert main(["report", "--work", str(tmp_path)]) == 0
    assert "2.00 x time" in capsys.readouterr().out
    assert main(["plot", "--work", str(tmp_path), "--output", str(tmp_path / "cost.svg")]) == 0
    assert (tmp_path / "cost.svg").read_text(encoding="utf-8").startswith("<svg ")
