"""What a text points at is found, and what points at nothing is reported where it stands, with the nearest name."""

from pathlib import Path

import pytest

from generator.problems.problem import Problem
from generator.site.joined import Site
from tests.helpers import CLAIM_TEXT, DEFAULT, REFERENCE, Files, article, at, joined, make_site

PAGE = "content/help/page.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"/>'
TERMS = "- {id: cold, term: cold, forms: [], definition: an illness, sources: [smith2001]}\n"


def linked(tmp_path: Path, body: str, more: str = "", files: Files | None = None) -> tuple[Site, list[Problem], str]:
    text = article(f"\n## Here\n\n{body}\n", more=more)
    others = {
        PAGE: text,
        "content/claims/rest.yaml": CLAIM_TEXT,
        "content/help/a.svg": SVG,
        "content/glossary.yaml": TERMS,
        "content/care/draft.md": DEFAULT["content/care/rest.md"].replace("published", "draft"),
    }
    site, problems = joined(make_site(tmp_path, {**others, **(files or {})}))
    return site, problems, text


@pytest.mark.parametrize(
    ("written", "url", "title"),
    [
        ("index.md", "/help/", "Help"),
        ("../care/rest.md", "/care/rest/", "Rest"),
        ("../care/rest.md#what-it-does", "/care/rest/#what-it-does", "What it does"),
        ("../care/../care/./rest.md", "/care/rest/", "Rest"),
        ("../care/%72est.md", "/care/rest/", "Rest"),
        ("#here", "/help/page/#here", "Here"),
        ("page.md#here", "/help/page/#here", "Here"),
        ("../index.md", "/", "Home"),
        ("../care/", "/care/", "Care"),
        ("../care", "/care/", "Care"),
        ("../glossary.yaml#cold", "/glossary/#cold", "cold"),
        ("../references.json#smith2001", "/references/#smith2001", "smith2001"),
        ("../red-flags.yaml", "/help/", "Help"),
        ("https://example.org/x?a=b#c", "https://example.org/x?a=b#c", "https://example.org/x?a=b#c"),
        ("mailto:a@example.org", "mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+123", "tel:+123", "tel:+123"),
        ("HTTPS://example.org", "HTTPS://example.org", "HTTPS://example.org"),
    ],
)
def test_a_link_leads_where_it_would_on_github(tmp_path: Path, written: str, url: str, title: str) -> None:
    site, problems, _ = linked(tmp_path, f"[a]({written})")
    (target,) = site.linked[PAGE].targets.values()
    assert (target.url, target.title) == (url, title)
    assert [one for one in problems if one.code != "missing-file"] == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("nowhere.md", "broken-link"),
        ("../care/rest", "broken-link"),
        ("../../../etc/passwd", "broken-link"),
        ("/care/rest/", "broken-link"),
        ("../site.yaml", "broken-link"),
        ("../asks/", "broken-link"),
        ("page.md?x=1", "broken-link"),
        ("../care/rest.md#nothing", "broken-anchor"),
        ("#nothing", "broken-anchor"),
        ("../glossary.yaml#nothing", "broken-anchor"),
        ("../care/draft.md", "unpublished-link"),
        ("javascript:alert(1)", "unsafe-link"),
        ("JAVASCRIPT:alert(1)", "unsafe-link"),
        ("data:text/html,x", "unsafe-link"),
        ("vbscript:x", "unsafe-link"),
        ("file:///etc/passwd", "unsafe-link"),
        ("//example.org", "unsafe-link"),
        ("&#106;avascript:alert(1)", None),
        ("java%73cript:alert(1)", None),
    ],
)
def test_a_link_that_leads_nowhere_or_astray_is_reported_at_its_destination(
    tmp_path: Path, written: str, code: str | None
) -> None:
    site, problems, text = linked(tmp_path, f"one [a]({written}) two")
    (problem,) = problems
    assert problem.code == code if code else problem.is_error
    assert at(text, problem.span) == written
    assert site.linked[PAGE].targets == {}


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("../care/rst.md", '"../care/rest.md"'),
        ("rest.md", '"../care/rest.md"'),
        ("#hre", '"here"'),
        ("../care/rest.md#what-it-dose", '"what-it-does"'),
        ("#xyz", "known: here"),
        ("rest.md#xyz", "known: none"),
        ("../glossary.yaml#clod", '"cold"'),
        ("../glossary.yaml#xyz", "write an id of that file"),
    ],
)
def test_the_nearest_name_is_proposed(tmp_path: Path, written: str, hint: str) -> None:
    bare = {"content/help/rest.md": article("", title="R")} if written.startswith("rest.md#") else {}
    _, (problem,), _ = linked(tmp_path, f"[a]({written})", files=bare)
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("written", "external"),
    [("https://example.org/", True), ("HTTP://example.org/", True), ("tel:+123", False), ("index.md", False)],
)
def test_only_what_leads_to_another_site_is_elsewhere(tmp_path: Path, written: str, external: bool) -> None:
    site, _, _ = linked(tmp_path, f"[a]({written})")
    (target,) = site.linked[PAGE].targets.values()
    assert target.external is external


