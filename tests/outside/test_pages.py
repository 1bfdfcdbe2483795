"""The sample of pages that the tests in a browser look at holds every template, and all that any page is made of."""

import re
from pathlib import Path

from tests.outside.pages import all_pages, kinds, sample_pages, unlike_pages
from tests.sitekit import REPOSITORY

NO_KIND = {"base.html", "redirect.html"}
"""What all pages share, and the page that only sends on."""


def named_kinds(folder: Path) -> dict[str, str]:
    """What each template says of itself in the class of its `body`: nothing if it says nothing of its own."""
    found = {}
    for file in sorted(folder.glob("*.html")):
        name = re.search(r"\{% block body_class %\}page ([\w -]+)", file.read_text(encoding="utf-8"))
        if file.name not in NO_KIND:
            found[file.name] = name[1].strip() if name else ""
    return found


def fits(kind: str, name: str) -> bool:
    """Whether a page of this kind may come from the template of this name."""
    return f"{kind} ".startswith(f"page {name} ")


def unseen(templates: dict[str, str], seen: set[str]) -> list[str]:
    """The templates that have no name of their own, or of which no page was seen."""
    taken: set[str] = set()
    for kind in seen:
        fitting = [(len(name), template) for template, name in templates.items() if fits(kind, name)]
        taken |= {template for _, template in [max(fitting, default=(0, ""))]}
    names = list(templates.values())
    return [one for one, name in templates.items() if not name or names.count(name) > 1 or one not in taken]


def strangers(templates: dict[str, str], seen: set[str]) -> list[str]:
    """The kinds of pages that no template names."""
    return sorted(kind for kind in seen if not any(fits(kind, name) for name in templates.values()))


def test_a_page_of_each_template_is_in_the_sample(built_site: Path) -> None:
    seen = {page.kind for page in sample_pages(built_site)}
    templates = named_kinds(REPOSITORY / "templates")
    assert unseen(templates, seen) == []
    assert strangers(templates, seen) == []
    assert seen == set(kinds(all_pages(built_site)))


def test_a_template_of_which_there_is_no_page_is_noticed(tmp_path: Path) -> None:
    for name, text in {
        "base.html": "<body>",
        "plain.html": '{% extends "base.html" %}',
        "twin.html": "{% block body_class %}page one{% endblock %}",
        "one.html": "{% block body_class %}page one{% endblock %}",
        "long.html": "{% block body_class %}page long{% endblock %}",
        "longer.html": "{% block body_class %}page long er{% if wide %} wide{% endif %}{% endblock %}",
        "map.html": "{% block body_class %}page map{% endblock %}",
    }.items():
        (tmp_path / name).write_text(text)
    templates = named_kinds(tmp_path)
    seen = {"page one", "page long er wide", "page map", "page new"}
    assert unseen(templates, seen) == ["long.html", "one.html", "plain.html", "twin.html"]
    assert strangers(templates, seen) == ["page new"]


def test_all_that_any_page_is_made_of_is_in_the_sample(built_site: Path) -> None:
    whole = {feature for page in all_pages(built_site) for feature in page.features}
    assert whole == {feature for page in sample_pages(built_site) for feature in page.features}


def test_a_part_that_one_short_page_has_brings_that_page_into_the_sample(tmp_path: Path) -> None:
    for name, body in {"long": "<p>A long page.</p>" * 9, "short": "<p>x</p>", "odd": "<p class='odd'>x</p>"}.items():
        (tmp_path / f"{name}.html").write_text(f"<!doctype html><html><body class='page'>{body}</body></html>")
    assert [page.path for page in sample_pages(tmp_path)] == ["long.html", "odd.html"]


def test_of_a_kind_with_very_many_pages_some_are_opened_and_of_every_other_kind_all(built_site: Path) -> None:
    every, opened = all_pages(built_site), unlike_pages(built_site)
    assert {page.kind for page in opened} == {page.kind for page in every}
    left_out = {page.kind for page in set(every) - set(opened)}
    assert left_out == {"page work-page"}
    assert len(opened) > 200
