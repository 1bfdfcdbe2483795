"""The pages made for paper as tagged PDF. WeasyPrint is an optional extra; this is its one door. To draw a page takes
it a second or more, so a PDF that was drawn of the same comes from the cache.
"""

import importlib.util
import json
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import module_digest
from generator.output.media_types import type_of
from generator.output.outputs import Output
from generator.site.pages import Known, Page

NAME = "page.pdf"
"""The name of the file beside each page that is made for paper."""
MISSING = "error: no PDF can be made without WeasyPrint: pip install --require-hashes -r requirements-pdf.lock"
_TEMPLATE = "sheet.html"
_VARIANT = "pdf/ua-1"
"""Accessible PDF: tagged, with a title and a language."""
_LIBRARIES = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen"),
    *("fonttools", "pillow", "brotli", "zopfli"),
)
"""What makes the bytes of a PDF."""


def is_installed() -> bool:
    """Whether PDFs can be made."""
    return importlib.util.find_spec("weasyprint") is not None


def with_link(page: Page) -> Page:
    """Let a page made for paper lead to its PDF."""
    return replace(page, inputs={**page.inputs, "pdf": NAME}) if page.template == _TEMPLATE else page


def pdf_outputs(
    pages: Iterable[Known], outputs: Iterable[Output], site_url: str, cache: Cache = NOTHING_KEPT
) -> list[Output]:
    """Give every page made for paper as PDF. Nothing is fetched but what the build itself has made."""
    made = {one.path: one.body for one in outputs}
    sheets = [page for page in pages if page.template == _TEMPLATE]
    base = key_of(module_digest("formats/pdf.py", *_LIBRARIES), _machine(), site_url.encode()) if sheets else b""
    return [
        Output(page.output.replace("index.html", NAME), _pdf(page, made, site_url, base, cache), page.made_from)
        for page in sheets
    ]


def draw(html: bytes, address: str, made: Mapping[str, bytes], site_url: str) -> tuple[bytes, list[str]]:
    """Give a page as PDF, and the paths of all that it asked for, whether there is such a file or not."""
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    asked: dict[str, None] = {}

    class Own(URLFetcher):  # type: ignore[misc]
        """Gives the files of this build, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> Any:
            path = url.removeprefix(site_url)
            if url.startswith(site_url):
                asked[path] = None
            if not url.startswith(site_url) or path not in made:
                raise ValueError(f"not a file of this site: {url}")
            return URLFetcherResponse(url, made[path], {"Content-Type": type_of(path)})

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of each CSS rule that is for screens alone
    document = weasyprint.HTML(string=html.decode("utf-8"), base_url=address, url_fetcher=Own())
    return bytes(document.write_pdf(pdf_variant=_VARIANT)), sorted(asked)


def _pdf(page: Known, made: Mapping[str, bytes], site_url: str, base: bytes, cache: Cache) -> bytes:
    """One page as PDF. What it asks for follows from its bytes and from those of what it asks for, so both are noted:
    where all are as they were, so is the PDF."""
    html, address = made[page.output], page.canonical
    own = key_of(base, html, address.encode())
    noted = cache.get([own]).get(own)
    if noted is not None:
        whole = _with(own, json.loads(noted), made)
        kept = cache.get([whole]).get(whole)
        if kept is not None:
            return kept
    drawn, asked = draw(html, address, made, site_url)
    cache.put({own: json.dumps(asked).encode(), _with(own, asked, made): drawn})
    return drawn


def _with(own: bytes, asked: Iterable[str], made: Mapping[str, bytes]) -> bytes:
    """The key of a page with the files that it asks for; one that is not there counts too."""
    files = ((path.encode("utf-8", "surrogatepass"), made.get(path)) for path in asked)
    return key_of(own, *(part for path, body in files for part in (path, b"-" if body is None else b"+" + body)))


def _machine() -> bytes:
    """The digest of what a PDF owes to the machine: its fonts, the rules by which they are chosen, and Pango's version.

    Fonts are told apart by their size and time: to read them all would take longer than to draw a page.
    """
    from weasyprint.text.ffi import ffi, fontconfig, pango

    config = fontconfig.FcInitLoadConfigAndFonts()
    fonts, rules = (
        fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem),
        fontconfig.FcConfigGetConfigFiles(config),
    )
    found = ffi.new("FcChar8 **")
    paths = set()
    for number in range(fonts.nfont if fonts != ffi.NULL else 0):
        if fontconfig.FcPatternGetString(fonts.fonts[number], b"file", 0, found) == fontconfig.FcResultMatch:
            paths.add(os.fsdecode(ffi.string(ffi.cast("char *", found[0]))))
    while (rule := fontconfig.FcStrListNext(rules)) != ffi.NULL:
        paths.add(os.fsdecode(ffi.string(ffi.cast("char *", rule))))
    states = [(path, os.stat(path)) for path in sorted(paths) if os.path.exists(path)]
    told = [(path, state.st_size, state.st_mtime_ns) for path, state in states]
    return key_of(repr((pango.pango_version(), told)).encode("utf-8", "surrogatepass"))
