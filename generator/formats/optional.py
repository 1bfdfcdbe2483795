"""The PDFs and the book, where they are asked for. What makes them is loaded for that alone."""

from collections.abc import Callable, Iterator, Sequence

from generator.cache.cache import Cache
from generator.output.outputs import Output
from generator.site.joined import Site
from generator.site.pages import Known, Page


def with_links(pdf: bool, epub: bool) -> Iterator[Callable[[Page], Page]]:
    """Give what lets a page lead to each of these copies."""
    if pdf:
        from generator.formats.pdf import with_link

        yield with_link
    if epub:
        from generator.formats.epub import with_link as with_book

        yield with_book


def copies(
    site: Site, pages: Sequence[Known], outputs: Sequence[Output], pdf: bool, epub: bool, cache: Cache
) -> list[Output]:
    """Give each sheet as PDF, and the whole site as a book."""
    made: list[Output] = []
    if pdf:
        from generator.formats.pdf import pdf_outputs

        made += pdf_outputs(pages, outputs, site.catalogue.config.url, cache)
    if epub:
        from generator.formats.epub import epub_output

        made.append(epub_output(site, pages, [*outputs, *made], cache))
    return made
