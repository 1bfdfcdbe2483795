"""Copied files: under names that change with their bytes, so that they can be kept for ever."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.output.assets import picture_outputs, static_outputs, static_urls
from tests.helpers import article, file, joined, make_site, moderate

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def test_a_change_of_bytes_changes_the_address_and_nothing_else_does() -> None:
    one, same, other = (file(body, "static/css/site.css") for body in ("a", "a", "b"))
    assert static_urls([one]) == static_urls([same])
    assert static_urls([one]) != static_urls([other])


def test_a_file_keeps_its_ending_so_that_servers_know_its_type() -> None:
    urls = static_urls([file("a", "static/js/a.min.js"), file("b", "static/img/b.svg"), file("c", "static/c")])
    assert [url.rpartition(".")[2] for url in list(urls.values())[:2]] == ["js", "svg"]
    assert set(urls) == {"js/a.min.js", "img/b.svg", "c"}
    assert all(url.startswith("/assets/") for url in urls.values())


@moderate
@given(st.dictionaries(st.sampled_from(["css/a.css", "b/a.css", "a.css", "js/a.js"]), st.sampled_from([b"1", b"2"])))
def test_every_address_leads_to_the_bytes_of_its_file(bodies: dict[str, bytes]) -> None:
    files = [file(body, f"static/{name}") for name, body in bodies.items()]
    urls = static_urls(files)
    outputs = {one.path: one.body for one in static_outputs(files, urls)}
    assert {name: outputs[url[1:]] for name, url in urls.items()} == bodies


def test_only_pictures_that_a_published_page_shows_are_copied(tmp_path: Path) -> None:
    files = {
        "content/help/page.md": article("\n![x](shown.svg) ![x](shown.svg)\n"),
        "content/help/draft.md": article("\n![x](hidden.svg)\n").replace("published", "draft"),
        **{f"content/help/{name}.svg": SVG for name in ("shown", "hidden", "unused")},
    }
    site, _ = joined(make_site(tmp_path, files))
    assert [(one.path, one.body, one.made_from) for one in picture_outputs(site)] == [
        ("media/help/shown.svg", SVG.encode(), "content/help/shown.svg")
    ]
