"""What a save shows at once is what a whole build shows later, and it costs one article."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cache.cache import FILE, NOTHING_KEPT, Cache
from generator.disk.folders import CACHE
from generator.markup.document import Document
from generator.markup.parser import Settings, parse
from generator.output.outputs import Output
from generator.output.render import Renderer
from generator.pipeline import Build, build
from generator.problems.problem import Problem
from generator.runtime.day import number_of_day
from generator.runtime.means import Means
from generator.site.frame import KEPT_SIZE
from generator.site.pages import Page
from generator.sources.files import SourceFile, read_file, source_file
from generator.stages import parsing
from generator.stages.joining import join_all
from generator.stages.options import Options
from generator.stages.parsing import parse_all
from generator.workbench.preview import at_once
from generator.workbench.preview.at_once import Standing
from tests.sitekit import REPOSITORY, TODAY, change, copy_site

OPTIONS = Options(today=TODAY, for_host=False)
PAGE = "content/what/hiccups.md"
ADDED = (
    "One more line of text.",
    "## Another part\n\nWith *stress*, and a [link](../help/index.md).",
    "A hiccup of the diaphragm [@hullhiccup], and a singultus.",
    "- one\n- two [@mayohiccups]\n\n1. first\n2. second",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "> A word of somebody else.",
    "A [link](nowhere.md), and a word of [@nobody].",
)
"""Texts that fit anywhere between two paragraphs of an article one folder deep."""


def built(root: Path, kept: Cache = NOTHING_KEPT) -> Build:
    return build(root, OPTIONS, means=Means(kept))


def files(done: Build) -> dict[str, Output]:
    return {one.path: one for one in done.outputs}


def standing(done: Build) -> Standing:
    found = at_once.after(done, None)
    assert found is not None
    return found


def article(root: Path, path: str = PAGE) -> SourceFile:
    file = read_file(root, path)
    assert file is not None
    return file


def shown(now: Standing, before: Build) -> dict[str, Output]:
    """All that is made at once of what stands."""
    known = files(before)
    every = [at_once.make(now, name, known.get(name), NOTHING_KEPT) for name in at_once.shown_by(now)]
    assert not any(problems for _, problems in every)
    return {one.path: one for outputs, _ in every for one in outputs if one != known.get(one.path)}


def rendered_at_once(root: Path, before: Build, *paths: str) -> dict[str, Output]:
    now: Standing = standing(before)
    for path in paths:
        newer = at_once.with_file(now, article(root, path))
        assert newer is not None, path
        now = newer
    return shown(now, before)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


@cache
def place() -> tuple[TemporaryDirectory[str], Path, Build]:
    """A site that examples change and put back, and what its build gave."""
    folder = TemporaryDirectory()
    root = copy_site("hiccups", Path(folder.name))
    return folder, root, built(root, Cache(root / FILE, 1))


def articles(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "content").rglob("*.md"))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_after_an_edit_of_a_text_the_page_is_that_of_a_whole_build(data: st.DataObject) -> None:
    _, root, before = place()
    path = data.draw(st.sampled_from([one for one in articles(root) if one.count("/") == 2]))
    text = (root / path).read_text(encoding="utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    parts = body.strip("\n").split("\n\n")
    for one in data.draw(st.lists(st.sampled_from(ADDED), min_size=1, max_size=3, unique=True)):
        parts.insert(data.draw(st.integers(0, len(parts))), one)
    try:
        (root / path).write_text(f"---\n{head}\n---\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
        now = at_once.with_file(standing(before), article(root, path))
        after = built(root)
    finally:
        (root / path).write_text(text, encoding="utf-8")
    assert now is not None
    if now.is_good:
        quick = shown(now, before)
        assert (len(quick), after.is_good) == (1, True)
        assert quick.items() <= files(after).items()
    else:
        assert {one for one in now.every_problem() if one.is_error} <= set(after.problems)


@cache
def real() -> tuple[Cache, Build]:
    """The site of this repository, and what its builds share."""
    kept = Cache(REPOSITORY / CACHE / FILE, number_of_day())
    return kept, built(REPOSITORY, kept)


def edited(added: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Standing, Build, int]:
    """What stands when a paragraph was added to one article of each kind of the real site, and to each front page of a
    section; what a whole build comes to; and how many these are."""
    kept, before = real()
    assert before.joined is not None
    sources = before.joined.sources
    every = before.joined.site.catalogue.documents.values()
    chosen = {(one.kind, one.section if one.is_index else ""): one.path for one in every}.values()
    texts = {
        one.path: source_file(one.path, one.data.rstrip(b"\n") + f"\n\n{added}\n".encode())
        for one in sources.articles
        if one.path in chosen
    }
    now: Standing | None = standing(before)
    for file in texts.values():
        assert now is not None
        now = at_once.with_file(now, file)
    assert now is not None
    newer = replace(sources, articles=tuple(texts.get(one.path, one) for one in sources.articles))
    monkeypatch.setattr("generator.pipeline.intake.read", lambda root, *_: (newer, []))
    return now, built(REPOSITORY, kept), len(texts)


def test_each_kind_of_article_of_the_real_site_is_made_at_once_as_by_a_whole_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, done, count = edited("A last line.", monkeypatch)
    quick, after = shown(now, real()[1]), files(done)
    assert len(quick) == count > 12
    assert [name for name in quick if quick[name] != after[name]] == []


def test_what_the_checks_say_of_a_text_is_said_at_once_as_by_a_whole_build(monkeypatch: pytest.MonkeyPatch) -> None:
    long = " ".join(["and so on"] * 30)
    now, done, count = edited(f"This injection is a safe cure, {long}. It is given {long}.", monkeypatch)
    assert now.every_problem() == done.problems
    codes = {one.code for one in now.every_problem()}
    assert codes >= {"uncited-paragraph", "promise-word", "long-sentence"}
    assert len(done.problems) > count


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("order: ", "order: 9"),
        ("title: ", "title: Zz "),
        ("updated: ", "aliases: [zz]\nupdated: "),
        ("related:\n  - ", "related:\n  - ../red-flags/index.md\n  - "),
    ],
)
def test_a_site_with_a_newer_article_is_as_if_all_were_joined_again(old: str, new: str) -> None:
    kept, before = real()
    assert before.joined is not None
    sources, site = before.joined.sources, before.joined.site
    file = next(
        one
        for one in sources.articles
        if one.path in site.catalogue.documents
        and not site.catalogue.documents[one.path].is_index
        and f"\n{old}".encode() in one.data
        and not (old == "updated: " and b"\naliases:" in one.data)
    )
    newer = source_file(file.path, file.data.replace(f"\n{old}".encode(), f"\n{new}".encode(), 1))
    now = at_once.with_file(standing(before), newer)
    assert now is not None
    assert now.is_good
    articles = tuple(newer if one.path == file.path else one for one in sources.articles)
    again = replace(sources, articles=articles)
    whole, _ = join_all(again, parse_all(again, means=Means(kept)).documents, TODAY)
    assert now.site.names == whole.names
    assert now.site.backlinks == whole.backlinks
    for section in sources.config.sections:
        pairs = [[one.path for one in some.catalogue.in_section(section.folder, "en-GB")] for some in (now.site, whole)]
        assert pairs[0] == pairs[1]
        fronts = [some.catalogue.index_of(section.folder, "en-GB") for some in (now.site, whole)]
        assert fronts[0] == fronts[1]


def test_a_save_costs_one_parse_and_one_page(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built(site)
    parsed: list[str] = []
    rendered: list[str] = []
    render = Renderer.render

    def count_parse(file: SourceFile, settings: Settings) -> Document:
        parsed.append(file.path)
        return parse(file, settings)

    def count_render(self: Renderer, page: Page) -> tuple[Output | None, list[Problem]]:
        rendered.append(page.url)
        return render(self, page)

    monkeypatch.setattr(parsing, "parse", count_parse)
    monkeypatch.setattr(Renderer, "render", count_render)
    change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
    quick = rendered_at_once(site, before, PAGE)
    assert b"Where does the sound come from?" in quick["what/hiccups/index.html"].body
    assert (parsed, rendered) == ([PAGE], ["/what/hiccups/"])


def test_the_front_page_of_a_section_is_made_at_once_too(site: Path) -> None:
    before = built(site)
    change(site, "content/help/index.md", "updated: 2026-11-21", "updated: 2026-11-20")
    quick = rendered_at_once(site, before, "content/help/index.md")
    assert quick["help/index.html"] == files(built(site))["help/index.html"]


def test_other_fields_show_at_once_as_well(site: Path) -> None:
    before = built(site)
    change(site, PAGE, "title: What a hiccup is", "title: What hiccups are\nnav_title: Hiccups\naliases: [hicks]")
    change(site, PAGE, "[../options/waiting.md]", "[../ask/how-long.md]")
    quick = rendered_at_once(site, before, PAGE)
    after = files(built(site))
    assert {name: one.body for name, one in quick.items()} == {name: after[name].body for name in quick}
    assert len(quick) == 2, "the page and the card with its title"


def test_only_what_other_pages_show_is_told_elsewhere(site: Path) -> None:
    now = standing(built(site))

    def is_told(old: str, new: str) -> bool:
        text = (site / PAGE).read_text(encoding="utf-8")
        assert old in text
        newer = at_once.with_file(now, source_file(PAGE, text.replace(old, new).encode()))
        assert newer is not None
        return at_once.is_told_elsewhere(PAGE, now, newer)

    assert not is_told("The vocal cords close", "The cords close")
    assert not is_told("[@mayohiccups]. See", "[@hullhiccup]. See")
    assert is_told("title: What", "title: Then what")
    assert is_told("summary: What", "summary: Then what")
    assert is_told("related: [../options/waiting.md]", "related: [../ask/how-long.md]")
    assert is_told("[when to ask for help](../help/index.md)", "[waiting](../options/waiting.md)")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: published", "status: draft"),
        ("status: published", "status: published\nlanguage: de"),
        (None, ""),
        (None, "\n \n"),
        ("", ""),
    ],
)
def test_what_only_a_whole_build_can_tell_is_left_to_it(site: Path, old: str | None, new: str) -> None:
    text = (site / PAGE).read_text(encoding="utf-8")
    changed = new if old is None else text.replace(old, new, 1)
    assert at_once.with_file(standing(built(site)), source_file(PAGE, changed.encode())) is None


def test_a_file_that_is_no_page_yet_and_one_that_is_too_large_are_left_to_a_whole_build(site: Path) -> None:
    now = standing(built(site))
    data = article(site).data
    assert at_once.with_file(now, source_file("content/what/new.md", data)) is None
    assert at_once.with_file(now, source_file(PAGE, data + b"\n" * now.good.sources.config.limits.file_size)) is None


def test_what_is_wrong_with_an_article_is_found_at_once_as_by_a_whole_build(site: Path) -> None:
    before = standing(built(site))
    change(site, PAGE, "../help/index.md", "../help/nowhere.md")
    change(site, PAGE, "updated: 2026-11-21", "updated: soon")
    now = at_once.with_file(before, article(site))
    assert now is not None
    assert not now.is_good
    assert now.every_problem() == built(site).problems


def test_front_matter_that_cannot_be_read_is_found_at_once(site: Path) -> None:
    before = standing(built(site))
    change(site, PAGE, "title: What a hiccup is", "title: [")
    now = at_once.with_file(before, article(site))
    assert now is not None
    assert [one.code for one in now.every_problem() if one.is_error] == ["bad-yaml"]
    assert at_once.shown_by(now) == ()


def test_after_a_bad_build_a_mend_shows_all_that_was_saved_meanwhile(site: Path) -> None:
    first = built(site)
    change(site, PAGE, "../help/index.md", "../help/nowhere.md")
    change(site, "content/options/waiting.md", "updated: 2026-11-21", "updated: 2026-11-20")
    bad = built(site)
    now = at_once.after(bad, standing(first))
    assert now is not None
    assert now.every_problem() == bad.problems
    change(site, PAGE, "../help/nowhere.md", "../help/index.md#when")
    still = at_once.with_file(now, article(site))
    assert still is not None
    assert [one.code for one in still.every_problem() if one.is_error] == ["broken-anchor"]
    change(site, PAGE, "../help/index.md#when", "../help/index.md")
    change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
    mended = at_once.with_file(still, article(site))
    assert mended is not None
    assert mended.is_good
    after = files(built(site))
    quick = shown(mended, first)
    assert sorted(quick) == ["options/waiting/index.html", "what/hiccups/index.html"]
    assert quick["what/hiccups/index.html"] == after["what/hiccups/index.html"]


def test_an_error_that_the_article_alone_does_not_show_stays_until_a_whole_build(site: Path) -> None:
    first = built(site)
    change(site, "content/people.yaml", "roles: [author]", "roles: [reviewer]")
    assert at_once.after(built(site), standing(first)) is None, "what is wrong is not in an article"


@pytest.mark.parametrize("name", ["templates/base.html", "content/people.yaml", "static/css/site.css"])
def test_after_a_bad_build_for_other_files_nothing_is_shown_at_once(site: Path, name: str) -> None:
    first = built(site)
    with (site / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    change(site, PAGE, "../help/index.md", "../help/nowhere.md")
    assert at_once.after(built(site), standing(first)) is None


def test_a_page_that_does_not_say_the_size_of_the_site_where_it_did_is_not_made_at_once(site: Path) -> None:
    before = built(site)
    change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
    now = at_once.with_file(standing(before), article(site))
    assert now is not None
    name = "what/hiccups/index.html"
    made, _ = at_once.make(now, name, None, NOTHING_KEPT)
    assert (KEPT_SIZE.encode() in files(before)[name].body, made) == (False, [])


def test_pages_that_are_made_from_no_article_alone_are_left_as_they_are(site: Path) -> None:
    now = standing(built(site))
    for name in ("glossary/index.html", "404.html", "hiccough/index.html", "feed.xml", "nowhere/index.html"):
        assert at_once.make(now, name, None, NOTHING_KEPT) == ([], []), name


def test_lists_of_articles_are_made_as_by_a_whole_build(site: Path) -> None:
    before = built(site)
    known = files(before)
    for name in ("index.html", "what/index.html", "ask/index.html", "ask/basics/index.html", "help/index.html"):
        made, problems = at_once.make(standing(before), name, known[name], NOTHING_KEPT)
        assert (made[0], problems) == (known[name], []), name
