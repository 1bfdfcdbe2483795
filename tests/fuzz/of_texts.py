"""What is fuzzed of articles: front matter, text, citations, blocks, code. Each gives what came of some bytes."""

from zlib import crc32

from generator.cache.cache import NOTHING_KEPT
from generator.cache.codec import decoder, from_json
from generator.making.rendering import Made, make_lot
from generator.markup.citations import read_citation
from generator.markup.code import code_html
from generator.markup.converter import Converted, convert, convert_inline
from generator.markup.directives import read_block
from generator.markup.document import Document, Settings, parse
from generator.markup.kept import as_bytes, from_bytes, inside_from, prose_from
from generator.markup.locate import in_body
from generator.output.cards.cards import Cards
from generator.problems.problem import Problem
from generator.site.filling import PageText
from generator.site.joined import Site
from generator.site.pages import written_at
from generator.sources.files import SourceFile, decode, source_file
from generator.sources.frontmatter import split
from generator.sources.kinds import KINDS
from generator.sources.schema import validate
from generator.stages.checking import check_site
from tests.fuzz.promises import are_told_well, is_harmless
from tests.fuzz.small_site import FILES, assets, bytes_of, templates, whole
from tests.helpers import at
from tests.markup.test_sanitiser import faults

ARTICLES = tuple(path for path in FILES if path.endswith(".md"))
CHANGED = "content/care/rest.md"
"""The article whose text is fuzzed."""
_HEAD = FILES[CHANGED].partition("---\n\n")[0].encode() + b"---\n\n"
_SETTINGS = Settings(
    "en", (("help", "article"), ("care", "treatment"), ("alike", "differential-diagnosis"), ("ask", "question"))
)


def front_matter(data: bytes) -> object:
    """A whole article, as one of those that the site has."""
    path = ARTICLES[crc32(data) % len(ARTICLES)]
    file = source_file(path, data)
    text, problems = decode(file)
    article, found = split(text, path) if text is not None else (None, [])
    problems += found
    for kind in KINDS.values() if article else ():
        assert article
        values, report = validate(kind.schema, article.fields)
        assert values is None or set(values) == {one.key for one in kind.schema.fields}
        problems += report.problems
    document = _parsed(file)
    are_told_well([*problems, *document.problems], {path: data})
    _is_kept_as_it_is(document)
    return document


def _parsed(file: SourceFile) -> Document:
    """Parse an article, also one that was parsed before."""
    return parse.__wrapped__(file, _SETTINGS)


def _is_kept_as_it_is(document: Document) -> None:
    outside, inside, prose = as_bytes(document)
    again = from_bytes(outside, lambda: inside_from(inside), lambda: prose_from(prose), lambda: document)
    assert again == document
    assert (again.fetch(), again.read(), again.rest()) == (document.fetch(), document.read(), document.rest())


def markdown(data: bytes) -> object:
    """The text of an article: parsed, linked, filled, checked, and rendered where nothing is wrong."""
    file = source_file(CHANGED, _HEAD + data)
    document = _parsed(file)
    assert faults(document.body.html) == []
    files = bytes_of({CHANGED: file.data})
    words = [Problem("long-sentence", "x", one.span(CHANGED)) for one in document.prose]
    are_told_well([*document.problems, *words], files)
    _is_kept_as_it_is(document)
    if not document.readable:
        return document
    sources, site = whole()
    site, linked = site.with_newer(document)
    found = [*linked, *check_site(site, sources)]
    are_told_well(found, files)
    shown = [is_filled(site, one) for one in (document,)]
    if any(one.is_error for one in (*document.problems, *found)):
        return document, found, shown
    plan = written_at(site.catalogue.url_of(document), site, assets())
    assert plan is not None
    page, _ = plan.make()
    ((made, body, text),) = make_lot(
        [Cards(None, sources.config.url, NOTHING_KEPT).told(page)], templates(), sources.config.limits.seconds
    )
    came: Made = decoder(Made)(from_json(made))
    assert came.problems == (), came.problems
    return document, found, shown, body, text


def is_filled(site: Site, document: Document) -> list[str]:
    """Give an article's text as its page shows it, piece by piece; it does no harm."""
    text = PageText(site, site.catalogue.url_of(document), document.language)
    shown = [text.text(one, document) for one in text.body(document) if isinstance(one, str)]
    for html in shown:
        is_harmless(html)
    return shown


def citations(data: bytes) -> object:
    """What stands between the brackets of a citation."""
    text = decode(source_file("t.md", data))[0] or ""
    cited, problems = read_citation(text, 0, in_body("t.md", text, 1))
    for one in cited:
        assert at(text, one.span) == one.key
    are_told_well(problems, {"t.md": text.encode()})
    return cited, problems, _converted(f"[{text}]"), _converted(f"[@{text}]")


def blocks(data: bytes) -> object:
    """Generated blocks, callouts and whatever else begins a line."""
    text = decode(source_file("t.md", data))[0] or ""
    locate = in_body("t.md", text, 1)
    found, start = [], 0
    for line in text.split("\n"):
        slot, problems = read_block(line, start, locate)
        assert (slot is None) == bool(problems)
        for word, span in slot.arguments if slot else ():
            assert at(text, span) == word
        found.append((slot, problems))
        start += len(line) + 1
    are_told_well([one for _, problems in found for one in problems], {"t.md": text.encode()})
    return found, _converted(text), _converted("> " + text.replace("\n", "\n> "))


def _converted(text: str) -> list[Converted]:
    """A text as HTML, and as one line."""
    locate = in_body("t.md", text, 1)
    made = [convert(text, locate), convert_inline(text, locate)]
    for one in made:
        assert faults(one.fragment.html) == []
        assert len(one.prose) == len(text)
        are_told_well(one.problems, {"t.md": text.encode()})
    return made


def code(data: bytes) -> object:
    """A block of code; the first line of an input is its language."""
    first, _, rest = (decode(source_file("t.md", data))[0] or "").partition("\n")
    made = code_html(rest, first.strip())
    assert faults(made) == []
    return made
