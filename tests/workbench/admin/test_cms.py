"""The page for editors who do not use git: its configuration follows from the schema, and nobody else can reach it."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from generator import cli, pipeline
from generator.config import Config
from generator.sources.kinds import KINDS
from generator.stages import intake
from generator.stages.options import Options
from generator.workbench.admin.cms import FOLDER, configuration, page_files, policy
from generator.workbench.admin.cms_server import page_server
from tests.helpers import REPOSITORY
from tests.sitekit import TODAY, copy_site

FILES_AT = "http://127.0.0.1:8081"
FRONTS = {"content/index.md": "home", "content/treatments/index.md": "article", "content/faq/index.md": "page"}


@pytest.fixture(scope="module")
def config() -> Config:
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    return sources.config


def collections(config: Config) -> dict[str, Any]:
    return {one["name"]: one for one in configuration(config, FRONTS, FILES_AT)["collections"]}


def test_every_section_can_be_edited(config: Config) -> None:
    found = collections(config)
    assert set(found) == {section.folder for section in config.sections} | {"front-pages"}
    for section in config.sections:
        assert found[section.folder]["folder"] == f"content/{section.folder}"


def test_every_field_of_a_kind_is_there_with_what_it_is_for(config: Config) -> None:
    for section in config.sections:
        fields = {one["name"]: one for one in collections(config)[section.folder]["fields"]}
        for field in KINDS[section.kind].schema.fields:
            assert fields[field.key]["hint"] == field.help
            assert fields[field.key]["required"] is field.required
        assert list(fields)[-1] == "body"


def test_the_text_is_never_rewritten_by_an_editor_of_its_own(config: Config) -> None:
    """An editor that shows Markdown as it looks would write citations and blocks in another way."""
    told = json.dumps(configuration(config, FRONTS, FILES_AT))
    assert '"widget": "text"' in told
    assert '"widget": "markdown"' not in told
    assert '"widget": "richtext"' not in told


def test_what_the_schema_limits_is_limited_while_typing(config: Config) -> None:
    fields = {one["name"]: one for one in collections(config)["treatments"]["fields"]}
    assert fields["category"]["options"][0] == "no-treatment"
    assert fields["summary"]["pattern"][1] == "at most 160 characters"
    assert fields["review"]["fields"][0]["name"] == "due"
    assert fields["key_points"]["field"]["widget"] == "text" or fields["key_points"]["field"]["widget"] == "string"


def test_a_group_that_can_be_left_out_asks_for_nothing(config: Config) -> None:
    fields = {one["name"]: one for one in collections(config)["self-care"]["fields"]}
    assert not any(one["required"] for one in fields["compared"]["fields"])
    assert fields["review"]["fields"][0]["required"]


def test_front_pages_have_the_fields_of_their_own_kind(config: Config) -> None:
    pages = {one["file"]: one for one in collections(config)["front-pages"]["files"]}
    assert set(pages) == set(FRONTS)
    for path, kind in FRONTS.items():
        names = [one["name"] for one in pages[path]["fields"]]
        assert names == [*(field.key for field in KINDS[kind].schema.fields), "body"]


def test_its_policy_names_no_other_host() -> None:
    found = policy(FILES_AT)
    assert [word for word in found.replace(";", "").split() if "://" in word] == [FILES_AT]
    assert "script-src 'self' 'unsafe-eval';" in found


def test_nothing_of_it_is_in_the_site_of_readers(tmp_path: Path) -> None:
    done = pipeline.build(copy_site("hiccups", tmp_path), Options(today=TODAY, search=False))
    assert not [one.path for one in done.outputs if one.path.startswith(f"{FOLDER}/") or b"decap" in one.body]


@pytest.fixture
def page_at(config: Config) -> Iterator[str]:
    server = page_server(page_files(config, FRONTS, b"bundle", FILES_AT), policy(FILES_AT))
    port = server.listen(0)
    loop = asyncio.new_event_loop()
    serving = loop.create_task(server.serve())
    thread = Thread(target=lambda: loop.run_until_complete(asyncio.wait([serving])))
    thread.start()
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(serving.cancel)
    thread.join()
    loop.close()


def status(address: str, host: str = "") -> int:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_the_page_comes_with_its_policy_and_is_never_kept(page_at: str) -> None:
    with urllib.request.urlopen(f"{page_at}/{FOLDER}/") as answer:
        assert answer.headers["Content-Security-Policy"] == policy(FILES_AT)
        assert answer.headers["Cache-Control"] == "no-store"
        assert b"<script src=" in answer.read()


def test_nothing_else_is_answered(page_at: str) -> None:
    assert status(f"{page_at}/{FOLDER}/start.js") == 200
    assert status(f"{page_at}/{FOLDER}/../site.yaml") == 404
    assert status(f"{page_at}/") == 404


def test_a_page_of_another_name_cannot_ask(page_at: str) -> None:
    assert status(f"{page_at}/{FOLDER}/", host="evil.example") == 421


def test_what_is_missing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["admin", "--root", str(copy_site("hiccups", tmp_path))]) == 2
    assert "npm ci --ignore-scripts --prefix cms" in capsys.readouterr().err
