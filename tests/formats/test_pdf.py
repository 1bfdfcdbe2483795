"""With the extra, pages made for paper come as PDF that a screen reader can read; without it, one line says so."""

import io
import sqlite3
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator import cli, pipeline
from generator.cache.cache import Cache
from generator.formats import pdf
from generator.output.outputs import Output
from generator.runtime.means import Means
from generator.site.pages import Page, with_known
from generator.stages.options import Options
from tests.needs import need
from tests.sitekit import add_sheet, change, copy_site

PLACE = "keep/sheet/page.pdf"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one page made for paper."""
    root = copy_site("hiccups", tmp_path)
    add_sheet(root)
    return root


def made(root: Path, with_pdf: bool, store: Path | None = None) -> dict[str, bytes]:
    """Build; what is made is kept in `store`."""
    cache = Cache(store, 1)
    done = pipeline.build(root, Options(pdf=with_pdf), means=Means(cache))
    cache.close()
    assert [one for one in done.problems if one.is_error] == []
    return {one.path: one.body for one in done.outputs}


def test_the_pdf_is_tagged_and_has_a_title_a_language_and_the_sides_of_its_page(site: Path) -> None:
    need("WeasyPrint", pdf.is_installed(), "pip install --require-hashes -r requirements-pdf.lock")
    outputs = made(site, with_pdf=True)
    assert [path for path in outputs if path.endswith(".pdf")] == [PLACE]
    document = pikepdf.open(io.BytesIO(outputs[PLACE]))
    assert len(document.pages) == 1
    assert bool(document.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in document.Root
    assert str(document.Root.Lang) == "en-US"
    assert str(document.docinfo["/Title"]).startswith("A sheet on hiccups")
    assert b"pdfuaid" in document.Root.Metadata.read_bytes()
    assert b'href="page.pdf"' in outputs["keep/sheet/index.html"]


def test_the_same_site_gives_the_same_pdf(site: Path) -> None:
    need("WeasyPrint", pdf.is_installed(), "pip install --require-hashes -r requirements-pdf.lock")
    assert made(site, with_pdf=True)[PLACE] == made(site, with_pdf=True)[PLACE]


def test_nobody_gets_a_pdf_or_a_link_to_one_who_did_not_ask(site: Path) -> None:
    outputs = made(site, with_pdf=False)
    assert PLACE not in outputs
    assert b"page.pdf" not in outputs["keep/sheet/index.html"]


def test_a_pdf_that_cannot_be_made_is_an_error_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("hiccups", tmp_path)
    monkeypatch.setattr("generator.formats.pdf.is_installed", lambda: False)
    assert cli.main(["--root", str(root), "--pdf"]) == 2
    assert "requirements-pdf.lock" in capsys.readouterr().err
    assert not (root / "_site").exists()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are drawn from now on."""
    need("WeasyPrint", pdf.is_installed(), "pip install --require-hashes -r requirements-pdf.lock")
    counted: list[str] = []
    draw = pdf.draw

    def noted(html: bytes, address: str, *others: Any) -> Any:
        counted.append(address)
        return draw(html, address, *others)

    monkeypatch.setattr(pdf, "draw", noted)
    return counted


def test_a_page_that_is_as_it_was_is_not_drawn_again(site: Path, tmp_path: Path, drawn: list[str]) -> None:
    first = made(site, True, tmp_path / "made")
    assert len(drawn) == 1
    assert made(site, True, tmp_path / "made") == first
    change(site, "content/what/hiccups.md", "moves by itself", "moves alone")
    assert made(site, True, tmp_path / "made")[PLACE] == first[PLACE]
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/keep/sheet.md", "## Two weeks", "## Fourteen days"),
        ("static/css/sheet.css", "margin: 8mm 13mm", "margin: 9mm 13mm"),
        ("templates/sheet.html", "{% block own_last %}", "{% block own_last %}<p>Another foot.</p>"),
    ],
)
def test_a_page_whose_words_or_looks_changed_is_drawn_again(
    site: Path, tmp_path: Path, drawn: list[str], name: str, old: str, new: str
) -> None:
    first = made(site, True, tmp_path / "made")
    change(site, name, old, new)
    second = made(site, True, tmp_path / "made")
    assert len(drawn) == 2
    assert second[PLACE] != first[PLACE]
    assert second[PLACE] == made(site, True)[PLACE]


def test_a_page_is_drawn_again_when_a_file_that_it_asks_for_changes_or_comes_or_goes(
    tmp_path: Path, drawn: list[str]
) -> None:
    url = "https://example.org/"
    html = b'<!doctype html><html lang="en"><title>A</title><link rel="stylesheet" href="a.css"><p>A</p></html>'
    files = {"index.html": html, "a.css": b"@import url('b.css');", "other.css": b"p { color: red; }"}
    inputs = {"page": {"canonical": url}}
    _, page = with_known(Page(url, "index.html", "sheet.html", inputs, "content/a.md"))

    def pages(**more: bytes) -> list[Output]:
        cache = Cache(tmp_path / "made", 1)
        every = {**files, **{f"{name}.css": body for name, body in more.items()}}
        found = pdf.pdf_outputs([page], [Output(path, body, "") for path, body in every.items()], url, cache)
        cache.close()
        return found

    plain = pages()
    large = pages(b=b"p { font-size: 40pt; }")
    small = pages(b=b"p { font-size: 4pt; }")
    assert len(drawn) == 3
    assert len({one[0].body for one in (plain, large, small)}) == 3
    assert pages() == plain
    assert pages(b=b"p { font-size: 40pt; }") == large
    assert pages(other=b"p { color: blue; }") == plain
    assert len(drawn) == 3


@pytest.mark.skipif(not Path("/etc/fonts/fonts.conf").is_file(), reason="other machines keep their rules elsewhere")
def test_under_other_rules_for_fonts_it_is_drawn_again(
    site: Path, tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(site, True, tmp_path / "made")
    rules = tmp_path / "fonts.conf"
    rules.write_text('<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(rules))
    made(site, True, tmp_path / "made")
    monkeypatch.undo()
    assert len(drawn) == 2


@pytest.mark.parametrize("harm", ["update made set body = zeroblob(20)", "delete from made where rowid % 2"])
def test_a_pdf_that_is_lost_or_damaged_is_drawn_again(site: Path, tmp_path: Path, drawn: list[str], harm: str) -> None:
    first = made(site, True, tmp_path / "made")
    base = sqlite3.connect(tmp_path / "made")
    base.execute(harm)
    base.commit()
    base.close()
    assert made(site, True, tmp_path / "made") == first
