"""`build --verify` finds every byte that is not the one of a build from nothing, and changes none."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import cli
from generator.cache.cache import Cache
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json
from generator.making.settled import Settled
from tests.sitekit import TODAY, change, copy_site, tree

KEPT = ".cache/made.sqlite"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built, with a file for a host beside it."""
    root = copy_site("hiccups", tmp_path)
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("hosting: [nginx]\n")
    assert build(root) == 0
    return root


def build(root: Path, *arguments: str) -> int:
    return cli.main(["build", "--root", str(root), "--today", TODAY, "--no-search", *arguments])


def seen(root: Path) -> dict[Path, tuple[int, bytes]]:
    """All that is in a folder, and when it was last touched."""
    return {path: (path.stat().st_ctime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}


def test_a_site_that_is_as_it_should_be_passes_and_stays_as_it_is(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = seen(site)
    capsys.readouterr()
    assert build(site, "--verify") == 0
    files = len(tree(site / "_site")) - 1
    assert capsys.readouterr().out == (
        f"{files} files made from nothing: the site in place is the same, and those out of the cache are the same\n"
    )
    assert seen(site) == before


@pytest.mark.parametrize(
    ("tampered", "said"),
    [
        (lambda root: change(root, "_site/404.html", "</body>", "</body >"), "404.html differs"),
        (lambda root: (root / "_site/index.html").unlink(), "index.html is missing"),
        (lambda root: (root / "_site/.site-manifest.json").write_text("{}"), ".site-manifest.json differs"),
        (lambda root: (root / "_site.hosting/nginx/site.conf").write_text(""), "_site.hosting/nginx/site.conf differs"),
        (
            lambda root: change(root, "content/what/hiccups.md", "makes the", "made the"),
            "what/hiccups/index.html differs",
        ),
        (lambda root: (root / "content/ask/how-long.md").unlink(), "ask/how-long/index.html is made no more"),
    ],
)
def test_what_differs_is_named(
    tampered: Callable[[Path], object], said: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tampered(site)
    before = seen(site)
    capsys.readouterr()
    assert build(site, "--verify") == 1
    assert said in capsys.readouterr().out.splitlines()
    assert seen(site) == before


def test_a_file_that_no_build_made_is_named_and_is_not_wrong(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "_site" / "CNAME").write_text("example.org")
    capsys.readouterr()
    assert build(site, "--verify") == 0
    assert "CNAME was made by no build" in capsys.readouterr().out


def with_files_exchanged(body: bytes) -> bytes:
    """What was kept of some pages, each with the file of the page before it; empty where it is no such thing."""
    try:
        rows = [decoder(Settled)(one) for one in from_json(body)]
    except (Unfit, ValueError, TypeError):
        return b""
    others = [*rows[-1:], *rows[:-1]]
    found = (replace(one, file=other.file, signs=other.signs) for one, other in zip(rows, others, strict=True))
    return as_json([encoder(Settled)(one) for one in found])


def test_a_cache_that_lies_is_a_fault(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No build trusts a body without its digest; so this is one that the program itself has kept wrongly."""
    base = sqlite3.connect(site / KEPT)
    keys = [key for (key,) in base.execute("select key from made")]
    base.close()
    cache = Cache(site / KEPT, 1)
    wrong = {key: found for key, body in cache.get(keys).items() if (found := with_files_exchanged(body))}
    assert wrong
    assert cache.put(wrong)
    cache.close()
    before = seen(site)
    capsys.readouterr()
    assert build(site, "--verify") == 3
    said = capsys.readouterr().out.splitlines()
    assert "404.html is another one when it comes out of the cache" in said
    assert said[-1].endswith("the site in place is the same, and those out of the cache differ")
    assert seen(site) == before


def test_a_cache_that_is_damaged_makes_no_difference(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / KEPT).write_bytes(b"\0" * 5000)
    before = seen(site)
    assert build(site, "--verify") == 0
    assert "damaged" in capsys.readouterr().err
    assert seen(site) == before


def test_without_a_cache_the_site_alone_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("hiccups", tmp_path)
    assert build(root, "--no-cache") == 0
    assert build(root, "--verify") == 0
    assert "those out of the cache were not compared" in capsys.readouterr().out
    assert not (root / ".cache" / "made.sqlite").exists()


@pytest.mark.parametrize(("kind", "name"), [("--relative", "_relative/index.html"), ("--zip", "_zip/site.zip")])
def test_other_kinds_of_a_site_are_compared_too(
    kind: str, name: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(site, kind) == 0
    assert build(site, kind, "--verify") == 0
    (site / name).write_bytes(b"by somebody else")
    assert build(site, kind, "--verify") == 1
    assert f"{Path(name).name} differs" in capsys.readouterr().out.splitlines()


def test_where_there_is_no_site_nothing_is_compared(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(site, "--verify", "--output", str(site / "nowhere")) == 2
    assert "there is no site in" in capsys.readouterr().err


def test_errors_are_told_as_by_any_build(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "content/what/hiccups.md", "What makes the sound?", "What makes the [sound](nowhere.md)?")
    assert build(site, "--verify") == 1
    assert "error[broken-link]" in capsys.readouterr().out
    (site / "site.yaml").write_text("title: [\n", encoding="utf-8")
    assert build(site, "--verify") == 2
