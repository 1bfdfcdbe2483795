"""The made-up corpora: always the same, alike for all generators, and good sites for this one."""

import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.corpus import rich
from benchmarks.corpus.dialects import DIALECTS, plain_files
from benchmarks.corpus.texts import MARK, articles, has_code, has_notes
from benchmarks.generators import GENERATORS, REFERENCE, TODAY
from benchmarks.sites import FOOT, write_site
from generator import pipeline
from generator.stages.options import Options

PAGES = 20
LINK = re.compile(r"\]\(([^)]*)\)")


def plain(name: str, pages: int = PAGES, seed: int = 20) -> dict[str, str]:
    """The articles of one generator by their path."""
    dialect = DIALECTS[name]
    paths = {f"{dialect.folder}/{one.path}" for one in articles(pages, seed)}
    return {path: text for path, text in plain_files(dialect, pages, seed) if path in paths}


def words(text: str, contents: str) -> list[str]:
    """The words of an article without front matter, destinations of links and the mark for a list of contents."""
    body = re.sub(r"\A(---\n.*?---\n|(\w+: .*\n)+)", "", text, count=1, flags=re.DOTALL if text[0] == "-" else 0)
    return LINK.sub("]()", body.replace(contents, "", 1) if contents else body).split()


@pytest.mark.parametrize("name", sorted(DIALECTS))
def test_the_same_seed_gives_the_same_files(name: str) -> None:
    assert list(plain_files(DIALECTS[name], PAGES, 7)) == list(plain_files(DIALECTS[name], PAGES, 7))


def test_the_same_seed_gives_the_same_rich_files() -> None:
    assert list(rich.files(PAGES, 7)) == list(rich.files(PAGES, 7))


def test_another_seed_gives_other_texts() -> None:
    assert plain("ours", seed=7).values() != plain("ours", seed=8).values()


@pytest.mark.parametrize("name", sorted(set(DIALECTS) - {"ours"}))
def test_every_generator_gets_the_same_words(name: str) -> None:
    ours = [words(text, DIALECTS["ours"].contents) for text in plain("ours").values()]
    theirs = [words(text, DIALECTS[name].contents) for text in plain(name).values()]
    assert ours == theirs


def test_no_two_articles_have_one_title_even_when_there_are_very_many() -> None:
    every = articles(100_000)
    assert len({one.title for one in every}) == len({one.path for one in every}) == 100_000
    assert max(len(one.title) for one in every) <= 70


def test_articles_have_the_shape_that_the_figures_are_about() -> None:
    count = 200
    texts = list(plain("hugo", count).values())
    mean = sum(len(words(text, "")) for text in texts) / count
    assert 740 < mean < 780
    assert all(text.count("| --- |") == 1 and text.count(MARK) == 1 for text in texts)
    links = Counter(len(set(re.findall(r"\]\((/[^)]*)\)", text))) for text in texts)
    assert set(links) == {4, 5, 6, 7, 8}
    every = articles(count)
    assert sum("[^1]" in text for text in texts) == sum(has_notes(one) for one in every) == count / 2
    assert sum("][guide]" in text for text in texts) == count / 2
    assert sum("```" in text for text in texts) == sum(has_code(one) for one in every) == count / 20


@pytest.mark.parametrize("name", ["ours", "ours-rich"])
def test_this_generator_builds_the_corpus_without_a_problem(name: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, GENERATORS[name], PAGES)
    done = pipeline.build(site, Options(today=TODAY))
    assert done.problems == ()
    assert done.parses > PAGES
    assert all(FOOT in one.body.decode() for one in done.outputs if one.path.endswith("/index.html"))


def test_the_rich_corpus_has_all_that_this_generator_is_for() -> None:
    files = dict(rich.files(60))
    texts = "\n".join(files.values())
    for sign in ("[@work1", "::claim{finding-", "::red-flags{", "> [!NOTE]", "key_points:", "short_answer:", "feels:"):
        assert sign in texts, sign
    assert files["content/references.json"].count('"id"') > dict(rich.files(20))["content/references.json"].count(
        '"id"'
    )


def test_the_reference_is_one_of_the_generators() -> None:
    assert GENERATORS[REFERENCE].corpus == "plain"
