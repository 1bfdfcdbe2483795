"""What is good is not read again: a page is checked anew where it, or a place that it leads to, is another one."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from generator.cache.cache import Cache
from generator.checks.outputs import check_outputs
from generator.output.outputs import Output
from generator.output.reading import KeptReading, Reading, read

PAGES = {
    "index.html": "<h1>Home</h1><a href='care/#top'>Care</a><a href='help.html'>Help</a>",
    "care/index.html": "<h1 id=top>Care</h1><a href='../'>Home</a><a href='#top'>Top</a>",
    "help.html": "<h1 id=a>Help</h1><a href='/care/#top'>Care</a>",
    "far.html": "<h1>Far</h1><a href='https://example.org/#x'>Far</a>",
}


def checked(kept: Path, pages: Mapping[str, str], more: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """What is wrong, and the pages that are read to find it."""
    looked: list[str] = []

    def fetched(path: str, reading: Reading) -> Reading:
        looked.append(path)
        return reading

    readings: dict[str, Reading] = {}
    for path, text in pages.items():
        reading = read(text.encode())
        readings[path] = KeptReading(reading.signs, partial(fetched, path, reading))
    outputs = [Output(path, b"", f"content/{path}") for path in (*pages, *more)]
    cache = Cache(kept, 1)
    problems = check_outputs(outputs, readings, "/", cache)
    cache.close()
    assert problems == check_outputs(outputs, {path: read(text.encode()) for path, text in pages.items()}, "/")
    return [one.message for one in problems], sorted(looked)


def test_pages_that_are_the_same_are_not_read(tmp_path: Path) -> None:
    assert checked(tmp_path / "made", PAGES) == ([], sorted(PAGES))
    assert checked(tmp_path / "made", PAGES) == ([], [])


def test_a_new_place_has_only_those_checked_that_lead_into_the_page(tmp_path: Path) -> None:
    checked(tmp_path / "made", PAGES)
    more = {**PAGES, "care/index.html": PAGES["care/index.html"] + "<h2 id=new>New</h2>"}
    assert checked(tmp_path / "made", more) == ([], ["care/index.html", "help.html", "index.html"])
    assert checked(tmp_path / "made", more) == ([], [])
    linked = {**more, "far.html": PAGES["far.html"] + "<a href='care/#new'>New</a>"}
    assert checked(tmp_path / "made", linked) == ([], ["care/index.html", "far.html"])


def test_a_place_that_goes_is_missed_by_those_that_lead_there(tmp_path: Path) -> None:
    checked(tmp_path / "made", PAGES)
    less = {**PAGES, "care/index.html": "<h1>Care</h1>"}
    messages, _ = checked(tmp_path / "made", less)
    assert messages == [
        'index.html links to "care/#top", which is not there',
        'help.html links to "/care/#top", which is not there',
    ]
    assert checked(tmp_path / "made", less)[0] == messages, "what is wrong is told each time"
    assert checked(tmp_path / "made", PAGES) == ([], [])


def test_other_files_have_all_checked(tmp_path: Path) -> None:
    checked(tmp_path / "made", PAGES)
    assert checked(tmp_path / "made", PAGES, ["feed.xml"]) == ([], sorted(PAGES))
    gone = {path: text for path, text in PAGES.items() if path != "help.html"}
    assert checked(tmp_path / "made", gone)[0] == ['index.html links to "help.html", which is not there']


def test_a_second_heading_is_found_on_a_page_that_was_good(tmp_path: Path) -> None:
    checked(tmp_path / "made", PAGES)
    more = {**PAGES, "far.html": PAGES["far.html"] + "<h1>Far</h1><p id=a></p><p id=a></p>"}
    assert [one.split()[0] for one in checked(tmp_path / "made", more)[0]] == ["far.html", "far.html"]
