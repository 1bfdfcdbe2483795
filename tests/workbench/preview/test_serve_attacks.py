"""Attacks on the running preview, byte by byte: nothing but the site is sent, and it goes on without a word."""

import itertools
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.previewing import Preview
from tests.workbench.preview import raw
from tests.workbench.preview.attacked import LEAKS, MEGABYTE, attacked, expect_well

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with attacked(tmp_path_factory.mktemp("attacked")) as running:
        yield running


UPS = [
    *("..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%25252e%25252e", "..%00", "%00..", "..;", "..;x=1", "....", "..."),
    *("%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%f0%80%80%ae%f0%80%80%ae", "%ef%bc%8e%ef%bc%8e", "%u002e%u002e"),
    *("..%0d%0a", "..%20", "..%09", "..%23", "..%3f", "%2e%2e%2e", "\xc0\xae\xc0\xae", "..\xff"),
]
SLASHES = [
    "/",
    "//",
    "/./",
    "\\",
    "%2f",
    "%5c",
    "%252f",
    "%255c",
    "%c0%af",
    "%e0%80%af",
    "%ef%bc%8f",
    "\xc0\xaf",
    "%u2215",
]
WANTED = ["etc/passwd", "secret.txt", "site.yaml", "content/index.md", "_site/leak"]
STARTS = ["/", "/what/", "/assets/", "/__preview/", "/livereload.js"]


def test_no_way_of_writing_a_path_leads_out_of_the_site(preview: Preview) -> None:
    """Each is sent on a connection that stays open, as a scanner would do."""
    targets = [
        f"{start}{(up + slash) * depth}{name}"
        for start, up, slash, name, depth in itertools.product(STARTS, UPS, SLASHES, WANTED, (1, 7))
    ]
    targets = random.Random(7).sample(targets, 3000)  # noqa: S311 - the same at each run
    wrong, sent = [], 0
    while sent < len(targets):
        with raw.connect(preview.port) as one, one.makefile("rb") as answers:
            for target in targets[sent:]:
                sent += 1
                line = b"GET " + target.encode("latin-1") + b" HTTP/1.1\r\n"
                raw.throw(one, line + f"Host: 127.0.0.1:{preview.port}\r\n\r\n".encode())
                status, body = _answer(answers)
                if status not in (400, 404) or LEAKS.search(body):
                    wrong.append((target, status, body[:100]))
                if status in (0, 400):
                    break  # the server has ended this connection
    assert wrong == []
    expect_well(preview)


