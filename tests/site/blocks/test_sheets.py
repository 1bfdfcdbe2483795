"""The blocks of the pages to print show what front matter and data hold, and refuse what is not there."""

from pathlib import Path
from typing import Any

import pytest

from generator.markup.slots import BlockSlot
from generator.site.blocks.block import block
from generator.site.filling import PageText
from generator.site.plans import all_pages
from tests.helpers import CLAIM_TEXT, TREATMENT, article, codes, joined, make_site

PAGE = "content/help/page.md"
ALIKE = (
    "".join(f"{key}: Some.\n" for key in "feels moves hurts where changes tells_apart who_looks urgency_note".split())
    + "urgency: soon\n"
)
LIST = """## Say this

> [!WARNING]
> - Not this [@a]

- One, **two** [@a].
- See [three](page.md)?

## Nothing to list

Words.
"""
FILES = {
    "content/references.json": '[{"id": "a", "type": "book", "title": "A", "custom": {"read": "page"}}]',
    "content/claims/rest.yaml": CLAIM_TEXT.replace("smith2001", "a"),
    "content/names.yaml": (
        "- {name: sniffles, kind: lay, language: en, page: help/page.md, sources: [a]}\n"
        "- {name: Schnupfen, kind: other-language, language: de, page: help/page.md}\n"
        "- {name: flu, kind: related, language: en, page: help/page.md}\n"
        "- {name: coryza, kind: medical, language: en, page: help/list.md}\n"
    ),
    "content/help/list.md": article(LIST),
}


def shown(root: Path, written: str, **files: str) -> Any:
    path = root / "site"
    site, problems = joined(make_site(path, {**FILES, PAGE: article(written), **files}))
    assert codes(problems) == []
    document = site.catalogue.documents[PAGE]
    (slot,) = [one for one in document.slots if isinstance(one, BlockSlot)]
    return block(slot, PageText(site, "/help/page/", "en"))


def test_points_are_those_of_the_named_page_with_the_way_to_it(tmp_path: Path) -> None:
    (page,) = shown(tmp_path, "::points{help/list}\n")["pages"]
    assert page["points_html"] == ["One.", "Two.", "Three."]
    assert page["href"] == "../list/"


def test_names_are_those_that_mean_the_thing_in_the_language_of_the_page(tmp_path: Path) -> None:
    groups = shown(tmp_path, "::known-names{help/page}\n")["groups"]
    assert [(one["kind"], [name["name"] for name in one["names"]]) for one in groups] == [("lay", ["sniffles"])]


def test_a_question_sheet_has_the_lists_of_a_page_without_markup_and_without_its_warnings(tmp_path: Path) -> None:
    (page,) = shown(tmp_path, "::question-sheet{help/list}\n")["pages"]
    assert page["groups"] == [{"heading": "Say this", "items": ["One, two.", "See three?"]}]


@pytest.mark.parametrize(("written", "days"), [("::diary", 14), ("::diary{7}", 7), ("::diary{28}", 28)])
def test_a_diary_has_as_many_days_as_it_says(tmp_path: Path, written: str, days: int) -> None:
    assert len(shown(tmp_path, f"{written}\n")["days"]) == days


@pytest.mark.parametrize("written", ["::points{help/lost}", "::question-sheet{lost}", "::diary{15}", "::urgency{soon}"])
def test_what_is_not_there_is_refused(tmp_path: Path, written: str) -> None:
    _, problems = joined(make_site(tmp_path / "site", {**FILES, PAGE: article(f"{written}\n")}))
    assert codes(problems) == ["block-argument"]


def test_treatments_that_nobody_studied_here_are_named_as_such(tmp_path: Path) -> None:
    files = {
        "content/care/rest.md": article("Rest.\n", more=TREATMENT.replace("benefits: []", "benefits: [rest-shortens]")),
        "content/care/nothing.md": article("Nothing.\n", more=TREATMENT),
    }
    found = shown(tmp_path, "::found\n", **files)
    assert [one["href"] for one in found["rows"]] == ["../../care/rest/"]
    assert [one["href"] for one in found["unstudied"]] == ["../../care/nothing/"]
    assert found["rows"][0]["certainty"]


def test_of_each_treatment_the_surest_finding_in_people_like_the_readers_is_shown(tmp_path: Path) -> None:
    surer = (
        CLAIM_TEXT.replace("smith2001", "a").replace("certainty: low", "certainty: moderate").replace("by: 2", "by: 1")
    )
    claims = [
        FILES["content/claims/rest.yaml"],
        surer.replace("rest-shortens", "rest-related").replace("applies_to: condition", "applies_to: related"),
        surer.replace("rest-shortens", "rest-wider").replace("applies_to: condition", "applies_to: wider"),
    ]
    for number, ids in enumerate(["rest-shortens, rest-related, rest-wider", "rest-wider"]):
        more = TREATMENT.replace("benefits: []", f"benefits: [{ids}]")
        files = {"content/claims/rest.yaml": "".join(claims), "content/care/rest.md": article("Rest.\n", more=more)}
        found = shown(tmp_path / str(number), "::found\n", **files)
        shortly = [(one["certainty"], one["applies_to"]) for one in found["rows"]]
        assert shortly == ([] if number else [("moderate", "related")])
        assert [one["href"] for one in found["unstudied"]] == (["../../care/rest/"] if number else [])


def test_look_alikes_stand_by_urgency(tmp_path: Path) -> None:
    files = {"content/alike/flu.md": article("Flu.\n", more=ALIKE)}
    (group,) = shown(tmp_path, "::urgency\n", **files)["levels"]
    assert [one["href"] for one in group["pages"]] == ["../../alike/flu/"]


def test_all_blocks_can_be_rendered_into_the_inputs_of_a_page(tmp_path: Path) -> None:
    text = "::points{help/list}\n\n::urgency\n\n::found\n\n::diary\n\n::question-sheet{help/list}\n"
    site, problems = joined(make_site(tmp_path / "site", {**FILES, PAGE: article(text)}))
    assert codes(problems) == []
    assert any(page.url == "/help/page/" for page in all_pages(site, {}).pages)
