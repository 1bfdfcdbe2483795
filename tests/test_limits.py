"""The limits of site.yaml: what is beyond one is named, and what takes too long is stopped, while all else goes on."""

import gc
import importlib
import pkgutil
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import generator
from generator.cache.cache import Cache
from generator.checks import article as checks
from generator.config import Config, read_config
from generator.markup.bounds import check_bounds
from generator.markup.document import Document
from generator.markup.parser import Settings, parse
from generator.pipeline import Build, build
from generator.problems.problem import Problem
from generator.runtime.deadline import TakesTooLong, within
from generator.runtime.means import ALONE, Means
from generator.runtime.workers import Workers
from generator.site import linker, plans
from generator.site.page_kinds.articles import article as article_page
from generator.sources.files import SourceFile
from generator.sources.limits import DEFAULTS, Limit, Limits, every_limit
from generator.stages import parsing
from generator.stages.options import Options
from generator.stages.parsing import parse_in_time
from generator.workbench.preview import at_once
from generator.workbench.preview.serve import attempt
from tests.helpers import DEFAULT, article, codes, document, file, make_site
from tests.sitekit import REPOSITORY, TODAY, change

OPTIONS = Options(today=TODAY)
SLOW = "content/help/slow.md"
OTHER = "content/help/other.md"


def for_ever(*_: object, **__: object) -> None:
    while True:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page that will be slow, one that is wrong, and a second in which to make each."""
    limited = DEFAULT["site.yaml"].replace("limits: {", "limits: {seconds: 1, ")
    files = {"site.yaml": limited, SLOW: article("\n## Slow\n\nWords.\n"), OTHER: article("\n[a](gone.md)\n")}
    shutil.copytree(REPOSITORY / "static", tmp_path / "site" / "static")
    return make_site(tmp_path / "site", files)


def good(site: Path) -> None:
    change(site, OTHER, "[a](gone.md)", "[a](slow.md)")


def found(done: Build) -> set[tuple[str, str]]:
    return {(one.code, one.span.path) for one in done.problems if one.is_error}


def slow(function: Callable[..., object]) -> Callable[..., object]:
    """Make a function that never ends where it is given the slow page."""

    def made(first: object, *more: object, **named: object) -> object:
        name = first.path if isinstance(first, SourceFile | Document) else first
        if name == SLOW:
            for_ever()
        return function(first, *more, **named)

    return made


STEPS: dict[str, tuple[object, str]] = {
    "parse": (parsing, "parse"),
    "link": (linker, "link_document"),
    "check": (checks, "check_text"),
}


@pytest.mark.parametrize("step", STEPS)
def test_an_article_that_takes_too_long_is_named_and_the_others_are_read(
    site: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name = STEPS[step]
    monkeypatch.setattr(module, name, slow(getattr(module, name)))
    done = build(site, OPTIONS)
    assert found(done) == {("takes-too-long", SLOW), ("broken-link", OTHER)}
    told = next(one for one in done.problems if one.code == "takes-too-long")
    assert "more than 1 seconds" in told.message
    assert "`limits.seconds`" in told.hint


@pytest.mark.parametrize("step", STEPS)
def test_what_was_stopped_is_not_kept(site: Path, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    good(site)
    module, name = STEPS[step]

    def run() -> Build:
        cache = Cache(tmp_path / "made", 1)
        try:
            return build(site, OPTIONS, means=Means(cache))
        finally:
            cache.close()

    with monkeypatch.context() as patched:
        patched.setattr(module, name, slow(getattr(module, name)))
        assert found(run()) == {("takes-too-long", SLOW)}
    again = run()
    assert found(again) == set()
    assert again.outputs == build(site, OPTIONS).outputs


def test_a_page_that_takes_too_long_to_put_together_is_named_and_the_others_are_made(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good(site)
    monkeypatch.setattr(plans, "article", slow(article_page))
    done = build(site, OPTIONS)
    assert found(done) == {("takes-too-long", SLOW)}
    assert done.renders > 3


def test_a_page_that_takes_too_long_to_render_is_named_and_the_others_are_made(site: Path) -> None:
    good(site)
    endless = "{% if page.title == 'Page' %}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}"
    change(site, "templates/base.html", "<body", f"{endless}{{% endfor %}}{{% endif %}}<body")
    done = build(site, OPTIONS)
    assert found(done) == {("takes-too-long", SLOW), ("takes-too-long", OTHER)}
    assert done.renders > 3


@pytest.mark.usefixtures("copies")
def test_workers_stop_what_takes_too_long_and_go_on(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are copies of this process, so that what is slow here is slow there."""
    for number in range(2 * parsing._FEW):
        (site / f"content/help/page-{number}.md").write_text(article("\nWords.\n"))
    monkeypatch.setattr(parsing, "parse", slow(parse))
    workers = Workers(2)
    try:
        done = build(site, OPTIONS, means=replace(ALONE, executor=workers))
    finally:
        workers.shutdown()
    assert found(done) == {("takes-too-long", SLOW), ("broken-link", OTHER)}


