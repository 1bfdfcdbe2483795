"""Fill the slots of a page's texts: links, citations numbered in order of appearance, pictures, explained terms."""

import html
import posixpath
import re
import textwrap
from collections.abc import Iterable
from typing import Any

from generator.disk.folders import CONTENT
from generator.evidence.frequencies import HUNDRED
from generator.evidence.glossary import Term, mark_terms
from generator.evidence.references import READ, Reference
from generator.markup.document import Document
from generator.markup.slots import TOKEN, BlockSlot, CalloutSlot, CitationSlot, Fragment
from generator.site.anchors import with_heading_links
from generator.site.catalogue import GLOSSARY, as_file, relative
from generator.site.joined import Site
from generator.site.pictures import dimensions
from generator.site.words import plain

MEDIA = "media"
_TITLE = 50
"""Characters of a title that stands for its author."""
_SECOND_HAND = ("notes", "title")
"""Ways of reading a work that are weaker ground than the work itself."""
_LINK = re.compile(rf'<a((?: [^>]*?)?) href="{TOKEN.pattern}"([^>]*)>(</a>)?')
_IMAGE = re.compile(rf'<img((?: [^>]*?)?) src="{TOKEN.pattern}"([^>]*)>')
_CITATION = re.compile(rf"(?<!\s)\s*{TOKEN.pattern}")
_BLOCK = re.compile(rf"\n{TOKEN.pattern}\n")


