"""What is sent to a browser while somebody writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output.outputs import Output
from generator.workbench.preview.answers import Answer, Shown, answer, is_own_origin, refusal, version

PORT = 8000
PAGE = '<!doctype html><html><head><link rel="stylesheet" href="../assets/site.css"></head><body>{}</body></html>'


def output(path: str, text: str, made_from: str = "content/x.md") -> Output:
    return Output(path, text.encode(), made_from)


FILES = [
    output("index.html", PAGE.replace("../", "").format("Home")),
    output("one/index.html", PAGE.format('One <img src="../media/drawing.svg" alt="">')),
    output("two/index.html", PAGE.format("Two, which has </body> in a script: &lt;")),
    output("404.html", PAGE.format("Nothing here"), "templates/not-here.html"),
    output("assets/site.css", "p {}", "static/css/site.css"),
    output("assets/kept.html", "<body>An editor's own.</body>", "static/kept.html"),
    output("media/drawing.svg", "<svg><head></head><body></body></svg>"),
    output("feed.xml", '<feed xmlns="http://www.w3.org/2005/Atom"><body></body></feed>'),
    output("sitemap.xml", "<urlset></urlset>"),
    output("api/v1/index.json", '{"html": "<body></body>"}'),
]
SITE = Shown({one.path: one for one in FILES}, own={"preview.css": b"own {}", "preview.js": b"own()"})
BROKEN = Shown(SITE.files, over_html="<dialog>Wrong</dialog>\n", own=SITE.own)
BY_PATH = SITE.files


def changed(path: str, text: str) -> Shown:
    return Shown({**SITE.files, path: output(path, text)}, own=SITE.own)


def header(found: Answer, name: str) -> str:
    return dict(found.headers).get(name, "")


@pytest.mark.parametrize(("path", "text"), [("/", b"Home"), ("/one/", b"One"), ("/one/index.html", b"One")])
def test_a_page_is_sent_at_its_address(path: str, text: bytes) -> None:
    found = answer(SITE, path)
    assert found.status == 200
    assert text in found.body


@pytest.mark.parametrize("path", ["/one/?v=2", "/%6Fne/"])
def test_a_query_and_other_ways_to_write_the_same_path_do_not_matter(path: str) -> None:
    assert b"One" in answer(SITE, path).body


def test_a_folder_without_its_slash_leads_to_the_one_with_it() -> None:
    found = answer(SITE, "/one")
    assert (found.status, header(found, "Location")) == (302, "/one/")


def test_links_of_the_page_for_what_is_not_here_hold_though_they_begin_at_the_host_of_the_site() -> None:
    hosted = Shown(SITE.files, base_path="/health/hiccups/")
    assert answer(hosted, "/health/hiccups/assets/site.css").body == b"p {}"
    assert b"One" in answer(hosted, "/health/hiccups/one/").body
    assert header(answer(hosted, "/health/hiccups/one"), "Location") == "/health/hiccups/one/"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/assets/",
        "/assets",
        "/../pyproject.toml",
        "/..",
        "/one/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2fetc%2fpasswd",
        "/..%5c..%5cetc%5cpasswd",
        "/..\\..\\etc\\passwd",
        "/one\\index.html",
        "//etc/passwd",
        "//example.org/one",
        "/etc/passwd",
        "/one/%00",
        "/one/index.html%00.css",
        "/\x00",
        "/%ff",
        "/%252e%252e/",
        "one/",
        "",
        "*",
        "http://example.org/one/",
        "/__preview/",
        "/__preview/../server.py",
        "/__preview/server.py",
        "/__preview/preview.css/",
        "//[",
    ],
)
def test_nothing_but_the_files_of_the_site_can_be_had(path: str) -> None:
    found = answer(SITE, path)
    assert found.status == 404
    assert b"Nothing here" in found.body


@given(st.text())
def test_any_path_gets_a_file_of_the_site_or_none(path: str) -> None:
    found = answer(SITE, f"/{path}")
    assert found.status in (200, 302, 404)
    assert "\n" not in header(found, "Location")


def test_where_there_is_not_even_a_page_for_it_nothing_is_told() -> None:
    assert answer(Shown({"index.html": BY_PATH["index.html"]}), "/nothing/").status == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/media/drawing.svg", "image/svg+xml"),
        ("/feed.xml", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/api/v1/index.json", "application/json"),
        ("/__preview/preview.css", "text/css; charset=utf-8"),
        ("/__preview/preview.js", "text/javascript; charset=utf-8"),
    ],
)
def test_every_file_has_its_type_and_is_never_stored(path: str, kind: str) -> None:
    found = answer(SITE, path)
    assert header(found, "Content-Type") == kind
    assert header(found, "Cache-Control") == "no-store"
    assert header(found, "X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["media/drawing.svg", "feed.xml", "sitemap.xml", "api/v1/index.json", "assets/site.css", "assets/kept.html"],
)
@pytest.mark.parametrize("shown", [SITE, BROKEN])
def test_nothing_is_put_into_what_is_no_page_of_ours(shown: Shown, path: str) -> None:
    assert answer(shown, f"/{path}").body == BY_PATH[path].body


def test_the_style_and_the_scripts_stand_at_the_end_of_a_page_and_the_rest_is_as_it_was() -> None:
    body = answer(SITE, "/two/").body.decode()
    before, _, after = body.partition('<link rel="stylesheet" href="/__preview/preview.css">\n')
    assert before + "</body></html>" == BY_PATH["two/index.html"].body.decode()
    assert after.endswith('<script src="/livereload.js"></script>\n</body></html>')


def test_what_is_wrong_stands_over_every_page_and_over_the_one_for_what_is_not_here() -> None:
    for path in ("/", "/one/", "/nothing/"):
        assert b"<dialog>Wrong</dialog>" in answer(BROKEN, path).body


def test_before_the_first_good_build_every_address_says_so() -> None:
    found = answer(Shown(over_html="<dialog>Wrong</dialog>", own=SITE.own), "/one/")
    assert found.status == 503
    assert b"There is no site yet" in found.body
    assert b"<dialog>Wrong</dialog>" in found.body
    assert answer(Shown(own=SITE.own), "/__preview/preview.js").status == 200


def test_a_page_names_the_version_that_it_shows() -> None:
    for path in ("/", "/one/", "/nothing/"):
        assert f'data-shown="{version(SITE, path)}"'.encode() in answer(SITE, path).body
        assert f'data-shown="{version(BROKEN, path)}"'.encode() in answer(BROKEN, path).body


def test_a_changed_page_has_another_version_and_the_others_keep_theirs() -> None:
    after = changed("one/index.html", PAGE.format("One again"))
    assert version(after, "/one/") != version(SITE, "/one/")
    assert version(after, "/two/") == version(SITE, "/two/")
    assert version(after, "/nothing/") == version(SITE, "/nothing/")


def test_a_changed_picture_or_stylesheet_changes_the_pages_that_load_it() -> None:
    drawn, styled = changed("media/drawing.svg", "<svg/>"), changed("assets/site.css", "p { color: red }")
    assert version(drawn, "/one/") != version(SITE, "/one/")
    assert version(drawn, "/two/") == version(SITE, "/two/")
    assert version(styled, "/two/") != version(SITE, "/two/")


def test_a_file_that_no_page_shows_changes_no_page() -> None:
    assert version(changed("sitemap.xml", "<urlset/>"), "/one/") == version(SITE, "/one/")


def test_a_page_that_comes_or_goes_changes_what_its_address_shows() -> None:
    without = Shown({path: one for path, one in SITE.files.items() if path != "one/index.html"})
    assert version(without, "/one/") != version(SITE, "/one/")
    assert version(without, "/one/") == version(without, "/nothing/")


def test_what_is_wrong_changes_every_page_and_its_mend_changes_them_back() -> None:
    assert version(BROKEN, "/two/") != version(SITE, "/two/")
    assert version(Shown(BROKEN.files), "/two/") == version(SITE, "/two/")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_this_machine_is_answered_under_its_own_names(host: str) -> None:
    assert refusal("GET", host, PORT) is None
    assert refusal("HEAD", host, PORT) is None
    assert is_own_origin(f"http://{host}", PORT)


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:8001",
        "localhost:80000",
        "example.org",
        "example.org:8000",
        "localhost.example.org:8000",
        "127.0.0.1:8000.example.org",
        "127.0.0.1:8000@example.org",
        "0.0.0.0:8000",
        "localhost.:8000",
        "127.0.0.1:8000,127.0.0.1:8000",
        "127.0.0.1:8000/",
    ],
)
def test_any_other_name_is_refused(host: str | None) -> None:
    refused = refusal("GET", host, PORT)
    assert refused is not None
    assert refused.status == 421
    assert not is_own_origin(f"http://{host}", PORT)


@pytest.mark.parametrize("origin", [None, "", "null", "https://127.0.0.1:8000", "file://", "127.0.0.1:8000"])
def test_a_socket_is_opened_by_our_own_pages_alone(origin: str | None) -> None:
    assert not is_own_origin(origin, PORT)


def test_the_usual_port_need_not_be_named() -> None:
    assert refusal("GET", "localhost", 80) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", ""])
def test_there_is_nothing_to_do_but_read(method: str) -> None:
    refused = refusal(method, "127.0.0.1:8000", PORT)
    assert refused is not None
    assert (refused.status, header(refused, "Allow")) == (405, "GET, HEAD")