def test_the_preview_shows_what_takes_too_long_and_goes_on(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its builds run in a thread, which no signal reaches."""
    outcomes = []
    with monkeypatch.context() as patched:
        patched.setattr(parsing, "parse", slow(parse))
        thread = Thread(target=lambda: outcomes.append(attempt(lambda: build(site, OPTIONS))), daemon=True)
        thread.start()
        thread.join(60)
    (outcome,) = outcomes
    assert outcome.fault == ""
    assert outcome.done is not None
    assert found(outcome.done) == {("takes-too-long", SLOW), ("broken-link", OTHER)}
    good(site)
    assert found(build(site, OPTIONS)) == set()


def test_a_save_that_takes_too_long_is_shown_at_once_as_a_problem(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good(site)
    standing = at_once.after(build(site, OPTIONS), None)
    assert standing is not None
    saved = file((site / SLOW).read_bytes() + b"\nMore.\n", SLOW)
    monkeypatch.setattr(parsing, "parse", slow(parse))
    now = at_once.with_file(standing, saved)
    assert now is not None
    assert [one.code for one in now.every_problem() if one.is_error] == ["takes-too-long"]


def test_a_converter_that_was_stopped_leaves_nothing_behind() -> None:
    """The library keeps what it is in the midst of: lists that are open would be open in the next text as well."""
    settings = Settings("en", (("help", "article"),))
    deep = file(article("\n" + "- a\n\n    - b\n\n        c\n\n" * 20_000), SLOW)
    plain = file(article("\n- a\n- b\n"), OTHER)
    before = parse_in_time(plain, settings)
    gc.disable()  # what Python calls while it looks for garbage cannot be stopped, and says so
    try:
        for seconds in (0.02, 0.1, 0.3):
            hurried = replace(settings, limits=replace(DEFAULTS, line=10**7))
            with pytest.raises(TakesTooLong):
                within(seconds, partial(parse, deep, hurried))
            parse.cache_clear()
            assert parse_in_time(plain, settings).body == before.body
    finally:
        gc.enable()


BEYOND: list[tuple[str, str, int]] = [
    ("links", "[a](b.md) " * 40, 39),
    ("links", "[@" + "; @".join("abc") * 20 + "]", 39),
    ("links", "a[^1] " * 40, 39),
    ("links", "\n::claim{a}\n" * 40, 39),
    ("cells", "a|b|c\n-|-|-\nd\n" + "e|f\n" * 40, 120),
    ("line", "word " * 100, 400),
    ("nesting", "> " * 9 + "a", 8),
    ("nesting", ">>>>>>>>> a", 8),
    ("nesting", " " * 36 + "a", 8),
    ("nesting", "- " * 9 + "a", 8),
    ("nesting", "1. - 2. * 3. + 4. - 5. a", 8),
    ("nesting", "[" * 9 + "a" + "]" * 9, 8),
]


@pytest.mark.parametrize(("key", "text", "most"), BEYOND)
def test_what_is_beyond_a_limit_is_refused_at_its_place_and_what_is_at_it_is_not(
    key: str, text: str, most: int
) -> None:
    text = f"First.\n\n{text}\n"
    (problem,) = check_bounds(text, SLOW, replace(DEFAULTS, **{key: most}))
    assert problem.code == ("too-deep" if key == "nesting" else "over-limit")
    assert f"at most {most} " in problem.message
    assert f"`limits.{key}`" in problem.hint
    assert problem.span.line == (1 if key in ("links", "cells") else 3)
    assert check_bounds(text, SLOW, replace(DEFAULTS, **{key: most * 2})) == []


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n- - - - - - - - - - - - - - - -\n\n* * * * * * * * * * * * * * *\n",
        "```\n" + " " * 200 + "a\n" + ">" * 40 + "\n" + "[" * 40 + "\n```\n",
        "| a | b |\n|---|" + "-" * 99 + "|\n",
        "-" * 200 + "\n\n" + "=" * 200 + "\n",
        "2026-11-21 1.2.3.4.5.6.7.8.9.10.11.12.13\n",
        "    - a\n        - b\n\n            c\n",
        "[a][b] " * 40,
    ],
)
def test_what_only_looks_deep_is_not(text: str) -> None:
    assert check_bounds(text, SLOW, DEFAULTS) == []


def test_a_limit_that_is_not_given_is_the_one_of_the_program() -> None:
    config, problems = read_config(file(DEFAULT["site.yaml"], "site.yaml"))
    assert problems == []
    assert config is not None
    assert config.limits == Limits(file_size=100_000)


@pytest.mark.parametrize("limit", every_limit(), ids=lambda one: one.key)
def test_every_limit_can_be_set_and_has_a_least_value(limit: Limit) -> None:
    def given(value: int) -> tuple[Config | None, list[Problem]]:
        text = re.sub(r"limits: {file_size: \d+", f"limits: {{{limit.key}: {value}", DEFAULT["site.yaml"])
        text = text if "file_size" in text else text.replace("limits: {", "limits: {file_size: 100000, ")
        return read_config(file(text, "site.yaml"))

    config, problems = given(limit.least)
    assert problems == []
    assert config is not None
    assert getattr(config.limits, limit.key) == limit.least
    assert codes(given(limit.least - 1)[1]) == ["bad-number"]


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every compiled expression of the program that stands in a module."""
    for info in pkgutil.walk_packages(generator.__path__, "generator."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            every = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            for number, one in enumerate(every):
                if isinstance(one, re.Pattern):
                    yield f"{info.name}.{name}.{number}", one


PATTERNS = {one.pattern: (name, one) for name, one in patterns()}
SIGNS = "a1 \n\t*_`<>[](){}|:-=!&#;,.\"'\\/@^~%”“‘’\x02"
EVERYWHERE = "a1 \n"
PUMPS = (
    '![a](b "',
    "[a](",
    "<a b=",
    "a:-|",
    "|  ",
    "|:",
    "“a ",
    "[@a, ",
    "[^a",
    "&#1",
    "1 of ",
    "is a",
    ".”)",
    "if a, ",
)
AROUND = (("", "\x01"), ("-|", "x"))
SHORT, LOOKED_AT = 3_000, 0.006
"""Characters, and seconds of processor time: an expression that begins anew at each of them takes several times as
long, and is tried in earnest."""
LONG, ENOUGH = 100_000, 5.0
"""The same in earnest: what looks at each a few times needs a hundredth of a second, and what begins anew at each half
a minute at least."""


WELL_FORMED = {
    "generator.site.plain_text._TAG",
    "generator.site.standards.on_page._TAG",
    "generator.site.anchors._TAG",
    "generator.site.filling._LINK",
    "generator.workbench.compare.pages._HREF",
}
"""These look through HTML that is sanitised or rendered: no tag in it is left open."""
TRUSTED = {"generator.output.cards.look._TOKEN", "generator.output.searched._NAMED"}
"""These read stylesheets and templates."""
TRIED_AT_SIGNS = {"generator.markup.syntax.PARTS"}
"""This is tried where its signs stand, by a function that has tests of its own."""


def is_searched_for(name: str) -> bool:
    """Whether a pattern is looked for anywhere in a text, not at one place alone."""
    module, variable, _ = name.rsplit(".", 2)
    every = (REPOSITORY / "generator").rglob("*.py")
    own = [REPOSITORY / f"{module.replace('.', '/')}.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in (own if variable.startswith("_") else every))
    return bool(re.search(rf"\b{variable}\.(?:search|sub|finditer|findall|split)\(", source))


def tried(pattern: re.Pattern[Any], text: Any, is_searched: bool) -> float:
    """Give the processor time that the finds of a pattern take."""
    before = time.thread_time()
    pattern.match(text)
    pattern.fullmatch(text)
    for _ in pattern.finditer(text) if is_searched else ():
        pass
    return time.thread_time() - before


def pumps(pattern: str) -> Iterator[str]:
    """Give what a text may repeat to trouble a pattern: its own signs, and each two of them."""
    own = sorted({*EVERYWHERE, *(one for one in SIGNS if one in pattern)})
    yield from own
    yield from (one + other for one in own for other in own if one != other)
    yield from PUMPS


@pytest.mark.parametrize("pattern", sorted(map(str, PATTERNS)))
def test_no_expression_of_ours_takes_more_than_a_few_looks_at_each_character(pattern: str) -> None:
    name, compiled = next(two for one, two in PATTERNS.items() if str(one) == pattern)
    if name.rpartition(".")[0] in WELL_FORMED | TRUSTED | TRIED_AT_SIGNS:
        return
    is_searched = is_searched_for(name)
    for pump in pumps(pattern):
        for start, end in AROUND:
            for size in (SHORT, LONG):
                text = start + pump * (size // len(pump)) + end
                given = text.encode() if isinstance(compiled.pattern, bytes) else text
                try:
                    if within(ENOUGH, partial(tried, compiled, given, is_searched)) < LOOKED_AT:
                        break
                except TakesTooLong:
                    pytest.fail(f"{name} takes too long for {start!r} + {pump!r} * n + {end!r}")


def test_a_number_that_no_character_has_is_a_problem_at_its_place() -> None:
    (problem,) = document(article("\nA &#" + "1" * 5000 + "; b.\n")).problems
    assert (problem.code, problem.span.column) == ("reserved-character", 3)
