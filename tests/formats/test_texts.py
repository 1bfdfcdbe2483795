"""Beside every page stands its text as Markdown, and one file lists them all, what is urgent first."""

import re
from pathlib import Path

import pytest
from lxml import html

from generator import pipeline
from generator.output.qr import qr_code
from generator.stages.options import Options
from tests.sitekit import copy_site


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root: Path = copy_site("hiccups", tmp_path_factory.mktemp("texts"))
    done = pipeline.build(root)
    assert done.problems == ()
    return {one.path: one.body.decode() for one in done.outputs if not one.path.endswith((".png", ".ico"))}


def test_every_page_names_its_markdown_and_no_other_file_does(made: dict[str, str]) -> None:
    pages = {path for path in made if path.endswith("index.html") and "http-equiv" not in made[path]}
    naming = {
        path for path, text in made.items() if '<link rel="alternate" type="text/markdown" href="page.md">' in text
    }
    assert naming == pages
    assert {path for path in made if path.endswith("page.md")} == {
        path.replace("index.html", "page.md") for path in pages
    }


def test_the_markdown_has_title_dates_what_nobody_checked_key_points_findings_and_sources(made: dict[str, str]) -> None:
    text = made["options/waiting/page.md"]
    assert text.startswith("# ")
    assert "Last updated" in text
    assert "not yet checked by a clinician" in text
    assert "## In short" in text
    assert "We do not know what waiting does to the time that hiccups last. [^" in text
    assert re.search(r"^\[\^1\]: ", text, re.M)
    assert "https://example.org/hiccups/options/waiting/" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text


def test_every_citation_has_its_source(made: dict[str, str]) -> None:
    for path in [path for path in made if path.endswith("page.md")]:
        cited = set(re.findall(r"\[\^(\d+)\](?!:)", made[path]))
        assert cited == set(re.findall(r"^\[\^(\d+)\]: ", made[path], re.M)), path


def test_every_word_of_the_text_of_a_page_is_in_its_markdown(made: dict[str, str]) -> None:
    for path in [path for path in made if path.endswith("page.md")]:
        page = html.document_fromstring(made[path.replace("page.md", "index.html")])
        words = "[not(@class or ancestor::*[@class='keep-offline'])]/text()"
        shown = " ".join(page.xpath(f"//main//h1/text() | //main//p{words} | //main//td/text()"))
        text = re.sub(r"\\(.)", r"\1", made[path])
        missing = [word for word in re.findall(r"\w{3,}", shown) if word not in text]
        assert missing == [], path


def test_the_list_of_texts_begins_with_when_to_get_help_and_leads_to_files_that_are_there(made: dict[str, str]) -> None:
    text = made["llms.txt"]
    headings = re.findall(r"^## (.*)$", text, re.M)
    assert headings[0] == "When to ask for help"
    assert headings[-1] == "Questions"
    assert "not yet checked by a clinician" in text
    assert "general information" in text
    links = re.findall(r"\]\(https://example\.org/hiccups/(.*?)\)", text)
    assert len(links) >= 8
    assert [one for one in links if one not in made] == []


def test_the_code_is_the_one_that_the_library_draws() -> None:
    import segno

    address = "https://example.org/hiccups/options/waiting/"
    code = qr_code(address)
    matrix = segno.make(address, error="l", boost_error=False, micro=False, mask=3).matrix
    assert code["size"] == len(matrix) + 8
    dark: set[tuple[int, int]] = set()
    x, y = 0, 4
    for move, stroke in re.findall(r"[Mm]([-\d. ]+)h(\d+)", code["path"]):
        right, down = re.findall(r"-?[\d.]+", move)
        x, y = x + int(right), (4 if down == "4.5" and not dark else y + int(down))
        dark |= {(x + step - 4, y - 4) for step in range(int(stroke))}
        x += int(stroke)
    assert dark == {(column, row) for row, modules in enumerate(matrix) for column, one in enumerate(modules) if one}


def test_the_code_stands_on_paper_alone(made: dict[str, str]) -> None:
    page = html.document_fromstring(made["options/waiting/index.html"])
    (code,) = page.xpath("//svg[@class='qr']")
    assert "print-only" in code.getparent().get("class")
    assert "https://example.org/hiccups/options/waiting/" in "".join(code.getparent().itertext())


def test_a_portable_site_has_texts_with_the_same_addresses(tmp_path: Path, made: dict[str, str]) -> None:
    done = pipeline.build(copy_site("hiccups", tmp_path), Options(portable=True))
    text = {one.path: one.body.decode() for one in done.outputs if one.path.endswith(".md")}["options/waiting/page.md"]
    assert text == made["options/waiting/page.md"]


def test_what_is_kept_for_reading_offline_is_pages_and_no_second_form_of_them(made: dict[str, str]) -> None:
    assert '"options/waiting/"' in made["offline.json"]
    assert not re.search(r"page\.md|llms\.txt|\.epub|\.pdf", made["offline.json"])
