"""What whoever writes sees between a save and the end of the build: the newest text, and what is wrong at once."""

import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread

import pytest

from generator.cache.cache import FILE, NOTHING_KEPT
from generator.disk.folders import CACHE
from generator.output.outputs import Output
from generator.pipeline import Build, build
from generator.stages.options import Options
from generator.workbench.preview.answers import Shown, answer
from generator.workbench.preview.at_once import get_ready, practise
from generator.workbench.preview.late_cache import LateCache, Reader
from generator.workbench.preview.presenter import Outcome, Presenter
from generator.workbench.preview.saves import Saves
from generator.workbench.preview.serve import _built
from generator.workbench.preview.server import PreviewServer
from tests.sitekit import TODAY, change, copy_site

OPTIONS = Options(today=TODAY, for_host=False)
PAGE, OTHER = "content/what/hiccups.md", "content/options/waiting.md"
SOUND = "What makes the sound?"


class Session:
    """A presenter before a site, without a loop: saves come when a test says so, and builds end when it says so."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.server = PreviewServer(Shown())
        self.waiting: list[Callable[[], None]] = []
        saves = Saves(root, NOTHING_KEPT)
        self.presenter = Presenter(root, self.server, self.said.append, saves, self.waiting.append)
        self.end(self.build())

    def build(self) -> Build:
        """Begin a build: it reads the files as they are now."""
        self.presenter.saves.begin()
        return build(self.root, OPTIONS)

    def end(self, done: Build) -> str:
        """Let a build end."""
        return self.presenter.finish(Outcome(done, "", 0.0))

    def save(self, old: str, new: str, path: str = PAGE) -> None:
        """Change a file, and have the watch tell of it."""
        change(self.root, path, old, new)
        self.presenter.at_once([path])

    def page(self, address: str = "/what/hiccups/") -> str:
        """What a browser gets."""
        return answer(self.server.shown, address).body.decode()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(copy_site("hiccups", tmp_path))


def has_box(page: str) -> bool:
    return 'id="preview-problems"' in page


def test_a_save_is_shown_before_any_build(session: Session) -> None:
    session.save(SOUND, "Where is the sound made?")
    assert "Where is the sound made?" in session.page()
    assert session.said[-1].startswith(f"shown at once: {PAGE}; ")


def test_a_build_that_began_before_a_save_does_not_bring_the_older_text_back(session: Session) -> None:
    session.save(SOUND, "Saved once?")
    done = session.build()
    session.save("Saved once?", "Saved twice?")
    session.save("What moves?", "What is it that moves?")
    session.end(done)
    assert "Saved twice?" in session.page()
    assert "What is it that moves?" in session.page()
    session.end(session.build())
    assert "Saved twice?" in session.page()


def test_what_a_build_has_not_read_is_wrong_over_its_pages_too(session: Session) -> None:
    done = session.build()
    session.save("../help/index.md", "../help/nowhere.md")
    session.end(done)
    assert has_box(session.page())
    session.save("../help/nowhere.md", "../help/index.md")
    assert not has_box(session.page())


def test_what_was_shown_at_once_gives_way_to_the_whole_build(session: Session) -> None:
    session.save("title: What a hiccup is", "title: The hiccup told anew")
    assert "The hiccup told anew" in session.page()
    assert "The hiccup told anew" not in session.page("/")
    done = session.build()
    session.end(done)
    assert "The hiccup told anew" in session.page("/ask/how-long/")
    assert session.server.shown.files == {one.path: one for one in done.outputs}


def test_what_is_wrong_is_shown_at_once_and_goes_at_once_when_it_is_mended(session: Session) -> None:
    session.save("../help/index.md", "../help/nowhere.md")
    assert has_box(session.page())
    assert f"{PAGE}:27:74" in session.page("/options/waiting/")
    assert "1 error" in session.page()
    assert session.said[-1].startswith("shown at once: what is wrong; ")
    quick = session.server.shown.over_html
    told = session.end(session.build())
    assert told.startswith("1 error, 0 warnings, the last good site stays")
    assert session.server.shown.over_html == quick, "a dialog that was closed stays closed"
    session.save("../help/nowhere.md", "../help/index.md")
    assert not has_box(session.page())
    session.save(SOUND, "Where is the sound made?")
    assert "Where is the sound made?" in session.page()


def test_after_a_bad_build_the_last_good_site_stays_and_a_mend_brings_all_that_was_saved(session: Session) -> None:
    session.save(SOUND, "Where is the sound made?")
    session.save("../lookalikes/long-hiccups.md", "../lookalikes/nowhere.md", OTHER)
    session.end(session.build())
    assert SOUND in session.page()
    assert has_box(session.page())
    session.save("Where is the sound made?", "Where does it come from?")
    assert (has_box(session.page()), SOUND in session.page()) == (True, True)
    session.save("../lookalikes/nowhere.md", "../lookalikes/long-hiccups.md", OTHER)
    assert not has_box(session.page())
    assert "Where does it come from?" in session.page()


def test_what_a_whole_build_alone_finds_stays_over_the_page_until_the_next_one(session: Session) -> None:
    session.save("## What moves?", "## Main")
    assert 'id="main">Main' in session.page(), "an article does not know the ids of its page"
    done = session.build()
    assert [one.code for one in done.problems if one.is_error] == ["output-id"]
    session.end(done)
    session.save(SOUND, "Where is the sound made?")
    assert has_box(session.page())
    assert SOUND in session.page()
    session.save("## Main", "## What moves?")
    assert has_box(session.page())
    session.end(session.build())
    assert not has_box(session.page())
    assert "Where is the sound made?" in session.page()


def test_a_file_that_is_being_written_is_passed_over(session: Session) -> None:
    before = session.page()
    text = (session.root / PAGE).read_text(encoding="utf-8")
    (session.root / PAGE).write_text("", encoding="utf-8")
    session.presenter.at_once([PAGE])
    (session.root / PAGE).unlink()
    session.presenter.at_once([PAGE])
    (session.root / PAGE).mkdir()
    session.presenter.at_once([PAGE])
    (session.root / PAGE).rmdir()
    (session.root / PAGE).write_text(text, encoding="utf-8")
    session.presenter.at_once([PAGE])
    assert (session.page(), session.said) == (before, session.said[:0])


def test_files_that_are_no_page_and_very_many_files_are_left_to_the_build(session: Session) -> None:
    change(session.root, PAGE, SOUND, "Where is the sound made?")
    for changed in (["templates/base.html"], ["content/people.yaml"], ["content/what/new.md"], []):
        session.presenter.at_once(changed)
    assert SOUND in session.page()
    for number in range(9):
        article = (session.root / OTHER).read_text(encoding="utf-8")
        (session.root / f"content/options/option-{number}.md").write_text(article, encoding="utf-8")
    session.end(session.build())
    names = [f"content/options/option-{number}.md" for number in range(9)]
    said = len(session.said)
    for name in names:
        (session.root / name).write_text(f"{article}\nMore.\n", encoding="utf-8")
    session.presenter.at_once(names)
    assert len(session.said) == said
    session.presenter.at_once(names[:2])
    assert len(session.said) == said + 1


def test_a_fault_in_what_is_shown_at_once_is_said_and_ends_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise ZeroDivisionError("a fault on purpose")

    with monkeypatch.context() as patched:
        patched.setattr("generator.workbench.preview.at_once.with_file", fail)
        session.save(SOUND, "Where is the sound made?")
    assert session.said[-1] == "not shown at once, for ZeroDivisionError: a fault on purpose"
    session.end(session.build())
    assert "Where is the sound made?" in session.page()


def test_a_fault_in_what_was_saved_since_does_not_keep_back_what_a_build_made(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise ZeroDivisionError("a fault on purpose")

    session.save(SOUND, "Where is the sound made?")
    done = session.build()
    with monkeypatch.context() as patched:
        patched.setattr("generator.workbench.preview.at_once.after", fail)
        told = session.end(done)
    assert told.startswith("0 errors, 0 warnings; ")
    assert "Where is the sound made?" in session.page()
    said = len(session.said)
    session.save("What moves?", "What is it that moves?")
    assert len(session.said) == said, "nothing stands to which it could be put"


def test_after_a_fault_of_the_program_nothing_is_shown_before_the_next_build(session: Session) -> None:
    session.presenter.finish(Outcome(None, "a fault on purpose", 0.0))
    session.save(SOUND, "Where is the sound made?")
    assert has_box(session.page())
    assert SOUND in session.page()
    session.end(session.build())
    assert not has_box(session.page())


class OpenPage:
    """A page in a browser, which shows something older."""

    def __init__(self, path: str) -> None:
        self.path = path

    def reload_if_changed(self) -> bool:
        return True


def test_pages_that_are_open_and_tell_of_the_article_come_next(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    page = Saves.page

    def noted(self: Saves, name: str, files: dict[str, Output]) -> list[Output]:
        made.append(name)
        return page(self, name, files)

    monkeypatch.setattr(Saves, "page", noted)
    opened = ("/what/hiccups/", "/options/waiting/", "/what/", "/glossary/", "/nowhere/")
    session.server.pages |= {OpenPage(path) for path in opened}  # type: ignore[misc]

    session.save("The vocal cords close", "The cords close")
    assert session.waiting == [], "no other page shows anything of that"
    session.save("title: What a hiccup is", "title: What the hiccup is")
    session.save("title: What the hiccup is", "title: The hiccup told anew")
    assert len(session.waiting) == 2
    while session.waiting:
        session.waiting.pop(0)()
    assert made == ["glossary/index.html", "options/waiting/index.html", "what/index.html"], "for the newest alone"
    assert "The hiccup told anew" in session.page("/options/waiting/")
    assert "The hiccup told anew" in session.page("/what/")
    assert "The hiccup told anew" not in session.page("/ask/how-long/"), "it is not open"


def test_what_was_kept_is_read_when_the_build_has_ended_and_nothing_is_written_then(tmp_path: Path) -> None:
    reader = Reader(tmp_path / FILE, 1)
    caches = [LateCache(reader, tmp_path / FILE) for _ in range(2)]

    def work() -> None:
        cache = LateCache(reader, tmp_path / FILE)
        caches.append(cache)
        assert cache.put({b"key": b"body"})
        assert cache.get([b"key"]) == {b"key": b"body"}
        cache.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert caches[-1].get([b"key", b"other"]) == {b"key": b"body"}
    assert not caches[-1].put({b"late": b"body"})
    assert caches[0].get([b"late"]) == {}
    for cache in caches:
        cache.close()


def test_what_is_inside_other_articles_is_fetched_after_the_build_and_none_is_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_site("hiccups", tmp_path)
    reader = Reader(root / CACHE / FILE, 1)
    _built(root, OPTIONS, reader)  # so that the next one finds everything
    ended: list[Build] = []
    thread = Thread(target=lambda: ended.append(_built(root, OPTIONS, reader)))
    thread.start()
    thread.join()
    saves = Saves(root, LateCache(reader))
    files = {one.path: one for one in ended[0].outputs}
    saves.end(ended[0], files)

    def fail(*given: object) -> None:
        raise AssertionError("it was parsed again")

    monkeypatch.setattr("generator.stages.parsing.parse", fail)
    for name in ("options/index.html", "lookalikes/index.html", "ask/basics/index.html"):
        assert saves.page(name, files) == [], "it is as it was"


def test_what_is_done_ahead_in_a_thread_leaves_the_reader_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is for one thread; a fault in that thread would be said at the end of the test."""
    root = copy_site("hiccups", tmp_path)
    reader = Reader(root / CACHE / FILE, 1)
    _built(root, OPTIONS, reader)
    done = _built(root, OPTIONS, reader)
    asked: list[object] = []

    def note(self: Reader, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        asked.append(keys)
        return {}

    monkeypatch.setattr(Reader, "get", note)
    assert done.joined is not None
    practise()
    get_ready(done.joined)
    assert asked == []


def test_a_build_leaves_next_to_no_garbage_that_holds_itself(tmp_path: Path) -> None:
    """So it does no harm that none is looked for while it runs."""
    root = copy_site("hiccups", tmp_path)
    reader = Reader(root / CACHE / FILE, 1)
    _built(root, OPTIONS, reader)
    gc.unfreeze()
    gc.collect()
    _built(root, OPTIONS, reader)
    gc.unfreeze()
    assert gc.isenabled()
    assert gc.collect() < 2000
