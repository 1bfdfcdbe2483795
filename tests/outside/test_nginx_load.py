"""The real nginx under load, with the site changed meanwhile: no error, nothing missing, no half of anything.

LOAD=20 in the environment makes twenty times as many requests.
"""

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from generator import pipeline
from generator.output.outputs import Output
from generator.output.publish import publish
from generator.stages.options import Options
from tests.needs import need
from tests.outside.load import Tally, Version, load, version_of
from tests.outside.nginx import HOSTS, Host, serving
from tests.sitekit import TODAY, change, copy_site, site_of

TIMES = int(os.environ.get("LOAD", "1"))
BASE = "/hiccups/"


@dataclass(frozen=True)
class Edition:
    """A build of the site: what it holds, the folder in which it was published, and its script for nginx's machine."""

    build: pipeline.Build
    version: Version
    folder: Path

    def aside(self, name: str) -> str:
        return next(one.body.decode() for one in site_of(self.build).aside or () if one.path == name)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    """Three builds. Between one and the next, every page changes, and every kind of file that pages load."""
    top = tmp_path_factory.mktemp("editions")
    root = copy_site("hiccups", top)
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(HOSTS)
    made = []
    for number in range(3):
        if number:
            with (root / "static/css/site.css").open("a", encoding="utf-8") as file:
                file.write(f".edition {{ outline: {number}px solid }}\n")
            with (root / "static/js/site.js").open("a", encoding="utf-8") as file:
                file.write(f"window.edition = {number};\n")
            change(root, "static/img/icon.svg", "</svg>", '<path d="M0 0"/></svg>')
            change(root, "site.yaml", "\ntagline: ", "\ntagline: Yes, ")
        done = pipeline.build(root, Options(today=TODAY, compress=True))
        assert done.problems == ()
        folder = top / str(number)
        publish(done.outputs, folder, top / f"{number}.work")
        for path in folder.rglob("*"):
            os.utime(path, (10**9 + number, 10**9 + number))  # no two were made within the same second
        made.append(Edition(done, version_of(done.outputs), folder))
    return made


@pytest.fixture
def host(request: pytest.FixtureRequest, editions: list[Edition], tmp_path: Path) -> Iterator[Host]:
    """A host on which no site is yet."""
    (tmp_path / "www").mkdir()
    site = tmp_path / "www" / BASE.strip("/")
    slowly = getattr(request, "param", False)
    with serving(editions[0].aside("nginx/site.conf"), site, tmp_path, BASE, slowly) as host:
        yield host


def script(edition: Edition, host: Host) -> Path:
    """The script of a build, for the place that the test has in place of /var/www."""
    text = edition.aside("nginx/deploy.sh")
    assert text.count("/var/www/example.org") == 2
    path = host.folder.parent.parent / "deploy.sh"
    path.write_text(text.replace("/var/www/example.org", str(host.folder.parent)), encoding="utf-8")
    return path


def deploy(edition: Edition, host: Host) -> None:
    subprocess.run(["sh", script(edition, host), edition.folder], check=True, capture_output=True)


def complaints(host: Host) -> str:
    """What nginx has written into its log of errors."""
    return (host.folder.parent.parent / "error.log").read_text(encoding="utf-8")


def expect_sound(tally: Tally, host: Host, requests: int, connections: int) -> None:
    assert tally.wrong[:3] == []
    assert set(tally.statuses) <= {200, 206, 304, 416}
    assert complaints(host) == ""
    assert tally.served >= requests
    assert tally.open_at_once == connections
    assert min(tally.kinds.values()) > 0
    print(tally.served, dict(tally.statuses), dict(tally.kinds), dict(tally.versions))


def test_readers_see_one_site_whole_while_another_is_put_in_place(editions: list[Edition], host: Host) -> None:
    """10,000 requests over 500 connections; eight times the script of the build puts another site in place."""
    deploy(editions[0], host)
    turns = cycle([editions[1], editions[0]])

    async def swap() -> None:
        edition = next(turns)
        done = await asyncio.create_subprocess_exec("sh", script(edition, host), edition.folder)
        assert await done.wait() == 0

    versions = [one.version for one in editions[:2]]
    tally = asyncio.run(
        load(host.port, BASE, versions, swap, requests=10_000 * TIMES, connections=500, swaps=8 * TIMES)
    )
    expect_sound(tally, host, 10_000 * TIMES, 500)
    assert set(tally.versions) == {0, 1}


