"""What the search knows of slips: words of ours are proposed, and names that are right are none."""

import json
from pathlib import Path

from generator.site.search_guide import guide
from tests.helpers import article, joined, make_site

WORK = {"id": "smith2001", "type": "book", "title": "Colds", "custom": {"read": "abstract"}}
FILES = {
    "content/references.json": json.dumps([{**WORK, "author": [{"family": "Smythe"}, {"family": "Second"}]}]),
    "content/names.yaml": "- {name: snifles, kind: misspelling, language: en, page: help/page.md}\n",
    "content/help/page.md": article("\nSniffles are usual.\n"),
}


def test_misspellings_and_first_authors_are_no_slips_and_are_never_proposed(tmp_path: Path) -> None:
    site, problems = joined(make_site(tmp_path, FILES))
    assert [one for one in problems if one.is_error] == []
    found = guide("en", site)
    assert found["known"].split() == ["smythe", "snifles"]
    assert "sniffles" in found["vocabulary"].split()
    assert not {"smythe", "snifles"} & {*found["vocabulary"].split()}
