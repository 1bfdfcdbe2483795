"""The list of what a reader can keep: whole, by digest, and the same for the same site."""

import hashlib
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.output.offline import kept_paths, with_copy, without_copy
from generator.output.outputs import Output
from generator.output.reader import read_others
from tests.helpers import moderate

PAGE = """<!doctype html><link rel="stylesheet" href="{up}assets/a.css"><link rel="alternate" href="{up}feed.xml">
<a href="{up}data.json">Data</a><img src="{up}media/a%20b.svg" alt=""><script src="{up}assets/a.js"></script>
<p>About @@kept-size@@ megabytes</p>"""


def site(**changed: str) -> list[Output]:
    files = {
        "index.html": PAGE.format(up=""),
        "care/rest/index.html": PAGE.format(up="../../"),
        "404.html": PAGE.format(up="/colds/"),
        "assets/a.css": "p {}",
        "assets/a.js": "1",
        "media/a b.svg": "<svg/>",
        "media/unused.svg": "<svg/>",
        "feed.xml": "<feed/>",
        "data.json": "{}",
        "sw.js": "work();",
        **changed,
    }
    return [Output(path, body.encode(), path) for path, body in files.items()]


def made(outputs: list[Output]) -> dict[str, bytes]:
    return {one.path: one.body for one in with_copy(outputs, read_others({}, outputs), "/colds/")}


def kept(outputs: list[Output], base_path: str = "/colds/") -> list[str]:
    return kept_paths([one.path for one in outputs], read_others({}, outputs), base_path)


def test_every_page_is_kept_and_all_that_it_loads_but_not_what_it_only_links_to() -> None:
    paths = kept(site())
    pages = ["404.html", "care/rest/index.html", "index.html"]
    assert paths == sorted([*pages, "assets/a.css", "assets/a.js", "media/a b.svg"])


def test_what_pages_load_under_another_path_is_not_taken_for_ours() -> None:
    outputs = [one for one in site() if one.path != "index.html" and "care" not in one.path]
    assert kept(outputs, "/elsewhere/") == ["404.html"]


def test_the_search_is_kept_although_only_a_script_asks_for_it() -> None:
    outputs = [*site(), Output("search/x.pf_meta", b"1", "x")]
    assert "search/x.pf_meta" in kept(outputs)


def test_a_script_that_is_loaded_only_when_it_is_wanted_is_kept_too() -> None:
    form = b'<!doctype html><form data-search="assets/find.js"></form>'
    outputs = [*site(), Output("a.html", form, "a.html"), Output("assets/find.js", b"1", "x")]
    assert "assets/find.js" in kept(outputs)


def test_the_list_gives_the_address_and_the_digest_of_each_file_as_it_is_published() -> None:
    outputs = made(site())
    listed = {one["address"]: one["sha256"] for one in json.loads(outputs["offline.json"])["files"]}
    assert set(listed) == {"", "404.html", "care/rest/", "assets/a.css", "assets/a.js", "media/a b.svg"}
    assert listed["care/rest/"] == hashlib.sha256(outputs["care/rest/index.html"]).hexdigest()
    assert b"About 1 megabytes" in outputs["index.html"]


def test_the_worker_names_the_list_by_its_digest() -> None:
    outputs = made(site())
    first, rest = outputs["sw.js"].split(b"\n", 1)
    assert first.decode() == f'const VERSION = "{hashlib.sha256(outputs["offline.json"]).hexdigest()}";'
    assert rest == b"work();"


@moderate
@given(st.permutations(site()))
def test_the_order_of_the_outputs_does_not_matter(outputs: list[Output]) -> None:
    assert made(outputs) == made(site())


@moderate
@given(st.sampled_from(site()), st.binary(max_size=20))
def test_the_worker_changes_exactly_when_a_kept_file_does(one: Output, body: bytes) -> None:
    before = kept(site())
    other = replace(one, body=body)
    if one.path in before and not one.path.endswith(".html"):
        outputs = [other if each.path == one.path else each for each in site()]
        assert (made(outputs)["sw.js"] == made(site())["sw.js"]) == (body == one.body)


def test_the_size_is_that_of_the_kept_files_in_whole_megabytes() -> None:
    big = made(site(**{"assets/a.css": "x" * 3_600_000, "media/unused.svg": "x" * 9_000_000}))
    assert b"About 4 megabytes" in big["index.html"]


def test_a_site_without_a_worker_has_no_list_of_files() -> None:
    outputs = made([one for one in site() if one.path != "sw.js"])
    assert "offline.json" not in outputs
    assert [one.path for one in without_copy(site())] == [one.path for one in site() if one.path != "sw.js"]
