"""Draw the icons and social cards of static/img from static/img/icon.svg and site.yaml, by hand and not at every build.

A picture of text depends on the fonts and the browser of the machine that draws it, so the same build would not give
the same bytes everywhere. They are therefore drawn once, looked at, and stored; a test says when one is missing.
Run it after a change of the logo or of a section's title: `.venv-test/bin/python -m tests.outside.draw_pictures`
"""

import base64
import shutil
import struct

from playwright.sync_api import Browser, sync_playwright

from generator.config import Config, read_config
from generator.sources.files import read_file
from tests.outside.pages import REPOSITORY

IMAGES = REPOSITORY / "static" / "img"
CARD = (1200, 630)
ICONS = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}
FAVICON = 48


def config() -> Config:
    """The site's configuration."""
    found, _ = read_config(read_file(REPOSITORY, "site.yaml"))
    assert found is not None
    return found


def cards() -> dict[str, str]:
    """The title on each card by the card's name."""
    site = config()
    return {"site": "", **{section.folder: section.title for section in site.sections}}


def logo(whole: bool = False) -> str:
    """The logo as an address; `whole` fills the corners, which phones round off themselves."""
    svg = (IMAGES / "icon.svg").read_text(encoding="utf-8")
    svg = svg.replace(' rx="14"', "") if whole else svg
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def card_html(title: str) -> str:
    """One card as a page: the logo and the site's name above, what the page is about below."""
    site = config()
    large, small = (title, site.tagline) if title else (site.tagline, "")
    return f"""<!doctype html><style>
    * {{ margin: 0; box-sizing: border-box; }}
    body {{ width: {CARD[0]}px; height: {CARD[1]}px; padding: 70px 80px; background: #fbf7ef; color: #1c2220;
      border-top: 24px solid #0b4f4a; font: 400 38px/1.35 "DejaVu Sans", sans-serif;
      display: flex; flex-direction: column; justify-content: space-between; }}
    header {{ display: flex; align-items: center; gap: 32px; font-size: 52px; font-weight: 700; }}
    h1 {{ font-size: 76px; line-height: 1.15; max-width: 1000px; text-wrap: balance; }}
    p {{ color: #424945; min-height: 1.35em; }}
    </style><header><img src="{logo()}" width="128" height="128" alt="">{site.title}</header>
    <h1>{large}</h1><p>{small}</p>"""


def ico(png: bytes, size: int) -> bytes:
    """Wrap one PNG as an icon file."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


def shot(browser: Browser, html: str, width: int, height: int) -> bytes:
    """Give a page as a PNG; what it does not paint stays clear."""
    with browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=1) as context:
        page = context.new_page()
        page.set_content(html)
        return page.screenshot(omit_background=True)


def icon_html(size: int, whole: bool) -> str:
    """A page that holds the logo alone."""
    return (
        f'<style>body{{margin:0}}img{{display:block}}</style><img src="{logo(whole)}" width="{size}" height="{size}">'
    )


def draw() -> None:
    """Draw every picture anew."""
    (IMAGES / "cards").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, size in ICONS.items():
            (IMAGES / name).write_bytes(shot(browser, icon_html(size, whole=True), size, size))
        favicon = shot(browser, icon_html(FAVICON, whole=False), FAVICON, FAVICON)
        (IMAGES / "favicon.ico").write_bytes(ico(favicon, FAVICON))
        for name, title in cards().items():
            (IMAGES / "cards" / f"{name}.png").write_bytes(shot(browser, card_html(title), *CARD))
        browser.close()


if __name__ == "__main__":
    draw()
