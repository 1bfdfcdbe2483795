"""A site for a folder or a stick: every link names a file, and the same input gives the same bytes."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath
from posixpath import join, normpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import pipeline
from generator.output.publish import MANIFEST
from generator.site.catalogue import as_file, relative
from generator.stages.options import Options
from tests.helpers import moderate
from tests.sitekit import REPOSITORY, TODAY, copy_site, tree

parts = st.lists(st.sampled_from(["a", "b", "c.d"]), max_size=3)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def pages(root: Path, portable: bool = True) -> dict[str, str]:
    done = pipeline.build(root, Options(portable=portable))
    assert done.is_good
    return {one.path: one.body.decode() for one in done.outputs if one.path.endswith(".html")}


@moderate
@given(parts, parts, st.sampled_from(["", "#part"]))
def test_an_address_as_a_file_leads_to_the_index_of_its_folder(start: list[str], end: list[str], anchor: str) -> None:
    here, there = ("/".join(["", *names, ""]) for names in (start, end))
    href = as_file(relative(here, there) + anchor)
    assert urljoin(f"http://x{here}index.html", href) == f"http://x{there}index.html{anchor}"


@pytest.mark.parametrize("address", ["#part", "../assets/a.css", "../feed.xml", "a/b.svg#x"])
def test_an_address_of_a_file_stays_as_it_is(address: str) -> None:
    assert as_file(address) == address


def test_every_link_names_a_file_of_the_folder(site: Path) -> None:
    done = pipeline.build(site, Options(portable=True))
    files = {one.path for one in done.outputs}
    for path, text in pages(site).items():
        for link in re.findall(r'(?:href|src|url)="?=?([^"#][^"]*)"', text):
            if not link.startswith(("http:", "https:", "mailto:", "tel:")):
                target = normpath(join(str(PurePosixPath(path).parent), link.partition("#")[0]))
                assert target in files, f"{path}: {link}"


def test_it_has_the_text_of_the_site_without_the_button_and_the_worker(site: Path) -> None:
    outputs = {one.path for one in pipeline.build(site, Options(portable=True)).outputs}
    assert not outputs & {"sw.js", "offline.json", "offline/index.html", "not-kept.html"}
    hosted, portable = pages(site, portable=False), pages(site)
    assert set(hosted) - set(portable) == {"offline/index.html", "not-kept.html"}
    for path, text in portable.items():
        assert "keep-offline" not in text, path
        assert "@@" not in text, path


def test_it_names_the_lasting_address_of_each_page_and_says_that_it_is_a_copy(site: Path) -> None:
    address = "https://example.org/hiccups/ask/how-long/"
    page = pages(site)["ask/how-long/index.html"]
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'The newest version is here: <a href="{address}">' in page
    assert 'url=../what/hiccups/index.html"' in pages(site)["hiccough/index.html"]
    assert 'href="help/index.html"' in pages(site)["404.html"]


def test_the_command_makes_the_same_bytes_again_and_leaves_the_hosted_site_alone(site: Path) -> None:
    def run(*arguments: str) -> None:
        command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(site), "--today", TODAY, *arguments]
        subprocess.run(command, check=True, capture_output=True)

    run()
    before = tree(site / "_site")
    run("--relative")
    run("--relative", "--output", str(site.parent / "again"))
    assert tree(site / "_relative") == tree(site.parent / "again")
    run("--zip")
    run("--zip", "--output", str(site.parent / "zip again"))
    assert tree(site / "_zip") == tree(site.parent / "zip again")
    assert tree(site / "_site") == before
    with zipfile.ZipFile(site / "_zip" / "site.zip") as archive:
        assert archive.testzip() is None
        packed = {one.filename.removeprefix("site/"): archive.read(one) for one in archive.infolist()}
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
    assert {**packed, MANIFEST: tree(site / "_relative")[MANIFEST]} == tree(site / "_relative")
