"""The site as plain data: each file keeps to its schema, stands under its licence, and says what the pages say."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from generator import pipeline
from generator.site.machines.api import ROOT, api
from generator.site.machines.api_schema import SCHEMAS
from generator.stages.options import Options
from tests.helpers import joined
from tests.sitekit import change, copy_site

Data = dict[str, Any]

FILES = sorted(SCHEMAS)


def read(folder: Path, name: str) -> Data:
    return dict(json.loads((folder / "api" / "v1" / f"{name}.json").read_text(encoding="utf-8")))


def check(content: object, schema: Data) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(content)


def addresses(value: object) -> Iterator[str]:
    """Every text that is an address, however deep."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)
    elif isinstance(value, str) and urlsplit(value).scheme in ("http", "https"):
        yield value


def given(root: Path) -> dict[str, Data]:
    """What the files are made of, as long as no page is."""
    site, problems = joined(root)
    assert [one for one in problems if one.is_error] == []
    files = api(site, {}, {})
    return {one.url.removeprefix(ROOT).removesuffix(".json"): one.inputs()["content"] for one in files}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Data]:
    """The files of the second site."""
    done = pipeline.build(copy_site("hiccups", tmp_path_factory.mktemp("api")), Options(today="2026-11-21"))
    assert done.problems == ()
    files = {one.path: one.body for one in done.outputs if one.path.startswith("api/v1/")}
    return {path.removeprefix("api/v1/").removesuffix(".json"): json.loads(body) for path, body in files.items()}


@pytest.mark.parametrize("name", FILES)
def test_each_file_keeps_to_its_schema(built_site: Path, name: str) -> None:
    check(read(built_site, name), read(built_site, f"schema/{name}"))


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_another_site_keeps_to_the_same_schema(small: dict[str, Data], name: str) -> None:
    check(small[name], small[f"schema/{name}"])


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        pytest.param("claims", "certainty", "sure", id="a certainty that does not exist"),
        pytest.param("claims", "sentence", None, id="a finding without its sentence"),
        pytest.param("articles", "updated", "yesterday", id="a day that is none"),
        pytest.param("articles", "adress", "https://example.org/", id="an unknown field"),
        pytest.param("red-flags", "level", "later", id="a level that does not exist"),
        pytest.param("terms", "address", "glossary/", id="a relative address"),
        pytest.param("references", "links", [{"kind": "doi"}], id="a link without its address"),
    ],
)
def test_a_file_that_breaks_its_schema_is_rejected(
    small: dict[str, Data], name: str, field: str, value: object
) -> None:
    content = deepcopy(small[name])
    content["items"][0][field] = value
    with pytest.raises(jsonschema.ValidationError):
        check(content, small[f"schema/{name}"])


@pytest.mark.parametrize("name", FILES)
def test_each_file_names_its_licence_and_that_no_clinician_has_checked_it(small: dict[str, Data], name: str) -> None:
    assert small[name]["licence"]["name"] == "CC BY 4.0"
    assert "not yet checked by a clinician" in small[name]["notice"]


def test_each_file_is_as_new_as_the_newest_article(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    change(root, "content/ask/how-long.md", "updated: 2026-11-21", "updated: 2026-11-20")
    assert {name: one["updated"] for name, one in given(root).items() if name in FILES} == dict.fromkeys(
        FILES, "2026-11-21"
    )


@pytest.mark.parametrize("name", FILES)
def test_every_address_of_the_site_is_there(built_site: Path, name: str) -> None:
    content = read(built_site, name)
    base = content["site"]["address"]
    for address in addresses(content):
        if address.startswith(base):
            path, _, anchor = address.removeprefix(base).partition("#")
            file = built_site / path
            file = file / "index.html" if file.is_dir() else file
            assert file.is_file(), address
            assert not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"), address


def test_lists_are_sorted(built_site: Path) -> None:
    for name in ("claims", "terms", "references"):
        names = [one["id"] for one in read(built_site, name)["items"]]
        assert names == sorted(names)


def test_a_finding_has_its_sentence_its_rating_and_its_reasons(small: dict[str, Data]) -> None:
    (claim,) = small["claims"]["items"]
    assert claim["sentence"] == "We do not know what waiting does to the time that hiccups last."
    assert claim["certainty"] == "very-low"
    assert claim["reasons"][0]["why"]
    assert claim["address"] == "https://example.org/hiccups/options/waiting/#finding-waiting"


def test_every_key_of_a_work_and_of_a_finding_is_one_that_exists(built_site: Path) -> None:
    works = {one["id"] for one in read(built_site, "references")["items"]}
    claims = {one["id"] for one in read(built_site, "claims")["items"]}
    for article in read(built_site, "articles")["items"]:
        assert set(article["references"]) <= works
        assert set(article["claims"]) <= claims
    for name in ("red-flags", "terms"):
        assert {key for one in read(built_site, name)["items"] for key in one["references"]} <= works


def test_every_sign_stands_in_the_file_the_most_urgent_first(built_site: Path) -> None:
    order = ["emergency", "today", "soon", "routine"]
    levels = [order.index(one["level"]) for one in read(built_site, "red-flags")["items"]]
    assert levels
    assert levels == sorted(levels)


def test_a_page_that_somebody_checked_says_who_and_when(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    change(root, "content/people.yaml", "roles: [author]", "roles: [author, reviewer]")
    change(
        root,
        "content/what/hiccups.md",
        "review: {due: 2027-11-21}",
        "review: {due: 2027-11-21, by: testers, on: 2026-11-21}",
    )
    done = pipeline.build(root, Options(today="2026-11-21"))
    assert [one for one in done.problems if one.is_error] == []
    made = {one.path: one.body.decode("utf-8", "replace") for one in done.outputs}
    checked = {one["id"]: one["checked"] for one in json.loads(made["api/v1/articles.json"])["items"]}
    assert checked["what/hiccups"]["on"] == "2026-11-21"
    assert [name for name, person in checked.items() if person] == ["what/hiccups"]
    assert '"lastReviewed": "2026-11-21"' in made["what/hiccups/index.html"]
    assert "lastReviewed" not in made["options/waiting/index.html"]


@pytest.mark.parametrize("compared", [True, False])
def test_what_was_counted_is_given_for_each_group_that_there_is(tmp_path: Path, compared: bool) -> None:
    root = copy_site("hiccups", tmp_path)
    groups = "intervention: [3, 20], comparator: [1, 10]" if compared else "intervention: [3, 20]"
    more = "  comparator: sugar\n" if compared else ""
    change(root, "content/claims/waiting.yaml", "  population", f"{more}  events: {{of: days, {groups}}}\n  population")
    (claim,) = given(root)["claims"]["items"]
    assert claim["numbers"]["counted"] == {
        "of": "days",
        "intervention": {"some": 3, "people": 20, "is_count": True},
        "comparator": {"some": 1, "people": 10, "is_count": True} if compared else None,
    }


def test_the_index_names_every_file_with_its_schema(small: dict[str, Data]) -> None:
    named = {one["name"]: one["count"] for one in small["index"]["items"]}
    assert named == {name: len(small[name]["items"]) for name in FILES if name != "index"}