def test_an_address_that_looks_like_another_is_refused(tmp_path: Path) -> None:
    site, (problem,), _ = linked(tmp_path, "[a](https://example.org@example.com/)")
    assert (problem.code, site.linked[PAGE].targets) == ("misleading-link", {})


def test_a_link_to_a_page_that_cannot_be_read_is_not_wrong_as_well(tmp_path: Path) -> None:
    broken = DEFAULT["content/care/rest.md"].replace("title: Rest", "title: [")
    site, problems, _ = linked(tmp_path, "[a](../care/broken.md)", files={"content/care/broken.md": broken})
    assert {one.span.path for one in problems} == {"content/care/broken.md"}
    assert "content/care/broken.md" in site.catalogue.hidden


def test_a_draft_may_link_to_its_own_headings(tmp_path: Path) -> None:
    draft = DEFAULT["content/care/rest.md"].replace("published", "draft") + "\n[a](#what-it-does)\n"
    _, problems, _ = linked(tmp_path, "", files={"content/care/draft.md": draft})
    assert problems == []


def test_an_empty_link_is_reported(tmp_path: Path) -> None:
    _, problems, _ = linked(tmp_path, "[a]()")
    assert [one.code for one in problems] == ["broken-link"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("b.svg", "missing-picture"),
        ("page.md", "picture-type"),
        ("a.gif", "picture-type"),
        ("https://example.org/a.png", "unsafe-link"),
        ("//example.org/a.png", "unsafe-link"),
        ("data:image/png;base64,AAAA", "unsafe-link"),
        ("../../../../a.svg", "missing-picture"),
    ],
)
def test_a_picture_that_is_not_there_or_not_ours_is_reported(tmp_path: Path, written: str, code: str) -> None:
    _, (problem,), text = linked(tmp_path, f"![a]({written})")
    assert (problem.code, at(text, problem.span)) == (code, written)


def test_a_picture_is_found(tmp_path: Path) -> None:
    site, problems, _ = linked(tmp_path, "![a](a.svg) ![a](../help/a.svg)")
    assert set(site.linked[PAGE].images.values()) == {"content/help/a.svg"}
    assert problems == []


def test_every_key_of_a_citation_is_looked_up_and_reported_where_it_stands(tmp_path: Path) -> None:
    site, (problem,), text = linked(tmp_path, "a [@smith2001; @smith2002, table 3]")
    assert (problem.code, at(text, problem.span)) == ("unknown-citation", "smith2002")
    assert problem.hint == 'did you mean "smith2001"?'
    assert site.linked[PAGE].cited == ("smith2001",)


def test_a_link_to_the_signs_leads_to_the_site_s_own_language_where_another_has_no_page_on_them(tmp_path: Path) -> None:
    german = DEFAULT["content/care/rest.md"].replace("title: Rest", "title: Ruhe\nlanguage: de")
    files = {"content/care/ruhe.md": f"{german}\n[](../red-flags.yaml)\n"}
    site, problems, _ = linked(tmp_path, "", files=files)
    (target,) = site.linked["content/care/ruhe.md"].targets.values()
    assert (target.url, target.title) == ("/help/", "Help")
    assert {one.code for one in problems} == {"missing-word"}


def test_a_work_that_a_block_names_is_cited(tmp_path: Path) -> None:
    site, problems, _ = linked(tmp_path, "::references{smith2001}")
    assert (site.linked[PAGE].cited, problems) == (("smith2001",), [])


def test_the_key_of_a_reference_outside_of_brackets_is_reported_and_other_words_are_not(tmp_path: Path) -> None:
    more = f'[{REFERENCE}, {{"id": "ng59", "type": "report", "title": "A", "custom": {{"read": "page"}}}}]\n'
    files = {"content/references.json": more}
    _, (problem,), text = linked(tmp_path, "a (@ng59) or @maria or a@ng59", files=files)
    assert (problem.code, at(text, problem.span), problem.hint) == ("bad-citation", "@ng59", "write [@ng59]")


def test_a_citation_in_code_cites_nothing(tmp_path: Path) -> None:
    site, problems, _ = linked(tmp_path, "`[@nobody]`\n\n    [@nobody] [a](nowhere.md)\n")
    assert (site.linked[PAGE].cited, problems) == ((), [])