def _answer(answers: BinaryIO) -> tuple[int, bytes]:
    """Read one answer; 0 where none came."""
    try:
        first = answers.readline()
        length = 0
        while (line := answers.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return (int(first.split()[1]), answers.read(length)) if first else (0, b"")
    except ConnectionError:
        return 0, b""


@pytest.mark.parametrize(
    "target",
    [
        *("//etc/passwd", "///etc/passwd", "/./etc/passwd", "/.", "/..", "/%2e", "/%2e%2e", "/%00", "/what/%00"),
        *("/what/hiccups/index.html%00.txt", "/what/hiccups/index.html.", "/what/hiccups/index.html::$DATA"),
        *(
            "/WHAT/HICCUPS/",
            "/What/Hiccups/Index.Html",
            "/INDEX.HTML",
            "/index.html/",
            "/index.html/.",
            "/what/hiccups/.",
        ),
        *("/what/./hiccups/", "/what/../what/hiccups/", "/what//hiccups/", "/what;a=b/hiccups/", "/what/hiccups/;a=b"),
        *("/_site/", "/_site/leak", "/_site/out/passwd", "/leak", "/out/passwd", "/up/secret.txt", "/secret.txt"),
        *("/.git/config", "/.cache/", "/.env", "/.site-manifest.json", "/site.yaml", "/content/index.md", "/build.py"),
        *("/__preview", "/__preview/", "/__preview/../site.yaml", "/__preview/preview.py", "/__preview//preview.js"),
        *(
            "/livereload.js/",
            "/livereload.js/../site.yaml",
            "/livereload/",
            "/livereload%2f..%2fsite.yaml",
            "/forcereload",
        ),
        *("/CON", "/aux.html", "/C:/Windows/win.ini", "/c%3a%5cwindows%5cwin.ini", "/\\\\server\\share", "/~root/"),
        *("/?/../../etc/passwd/..", "/x?../../secret.txt", "/x#../../secret.txt", "/proc/self/environ", "/dev/zero"),
        *("*", "what/hiccups/", "site.yaml", "../site.yaml", "127.0.0.1:80", "file:///etc/passwd", "ftp://127.0.0.1/"),
        *(
            "http://example.org/",
            "http:///etc/passwd",
            "https://127.0.0.1/",
            "http://[::1",
            "data:text/html,x",
            "/%",
            "/%2",
        ),
        *("/%zz", "/%ff%fe", "/%ed%a0%80", "/%f4%90%80%80", "/%c3", "/%e2%80%ae", "/%0a", "/%0d%0aX-Injected:%20yes"),
        "/" + "a" * 20_000,
        "/" + "a/" * 10_000,
        "/" + "../" * 10_000 + "etc/passwd",
        "/" + "%2e%2e%2f" * 5_000 + "etc/passwd",
        "/?" + "a=b&" * 10_000,
    ],
)
def test_odd_targets_get_nothing_that_is_not_on_the_site(preview: Preview, target: str) -> None:
    found = raw.ask(preview.port, target)
    assert found.statuses in ([200], [400]) if target.startswith("/?") else ([400], [404], [426]), found.data[:200]
    assert not LEAKS.search(found.data)
    assert b"\nX-Injected" not in found.data


def test_each_file_of_the_site_is_had_by_its_own_name_alone(preview: Preview) -> None:
    """The attacks above fail for what they ask, and not because nothing can be had."""
    for target in ("/", "/what/hiccups/", "/index.html", "/%77hat/hiccups/", "/__preview/preview.js", "/livereload.js"):
        assert raw.ask(preview.port, target).statuses == [200], target


OWN = "127.0.0.1:{port}"


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        [" "],
        ["example.org"],
        ["example.org:{port}"],
        ["localhost.example.org:{port}"],
        ["127.0.0.1.example.org:{port}"],
        ["127.0.0.1:{port}.example.org"],
        ["127-0-0-1.example.org:{port}"],
        ["rebound.test:{port}"],
        ["localhost.:{port}"],
        [".localhost:{port}"],
        ["localhost"],
        ["127.0.0.1"],
        ["127.0.0.1:80"],
        ["127.0.0.1:0{port}"],
        ["127.0.0.1:+{port}"],
        ["127.0.0.1:{port}0"],
        ["127.0.0.1:{port}:{port}"],
        ["127.0.0.1:{port}/"],
        ["127.0.0.1:{port}?"],
        ["127.0.0.1:{port}#"],
        ["127.0.0.1:{port}, 127.0.0.1:{port}"],
        ["127.0.0.1:{port},example.org"],
        ["127.0.0.1:{port} example.org"],
        ["user@127.0.0.1:{port}"],
        ["127.0.0.1:{port}@example.org"],
        ["127.0.0.1:{port}\\@example.org"],
        ["http://127.0.0.1:{port}"],
        ["127.1:{port}"],
        ["2130706433:{port}"],
        ["0x7f.1:{port}"],
        ["0177.0.0.1:{port}"],
        ["0.0.0.0:{port}"],
        ["127.0.0.2:{port}"],
        ["[::]:{port}"],
        ["[::ffff:127.0.0.1]:{port}"],
        ["::1:{port}"],
        ["[::1"],
        ["[::1]"],
        ["[0:0:0:0:0:0:0:1]:{port}"],
        ["loc\xe4lhost:{port}"],
        ["127.0.0.1:{port}\x00"],
        ["127.0.0.1:{port}\t.example.org"],
        [OWN, "example.org"],
        ["example.org", OWN],
        [OWN, OWN],
        [OWN, ""],
        ["x" * 60_000],
    ],
    ids=lambda hosts: "|".join(hosts)[:40] or "none",
)
@pytest.mark.parametrize("target", ["/what/hiccups/", "http://127.0.0.1:{port}/what/hiccups/", "/livereload.js"])
def test_no_name_but_the_machines_own_is_answered(preview: Preview, hosts: list[str], target: str) -> None:
    lines = "".join(f"Host: {one}\r\n" for one in hosts) + "Connection: close\r\n\r\n"
    text = f"GET {target} HTTP/1.1\r\n{lines}".replace("{port}", str(preview.port))
    found = raw.exchange(preview.port, text.encode("latin-1"), first_answer=True)
    assert found.statuses in ([421], [400]), found.data[:200]
    assert b"hiccup" not in found.body.lower()


