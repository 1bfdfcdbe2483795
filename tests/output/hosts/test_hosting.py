"""What each host is given: the right files in the right place, the same at every build, and gone when not wanted."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator import cli, pipeline
from generator.output.hosts.rules import shared_with_programs
from generator.output.outputs import Output
from generator.stages.options import Options
from tests.sitekit import TODAY, change, copy_site, site_of, tree

HOSTS = ("nginx", "netlify", "cloudflare-pages", "github-pages")


def site(folder: Path, *lines: str, url: str = "https://example.org/") -> Path:
    """The small site with more lines in its site.yaml."""
    root = copy_site("hiccups", folder)
    change(root, "site.yaml", "https://example.org/hiccups/", url)
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return root


def texts(outputs: Iterable[Output] | None) -> dict[str, str]:
    return {one.path: one.body.decode("utf-8", "replace") for one in outputs or ()}


def built(folder: Path, *lines: str, url: str = "https://example.org/", compress: bool = False) -> pipeline.Build:
    done = pipeline.build(site(folder, *lines, url=url), Options(today=TODAY, compress=compress))
    assert done.problems == ()
    return done


def header_rules(text: str) -> dict[str, dict[str, str]]:
    """The rules of a `_headers` file; no header stands twice in one."""
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith(" "):
            assert line not in rules
            rules[line] = {}
            last = line
        else:
            name, value = line.strip().split(": ", 1)
            assert name not in rules[last]
            rules[last][name] = value
    return rules


def test_a_site_that_names_no_host_has_only_its_pages(tmp_path: Path) -> None:
    done = built(tmp_path)
    assert site_of(done).aside == ()
    assert not [one.path for one in done.outputs if one.path.startswith(("_", "."))]
    assert not [one.path for one in done.outputs if one.path.endswith((".br", ".gz"))]
    assert not [path for path, text in texts(done.outputs).items() if "http-equiv=" in text and "refresh" not in text]


def test_each_host_has_what_it_reads_in_the_place_where_it_looks(tmp_path: Path) -> None:
    given = {host: built(tmp_path / host, f"hosting: [{host}]") for host in HOSTS}
    plain = {one.path for one in built(tmp_path / "none").outputs}
    assert {host: {one.path for one in done.outputs} - plain for host, done in given.items()} == {
        "nginx": set(),
        "netlify": {"_headers", "_redirects"},
        "cloudflare-pages": {"_headers", "_redirects"},
        "github-pages": {".nojekyll"},
    }
    assert {host: set(texts(site_of(done).aside)) for host, done in given.items()} == {
        "nginx": {"nginx/site.conf", "nginx/deploy.sh"},
        "netlify": set(),
        "cloudflare-pages": set(),
        "github-pages": set(),
    }


def test_what_must_stand_at_the_top_of_a_domain_stands_beside_a_site_that_does_not(tmp_path: Path) -> None:
    done = built(tmp_path, "hosting: [netlify]", url="https://example.org/a/b/")
    assert "_headers" not in texts(done.outputs)
    aside = texts(site_of(done).aside)
    assert set(header_rules(aside["top-of-domain/_headers"])) >= {"/a/b/*", "/a/b/assets/*"}
    assert "/a/b/hiccough/ /a/b/what/hiccups/ 301!\n" in aside["top-of-domain/_redirects"]


def test_no_two_rules_that_fit_one_address_set_the_same_header(tmp_path: Path) -> None:
    rules = header_rules(texts(built(tmp_path, "hosting: [netlify]").outputs)["_headers"])
    everywhere = rules.pop("/*")
    assert everywhere["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert rules["/assets/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert rules["/feed.xml"] == {"Access-Control-Allow-Origin": "*"}
    assert all(not set(one) & set(everywhere) for one in rules.values())


def test_header_files_keep_within_what_cloudflare_takes(tmp_path: Path) -> None:
    text = texts(built(tmp_path, "hosting: [cloudflare-pages]").outputs)["_headers"]
    assert len(header_rules(text)) <= 100
    assert max(map(len, text.splitlines())) <= 2000


def test_redirects_are_written_as_each_host_reads_them(tmp_path: Path) -> None:
    codes = {}
    for name, hosts in (("n", "netlify"), ("c", "cloudflare-pages"), ("b", "netlify, cloudflare-pages")):
        text = texts(built(tmp_path / name, f"hosting: [{hosts}]").outputs)["_redirects"]
        (line,) = [line for line in text.splitlines() if not line.startswith("#")]
        codes[name] = line.removeprefix("/hiccough/ /what/hiccups/ ")
    assert codes == {"n": "301!", "c": "301", "b": "301"}


def test_a_host_that_sends_no_headers_of_ours_has_the_policy_in_every_page(tmp_path: Path) -> None:
    done = built(tmp_path, "hosting: [github-pages]")
    pages = {path: text for path, text in texts(done.outputs).items() if path.endswith(".html")}
    for path, text in pages.items():
        line = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        assert text.count(line) == 1, path
        assert text.index("<meta charset") < text.index(line) < text.index("<title>"), path
        assert "frame-ancestors" not in text


def test_what_a_reader_keeps_fits_its_digest_although_the_policy_stands_in_it(tmp_path: Path) -> None:
    made = {one.path: one.body for one in built(tmp_path, "hosting: [github-pages]").outputs}
    listed = {one["address"]: one["sha256"] for one in json.loads(made["offline.json"])["files"]}
    assert listed[""] == hashlib.sha256(made["index.html"]).hexdigest()
    assert listed["404.html"] == hashlib.sha256(made["404.html"]).hexdigest()


def test_what_is_beside_the_site_is_published_with_it_and_goes_when_it_is_no_longer_wanted(tmp_path: Path) -> None:
    root = site(tmp_path, "hosting: [nginx, netlify]", "compress: yes")
    assert cli.main(["--root", str(root), "--quiet", "--today", TODAY]) == 0
    beside = root / "_site.hosting"
    assert (beside / "nginx" / "site.conf").is_file()
    manifest = json.loads((root / "_site" / ".site-manifest.json").read_text())["files"]
    assert {"index.html", "index.html.br", "index.html.gz", "_headers"} <= set(manifest)
    change(root, "site.yaml", "hosting: [nginx, netlify]\ncompress: yes\n", "")
    assert cli.main(["--root", str(root), "--quiet", "--today", TODAY]) == 0
    assert set(tree(beside)) == {".site-manifest.json"}
    assert not [path for path in tree(root / "_site") if path.endswith((".br", ".gz")) or path.startswith("_")]


def test_a_copy_goes_with_the_page_it_was_made_from(tmp_path: Path) -> None:
    root = site(tmp_path)
    command = ["--root", str(root), "--quiet", "--today", TODAY, "--compress"]
    assert cli.main(command) == 0
    assert (root / "_site/ask/how-long/index.html.br").is_file()
    (root / "content/ask/how-long.md").unlink()
    assert cli.main(command) == 0
    assert not (root / "_site/ask").exists()


def test_two_builds_give_the_same_bytes_for_every_host(tmp_path: Path) -> None:
    lines = (f"hosting: [{', '.join(HOSTS)}]", 'security: {contact: "mailto:a@example.org", expires: 2027-01-01}')
    one, two = (built(tmp_path / name, *lines, compress=True) for name in ("one", "two"))
    assert site_of(one) == site_of(two)


def test_the_policy_follows_what_the_pages_load(tmp_path: Path) -> None:
    root = site(tmp_path, "hosting: [nginx]")
    (root / "static/js/more.js").write_text("fetch('a.json').then(() => new Worker('b.js'));\n", encoding="utf-8")
    conf = texts(site_of(pipeline.build(root, Options(today=TODAY))).aside)["nginx/site.conf"]
    assert "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'" in conf


def test_the_contact_for_security_is_given_only_where_there_is_one(tmp_path: Path) -> None:
    line = 'security: {contact: "https://example.org/tell/", expires: 2027-01-01}'
    done = built(tmp_path, line, url="https://example.org/a/")
    assert texts(done.outputs)[".well-known/security.txt"] == (
        "Contact: https://example.org/tell/\n"
        "Expires: 2027-01-01T00:00:00Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://example.org/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    "contact", ["somebody@example.org", "http://example.org/", "mailto:", "mailto:a b@example.org"]
)
def test_a_contact_at_which_nobody_can_be_reached_is_an_error(tmp_path: Path, contact: str) -> None:
    root = site(tmp_path, f'security: {{contact: "{contact}", expires: 2027-01-01}}')
    assert [one.code for one in pipeline.build(root, Options(today=TODAY)).problems] == ["bad-web-address"]


def test_programs_of_others_may_read_data_and_not_what_the_pages_use() -> None:
    paths = ["index.html", "api/v1/a.json", "feed.xml", "checked.json", "search/index.json", "assets/a.js"]
    shared = shared_with_programs(Output(path, b"", "x") for path in paths)
    assert (shared.folders, shared.files) == (("api/",), ("checked.json", "feed.xml"))


def test_while_somebody_writes_nothing_is_made_for_hosts(tmp_path: Path) -> None:
    root = site(tmp_path, "hosting: [github-pages, nginx]", "compress: yes")
    done = pipeline.build(root, Options(today=TODAY, for_host=False))
    assert site_of(done).aside is None
    assert ".nojekyll" not in texts(done.outputs)
