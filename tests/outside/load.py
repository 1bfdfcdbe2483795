"""Many readers of a web server at once, who compare every byte with what was built.

A site has versions, and a server may go from one to another at any moment. A reader takes any of them, but the whole of
it: what a page loads must be there, as it was when that page was made.
"""

import asyncio
import posixpath
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.output.outputs import Output

CODINGS = {"": "", "br": ".br", "gzip": ".gz"}
"""What a reader's browser can undo, and how the files are called that hold it."""
_LOADED = re.compile(r'(?:href|src)="([^"?#]*\bassets/[^"?#]+)"')
_SHOWN = ("css", "js", "svg", "ico")
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
PATIENCE = 0.02
"""Seconds for a request, on an average, after which it is hopeless."""


@dataclass(frozen=True)
class Version:
    """A site as it was built once: the bytes of every file by its path, and what each page loads."""

    files: Mapping[str, bytes]
    pages: Mapping[str, Sequence[str]]


def version_of(outputs: Iterable[Output]) -> Version:
    """What readers of a build should find."""
    files = {one.path: one.body for one in outputs}
    pages = {}
    for path, body in files.items():
        leads_on = b'http-equiv="refresh"' in body
        if (path.endswith("/index.html") or path == "index.html") and not leads_on:
            found = (posixpath.normpath(posixpath.join(path, "..", one)) for one in _LOADED.findall(body.decode()))
            pages[path] = sorted({one for one in found if one in files and one.endswith(_SHOWN)})
    return Version(files, pages)


