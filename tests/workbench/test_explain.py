"""One page is explained: all that went into it, and all that came of it, as the other parts of the program have it."""

from pathlib import Path

import pytest

from generator import cli, pipeline
from generator.cache.cache import Cache
from generator.making.reasons import CHANGED, INPUT, NEW, TEMPLATE, Difference
from generator.stages import intake
from generator.stages.options import Options
from generator.workbench.explain import Part, explain, in_words
from tests.sitekit import TODAY, change, copy_site

WAITING = "content/options/waiting.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def parts(root: Path, name: str) -> dict[str, tuple[str, ...]]:
    found = explain(root, name, TODAY)
    assert isinstance(found, list)
    assert all(isinstance(one, Part) for one in found)
    return {one.title: one.lines for one in found}


@pytest.mark.parametrize("name", [WAITING, "options/waiting", "options/waiting.md", "/options/waiting/"])
def test_a_page_is_found_by_its_file_its_id_and_its_address(site: Path, name: str) -> None:
    assert "/options/waiting/, kind treatment" in parts(site, name)["Page"][1]


def test_what_a_page_is_made_from_is_named(site: Path) -> None:
    made_from = " ".join(parts(site, WAITING)["Made from"])
    for name in (WAITING, "templates/treatment.html", "templates/base.html", "content/references.json"):
        assert name in made_from
    assert "templates/glossary.html" not in made_from


def test_citations_findings_and_links_are_those_of_the_site(site: Path) -> None:
    found = parts(site, WAITING)
    assert any("nhs" in line.casefold() for line in found["Citations"])
    assert found["Findings shown"]
    assert any("what/hiccups.md" in line or "ask/how-long.md" in line for line in found["Linked from"])


def test_outputs_are_those_of_a_build_with_their_bytes(site: Path) -> None:
    done = pipeline.build(site, Options(today=TODAY, for_host=False))
    made = [one for one in done.outputs if one.made_from == WAITING]
    lines = parts(site, WAITING)["Outputs"]
    assert [line.split(", ")[0] for line in lines] == [one.path for one in made]
    assert f"{len(made[0].body):,} bytes" in lines[0]


def test_the_problems_of_the_page_are_there_and_no_other(site: Path) -> None:
    change(site, "content/ask/how-long.md", "More on [what", "More on [nothing](nowhere.md) and [what")
    assert parts(site, WAITING)["Problems"] == ()
    (line,) = parts(site, "ask/how-long")["Problems"]
    assert "error[broken-link]" in line


def test_a_draft_has_no_outputs_and_is_explained_all_the_same(site: Path) -> None:
    assert cli.main(["new", "treatment", "Holding your breath", "--root", str(site)]) == 0
    found = parts(site, "options/holding-your-breath")
    assert "a draft" in found["Page"][1]
    assert "Outputs" not in found


def test_a_page_that_is_not_there_is_answered_with_the_nearest(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "options/wating", "--root", str(site)]) == 2
    assert "did you mean options/waiting?" in capsys.readouterr().err
    assert cli.main(["explain", "options/waiting", "--root", str(site)]) == 0
    assert "Citations" in capsys.readouterr().out


@pytest.mark.parametrize("start", ["http://127.0.0.1:8000/", "http://localhost:8123/", ""])
def test_a_page_is_found_by_its_address_as_a_browser_shows_it(site: Path, start: str) -> None:
    sources, _ = intake.read(site)
    assert sources
    name = f"{start or sources.config.url}options/waiting/"
    assert "/options/waiting/, kind treatment" in parts(site, name)["Page"][1]


def fate(root: Path, name: str = WAITING) -> str:
    cache = Cache(root / ".cache" / "made.sqlite", 0, may_write=False)
    found = explain(root, name, TODAY, cache)
    cache.close()
    assert isinstance(found, list)
    (line,) = next(one.lines for one in found if one.title == "Made anew or reused")
    return line


def built(root: Path) -> None:
    assert cli.main(["build", "--root", str(root), "--today", TODAY, "--no-search", "--quiet"]) == 0


def test_it_says_whether_the_next_build_makes_the_page_anew_and_why(site: Path) -> None:
    anew, reused = "the page is made anew: ", "the page is reused as it was made last"
    assert fate(site) == f"the article is read anew; {anew}nothing is kept of it"
    built(site)
    assert fate(site) == f"the article has not changed since it was read last; {reused}"
    change(site, WAITING, "Most hiccups need", "Nearly all hiccups need")
    assert fate(site).startswith(f'the article is read anew; {anew}what the template is given as "parts" changed')
    assert fate(site) == fate(site), "to explain changes nothing"
    built(site)
    assert f'{reused}, when what the template is given as "parts" changed' in fate(site)
    change(site, "templates/base.html", "</body>", "\n</body>")
    assert fate(site).endswith(f"{anew}templates/base.html changed")
    built(site)
    change(site, "content/ask/how-long.md", "More on [what", "More on [waiting](../options/waiting.md) and [what")
    assert '"linked_from" changed' in fate(site) or '"questions" changed' in fate(site)
    assert "the article has not changed" in fate(site)
    change(site, "content/ask/how-long.md", "](../options/waiting.md)", "](nowhere.md)")
    assert fate(site).endswith("no page is made of it while something is wrong")


def test_of_many_inputs_that_are_others_three_are_named() -> None:
    inputs = [Difference(INPUT, name, NEW) for name in "abcde"]
    assert in_words([Difference(TEMPLATE, "a.html", CHANGED), *inputs]) == (
        'a.html changed, and what the template is given as "a" is new, and what the template is given as "b" is new, '
        'and what the template is given as "c" is new, and 2 other inputs too'
    )
    assert in_words([*inputs[:4]]).endswith("and 1 other input too")
    assert in_words(inputs[:3]).endswith('"c" is new')
