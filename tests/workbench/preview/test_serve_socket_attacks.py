"""Attacks on the socket over which the preview has pages reloaded: none but our own pages open it or keep it open."""

import json
import random
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.previewing import Preview
from tests.workbench.preview import raw
from tests.workbench.preview.attacked import INFO, LEAKS, MEGABYTE, attacked, expect_well

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with attacked(tmp_path_factory.mktemp("attacked")) as running:
        yield running


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        *(
            ([], origin)
            for origin in ["http://example.org", "null", None, "https://127.0.0.1:{port}", "http://127.0.0.1"]
        ),
        *(([], origin) for origin in ["http://127.0.0.1:{port}.example.org", "http://example.org:{port}", "file://"]),
        *(
            ([], origin)
            for origin in ["http://127.0.0.1:{port}@example.org", "http://127.0.0.1:{port}/", "ws://127.0.0.1"]
        ),
        *(([], origin) for origin in ["http://127.0.0.1:{port} http://example.org", "chrome-extension://abc", "HTTP"]),
        (["Origin: http://example.org"], ""),
        (["Sec-Fetch-Site: same-origin"], "http://example.org"),
        (["Sec-Fetch-Site: none"], None),
        (["Sec-WebSocket-Origin: http://127.0.0.1:{port}"], None),
        (["Sec-WebSocket-Version: 8"], ""),
        (["Host: 127.0.0.1:{port}"], ""),
    ],
)
def test_no_other_site_opens_the_socket(preview: Preview, headers: list[str], origin: str | None) -> None:
    filled = [one.replace("{port}", str(preview.port)) for one in headers]
    text = raw.handshake(preview.port, *filled, origin=origin and origin.replace("{port}", str(preview.port)))
    found = raw.exchange(preview.port, text, first_answer=True)
    assert found.statuses in ([400], [403], [426]), found.data[:200]
    expect_well(preview)


@pytest.mark.parametrize("left_out", ["Upgrade", "Connection", "Sec-WebSocket-Version", "Sec-WebSocket-Key", "Host"])
def test_a_handshake_that_lacks_something_opens_no_socket(preview: Preview, left_out: str) -> None:
    lines = raw.handshake(preview.port).split(b"\r\n")
    kept = [line for line in lines if not line.startswith(left_out.encode() + b":")]
    found = raw.exchange(preview.port, b"\r\n".join(kept), first_answer=True)
    assert found.statuses in ([400], [421], [426]), found.data[:200]


FRAMES = {
    "longer than anything": raw.frame(1, b"x", length=2**63 - 1),
    "a sign bit": raw.frame(1, b"x", length=2**64 - 1),
    "a gigabyte that never comes": raw.frame(1, b"x", length=2**30),
    "a megabyte": raw.frame(1, b"x" * MEGABYTE),
    "a megabyte in pieces": raw.frame(1, b"x" * 60_000, final=False) + raw.frame(0, b"x" * 60_000, final=False) * 16,
    "pieces without end": raw.frame(1, b"x", final=False) + raw.frame(0, b"", final=False) * 20_000,
    "no mask": raw.frame(1, b"{}", masked=False),
    "reserved bits": raw.frame(1, b"{}", reserved=7),
    "said to be compressed": raw.frame(1, b"{}", reserved=4),
    "unknown data": raw.frame(3, b"{}"),
    "unknown control": raw.frame(11, b"{}"),
    "a long ping": raw.frame(9, b"x" * 126),
    "a ping in pieces": raw.frame(9, b"x", final=False),
    "more of nothing": raw.frame(0, b"x"),
    "a second message within the first": raw.frame(1, b"x", final=False) + raw.frame(1, b"y"),
    "no text": raw.frame(1, b"\xff\xfe"),
    "bytes": raw.frame(2, b"\x00\xff"),
    "half a close": raw.frame(8, b"\x03"),
    "a close of no kind": raw.frame(8, b"\x00\x00"),
    "a close with no text": raw.frame(8, b"\x03\xe8\xff\xfe"),
    "two closes": raw.frame(8, b"\x03\xe8") * 2,
    "words after a close": raw.frame(8, b"\x03\xe8") + raw.frame(1, json.dumps(INFO).encode()),
    "a pong that nobody asked for": raw.frame(10, b"x") * 100 + raw.frame(8),
    "deep JSON": raw.frame(1, b"[" * 60_000),
    "deep JSON of names": raw.frame(1, b'{"a":' * 12_000),
    "a long number": raw.frame(1, b'{"command": ' + b"9" * 60_000 + b"}"),
    "not a number": raw.frame(1, b'{"command": NaN}'),
    "no such command": raw.frame(1, b'{"command": "reload"}') + raw.frame(8),
    "an address of no kind": raw.frame(1, json.dumps(INFO | {"url": {"a": []}}).encode()) + raw.frame(8),
    "an address that is no text": raw.frame(1, json.dumps(INFO | {"url": "x://y/\ud800\x00%ff"}).encode())
    + raw.frame(8),
    "an address out of the site": raw.frame(1, json.dumps(INFO | {"url": "x://y/../site.yaml"}).encode())
    + raw.frame(8),
    "no plugins": raw.frame(1, json.dumps(INFO | {"plugins": []}).encode()),
    "HTTP": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "nothing at all": b"",
    "half a frame": raw.frame(1, json.dumps(INFO).encode())[:9],
}


@pytest.mark.parametrize("name", FRAMES)
def test_whatever_comes_over_a_socket_ends_that_socket_alone(preview: Preview, name: str) -> None:
    with raw.opened(preview.port) as good:
        good.sendall(raw.frame(1, json.dumps(INFO).encode()))
        assert json.loads(raw.message(good))["command"] == "reload"
        with raw.opened(preview.port) as bad:
            raw.throw(bad, FRAMES[name])
            with suppress(OSError):
                bad.shutdown(socket.SHUT_WR)
            found = raw.rest(bad)
            assert not LEAKS.search(found)
        good.sendall(raw.frame(1, json.dumps(INFO).encode()))
        assert json.loads(raw.message(good))["command"] == "reload"


def any_frames(number: int) -> bytes:
    """Frames whose heads and bodies are drawn at random."""
    dice = random.Random(number)  # noqa: S311 - the same at each run
    return b"".join(
        raw.frame(
            dice.randrange(16),
            dice.randbytes(dice.choice([0, 1, 2, 125, 126, 300])),
            final=dice.random() < 0.7,
            masked=dice.random() < 0.8,
            reserved=dice.choice([0, 0, 0, 1, 4]),
            length=dice.choice([None, None, None, 0, 5, 126, 65_536]),
        )
        for _ in range(8)
    )


def test_random_frames_do_no_harm(preview: Preview) -> None:
    for number in range(300):
        with raw.opened(preview.port) as bad:
            raw.throw(bad, any_frames(number))
    expect_well(preview)
