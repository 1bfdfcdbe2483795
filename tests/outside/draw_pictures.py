"""Draw the icons of static/img from static/img/icon.svg, by hand and not at every build.

How a browser draws an icon depends on the browser. They are therefore drawn once, looked at, and stored; a test says
when one is missing. Social cards are drawn by the build (`generator/output/cards/`), with the largest of the icons.
Run it after a change of the logo: `.venv-test/bin/python -m tests.outside.draw_pictures`
"""

import base64
import struct

from playwright.sync_api import Browser, sync_playwright

from tests.outside.chromium import executable
from tests.sitekit import REPOSITORY

IMAGES = REPOSITORY / "static" / "img"
ICONS = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}
FAVICON = 48


def logo(whole: bool = False) -> str:
    """The logo as an address; `whole` fills the corners, which phones round off themselves."""
    svg = (IMAGES / "icon.svg").read_text(encoding="utf-8")
    svg = svg.replace(' rx="14"', "") if whole else svg
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        for name, size in ICONS.items():
            (IMAGES / name).write_bytes(shot(browser, icon_html(size, whole=True), size, size))
        favicon = shot(browser, icon_html(FAVICON, whole=False), FAVICON, FAVICON)
        (IMAGES / "favicon.ico").write_bytes(ico(favicon, FAVICON))
        browser.close()


if __name__ == "__main__":
    draw()