class PageText:
    """The texts of one page: knows its address, counts its citations, explains each term once.

    `denominator` is what all its natural frequencies are of; `claims` are the findings that it shows;
    `explains_inline` says that a term's meaning stands in the text, not behind a tap. `names_sources` says that a
    source is cited by its author and year with a link to its own page, so that the page needs no list of its sources.
    """

    def __init__(
        self,
        site: Site,
        url: str,
        language: str,
        denominator: int = HUNDRED,
        explains_inline: bool = False,
        names_sources: bool = False,
    ) -> None:
        self.site = site
        self.url = url
        self.language = language
        self.words = site.words[language]
        self.marks: dict[str, list[str]] = {}
        self.denominator = denominator
        self.explains_inline = explains_inline
        self.names_sources = names_sources
        self.terms: dict[str, None] = {}
        self.claims: dict[str, None] = {}
        self._seen: set[str] = set()

    def href(self, url: str) -> str:
        """The relative address, from this page, of another page of the site."""
        href = relative(self.url, url)
        return as_file(href) if self.site.portable else href

    def title(self, document: Document, short: str = "") -> str:
        """An article's title, or a shorter one, as lists give it: a draft is called one."""
        title = short or document.title
        return plain(self.words, "draft_title").format(title=title) if document.is_draft else title

    def first(self, name: str) -> bool:
        """Whether this is the first time that the page asks; for what it shows once."""
        is_first = name not in self._seen
        self._seen.add(name)
        return is_first

    def inline(self, fragment: Fragment, document: Document) -> str:
        """Give one line of a document as HTML, with its terms explained."""
        return self.prose(fragment.html, document)

    def uncited(self, fragment: Fragment, document: Document) -> str:
        """Give one line of a document as HTML without its citations; where it stands with them must be linked."""
        return self.prose(_CITATION.sub(lambda match: _unless_citation(match, document), fragment.html), document)

    def plain(self, text: str) -> str:
        """Give plain text of a data file as HTML, with its terms explained."""
        return self._mark(html.escape(text, quote=False))

    def lines(self, fragments: Iterable[Fragment], document: Document) -> list[str]:
        """Give several lines of a document as HTML."""
        return [self.inline(one, document) for one in fragments]

    def body(self, document: Document) -> list[str | BlockSlot]:
        """Give a document's text as pieces of HTML with the generated blocks between them."""
        pieces: list[str | BlockSlot] = []
        end = 0
        source = document.body.html
        for match in _BLOCK.finditer(source):
            slot = document.slots[int(match.group(1))]
            if isinstance(slot, BlockSlot):
                pieces += [source[end : match.start()], slot]
                end = match.end()
        pieces.append(source[end:])
        return [one for one in pieces if isinstance(one, BlockSlot) or one.strip()]

    def prose(self, source: str, document: Document) -> str:
        """Give a piece of a document's text as HTML, with its terms explained."""
        return self._mark(self._fill(source, document))

    def text(self, source: str, document: Document) -> str:
        """Give a piece of a document's own text: prose whose headings have links."""
        return with_heading_links(self.prose(source, document), plain(self.words, "link_to_part"))

    def cite(self, keys: Iterable[tuple[str, str]]) -> str:
        """Give a citation of several works, each a key and the place in it, as HTML."""
        known = self.site.catalogue.data.references
        shown = []
        for key, locator in keys:
            if key in known:
                link = self._named(known[key]) if self.names_sources else self._numbered(key)
                shown.append(f"{link}, {html.escape(locator)}" if locator else link)
        between = "; " if self.names_sources else ", "
        return f'<span class="cite">[{between.join(shown)}]</span>' if shown else ""

    def _numbered(self, key: str) -> str:
        """The number of a work in the page's list of sources; each has an anchor, to come back to."""
        marks = self.marks.setdefault(key, [])
        number = list(self.marks).index(key) + 1
        marks.append(f"cite-{number}-{len(marks) + 1}")
        label = html.escape(plain(self.words, "source"))
        said = f'<span class="visually-hidden">{label} </span>{number}'
        return f'<a id="{marks[-1]}" href="#ref-{html.escape(key)}">{said}</a>'

    def _named(self, reference: Reference) -> str:
        """The author and the year of a work (without an author its title), with a link to its own page."""
        self.marks.setdefault(reference.key, [])
        name = reference.by or textwrap.shorten(reference.title, _TITLE, placeholder=" …")
        text = f"{name}, {reference.year}" if reference.year else name
        return f'<a href="{html.escape(self._work_href(reference))}">{html.escape(text, quote=False)}</a>'

    def _work_href(self, reference: Reference) -> str:
        return self.href(self.site.catalogue.work_url(reference, self.language))

    def references(self) -> list[dict[str, Any]]:
        """List the works that the page has cited so far, in order, each with the places that cite it."""
        known = self.site.catalogue.data.references
        return [
            {**self.reference(known[key]), "number": number, "id": f"ref-{key}", "marks": marks}
            for number, (key, marks) in enumerate(self.marks.items(), 1)
        ]

    def sources(self) -> dict[str, Any]:
        """Give what every page says of its sources: the list of them, and how each was read."""
        known = self.site.catalogue.data.references
        read = [known[key].read for key in self.marks]
        return {
            "references": [] if self.names_sources else self.references(),
            "basis": {
                "read": [{"how": how, "count": read.count(how)} for how in READ if how in read],
                "is_weak": bool(read) and all(how in _SECOND_HAND for how in read),
            },
        }

    def reference(self, reference: Reference) -> dict[str, Any]:
        """Give one work as plain data for a template."""
        return {
            "key": reference.key,
            "text": reference.text,
            "by": reference.by,
            "year": reference.year,
            "title": reference.title,
            "kind": reference.kind,
            "links": [{"label": link.label_key, "text": link.text, "url": link.url} for link in reference.links],
            "read": reference.read,
            "href": self._work_href(reference),
        }

    def _mark(self, source: str) -> str:
        matcher = self.site.matchers.get(self.language)
        return mark_terms(source, matcher, self._explain, self.terms) if matcher else source

    def _fill(self, source: str, document: Document) -> str:
        """Fill every slot. The space before a citation goes into it, so that paper without citations has no gaps."""
        source = _LINK.sub(lambda match: self._link(match, document), source)
        source = _IMAGE.sub(lambda match: self._image(match, document), source)
        filled = TOKEN.sub(lambda match: self._token(match, document), source)
        return filled.replace(' <span class="cite">', '<span class="cite"> ')

    def _link(self, match: re.Match[str], document: Document) -> str:
        before, number, after, empty = match.groups()
        target = self.site.linked[document.path].targets.get(int(number))
        if target is None:
            return f"<a{before}{after}>{empty or ''}"
        href = target.url if _is_outside(target.url) else self.href(target.url)
        rel = ' rel="noreferrer"' if target.external else ""
        title = f"{html.escape(target.title)}</a>" if empty else ""
        return f'<a{before} href="{html.escape(href)}"{rel}{after}>{title}'

    def _image(self, match: re.Match[str], document: Document) -> str:
        before, number, after = match.groups()
        path = self.site.linked[document.path].images.get(int(number))
        if path is None:
            return f"<img{before}{after}>"
        size = dimensions(self.site.catalogue.images[path].data)
        box = f' width="{size[0]}" height="{size[1]}"' if size else ""
        src = html.escape(self.href(media_url(path)))
        return f'<img{before} src="{src}"{box}{after}>'

    def _token(self, match: re.Match[str], document: Document) -> str:
        slot = document.slots[int(match.group(1))]
        if isinstance(slot, CitationSlot):
            return self.cite((one.key, one.locator) for one in slot.cited)
        if isinstance(slot, CalloutSlot):
            return html.escape(plain(self.words, f"callout_{slot.level}"))
        return ""

    def _explain(self, term: Term, found: str) -> str:
        home = self.href(f"{self.site.catalogue.page_url(GLOSSARY, self.language)}#{term.id}")
        more = html.escape(plain(self.words, "in_glossary"))
        definition = html.escape(term.definition)
        if self.explains_inline:
            return f'{found} <span class="term-inline">({definition})</span>'
        return (
            f"{_button(found, term.id)}"
            f'<span class="term-note" id="term-{term.id}" popover>'
            f"<strong>{html.escape(term.term)}</strong>: {definition}. "
            f'<a href="{html.escape(home)}">{more}</a></span>'
        )


def _button(found: str, term: str) -> str:
    """The word that is tapped. A button cannot break across lines: of several words the last one is the button, and the
    others are its label, which breaks as text does and can be tapped as well. The button's name is all of them.
    """
    before, gap, last = found.rpartition(" ")
    if not gap:
        return f'<button type="button" class="term" popovertarget="term-{term}">{found}</button>'
    name = found.replace('"', "&quot;")
    button = f'<button type="button" popovertarget="term-{term}" aria-label="{name}">{last}</button>'
    return f'<label class="term">{before} {button}</label>'


def _unless_citation(match: re.Match[str], document: Document) -> str:
    return "" if isinstance(document.slots[int(match.group(1))], CitationSlot) else match.group()


def media_url(path: str) -> str:
    """The address of a picture, by its file's path."""
    return posixpath.join("/", MEDIA, path.removeprefix(f"{CONTENT}/"))


def _is_outside(url: str) -> bool:
    return not url.startswith("/")
