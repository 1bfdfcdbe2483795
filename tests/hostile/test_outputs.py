"""All files of a hostile site that are no HTML: whatever was written is data in them, and never a rule or a tag."""

import io
import json
import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from markdown_it import MarkdownIt

from generator.pipeline import Build
from tests.hostile.hostile_site import Hostile
from tests.sitekit import site_of

_ANSWER = re.compile(r"(?<![0-9a-f])1337(?![0-9a-f])")
"""What `7*191` is; digests may hold these digits too."""
_QUESTION = "7*191"
_ADDRESS = r"/[A-Za-z0-9/._-]*"
_IN_BOOK = ("script", "iframe", "object", "embed", "form", "base", "foreignObject")


def ending(done: Build, *ends: str) -> dict[str, str]:
    """The texts of the files whose names end so."""
    return {one.path: one.body.decode("utf-8") for one in done.outputs if one.path.endswith(ends)}


def tags(text: str | bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of XML, which is an error where it is not well-formed or has a document type."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.Parse(text, True)
    return found


def test_every_attack_has_become_a_page(made: tuple[Hostile, Build]) -> None:
    _, done = made
    assert len(ending(done, ".html")) > 500


def test_no_template_is_evaluated(made: tuple[Hostile, Build]) -> None:
    _, done = made
    texts = ending(done, ".html", ".json", ".xml", ".md", ".txt", ".webmanifest")
    assert [path for path, text in texts.items() if _ANSWER.search(text)] == []
    assert sum(text.count(_QUESTION) for text in texts.values()) > 50


def test_no_file_of_the_machine_is_in_the_site(made: tuple[Hostile, Build]) -> None:
    _, done = made
    assert [one.path for one in done.outputs if b"root:x:0" in one.body or b"a secret" in one.body] == []


def test_what_machines_read_on_pages_cannot_end_its_script(made: tuple[Hostile, Build]) -> None:
    _, done = made
    blocks = [
        block
        for text in ending(done, ".html").values()
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script', text, re.DOTALL)
    ]
    assert len(blocks) > 500
    assert [block for block in blocks if "<" in block] == []
    assert any("script" in one for block in blocks for one in json.dumps(json.loads(block)).split())


def test_json_is_json(made: tuple[Hostile, Build]) -> None:
    _, done = made
    for text in ending(done, ".json", ".webmanifest").values():
        json.loads(text)


def test_xml_is_well_formed_and_holds_no_tag_of_an_attack(made: tuple[Hostile, Build]) -> None:
    _, done = made
    found = {name for text in ending(done, ".xml").values() for name, _ in tags(text)}
    assert found & {*_IN_BOOK, "img", "svg", "b"} == set()
    assert "entry" in found


def test_a_page_in_markdown_holds_no_html_and_no_link_to_a_script(made: tuple[Hostile, Build]) -> None:
    _, done = made
    parser = MarkdownIt("commonmark").enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    html, addresses = [], []
    for path, text in ending(done, ".md").items():
        for token in parser.parse(text):
            for one in (token, *(token.children or ())):
                html += [(path, one.content)] if one.type.startswith("html") else []
                addresses += [(path, str(value)) for key, value in one.attrs.items() if key in ("href", "src")]
    assert html == []
    assert [one for one in addresses if not re.match(r"https?://|mailto:|tel:|#", one[1])] == []


def test_hosts_get_rules_of_one_form(made: tuple[Hostile, Build]) -> None:
    _, done = made
    rules = {one.path: one.body.decode() for one in site_of(done).aside or ()}
    redirects = next(text for path, text in rules.items() if path.endswith("_redirects"))
    for line in redirects.splitlines()[1:]:
        assert re.fullmatch(rf"{_ADDRESS} {_ADDRESS} 301!?", line), line
    headers = next(text for path, text in rules.items() if path.endswith("_headers"))
    for line in headers.splitlines()[1:]:
        assert re.fullmatch(rf"{_ADDRESS}\*?|  [A-Z][A-Za-z-]+: [ -~]+", line), line
    nginx = rules["nginx/site.conf"]
    for line in re.findall(r"^ +(?:location =|return 301) .*$", nginx, re.MULTILINE):
        assert re.fullmatch(rf" +location = {_ADDRESS} {{| +return 301 {_ADDRESS};", line), line
    assert "evil" not in nginx + redirects + headers


def test_the_book_holds_nothing_that_runs_or_loads(made: tuple[Hostile, Build]) -> None:
    _, done = made
    (book,) = [one.body for one in done.outputs if one.path.endswith(".epub")]
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = archive.namelist()
        assert [name for name in names if name.startswith("/") or ".." in Path(name).parts] == []
        for name in names:
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                for tag, attributes in tags(archive.read(name)):
                    assert tag not in _IN_BOOK, name
                    assert [key for key in attributes if key.startswith("on")] == [], name
                    assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get("href", "")), name
                    assert not attributes.get("src", "").startswith(("http", "//", "data:")), name


def test_sitemap_and_robots_name_our_own_pages_alone(made: tuple[Hostile, Build]) -> None:
    _, done = made
    places = re.findall(r"<loc>(.*?)</loc>", ending(done, "sitemap.xml")["sitemap.xml"])
    assert len(places) > 500
    assert [one for one in places if not re.fullmatch(rf"https://example\.org{_ADDRESS}", one)] == []
