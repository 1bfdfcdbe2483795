"""Treatments side by side: what was found in people with the condition stands apart from what was found in others."""

from pathlib import Path
from typing import Any

from generator.markup.slots import BlockSlot
from generator.site.blocks.block import block
from generator.site.filling import PageText
from tests.helpers import CLAIM_TEXT, TREATMENT, article, codes, joined, make_site

PAGE = "content/help/page.md"
WIDER = (
    CLAIM_TEXT.replace("rest-shortens", "rest-elsewhere")
    .replace("applies_to: condition", "applies_to: wider")
    .replace("certainty: low", "certainty: moderate")
    .replace("by: 2", "by: 1")
)
BENEFITS = {
    "both": "benefits: [rest-elsewhere, rest-shortens]",
    "others": "benefits: [rest-elsewhere]",
    "own": "benefits: [rest-shortens]",
}


def rows(root: Path) -> dict[str, Any]:
    """The rows of all treatments by their names."""
    files = {"content/claims/rest.yaml": CLAIM_TEXT + WIDER, PAGE: article("\n::options\n")}
    for name, benefits in BENEFITS.items():
        more = TREATMENT.replace("benefits: []", benefits).replace("[None seen.]", "[One., Two., Three.]")
        files[f"content/care/{name}.md"] = article(
            "\nWords.\n", title=name, more=more.replace("[Much.]", "[Much., More.]")
        )
    site, problems = joined(make_site(root, files))
    assert codes([one for one in problems if one.is_error]) == []
    (slot,) = [one for one in site.catalogue.documents[PAGE].slots if isinstance(one, BlockSlot)]
    return {one["name"]: one for one in block(slot, PageText(site, "/help/page/", "en"))["rows"]}


def test_the_surest_finding_of_each_group_of_people_stands_in_its_own_column(tmp_path: Path) -> None:
    found = rows(tmp_path)
    levels = {
        name: tuple(one and (one["certainty"], one["more"]) for one in (found[name]["here"], found[name]["elsewhere"]))
        for name in BENEFITS
    }
    assert levels == {
        "both": (("low", 0), ("moderate", 0)),
        "others": (None, ("moderate", 0)),
        "own": (("low", 0), None),
    }


def test_a_row_has_the_first_harms_with_the_number_of_the_others_and_the_first_thing_that_is_not_known(
    tmp_path: Path,
) -> None:
    row = rows(tmp_path)["both"]
    assert (row["harms_html"], row["more_harms"], row["unknown_html"]) == (["One.", "Two."], 1, ["Much."])
