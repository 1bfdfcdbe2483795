"""Stylesheets and scripts lose what no browser needs and nothing else; the address follows the bytes."""

import shutil
import subprocess

import pytest

from generator.output.assets import static_urls
from generator.output.minify import minified
from generator.sources.files import read_tree
from tests.helpers import REPOSITORY, file
from tests.needs import need

STYLE = """/* A note. */
@media (width >= 40rem) {
  a::after, .b > c { margin: calc(1px + 2px) 0; content: ' a  b '; }
}
"""
SCRIPT = "// A note.\nconst a = `two  spaces // ${ 1 + 1 }`;\nconst b = /[/]  x/g.test(a) ?? a?.length;\n"


def small(text: str, name: str) -> str:
    (one,) = minified([file(text, f"static/{name}")])
    return one.data.decode()


def test_notes_and_spaces_go_and_what_means_something_stays() -> None:
    made = small(STYLE, "css/a.css")
    assert "A note" not in made
    assert len(made) < len(STYLE) - 20
    for kept in ("calc(1px + 2px)", "' a  b '", "a::after", ".b>c", "(width>=40rem)"):
        assert kept in made, made


def test_texts_and_patterns_of_a_script_stay_as_they_are() -> None:
    made = small(SCRIPT, "js/a.js")
    assert "A note" not in made
    for kept in ("`two  spaces // ${ 1 + 1 }`", "/[/]  x/g", "a?.length"):
        assert kept in made, made


def test_a_notice_of_rights_is_kept() -> None:
    assert "/*! By somebody */" in small("/*! By somebody */\n/* other */\np { top: 0 }", "a.css")


@pytest.mark.parametrize("name", ["a.svg", "a.min.js", "a.min.css", "a.json", "a.woff2"])
def test_other_files_and_those_that_are_small_already_are_left_alone(name: str) -> None:
    body = "/* x */  a  {  }  "
    assert small(body, name) == body


def test_an_address_follows_the_bytes_that_are_served() -> None:
    one, other, third = (file(text, "static/a.css") for text in ("a { b: c }", "a{b:c} /* x */", "a { b: d }"))
    urls = [static_urls(minified([each]))["a.css"] for each in (one, other, third)]
    assert urls[0] == urls[1] != urls[2]


def test_our_own_scripts_can_be_read_when_they_are_small() -> None:
    need("Node.js", shutil.which("node") is not None, "apt-get install nodejs npm")
    files, _ = read_tree(REPOSITORY, "static", 10**6)
    for one in minified(each for each in files if each.path.endswith(".js")):
        command = ["node", "--check", "--input-type=module", "-"]
        result = subprocess.run(command, input=one.data, capture_output=True, check=False)
        assert result.returncode == 0, f"{one.path}: {result.stderr.decode()}"
