"""A build asks nobody: nothing that it runs opens a socket, and without any network its bytes are the same.

Three walls. In Python every socket is refused by an audit hook in each process. In an empty network namespace
(`unshare --net`) what is no Python, as the indexer of the search, has no network either. And strace tells whether
anything that a build runs has so much as asked the system for a socket.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.formats import pdf
from tests.formats.test_pdf import SHEET
from tests.needs import need
from tests.sitekit import REPOSITORY, TODAY, change, copy_site, tree

GUARD = REPOSITORY / "tests" / "outside" / "no_network"
ALONE = ("unshare", "--net")
EVERYTHING = ("--compress", "--epub", "--jobs", "2", "--no-cache")
NOWHERE = "192.0.2.1"
"""An address that belongs to nobody (RFC 5737)."""


@dataclass(frozen=True)
class Built:
    """What a build left: its files and those for its hosts, and what the guards of its processes noted."""

    files: dict[str, bytes]
    notes: list[str]

    @property
    def tried(self) -> list[str]:
        """What asked for the network."""
        return [one for one in self.notes if one != "guarded"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with all that a build can make: hosts, pictures to share, a page for paper."""
    root = copy_site("hiccups", tmp_path)
    section = "  - {folder: keep, kind: sheet, title: To keep, summary: To print., menu: foot}\n"
    change(root, "site.yaml", "topics:\n", f"{section}topics:\n")
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("hosting: [nginx, netlify, cloudflare-pages, github-pages]\n")
        file.write('security: {contact: "mailto:somebody@example.org", expires: 2027-11-21}\n')
    (root / "content/keep").mkdir()
    (root / "content/keep/sheet.md").write_text(SHEET.replace("[editor]", "[testers]"), encoding="utf-8")
    return root


def build(root: Path, *options: str, before: Sequence[str] = (), path: Sequence[Path] = (), code: int = 0) -> Built:
    """Run the real program, from nothing. `path` is where Python looks first, `before` what runs the whole."""
    notes, made = root / "notes", root / "made"
    for old in (made, root / "made.hosting"):
        shutil.rmtree(old, ignore_errors=True)
    notes.unlink(missing_ok=True)
    folders = os.pathsep.join(map(str, path))
    environment = {**os.environ, "NO_NETWORK_NOTES": str(notes), "PYTHONPATH": folders}
    pdfs = ("--pdf",) if pdf.is_installed() and "--relative" not in options else ()
    command = [*before, sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "--output", str(made)]
    ran = subprocess.run(
        [*command, "--today", TODAY, *EVERYTHING, *pdfs, *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    files = {
        f"{folder}/{name}": data for folder in ("made", "made.hosting") for name, data in tree(root / folder).items()
    }
    return Built(files, notes.read_text(encoding="utf-8").splitlines() if notes.exists() else [])


def can_be_alone() -> bool:
    return shutil.which(ALONE[0]) is not None and subprocess.run([*ALONE, "true"], check=False).returncode == 0


def need_to_be_alone() -> None:
    need("a network namespace of one's own (unshare --net)", can_be_alone(), "run the tests as root, on Linux")


@pytest.mark.parametrize("options", [(), ("--relative",)], ids=["for hosts", "for a folder"])
def test_without_any_network_a_build_makes_the_same_bytes(site: Path, options: tuple[str, ...]) -> None:
    need("WeasyPrint", pdf.is_installed(), "pip install --require-hashes -r requirements-pdf.lock")
    need_to_be_alone()
    ordinary = build(site, *options)
    alone = build(site, *options, before=ALONE, path=[GUARD])
    assert alone.tried == []
    assert len(alone.notes) == (1 if options else 2)  # the build, of which its workers are copies; what begins Pagefind
    assert alone.files.keys() == ordinary.files.keys()
    assert [name for name, data in ordinary.files.items() if alone.files[name] != data] == []
    endings = {Path(name).suffix for name in ordinary.files}
    wanted = {".html", ".md", ".png", ".epub"} | (set() if options else {".pdf", ".br", ".gz", ".conf", ".pf_fragment"})
    assert wanted <= endings


def test_a_library_that_asks_for_the_network_is_noticed_though_it_swallows_the_refusal(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "libraries").mkdir()
    (tmp_path / "libraries" / "rcssmin.py").write_text(
        "import socket\n"
        "def cssmin(style, keep_bang_comments=False):\n"
        f"    try:\n        socket.create_connection(('{NOWHERE}', 9), timeout=1)\n"
        "    except OSError:\n        pass\n"
        "    return style\n",
        encoding="utf-8",
    )
    made = build(site, "--relative", path=[GUARD, tmp_path / "libraries"])
    assert {one.split()[0] for one in made.tried} <= {"socket.getaddrinfo", "socket.__new__"}
    assert made.tried


def test_a_program_that_a_build_runs_is_guarded_too(site: Path, tmp_path: Path) -> None:
    package = tmp_path / "libraries" / "pagefind"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "__main__.py").write_text(
        f"import socket, sys\ntry: socket.gethostbyname('{NOWHERE}')\nexcept OSError: sys.exit('no index')\n",
        encoding="utf-8",
    )
    made = build(site, path=[GUARD, tmp_path / "libraries"], code=1)
    assert [one.split()[0] for one in made.tried] == ["socket.gethostbyname"]


def test_what_is_no_python_has_no_network_either() -> None:
    need_to_be_alone()
    with socket.create_server(("127.0.0.1", 0)) as server:
        ask = ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{server.getsockname()[1]}"]
        assert subprocess.run(ask, check=False, capture_output=True).returncode == 0
        assert subprocess.run([*ALONE, *ask], check=False, capture_output=True).returncode != 0


def asked(folder: Path) -> list[str]:
    """The calls by which a program has asked the system for the network; a socket within this machine is none."""
    calls = [line for file in sorted(folder.glob("calls*")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in calls if re.search(r"\b(socket|connect|sendto|bind)\(", line) and "AF_UNIX" not in line]


def watched(folder: Path) -> list[str]:
    """What runs a program with each such call of it, and of all that it runs, noted."""
    folder.mkdir()
    need("strace", shutil.which("strace") is not None, "apt-get install strace")
    return [
        "strace",
        "--follow-forks",
        "--seccomp-bpf",
        "--quiet=all",
        "--output",
        str(folder / "calls"),
        "--trace=%network",
    ]


def test_nothing_that_a_build_runs_asks_the_system_for_a_socket(site: Path, tmp_path: Path) -> None:
    assert ".pf_fragment" in {Path(name).suffix for name in build(site, before=watched(tmp_path / "calls")).files}
    assert asked(tmp_path / "calls") == []


def test_a_program_that_asks_the_system_for_a_socket_is_noticed(tmp_path: Path) -> None:
    ask = ["bash", "-c", f"true <>/dev/udp/{NOWHERE}/9; true"]
    subprocess.run([*watched(tmp_path / "calls"), *ask], check=False, capture_output=True)
    assert any("AF_INET" in line for line in asked(tmp_path / "calls"))
