"""The whole site as one electronic book (EPUB 3), to be read without a connection. What is urgent comes first."""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.formats.all_chapters import ChapterSource, all_chapters
from generator.formats.chapters import Chapter
from generator.output.media_types import type_of
from generator.output.outputs import Output
from generator.site.addresses import relative
from generator.site.joined import Site
from generator.site.pages import Known, Page
from generator.site.words import plain

NAME = "book.epub"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file within the book: a book made again from the same texts has the same bytes."""
_CSS = """\
body { line-height: 1.5; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.3em; text-align: left; vertical-align: top; }
caption, dt, .callout-label, .care-title, .level, .certainty { font-weight: bold; }
.callout, .care, .key-points, .answer { margin: 1em 0; padding: 0 1em; border: 1px solid; }
.callout-emergency, .care-emergency { border-width: 6px; }
.callout-today, .care-today { border-width: 4px; }
dt::after { content: ": "; }
.headed { page-break-after: avoid; }
.icon-array path { fill: none; stroke-linecap: round; stroke: #000; stroke-width: 8px; }
.icon-array .icon-no { stroke: #777; stroke-width: 3px; }
svg { max-width: 100%; height: auto; }
.map-body, .map-bone, .map-spot { fill: #fff; }
.map-outline, .map-fold, .map-rim, .map-muscle, .map-leader { fill: none; }
.map-outline, .map-fold, .map-rim, .map-muscle, .map-leader, .map-bone, .map-spot { stroke: #444; stroke-width: 1.5; }
.map-muscle, .map-spot { stroke-dasharray: 4 4; }
.map-name { font: 15px sans-serif; }
.map-ends { text-anchor: end; }
.map-number { font: bold 16px sans-serif; fill: #fff; text-anchor: middle; }
"""
_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_Part = tuple[str, Sequence[Known]]


def with_link(page: Page) -> Page:
    """Let a page lead to the book."""
    if not page.listed:
        return page
    return replace(page, inputs={**page.inputs, "site": {**page.inputs["site"], "epub": _href(page)}})


def epub_output(site: Site, pages: Iterable[Known], outputs: Iterable[Output], cache: Cache = NOTHING_KEPT) -> Output:
    """Give the book of the site in its own language."""
    made = {one.path: one.body for one in outputs}
    parts = _parts(site, [page for page in pages if page.listed])
    ordered = [page for _, some in parts for page in some]
    files = {page.url: f"text/{number:03}.xhtml" for number, page in enumerate(ordered, 1)}
    texts = [ChapterSource(page.url, page.language, page.title, made[page.output]) for page in ordered]
    chapters = all_chapters(texts, files, site.catalogue.config.url, cache)
    pictures = sorted({address for one in chapters.values() for address in one.pictures})
    updated = max(page.updated for page in ordered)
    inner = {
        "package.opf": _package(site, list(chapters.values()), pictures, updated),
        "nav.xhtml": _contents(site, parts, files),
        "cover.svg": _cover(site, updated),
        "book.css": _CSS,
        **{one.file: one.xhtml for one in chapters.values()},
    }
    bodies = {"META-INF/container.xml": _CONTAINER.encode()}
    bodies |= {f"book/{path}": text.encode() for path, text in inner.items()}
    bodies |= {f"book/{address}": made[address] for address in pictures}
    return Output(NAME, _packed(bodies, cache), "site.yaml")


def _href(page: Page) -> str:
    return relative(page.url, f"/{NAME}")


def _parts(site: Site, pages: Sequence[Known]) -> list[_Part]:
    """The pages in the site's own language, by section, what is urgent first; those of no section stand last."""
    catalogue = site.catalogue
    config = catalogue.config
    own = [page for page in pages if page.language == config.language]
    first = [one for one in config.sections if one.folder == config.urgent_section]
    parts: list[_Part] = []
    for section in (*first, *(one for one in config.sections if one not in first)):
        start = catalogue.section_url(section.folder, config.language)
        order = [catalogue.url_of(one) for one in catalogue.in_section(section.folder, config.language)]
        place = {url: number for number, url in enumerate([start, *order])}
        some = [page for page in own if page.url.startswith(start)]
        if some:
            some.sort(key=lambda page: place.get(page.url, 0))
            parts.append((site.catalogue.section_title(section, config.language), some))
    filed = {page.url for _, some in parts for page in some}
    others = [page for page in own if page.url not in filed]
    return [*parts, (plain(site.words[config.language], "book_others"), others)]


def _package(site: Site, chapters: Sequence[Chapter], pictures: Sequence[str], updated: str) -> str:
    config = site.catalogue.config
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>',
        '<item id="css" href="book.css" media-type="text/css"/>',
    ]
    spine = ['<itemref idref="nav"/>']
    for number, one in enumerate(chapters, 1):
        drawn = ' properties="svg"' if "<svg" in one.xhtml else ""
        items.append(f'<item id="c{number}" href="{one.file}" media-type="application/xhtml+xml"{drawn}/>')
        spine.append(f'<itemref idref="c{number}"/>')
    for number, address in enumerate(pictures, 1):
        kind = type_of(address)
        items.append(f'<item id="p{number}" href="{address}" media-type="{kind}"/>')
    words = site.words[config.language]
    about = f"{config.tagline}. {plain(words, 'not_reviewed')} {plain(words, 'not_advice')}"
    rights = f"{plain(words, 'licence').format(licence=config.licence)} ({config.licence_url})"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{config.language}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{escape(config.url)}</dc:identifier>\n<dc:title>{escape(config.title)}</dc:title>\n'
        f"<dc:language>{config.language}</dc:language>\n<dc:description>{escape(about)}</dc:description>\n"
        f"<dc:rights>{escape(rights)}</dc:rights>\n"
        f'<meta property="dcterms:modified">{updated}T00:00:00Z</meta>\n</metadata>\n'
        f"<manifest>\n{_lines(items)}</manifest>\n<spine>\n{_lines(spine)}</spine>\n</package>\n"
    )


def _contents(site: Site, parts: Sequence[_Part], files: dict[str, str]) -> str:
    config = site.catalogue.config
    words = site.words[config.language]

    def entries(pages: Sequence[Known]) -> Iterator[str]:
        for page in pages:
            yield f'<li><a href="{files[page.url]}">{escape(page.title)}</a></li>'

    groups = [
        f'<li><a href="{files[pages[0].url]}">{escape(title)}</a>\n<ol>\n{_lines(entries(pages))}</ol></li>'
        for title, pages in parts
        if pages
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{config.language}" xml:lang="{config.language}">\n<head><title>{escape(config.title)}</title></head>\n'
        f'<body>\n<p><img src="cover.svg" alt="{escape(config.title)}"/></p>\n'
        f"<p>{escape(plain(words, 'not_reviewed'))} {escape(plain(words, 'not_advice'))}</p>\n"
        f'<nav epub:type="toc" id="toc"><h1>{escape(plain(words, "book_contents"))}</h1>\n'
        f"<ol>\n{_lines(groups)}</ol>\n</nav>\n</body>\n</html>\n"
    )


def _cover(site: Site, updated: str) -> str:
    """The cover: the site's name, what it is about and how old it is, on a plain ground."""
    config = site.catalogue.config
    lines = _wrapped(config.tagline, 34)
    about = "".join(f'<tspan x="60" dy="44">{escape(line)}</tspan>' for line in lines)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900" width="600" height="900">\n'
        '<rect width="600" height="900" fill="#fff"/><rect width="600" height="24" fill="#0b3d4f"/>\n'
        f'<g font-family="sans-serif" fill="#0b3d4f"><text x="60" y="300" font-size="72" font-weight="700">'
        f'{escape(config.title)}</text>\n<text x="60" y="330" font-size="32">{about}</text>\n'
        f'<text x="60" y="840" font-size="24">{escape(updated)}</text></g>\n</svg>\n'
    )


def _wrapped(text: str, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{one}\n" for one in texts)


def _packed(bodies: dict[str, bytes], cache: Cache) -> bytes:
    """The book of these files, as it was packed before or anew."""
    named = [part for path, body in sorted(bodies.items()) for part in (path.encode(), body)]
    key = key_of(b"book", program_digest(), *named)
    book = cache.get([key]).get(key)
    if book is None:
        book = pack(bodies)
        cache.put({key: book})
    return book


def pack(bodies: dict[str, bytes]) -> bytes:
    """Give a zip file whose first entry tells what it is, as readers of books expect."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", _EARLIEST), b"application/epub+zip")
        for path in sorted(bodies):
            entry = zipfile.ZipInfo(posixpath.normpath(path), _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            book.writestr(entry, bodies[path])
    return target.getvalue()
