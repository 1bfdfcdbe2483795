"""Links to other sites are asked for politely: seldom, one by one, and judged only by what a host itself says."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from generator import cli
from generator.sources.files import source_file
from generator.workbench.online import Answer, answers_for, ask_once, links_in, problems_of, read_cache, write_cache
from tests.sitekit import TODAY, change, copy_site

OWN = "https://example.org/ours/"
ANSWERS = {"/there": 200, "/gone": 404, "/ended": 410, "/moved": 301, "/for-now": 302, "/busy": 503}


class Host(BaseHTTPRequestHandler):
    """Answers as its list says, and writes down who asked for what."""

    asked: ClassVar[list[tuple[str, str]]] = []
    agents: ClassVar[set[str]] = set()

    def _answer(self) -> None:
        self.asked.append((self.command, self.path))
        self.agents.add(self.headers["User-Agent"])
        head_only = self.path == "/no-head"
        status = 405 if head_only and self.command == "HEAD" else 200 if head_only else ANSWERS[self.path]
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/there")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    Host.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_address_of_another_site_is_found_at_each_of_its_places() -> None:
    text = f"One [a](https://a.example/x) and <https://b.example/y#part>.\nOur [own]({OWN}z), https://a.example/x."
    found = links_in([source_file("content/a.md", text.encode())], OWN)
    assert set(found) == {"https://a.example/x", "https://b.example/y"}
    assert [(one.line, one.column, one.end_column) for one in found["https://a.example/x"]] == [(1, 9, 28), (2, 40, 59)]


def test_the_number_of_a_work_is_an_address_too() -> None:
    found = links_in([source_file("content/references.json", b'{"DOI": "10.1000/xyz"}')], OWN)
    assert set(found) == {"https://doi.org/10.1000/xyz"}


@pytest.mark.parametrize(("path", "status"), [*ANSWERS.items(), ("/no-head", 200)])
def test_a_host_is_asked_and_its_answer_is_taken_as_it_is(host: str, path: str, status: int) -> None:
    assert ask_once(host + path).status == status
    assert all("check by its editors" in one for one in Host.agents)


def test_a_host_that_is_not_there_gives_no_answer() -> None:
    assert ask_once("http://127.0.0.1:9/").status == 0


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "gone-link"), (410, "gone-link"), (301, "moved-link"), (200, ""), (503, ""), (302, ""), (0, "")],
)
def test_only_what_a_host_calls_gone_or_moved_is_told(status: int, code: str) -> None:
    links = links_in([source_file("content/a.md", b"See https://a.example/x")], OWN)
    found = problems_of({"https://a.example/x": Answer(status, "https://a.example/new", 0)}, links)
    assert [one.code for one in found] == ([code] if code else [])
    if code == "moved-link":
        assert "https://a.example/new" in found[0].hint


def test_what_was_answered_this_week_is_not_asked_again_and_what_was_gone_is_asked_the_next_day() -> None:
    asked = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return Answer(200, "", time.time())

    def kept(status: int, days: float) -> Answer:
        return Answer(status, "", time.time() - days * 86_400)

    known = {
        "https://a.example/": kept(200, 6.5),
        "https://b.example/": kept(200, 7.5),
        "https://c.example/": kept(404, 0.5),
        "https://d.example/": kept(404, 1.5),
        "https://e.example/": Answer(0, "", time.time()),
    }
    answers_for(known, known, 60, ask)
    assert sorted(asked) == ["https://b.example/", "https://d.example/", "https://e.example/"]


def test_a_host_is_asked_for_one_page_at_a_time_with_a_pause() -> None:
    running, most = 0, 0

    def ask(address: str) -> Answer:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.01)
        running -= 1
        return Answer(200, "", time.time())

    start = time.monotonic()
    answers_for([f"https://a.example/{number}" for number in range(5)], {}, 60, ask, pause=0.05)
    assert most == 1
    assert time.monotonic() - start >= 4 * 0.05


def test_when_the_time_is_up_the_rest_is_left_for_another_day() -> None:
    addresses = [f"https://a.example/{number}" for number in range(50)]
    found = answers_for(addresses, {}, 0.2, lambda _: Answer(200, "", time.time()), pause=0.1)
    assert 1 <= len(found) < 50


def test_answers_are_kept_and_a_cache_that_cannot_be_read_is_as_none(tmp_path: Path) -> None:
    answers = {"https://a.example/": Answer(200, "", 5.0), "https://b.example/": Answer(0, "", 5.0)}
    write_cache(tmp_path, answers)
    assert read_cache(tmp_path) == {"https://a.example/": Answer(200, "", 5.0)}
    for wrong in ("{", '{"a": 1}', '{"a": ["x", "", 1]}', "[]"):
        (tmp_path / ".cache" / "links.json").write_text(wrong, encoding="utf-8")
        assert read_cache(tmp_path) == {}


@pytest.mark.parametrize("within", ["http://169.254.169.254/latest/", "http://localhost:6379/", "http://db.internal/"])
def test_a_text_cannot_have_the_machine_ask_within_its_own_house(within: str) -> None:
    text = f"[a]({within}) and [b](https://example.org/)"
    assert list(links_in([source_file("content/a.md", text.encode())], "https://own.example/")) == [
        "https://example.org/"
    ]


def test_the_check_asks_on_request_alone_and_tells_where_the_link_stands(
    tmp_path: Path, host: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.workbench.online.misleading", lambda address: None)  # our host has but a number
    root = copy_site("hiccups", tmp_path)
    (root / "content/references.json").write_text("[]", encoding="utf-8")
    change(root, "content/ask/how-long.md", "More on [what", f"More [there]({host}/gone) and [what")
    cli.main(["check", "--root", str(root), "--today", TODAY])
    assert Host.asked == []
    cli.main(["check", "--root", str(root), "--today", TODAY, "--online", "--only", "gone-link"])
    said = capsys.readouterr().out
    assert "content/ask/how-long.md:" in said
    assert f"warning[gone-link] {host}/gone is gone: its host answers 404" in said
    assert ("GET", "/gone") in Host.asked
    Host.asked.clear()
    cli.main(["check", "--root", str(root), "--today", TODAY, "--online", "--only", "gone-link"])
    assert Host.asked == []
    assert "gone-link" in capsys.readouterr().out