def test_readers_see_whole_files_while_a_build_writes_into_the_very_folder_that_is_served(
    editions: list[Edition], host: Host, tmp_path: Path
) -> None:
    """Of two sites that load the same files, since a folder holds one site alone."""
    same = [Version(one.version.files, dict.fromkeys(one.version.pages, ())) for one in editions[:2]]
    turns = cycle([editions[1], editions[0]])

    def put(edition: Edition) -> None:
        publish(edition.build.outputs, host.folder, tmp_path / "workspace")

    async def swap() -> None:
        await asyncio.to_thread(put, next(turns))

    put(editions[0])
    tally = asyncio.run(load(host.port, BASE, same, swap, requests=4_000 * TIMES, connections=100, swaps=30 * TIMES))
    expect_sound(tally, host, 4_000 * TIMES, 100)


@pytest.mark.parametrize("host", [True], indirect=True)
@pytest.mark.parametrize("size", [20_000, 65_000, 65_536, 65_537, 400_000])
def test_a_reader_who_takes_long_gets_the_page_that_was_begun(host: Host, tmp_path: Path, size: int) -> None:
    """In the middle of a file, the site is built four times over, with a page of the same length each time."""

    def put(letter: bytes) -> None:
        publish([Output("index.html", letter * size, "x.md")], host.folder, tmp_path / "workspace")

    put(b"a")
    with socket.socket() as slow:
        slow.settimeout(60)
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        slow.connect(("127.0.0.1", host.port))
        slow.sendall(f"GET {BASE} HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n".encode())
        found = slow.recv(1)
        for letter in (b"b", b"c", b"d", b"e"):
            put(letter)
        while part := slow.recv(1 << 16):
            found += part
    assert found.partition(b"\r\n\r\n")[2] == b"a" * size


def test_what_a_page_loads_stays_for_one_more_site_and_no_longer(editions: list[Edition], host: Host) -> None:
    loaded = [{path for paths in one.version.pages.values() for path in paths} for one in editions]
    gone = loaded[0] - loaded[1]
    assert {path.rpartition(".")[2] for path in gone} >= {"css", "js", "svg"}
    for number, edition in enumerate(editions):
        deploy(edition, host)
        assert host.get(BASE).body == edition.version.files["index.html"]
        for path in loaded[number] | (loaded[number - 1] if number else set()):
            assert host.get(BASE + path).status == 200, (number, path)
    assert {host.get(BASE + path).status for path in gone} == {404}
    before = sorted(path.name for path in host.folder.parent.iterdir())
    assert len(before) == 3, "a link, the site and the one before it"
    for name in before[:2]:
        assert name.startswith(".")
        assert host.get(f"/{name}/").status == 404
    assert host.get(f"{BASE}.own").status == 404


def test_a_site_that_was_copied_by_hand_gives_way_to_the_script(editions: list[Edition], host: Host) -> None:
    shutil.copytree(editions[0].folder, host.folder)
    deploy(editions[1], host)
    assert host.folder.is_symlink()
    for path in (*editions[0].version.pages["index.html"], *editions[1].version.pages["index.html"]):
        assert host.get(BASE + path).status == 200
    assert host.get(BASE).body == editions[1].version.files["index.html"]


def test_a_site_that_cannot_be_copied_changes_nothing(editions: list[Edition], host: Host, tmp_path: Path) -> None:
    deploy(editions[0], host)
    for given in ("/no/such/folder", str(tmp_path)):
        failed = subprocess.run(["sh", script(editions[1], host), given], check=False, capture_output=True)
        assert failed.returncode != 0
    assert host.get(BASE).body == editions[0].version.files["index.html"]


def test_the_script_is_sound(editions: list[Edition], host: Host) -> None:
    need("ShellCheck", shutil.which("shellcheck") is not None, "apt-get install shellcheck")
    found = subprocess.run(["shellcheck", script(editions[0], host)], check=False, capture_output=True, text=True)
    assert found.stdout == ""