@dataclass(frozen=True)
class Reply:
    """One answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Tally:
    """What all readers together have seen."""

    served: int = 0
    open_at_once: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    versions: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Reader:
    """One connection that stays open, over which one thing is asked after another."""

    def __init__(self, host: str, port: int, base: str, versions: Sequence[Version], tally: Tally, seed: int) -> None:
        self.host, self.port, self.base = host, port, base
        self.versions = versions
        self.tally = tally
        self.dice = random.Random(seed)  # noqa: S311 - the same at each run
        self.seen: dict[str, Reply] = {}

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        self.tally.open_at_once += 1

    def close(self) -> None:
        self.writer.close()

    async def visit(self, shared: Sequence[str]) -> None:
        """Read a page and then all that it loads, each in a way of its own."""
        page = self.dice.choice(shared)
        numbers = await self._look(page, range(len(self.versions)))
        for number in numbers[:1]:
            self.tally.versions[number] += 1
            for path in self.versions[number].pages[page]:
                await self._look(path, [number])

    async def _look(self, path: str, among: Iterable[int]) -> list[int]:
        """Ask for a file in a way that is drawn; give those of some versions that the answer is of."""
        kind, headers, method, judge = self._wish(path)
        self.tally.kinds[kind] += 1
        reply = await self._ask(path, headers, method)
        fitting = [number for number in among if judge(self.versions[number].files, reply)]
        if not fitting:
            self.tally.wrong.append(f"{kind} {path} {dict(headers)}: {reply.status} {dict(reply.headers)}")
        return fitting if reply.status == 200 and reply.body else []

    async def _ask(self, path: str, headers: Mapping[str, str], method: str) -> Reply:
        address = self.base + path.removesuffix("index.html")
        lines = [f"{method} {address} HTTP/1.1", "Host: example.org", *(f"{key}: {it}" for key, it in headers.items())]
        self.writer.write("".join(f"{line}\r\n" for line in [*lines, ""]).encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found = {key.lower(): it for key, _, it in (line.partition(": ") for line in head[1:] if line)}
        status = int(head[0].split()[1])
        has_body = method != "HEAD" and status != 304
        body = await self.reader.readexactly(int(found["content-length"])) if has_body else b""
        self.tally.served += 1
        self.tally.statuses[status] += 1
        return Reply(status, found, body)

    def _wish(self, path: str) -> tuple[str, dict[str, str], str, Callable[[Mapping[str, bytes], Reply], bool]]:
        """Draw a way of asking for a file, and what an answer of one version must be."""
        kind = self.dice.choice(
            ["whole", "whole", "whole", "head", "again", "since", "part", "tail", "parts", "none", "odd"]
        )
        coding = self.dice.choice(list(CODINGS)) if kind in ("whole", "head", "again", "since") else ""
        headers = {"Accept-Encoding": coding or "identity"}
        key = f"{path} {coding}"

        def body_of(files: Mapping[str, bytes]) -> bytes:
            return files.get(path + CODINGS[coding], files[path])

        def is_whole(files: Mapping[str, bytes], reply: Reply) -> bool:
            if reply.status == 200 and reply.body == body_of(files):
                self.seen[key] = reply
                return True
            return False

        def is_same(files: Mapping[str, bytes], reply: Reply) -> bool:
            kept = self.seen[key].body == body_of(files)
            return kept if reply.status == 304 else is_whole(files, reply)

        if kind in ("again", "since") and key not in self.seen:
            kind = "whole"
        if kind == "again":
            return kind, headers | {"If-None-Match": self.seen[key].headers["etag"]}, "GET", is_same
        if kind == "since":
            return kind, headers | {"If-Modified-Since": self.seen[key].headers["last-modified"]}, "GET", is_same
        if kind == "head":
            return (
                kind,
                headers,
                "HEAD",
                lambda files, reply: (
                    reply.status == 200 and int(reply.headers["content-length"]) == len(body_of(files))
                ),
            )
        if kind == "whole":
            return kind, headers, "GET", is_whole
        first, last = sorted(self.dice.sample(range(300), 2))
        wanted = {
            "part": f"bytes={first}-{last}",
            "tail": f"bytes=-{last}",
            "parts": f"bytes={first}-{last},{last + 10}-{last + 20}",
            "none": "bytes=99999999-",
            "odd": "lines=1-2",
        }[kind]
        judges = {"part": is_part, "tail": is_part, "parts": are_parts, "none": is_beyond}
        fits = judges.get(kind)
        return (
            kind,
            headers | {"Range": wanted},
            "GET",
            (is_whole if fits is None else lambda files, reply: fits(files[path], reply)),
        )


def is_part(body: bytes, reply: Reply) -> bool:
    """Whether an answer is the part of a file that it says."""
    found = _RANGE.fullmatch(reply.headers.get("content-range", ""))
    if reply.status != 206 or not found:
        return False
    first, last, size = map(int, found.groups())
    return size == len(body) and reply.body == body[first : last + 1] and reply.body != b""


def are_parts(body: bytes, reply: Reply) -> bool:
    """Whether an answer holds two parts of a file, each as it says; or one where no other is there."""
    kind = reply.headers.get("content-type", "")
    if reply.status != 206 or not kind.startswith("multipart/byteranges; boundary="):
        return is_part(body, reply)
    boundary = kind.partition("boundary=")[2].encode()
    pieces = reply.body.split(b"\r\n--" + boundary)
    for piece in pieces[1:-1]:
        head, _, inner = piece.partition(b"\r\n\r\n")
        found = _RANGE.search(head.decode("latin-1"))
        if not found or int(found[3]) != len(body) or inner != body[int(found[1]) : int(found[2]) + 1]:
            return False
    return len(pieces) == 4 and pieces[-1] == b"--\r\n"


def is_beyond(body: bytes, reply: Reply) -> bool:
    """Whether an answer says that a file is not that long."""
    return reply.status == 416 and reply.headers.get("content-range") == f"bytes */{len(body)}"


async def load(
    port: int,
    base: str,
    versions: Sequence[Version],
    swap: Callable[[], Awaitable[object]],
    *,
    requests: int,
    connections: int,
    swaps: int,
) -> Tally:
    """Have so many requests made over so many connections, all open at once, with so many swaps meanwhile."""
    tally = Tally()
    shared = sorted(set.intersection(*(set(one.pages) for one in versions)))
    readers = [Reader("127.0.0.1", port, base, versions, tally, seed) for seed in range(connections)]
    over = asyncio.Event()

    async def read(reader: Reader) -> None:
        while not over.is_set():
            await reader.visit(shared)

    async def swapping() -> None:
        for number in range(1, swaps + 1):
            while tally.served < requests * number // (swaps + 1):
                await asyncio.sleep(0.001)
            await swap()
        while tally.served < requests:
            await asyncio.sleep(0.001)
        over.set()

    await asyncio.gather(*(reader.open() for reader in readers))
    try:
        await asyncio.wait_for(
            asyncio.gather(swapping(), *(read(reader) for reader in readers)), 60 + PATIENCE * requests
        )
    finally:
        for reader in readers:
            reader.close()
    return tally
