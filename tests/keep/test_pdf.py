"""With the extra, pages made for paper come as PDF that a screen reader can read; without it, one line says so."""

import io
from pathlib import Path

import pikepdf
import pytest

from generator import cli, pipeline
from generator.keep import pdf
from tests.needs import need
from tests.sitekit import change, copy_site

SHEET = """---
title: A sheet on hiccups
summary: Hiccups on one side of paper.
status: published
updated: 2026-11-01
evidence_searched: 2026-11-01
review: {due: 2027-11-01}
authors: [editor]
sheets: 1
---

## Two weeks

::diary{14}
"""
PLACE = "keep/sheet/page.pdf"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one page made for paper."""
    root = copy_site("hiccups", tmp_path)
    section = "  - {folder: keep, kind: sheet, title: To keep, summary: To print., menu: foot}\n"
    change(root, "site.yaml", "topics:\n", f"{section}topics:\n")
    author = (root / "content/what/hiccups.md").read_text(encoding="utf-8").split("authors: [")[1].split("]")[0]
    (root / "content/keep").mkdir()
    (root / "content/keep/sheet.md").write_text(SHEET.replace("editor", author), encoding="utf-8")
    return root


def made(root: Path, with_pdf: bool) -> dict[str, bytes]:
    done = pipeline.build(root, pipeline.Options(pdf=with_pdf))
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
    monkeypatch.setattr("generator.keep.pdf.is_installed", lambda: False)
    assert cli.main(["--root", str(root), "--pdf"]) == 2
    assert "requirements-pdf.lock" in capsys.readouterr().err
    assert not (root / "_site").exists()