@pytest.mark.parametrize("version", ["HTTP/1.0", "HTTP/1.1"])
@pytest.mark.parametrize(
    "more",
    [
        "X-Forwarded-Host: 127.0.0.1:{port}",
        "X-Forwarded-For: 127.0.0.1",
        "Forwarded: host=127.0.0.1:{port}",
        "X-Host: 127.0.0.1:{port}",
        "X-Original-URL: /what/hiccups/",
        "X-Rewrite-URL: /what/hiccups/",
        "Host : 127.0.0.1:{port}",
        " Host: 127.0.0.1:{port}",
    ],
)
def test_no_other_header_makes_a_foreign_name_ours(preview: Preview, version: str, more: str) -> None:
    text = f"GET / {version}\r\nHost: example.org\r\n{more}\r\nConnection: close\r\n\r\n"
    found = raw.exchange(preview.port, text.replace("{port}", str(preview.port)).encode(), first_answer=True)
    assert found.statuses in ([421], [400]), found.data[:200]


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW", "get", "x" * 9000]
)
@pytest.mark.parametrize("target", ["/", "/livereload", "/livereload.js", "/__preview/preview.js"])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_there_is_nothing_that_a_page_of_another_site_could_change(
    preview: Preview, method: str, target: str, kind: str
) -> None:
    headers = ["Origin: http://example.org", "Sec-Fetch-Site: cross-site", f"Content-Type: {kind}", "Content-Length: 9"]
    found = raw.ask(preview.port, target, *headers, method=method, body=b'{"a": 1}\n')
    assert found.statuses in ([405], [400]), found.data[:200]
    assert b"Access-Control-Allow" not in found.data


@pytest.mark.parametrize("mode", ["no-cors", "cors", "navigate", "websocket"])
@pytest.mark.parametrize("origin", ["http://example.org", "null", "http://127.0.0.1:1"])
def test_what_a_page_of_another_site_asks_for_it_may_not_read(preview: Preview, mode: str, origin: str) -> None:
    headers = [f"Origin: {origin}", "Sec-Fetch-Site: cross-site", f"Sec-Fetch-Mode: {mode}"]
    for target in ("/what/hiccups/", "/api/v1/index.json", "/__preview/preview.js", "/livereload.js"):
        found = raw.ask(preview.port, target, *headers)
        assert b"Cross-Origin-Resource-Policy: same-origin" in found.data
        assert b"Access-Control-Allow" not in found.data