def test_an_argument_of_a_block_that_names_nothing_is_reported(tmp_path: Path) -> None:
    _, (problem,), text = linked(tmp_path, "::options{rest, rst}")
    assert (problem.code, at(text, problem.span)) == ("block-argument", "rst")


@pytest.mark.parametrize(
    ("more", "code", "shown"),
    [
        ("related: [page.md]\n", "self-link", "page.md"),
        ("related: [../care/rst.md]\n", "unknown-page", "../care/rst.md"),
        ("related: [../care/draft.md]\n", "unpublished-link", "../care/draft.md"),
    ],
)
def test_a_related_page_that_is_none_is_reported(tmp_path: Path, more: str, code: str, shown: str) -> None:
    _, (problem,), text = linked(tmp_path, "", more)
    assert (problem.code, at(text, problem.span)) == (code, shown)


def test_a_related_page_that_is_named_by_its_address_is_told_by_its_path(tmp_path: Path) -> None:
    _, (problem,), _ = linked(tmp_path, "", "related: [/care/rest/]\n")
    assert problem.hint == 'write it relative to this file: "../care/rest.md"'


def test_who_links_here_is_known_and_drafts_do_not_count(tmp_path: Path) -> None:
    draft = DEFAULT["content/care/rest.md"].replace("published", "draft") + "\n[a](../help/page.md)\n"
    files = {
        "content/care/draft.md": draft,
        "content/care/rest.md": DEFAULT["content/care/rest.md"] + "\n[a](../help/page.md)\n",
    }
    site, _, _ = linked(tmp_path, "", files=files)
    assert site.backlinks[PAGE] == ("content/care/rest.md",)


def test_mistakes_in_a_draft_are_found_before_it_is_published(tmp_path: Path) -> None:
    draft = DEFAULT["content/care/rest.md"].replace("published", "draft") + "\n[a](nowhere.md)\n"
    _, problems, _ = linked(tmp_path, "", files={"content/care/draft.md": draft})
    assert [one.code for one in problems] == ["broken-link"]


@pytest.mark.parametrize(
    ("body", "code", "hint"),
    [
        ("[a](/care/rest/)", "broken-link", '"../care/rest.md"'),
        ("[a](/care/rest)", "broken-link", '"../care/rest.md"'),
        ("[a](/nowhere/)", "broken-link", "write it relative to this file, so that"),
        ("![a](boat.svg)", "missing-picture", "add the file content/help/boat.svg"),
        ("![a](baot-house.svg)", "missing-picture", '"boat-house.svg"'),
        ("[a](content/care/rest.md)", "broken-link", '"../care/rest.md"'),
        ("[a](../care/xyzzy.md)", "broken-link", "that folder has: ../care/rest.md"),
        ("[a](www.example.org/rest)", "broken-link", "begins with https://"),
        ("[a] (../care/rest.md)", "broken-link", "[words](address)"),
        ("[a] (https://example.org/x)", "broken-link", "[words](address)"),
        ("![a](boat.png)", "missing-picture", "content/help/boat.png"),
        ("Words [smith2001].", "bad-citation", "write [@smith2001]"),
        ("Words [smith2001; jones1999].", "bad-citation", "write [@smith2001; @jones1999]"),
    ],
)
def test_a_slip_with_brackets_or_paths_is_told_with_what_to_write(
    tmp_path: Path, body: str, code: str, hint: str
) -> None:
    _, problems, _ = linked(tmp_path, body, files={"content/help/boat-house.svg": SVG})
    (problem,) = [one for one in problems if one.code != "missing-file"]
    assert problem.code == code
    assert hint in problem.hint


@pytest.mark.parametrize(
    "body", ["Words [sic] (see below).", "[smith2001]\n\n[smith2001]: ../care/rest.md", "`[smith2001]`", "[x] (a.b)"]
)
def test_brackets_that_hold_no_key_and_no_path_are_words(tmp_path: Path, body: str) -> None:
    _, problems, _ = linked(tmp_path, body)
    assert [one for one in problems if one.code != "missing-file"] == []


def test_paths_in_a_folder_that_is_no_section_are_judged_once_the_file_is_moved(tmp_path: Path) -> None:
    stray = article("\nWords [@jones1999]. [a](rest.md)\n", more="related: [gone.md]\n")
    _, problems, _ = linked(tmp_path, "Words.", files={"content/caer/stray.md": stray})
    assert [one.code for one in problems if one.span.path == "content/caer/stray.md"] == [
        "unknown-section",
        "unknown-citation",
    ]
