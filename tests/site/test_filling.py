"""The texts of a page: links relative to it, citations numbered as they appear, terms explained once."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.site.filling import PageText, media_url
from generator.site.joined import Site
from generator.site.pictures import dimensions
from tests.helpers import Files, article, elements, joined, make_site

PAGE = "content/help/page.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10.4 20"/>'
WORKS = json.dumps([{"id": key, "type": "book", "title": "<b>", "custom": {"read": "page"}} for key in "abc"])
TERMS = '- {id: cold, term: cold, forms: [colds], definition: "an illness of <nose> & throat", sources: [a]}\n'


def filled(tmp_path: Path, body: str, files: Files | None = None) -> tuple[str, PageText, Site]:
    others = {
        PAGE: article(f"\n{body}\n"),
        "content/references.json": WORKS,
        "content/help/a.svg": SVG,
        **(files or {}),
    }
    site, problems = joined(make_site(tmp_path, others))
    assert [one for one in problems if one.is_error] == []
    document = site.catalogue.documents[PAGE]
    page = PageText(site, "/help/page/", "en")
    pieces = [page.prose(one, document) for one in page.body(document) if isinstance(one, str)]
    return "".join(pieces), page, site


def found(html: str, tag: str) -> list[dict[str, str]]:
    return [attributes for name, attributes in elements(html) if name == tag]


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("../care/rest.md#what-it-does", "../../care/rest/#what-it-does"),
        ("index.md", "../"),
        ("page.md", "./"),
        ("../index.md", "../../"),
        ("../references.json#a", "../../references/#a"),
    ],
)
def test_a_link_is_relative_to_the_page_it_stands_on(tmp_path: Path, written: str, href: str) -> None:
    html, _, _ = filled(tmp_path, f"[a]({written})")
    assert found(html, "a") == [{"href": href}]


def test_a_link_to_elsewhere_says_nothing_of_where_it_was_clicked(tmp_path: Path) -> None:
    html, _, _ = filled(tmp_path, '[a](https://example.org/?a=1&b=2 "title") [b](mailto:a@b.c)')
    assert found(html, "a") == [
        {"href": "https://example.org/?a=1&b=2", "rel": "noreferrer", "title": "title"},
        {"href": "mailto:a@b.c"},
    ]


def test_a_link_without_a_text_takes_the_title_of_its_page(tmp_path: Path) -> None:
    rest = article("", title='"Rest & <b>sleep</b>"')
    html, _, _ = filled(tmp_path, "[](rest.md)", {"content/help/rest.md": rest})
    assert ">Rest &amp; &lt;b&gt;sleep&lt;/b&gt;</a>" in html


def test_works_are_numbered_in_the_order_in_which_they_are_first_cited(tmp_path: Path) -> None:
    html, page, _ = filled(tmp_path, "x [@b] y [@a, table 2; @b] z [@b]")
    links = found(html, "a")
    assert [one["href"] for one in links] == ["#ref-b", "#ref-a", "#ref-b", "#ref-b"]
    assert [one["key"] for one in page.references()] == ["b", "a"]
    assert "</span>2</a>, table 2" in html


def test_every_citation_can_be_gone_back_to_from_the_list(tmp_path: Path) -> None:
    html, page, _ = filled(tmp_path, "x [@b] y [@a; @b]")
    ids = [one["id"] for one in found(html, "a")]
    marks: list[Any] = [mark for one in page.references() for mark in one["marks"]]
    assert sorted(ids) == sorted(marks)
    assert len(set(ids)) == 3


def test_the_place_in_a_work_is_text_and_never_html(tmp_path: Path) -> None:
    html, _, _ = filled(tmp_path, "[@a, p. 3 & <b>4</b>]")
    assert found(html, "b") == []
    assert "p. 3 &amp; &lt;b&gt;4&lt;/b&gt;" in html


def test_a_term_is_explained_once_a_page_and_its_words_are_text(tmp_path: Path) -> None:
    html, page, _ = filled(tmp_path, "A cold. Two colds.", {"content/glossary.yaml": TERMS})
    assert [one["popovertarget"] for one in found(html, "button")] == ["term-cold"]
    assert "an illness of &lt;nose&gt; &amp; throat" in html
    assert list(page.terms) == ["cold"]
    assert {"href": "../../glossary/#cold"} in found(html, "a")


def test_a_text_of_a_record_is_never_html_and_keeps_its_marks_of_quotation(tmp_path: Path) -> None:
    _, page, _ = filled(tmp_path, "")
    assert page.plain('a "b" & <c>') == 'a "b" &amp; &lt;c&gt;'


def test_one_word_is_a_button_by_itself(tmp_path: Path) -> None:
    html, _, _ = filled(tmp_path, "A cold.", {"content/glossary.yaml": TERMS})
    assert '<button type="button" class="term" popovertarget="term-cold">cold</button>' in html


def test_marks_of_quotation_in_a_term_stay_in_the_name_of_its_button(tmp_path: Path) -> None:
    terms = TERMS.replace("term: cold,", "term: 'so \"called\" cold',").replace("forms: [colds], ", "")
    html, _, _ = filled(tmp_path, 'A so "called" cold.', {"content/glossary.yaml": terms})
    assert [one["aria-label"] for one in found(html, "button")] == ['so "called" cold']


def test_of_several_words_the_last_is_the_button_and_all_are_its_name(tmp_path: Path) -> None:
    terms = TERMS.replace("term: cold,", "term: common cold,").replace("forms: [colds], ", "")
    html, _, _ = filled(tmp_path, "A common cold.", {"content/glossary.yaml": terms})
    assert found(html, "button") == [{"type": "button", "popovertarget": "term-cold", "aria-label": "common cold"}]
    assert '<label class="term"><span aria-hidden="true">common</span> <button' in html
    assert ">cold</button></label>" in html


def test_a_page_may_explain_its_terms_in_its_text(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, {"content/glossary.yaml": TERMS}))
    page = PageText(site, "/help/", "en", explains_inline=True)
    assert page.plain("A cold that is a cold") == (
        'A cold <span class="term-inline">(an illness of &lt;nose&gt; &amp; throat)</span> that is a cold'
    )
    assert list(page.terms) == ["cold"]


def test_a_picture_s_address_is_relative_to_the_page_and_its_size_is_known(tmp_path: Path) -> None:
    html, _, _ = filled(tmp_path, "![x](a.svg)")
    assert found(html, "img") == [{"src": "../../media/help/a.svg", "width": "10", "height": "20", "alt": "x"}]


def test_a_callout_is_labelled_in_the_page_s_language(tmp_path: Path) -> None:
    html, page, _ = filled(tmp_path, "> [!CAUTION]\n> words")
    assert f'<p class="callout-label">{page.words["callout_emergency"]}</p>' in html


def test_no_token_is_left_over(tmp_path: Path) -> None:
    text = "[a](index.md) [@a] ![x](a.svg)\n\n> [!NOTE]\n> x\n\n::options\n\n```\n[@a]\n```\n"
    html, _, _ = filled(tmp_path, text)
    assert not {"\ue000", "\ue001"} & set(html)


def test_blocks_stand_between_the_pieces_of_text_in_their_order(tmp_path: Path) -> None:
    _, page, site = filled(tmp_path, "one\n\n::options\n\ntwo\n\n::red-flags\n")
    pieces = page.body(site.catalogue.documents[PAGE])
    assert [one if isinstance(one, str) else one.name for one in pieces] == [
        pieces[0],
        "options",
        pieces[2],
        "red-flags",
    ]
    assert "one" in str(pieces[0])
    assert "two" in str(pieces[2])


def test_a_title_cannot_bring_in_a_token_or_html(tmp_path: Path) -> None:
    html, _, _ = filled(tmp_path, "[a](index.md 'x > y <b> \" &amp;') [@a]")
    assert found(html, "b") == []
    assert found(html, "a")[0]["href"] == "../"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x20", (16, 32)),
        (b"\x89PNG\r\n\x1a\n", None),
        (SVG.encode(), (10, 20)),
        (b"<svg/>", None),
        (b"", None),
        (b"\xff\xd8\xff", None),
        (b'<svg viewBox="0 0 . 1..2">', None),
        (b'<svg viewBox="0 0 1.2.3 4">', None),
        (b'<svg viewBox="0 0 ' + b"9" * 500 + b' 4">', None),
        (b'<svg viewBox="-1 -.5 .5 12.75">', (0, 13)),
    ],
)
def test_the_size_of_a_picture_is_read_where_it_can_be(data: bytes, size: tuple[int, int] | None) -> None:
    assert dimensions(data) == size


def test_a_picture_keeps_its_folder() -> None:
    assert media_url("content/help/a.svg") == "/media/help/a.svg"


def test_a_line_without_its_citations_has_no_gap_where_they_stood(tmp_path: Path) -> None:
    _, page, _ = filled(tmp_path, "Soft [@a]. See [b](../care/rest.md), firm [@a; @b]")
    page = PageText(page.site, "/help/page/", "en")
    (document,) = [one for one in page.site.catalogue.documents.values() if one.path == PAGE]
    assert page.uncited(document.body, document).strip() == '<p>Soft. See <a href="../../care/rest/">b</a>, firm</p>'
    assert page.references() == []


ISSUED: dict[str, Any] = {"author": [{"family": "Lee"}], "issued": {"date-parts": [[2001]]}}


def work(name: str, read: str = "page", **fields: Any) -> dict[str, Any]:
    return {"id": name, "type": "book", "title": "A long title " * 5 + "end", "custom": {"read": read}, **fields}


def cited(root: Path, works: list[dict[str, Any]], keys: list[tuple[str, str]]) -> PageText:
    """A page that names its sources, after it has cited some works."""
    site, problems = joined(make_site(root, {"content/references.json": json.dumps(works)}))
    assert [one for one in problems if one.is_error] == []
    page = PageText(site, "/help/", "en", names_sources=True)
    page.cite(keys)
    return page


def test_a_page_may_name_its_sources_by_author_and_year_or_by_the_beginning_of_the_title(tmp_path: Path) -> None:
    page = cited(tmp_path, [work("by", **ISSUED), work("untitled")], [])
    assert page.cite([("by", "p. 3"), ("untitled", "")]) == (
        '<span class="cite">[<a href="../references/by/">Lee, 2001</a>, p. 3; '
        '<a href="../references/untitled/">A long title A long title A long title A long …</a>]</span>'
    )
    assert page.sources()["references"] == []


@pytest.mark.parametrize(
    ("reads", "is_weak"),
    [
        ((), False),
        (("title",), True),
        (("title", "notes"), True),
        (("title", "abstract"), False),
        (("full-text",), False),
    ],
)
def test_a_page_whose_works_were_read_at_second_hand_alone_rests_on_weak_ground(
    tmp_path: Path, reads: tuple[str, ...], is_weak: bool
) -> None:
    works = [work(f"work{number}", read) for number, read in enumerate(reads)]
    basis = cited(tmp_path, works, [(one["id"], "") for one in works]).sources()["basis"]
    assert basis["is_weak"] is is_weak
    assert {one["how"]: one["count"] for one in basis["read"]} == dict.fromkeys(reads, 1)
