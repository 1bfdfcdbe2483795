"""A client that sends any bytes at all to a server of this machine, and speaks websocket as badly as it is told to."""

import os
import re
import socket
import struct
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120.0
"""Seconds after which it is hopeless; no test that passes waits for them."""
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
KEY = b64encode(b"sixteen bytes...").decode()


@dataclass(frozen=True)
class Reply:
    """All bytes that came back until the connection ended."""

    data: bytes

    @property
    def statuses(self) -> list[int]:
        """The status of each answer; bodies of this site hold no such line."""
        return [int(one) for one in _STATUS.findall(self.data)]

    @property
    def body(self) -> bytes:
        """What follows the headers of the first answer."""
        return self.data.partition(b"\r\n\r\n")[2]


def connect(port: int, window: int = 0) -> socket.socket:
    """Open a connection; `window` is how many bytes the system may take in before anybody reads."""
    one = socket.socket()
    one.settimeout(PATIENCE)
    if window:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    one.connect(("127.0.0.1", port))
    return one


def rest(one: socket.socket) -> bytes:
    """All that comes until the other side ends, however it does."""
    found = bytearray()
    try:
        while part := one.recv(1 << 20):
            found += part
    except ConnectionError:
        pass
    return bytes(found)


def throw(one: socket.socket, data: bytes) -> None:
    """Send as much as is taken; a server may hang up in the middle."""
    with suppress(ConnectionError):
        one.sendall(data)


def exchange(port: int, data: bytes, first_answer: bool = False) -> Reply:
    """Send bytes, say that no more will come, and read all that comes back.

    With `first_answer`, an answer is waited for before that is said: a server may drop what it was about to answer.
    """
    with connect(port) as one:
        throw(one, data)
        found = head(one) if first_answer else b""
        with suppress(OSError):
            one.shutdown(socket.SHUT_WR)
        return Reply(found + rest(one))


def head(one: socket.socket) -> bytes:
    """The head of the next answer, or what came of it before the connection ended."""
    found = b""
    with suppress(ConnectionError):
        while not found.endswith(b"\r\n\r\n") and (part := one.recv(1)):
            found += part
    return found


def request(target: str, port: int, *headers: str, method: str = "GET", body: bytes = b"") -> bytes:
    """A request that is whole, and the last one of its connection."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def ask(port: int, target: str, *headers: str, method: str = "GET", body: bytes = b"") -> Reply:
    """Send one whole request, and read until the server ends the connection."""
    with connect(port) as one:
        throw(one, request(target, port, *headers, method=method, body=body))
        return Reply(rest(one))


def handshake(port: int, *headers: str, origin: str | None = "", path: str = "/livereload") -> bytes:
    """The request that opens a websocket: of our own page, unless told otherwise."""
    own = f"127.0.0.1:{port}"
    lines = [f"Host: {own}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    lines += [f"Sec-WebSocket-Key: {KEY}", *headers]
    if origin is not None:
        lines.append(f"Origin: {origin or f'http://{own}'}")
    return f"GET {path} HTTP/1.1\r\n".encode() + "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n"


@contextmanager
def opened(port: int, window: int = 0) -> Iterator[socket.socket]:
    """A websocket that the server has accepted."""
    with connect(port, window) as one:
        one.sendall(handshake(port))
        found = head(one)
        assert found.startswith(b"HTTP/1.1 101 "), found
        yield one


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    final: bool = True,
    masked: bool = True,
    reserved: int = 0,
    length: int | None = None,
) -> bytes:
    """A frame of a websocket; `length` is what it says of itself, where that is a lie."""
    first = (0x80 if final else 0) | reserved << 4 | opcode
    size = len(payload) if length is None else length
    mark = 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", first, mark | size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", first, mark | 126, size)
    else:
        head = struct.pack("!BBQ", first, mark | 127, size)
    if not masked:
        return head + payload
    mask = b"\x11\x22\x33\x44"
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


def message(one: socket.socket) -> bytes:
    """Read the next message of the server that is text; nothing where it ended the connection."""
    while True:
        head = _exactly(one, 2)
        if len(head) < 2:
            return b""
        size = head[1] & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", _exactly(one, 2))
        payload = _exactly(one, size)
        if head[0] & 0x0F == 1:
            return payload


def _exactly(one: socket.socket, size: int) -> bytes:
    found = b""
    try:
        while len(found) < size and (part := one.recv(size - len(found))):
            found += part
    except ConnectionError:
        pass
    return found


def is_open(one: socket.socket) -> bool:
    """Whether the server has left a connection open that it sends nothing on."""
    one.setblocking(False)
    try:
        return one.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        one.settimeout(PATIENCE)


def resident(process: int) -> int:
    """The memory of a process, in bytes, as Linux counts it."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def files_open(process: int) -> int:
    """How many files and connections a process has open."""
    return len(os.listdir(f"/proc/{process}/fd"))
