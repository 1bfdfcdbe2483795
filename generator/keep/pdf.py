"""The pages made for paper as tagged PDF. WeasyPrint is an optional extra; this is its one door."""

import importlib.util
import logging
import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.output.outputs import Output
from generator.site.pages import Known, Page

NAME = "page.pdf"
"""The name of the file beside each page that is made for paper."""
MISSING = "error: no PDF can be made without WeasyPrint: pip install --require-hashes -r requirements-pdf.lock"
_TEMPLATE = "sheet.html"
_VARIANT = "pdf/ua-1"
"""Accessible PDF: tagged, with a title and a language."""


def is_installed() -> bool:
    """Whether PDFs can be made."""
    return importlib.util.find_spec("weasyprint") is not None


def with_link(page: Page) -> Page:
    """Let a page made for paper lead to its PDF."""
    return replace(page, inputs={**page.inputs, "pdf": NAME}) if page.template == _TEMPLATE else page


def pdf_outputs(pages: Iterable[Known], outputs: Iterable[Output], site_url: str) -> list[Output]:
    """Give every page made for paper as PDF. Nothing is fetched but what the build itself has made."""
    made = {one.path: one.body for one in outputs}
    return [
        Output(page.output.replace("index.html", NAME), _pdf(page, made, site_url), page.made_from)
        for page in pages
        if page.template == _TEMPLATE
    ]


def _pdf(page: Known, made: Mapping[str, bytes], site_url: str) -> bytes:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Own(URLFetcher):  # type: ignore[misc]
        """Gives the files of this build, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> Any:
            path = url.removeprefix(site_url)
            if not url.startswith(site_url) or path not in made:
                raise ValueError(f"not a file of this site: {url}")
            return URLFetcherResponse(url, made[path], {"Content-Type": mimetypes.guess_type(path)[0] or ""})

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of each CSS rule that is for screens alone
    document = weasyprint.HTML(string=made[page.output].decode("utf-8"), base_url=page.canonical, url_fetcher=Own())
    return bytes(document.write_pdf(pdf_variant=_VARIANT))