ASKED, SENT = (method + b" / HTTP/1.1\r\nHost: {own}\r\n" for method in (b"GET", b"POST"))
CHUNKED = SENT + b"Transfer-Encoding: chunked\r\n\r\n"
MALFORMED = {
    "nothing": b"",
    "one line end": b"\r\n",
    "line ends alone": b"\r\n" * 10_000,
    "HTTP 0.9": b"GET /\r\n\r\n",
    "HTTP 0.9 without an end": b"GET /",
    "HTTP 2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    "TLS": bytes.fromhex("16030100c8010000c40303") + bytes(range(189)),
    "bytes": bytes(range(256)) * 64,
    "zeros": bytes(100_000),
    "no version": b"GET / \r\nHost: {own}\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: {own}\r\n\r\n",
    "another protocol": b"GET / SIP/2.0\r\nHost: {own}\r\n\r\n",
    "no method": b" / HTTP/1.1\r\nHost: {own}\r\n\r\n",
    "no target": b"GET HTTP/1.1\r\nHost: {own}\r\n\r\n",
    "spaces in the target": b"GET / / HTTP/1.1\r\nHost: {own}\r\n\r\n",
    "a tab for a space": b"GET\t/\tHTTP/1.1\r\nHost: {own}\r\n\r\n",
    "a NUL in the line": b"GET /\x00 HTTP/1.1\r\nHost: {own}\r\n\r\n",
    "an escape for the terminal": b"GET /\x1b[2J\x1b]0;x\x07 HTTP/1.1\r\nHost: {own}\r\n\r\n",
    "a lone CR": b"GET / HTTP/1.1\rHost: {own}\r\r",
    "a header without a name": b"GET / HTTP/1.1\r\n: x\r\nHost: {own}\r\n\r\n",
    "a header without a colon": ASKED + b"nonsense\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost:\r\n {own}\r\nX: a\r\n b\r\n\r\n",
    "a header that begins folded": b"GET / HTTP/1.1\r\n X: a\r\nHost: {own}\r\n\r\n",
    "a NUL in a header": ASKED + b"X: a\x00b\r\n\r\n",
    "a long line": b"GET /" + b"a" * MEGABYTE + b" HTTP/1.1\r\nHost: {own}\r\n\r\n",
    "a line without end": b"GET /" + b"a" * 8 * MEGABYTE,
    "a long header": ASKED + b"X: " + b"a" * MEGABYTE + b"\r\n\r\n",
    "many headers": ASKED + b"".join(b"X-%d: a\r\n" % n for n in range(10_000)) + b"\r\n",
    "the same header often": ASKED + b"X: a\r\n" * 10_000 + b"\r\n",
    "headers without end": ASKED + b"X: a\r\n" * 500_000,
    "a long cookie": ASKED + b"Cookie: " + b"a=b; " * 100_000 + b"\r\n\r\n",
    "many ranges": ASKED + b"Range: bytes=" + b"0-," * 20_000 + b"0-\r\nConnection: close\r\n\r\n",
    "a body of gigabytes": SENT + b"Content-Length: 9999999999\r\n\r\n" + b"a" * MEGABYTE,
    "a negative body": SENT + b"Content-Length: -1\r\n\r\nabc",
    "a body of a number too long": SENT + b"Content-Length: " + b"9" * 6_000 + b"\r\n\r\n",
    "a body in hexadecimal": SENT + b"Content-Length: 0x10\r\n\r\n0123456789abcdef",
    "a body with a plus": SENT + b"Content-Length: +3\r\n\r\nabc",
    "a body that never comes": SENT + b"Content-Length: 1000\r\n\r\nabc",
    "a body that nobody announced": SENT + b"Connection: close\r\n\r\n" + b"a" * MEGABYTE,
    "chunks without end": CHUNKED + b"1\r\na\r\n" * 500_000,
    "one chunk of gigabytes": CHUNKED + b"ffffffffff\r\nabc",
    "a chunk below zero": CHUNKED + b"-5\r\nabc\r\n0\r\n\r\n",
    "a chunk of no size": CHUNKED + b"\r\nabc\r\n0\r\n\r\n",
    "a chunk of nonsense": CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n",
    "a chunk too short": CHUNKED + b"9\r\nabc\r\n0\r\n\r\n",
    "a chunk with a tail": CHUNKED + b"3;" + b"x" * 90_000,
    "a form of a thousand fields": SENT + b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 60000\r\nConnection: close\r\n\r\n" + b"a=&" * 20_000,
    "a form without a boundary": SENT + b"Content-Type: multipart/form-data\r\n"
    b"Content-Length: 3\r\nConnection: close\r\n\r\nabc",
    "a form with a broken boundary": SENT + b"Content-Type: multipart/form-data; boundary=\xff\r\n"
    b"Content-Length: 3\r\nConnection: close\r\n\r\nabc",
    "a form that is zipped": SENT + b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Encoding: gzip\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
    "an expectation": SENT + b"Expect: 200-ok\r\nContent-Length: 9999999\r\n\r\n",
    "a wish for another protocol": ASKED + b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
    b"Connection: Upgrade, HTTP2-Settings, close\r\n\r\n",
    "a proxy's word": b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\nHost: {own}\r\n\r\n",
}
HARMLESS = {"a wish for another protocol": {200}, "many ranges": {200}, "the same header often": {200}}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_request_is_refused(preview: Preview, name: str) -> None:
    before = raw.resident(preview.process.pid)
    found = raw.exchange(preview.port, MALFORMED[name].replace(b"{own}", own(preview)))
    assert set(found.statuses) <= {400, 405, 421} | HARMLESS.get(name, set()), found.data[:200]
    assert len(found.statuses) <= 1
    assert not LEAKS.search(found.data)
    assert raw.resident(preview.process.pid) - before < 64 * MEGABYTE
    expect_well(preview)


