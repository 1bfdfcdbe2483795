"""Very many, very slow and very greedy clients of the running preview: whoever writes notices nothing of them."""

import hashlib
import json
import random
import resource
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tests.previewing import previewed
from tests.sitekit import change, copy_site
from tests.workbench.preview import raw
from tests.workbench.preview.attacked import INFO, MEGABYTE, PAGE, expect_a_quiet_end, expect_well, unexpected

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")


@contextmanager
def many(port: int, number: int, begin: Callable[[int], bytes]) -> Iterator[list[socket.socket]]:
    """Many connections at once; each has sent what `begin` gives for it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number + 500
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (max(soft, wanted) if hard == -1 else min(hard, max(soft, wanted)), hard)
    )
    try:
        with ExitStack() as stack:
            found = []
            for index in range(number):
                one = stack.enter_context(closing(raw.connect(port)))
                raw.throw(one, begin(index))
                found.append(one)
            yield found
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_thousand_connections_keep_nobody_from_writing(tmp_path: Path) -> None:
    """Connections that are idle, that stop in the middle of a request, or that are pages which never say a word."""
    with previewed(site := copy_site("hiccups", tmp_path)) as preview:
        port = preview.port
        kinds = [b"", b"GET /what/hic", raw.request("/", port)[:-2], raw.handshake(port), b"POST / HTTP/1.1\r\n"]
        before = raw.resident(preview.process.pid)
        with many(port, 1000, lambda index: kinds[index % len(kinds)]) as crowd:
            expect_well(preview)
            with raw.opened(port) as page:
                told = json.dumps(INFO | {"url": f"http://127.0.0.1:{port}/what/hiccups/"})
                page.sendall(raw.frame(1, told.encode()))
                assert json.loads(raw.message(page))["command"] == "reload"
                change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
                assert json.loads(raw.message(page))["command"] == "reload"
                assert b"Where does the sound come from?" in raw.ask(port, "/what/hiccups/").body
            for one in crowd:  # one byte more from each, as the slowest client would send
                raw.throw(one, b"u")
            expect_well(preview)
            held = raw.files_open(preview.process.pid)
            assert 400 < held < 700, "the youngest half is held, and the rest has made room"
            assert raw.resident(preview.process.pid) - before < 128 * MEGABYTE
            expect_a_quiet_end(preview)


def test_too_few_files_for_all_who_come_are_no_end(tmp_path: Path) -> None:
    with previewed(site := copy_site("hiccups", tmp_path)) as preview:
        process = preview.process.pid
        limits = resource.prlimit(process, resource.RLIMIT_NOFILE)
        resource.prlimit(process, resource.RLIMIT_NOFILE, (raw.files_open(process) + 20, limits[1]))
        with many(preview.port, 200, lambda index: raw.handshake(preview.port) if index % 2 else b"GET"):
            expect_well(preview)
        resource.prlimit(process, resource.RLIMIT_NOFILE, limits)
        change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        preview.build(2)
        assert b"Where does the sound come from?" in raw.ask(preview.port, "/what/hiccups/").body
        assert unexpected(preview) == []


def flood(one: socket.socket, part: bytes, most: int) -> int:
    """Send without ever reading, until the server takes no more; give how many bytes it took."""
    sent = 0
    one.settimeout(2)
    try:
        while sent < most:
            sent += one.send(part)
    except OSError:
        pass
    return sent


GREEDY = {
    "pings": (raw.frame(9, b"x" * 125), 8),
    "greetings": (raw.frame(1, b'{"command": "hello"}'), 12),
    "news": (raw.frame(1, json.dumps(INFO).encode()), 2),
}


def test_who_asks_and_asks_and_never_listens_fills_no_memory(tmp_path: Path) -> None:
    with previewed(copy_site("hiccups", tmp_path)) as preview:
        for name, (part, megabytes) in GREEDY.items():
            before = raw.resident(preview.process.pid)
            with raw.opened(preview.port, window=4096) as deaf:
                flood(deaf, part * 500, megabytes * MEGABYTE)
                expect_well(preview)
                assert raw.resident(preview.process.pid) - before < 24 * MEGABYTE, name
        expect_well(preview)
        assert unexpected(preview) == []


def test_a_page_that_is_told_to_go_is_not_told_of_a_save(tmp_path: Path) -> None:
    """It has said what it shows, then nonsense, and it does not take the word that it is to end."""
    with previewed(site := copy_site("hiccups", tmp_path)) as preview, raw.opened(preview.port) as page:
        page.sendall(raw.frame(1, json.dumps(INFO).encode()))
        assert json.loads(raw.message(page))["command"] == "reload"
        page.sendall(raw.frame(1, b"nonsense"))
        change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        preview.build(2)
        assert unexpected(preview) == []


HASTY = (
    "import sys, generator.workbench.preview.server as server; server.PATIENCE = 1.0; "
    "from generator.cli import main; sys.exit(main(sys.argv[1:]))"
)
"""The same program, but it waits for a second in place of half a minute."""


def test_who_is_too_slow_is_ended(tmp_path: Path) -> None:
    """Idle, in the middle of a request line, of headers, of a body, between two requests, in silence on a socket."""
    root = copy_site("hiccups", tmp_path)
    with previewed(root, program=("-c", HASTY)) as preview:
        own = f"Host: 127.0.0.1:{preview.port}\r\n".encode()
        slow = [
            b"",
            b"G",
            b"GET / HTTP/1.1\r\n",
            b"GET / HTTP/1.1\r\n" + own,
            b"POST / HTTP/1.1\r\n" + own + b"Content-Length: 10\r\n\r\nabc",
            b"POST / HTTP/1.1\r\n" + own + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
            b"GET / HTTP/1.1\r\n" + own + b"\r\n",
            raw.handshake(preview.port),
            raw.handshake(preview.port) + raw.frame(1, b"x", final=False),
            raw.handshake(preview.port) + raw.frame(1, b"x" * 100)[:20],
        ]
        with many(preview.port, len(slow) * 10, lambda index: slow[index % len(slow)]) as crowd:
            for one in crowd:
                raw.rest(one)  # comes to an end
        assert unexpected(preview) == []


def test_who_does_not_take_an_answer_is_ended(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    change(root, "site.yaml", "file_size: 200000", f"file_size: {64 * MEGABYTE}")
    large = root / "static/img/large.png"
    large.write_bytes(random.Random(1).randbytes(32 * MEGABYTE))  # noqa: S311 - the same at each run
    with previewed(root, program=("-c", HASTY)) as preview:
        address = f"/assets/large.{hashlib.sha256(large.read_bytes()).hexdigest()[:10]}.png"
        assert raw.ask(preview.port, address, method="HEAD").statuses == [200]
        usual = raw.files_open(preview.process.pid)
        with raw.connect(preview.port, window=4096) as deaf:
            deaf.sendall(raw.request(address, preview.port))
            deadline = time.monotonic() + raw.PATIENCE
            while raw.files_open(preview.process.pid) <= usual and time.monotonic() < deadline:
                time.sleep(0.01)
            while raw.files_open(preview.process.pid) > usual and time.monotonic() < deadline:
                time.sleep(0.05)
            assert len(raw.rest(deaf)) < 32 * MEGABYTE, "the rest was never sent"
        assert unexpected(preview) == []