def own(preview: Preview) -> bytes:
    """The name by which the preview is to be called."""
    return f"127.0.0.1:{preview.port}".encode()


HIDDEN = b"GET /what/hiccups/?hidden HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"
SMUGGLED = {
    "a length and chunks": b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 120\r\n\r\n",
    "two lengths in one": b"Content-Length: 0, 120\r\n\r\n",
    "a length with a space before its colon": b"Content-Length : 120\r\n\r\n",
    "a length after a space": b" Content-Length: 120\r\n\r\n",
    "a length with a NUL": b"Content-Length: 0\x00120\r\n\r\n",
    "a length with an underscore": b"Content-Length: 1_0\r\n\r\n",
    "a length in other digits": "Content-Length: \u0661\u0662\r\n\r\n".encode(),
    "chunks of chunks": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunks and none": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "chunks of another name": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks behind a tab": b"Transfer-Encoding:\tchunked\x0b\r\n\r\n0\r\n\r\n",
    "chunks with a space before the colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a chunk ended by LF": b"Transfer-Encoding: chunked\r\n\r\n0\n\n",
    "a chunk with a sign": b"Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n",
    "a chunk with an underscore": b"Transfer-Encoding: chunked\r\n\r\n0_0\r\n\r\n",
    "a chunk in hexadecimal": b"Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_a_request_whose_end_is_in_doubt_hides_no_other(preview: Preview, name: str) -> None:
    attack = SENT + SMUGGLED[name] + HIDDEN
    found = raw.exchange(preview.port, attack.replace(b"{own}", own(preview)), first_answer=True)
    assert found.statuses in ([400], [405]), found.data[:200]
    expect_well(preview)


def test_requests_that_come_all_at_once_are_answered_in_their_order(preview: Preview) -> None:
    one = f"GET /what/hiccups/ HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode()
    other = one.replace(b"/what/hiccups/", b"/nothing/")
    with raw.connect(preview.port) as connection:
        connection.sendall((one + other) * 50 + raw.request("/livereload.js", preview.port))
        assert raw.Reply(raw.rest(connection)).statuses == [200, 404] * 50 + [200]


def test_any_bytes_at_all_do_no_harm(preview: Preview) -> None:
    """Requests of a browser with bytes changed, taken out, put in and repeated, at random."""
    whole = raw.handshake(preview.port, "Accept: text/html", "Range: bytes=0-9", "Cookie: a=b")
    for number in range(400):
        dice = random.Random(number)  # noqa: S311 - the same at each run
        text = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            at, size = dice.randrange(len(text)), dice.randint(1, 12)
            part = dice.choice([b"", dice.randbytes(size), bytes(text[at : at + size]) * 3, b"\r\n", b"\x00", b": "])
            text[at : at + dice.choice([0, size])] = part
        found = raw.exchange(preview.port, bytes(text))
        assert not LEAKS.search(found.data)
    expect_well(preview)


def test_it_listens_on_this_machine_alone(preview: Preview) -> None:
    listening = "0A"
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            address, port = line.split()[1].split(":")
            if int(port, 16) == preview.port and line.split()[3] == listening:
                found.append((table, address))
    assert found == [("tcp", "0100007F")]
