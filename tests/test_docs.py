"""README and CONTRIBUTING tell the truth: every command and every snippet shown there is run here or in .ci/run."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import pipeline
from generator.workbench.tables import all_tables
from tests.commandkit import ran
from tests.sitekit import REPOSITORY, change, copy_site, kept

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")

RUN_BY_CI = ("python3 -m venv .venv && ", "python3 -m venv .venv-test && ")
RUN_BY_A_BROWSER_TEST = {"build.py admin", "build.py serve", "build.py serve --drafts"}
RUN_IN_A_REPOSITORY = {"build.py compare main"}  # by tests/workbench/compare/test_command.py


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, on which one command is typed after another."""
    return copy_site("hiccups", tmp_path_factory.mktemp("docs"))


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def inline_commands(text: str) -> set[str]:
    return set(re.findall(r"`\.venv/bin/python (build\.py[^`]*)`", text))


def test_the_two_lines_of_the_readme_are_those_that_ci_runs() -> None:
    lines = shell_lines(README)
    assert len(lines) == len(RUN_BY_CI)
    assert all(line.startswith(start) for line, start in zip(lines, RUN_BY_CI, strict=True))
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert all(start in script for start in RUN_BY_CI)


@pytest.mark.parametrize(
    "command", sorted(inline_commands(README + CONTRIBUTING) - RUN_BY_A_BROWSER_TEST - RUN_IN_A_REPOSITORY)
)
def test_every_command_that_is_shown_runs(command: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = REPOSITORY if command.startswith("build.py explain ") else site  # it names a page of the real site
    monkeypatch.chdir(site)
    done = ran(root, *shlex.split(command)[1:])
    assert done.code == 0, done.out + done.err


def modules_shown() -> list[str]:
    measured = (REPOSITORY / "benchmarks" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"python -m ([a-z_.]+)", f"{README}\n{CONTRIBUTING}\n{measured}")
    return sorted({*named} - {"pytest"})


@pytest.mark.parametrize("name", modules_shown())
def test_every_module_that_is_shown_says_how_it_is_used(name: str) -> None:
    command = [sys.executable, "-m", name, "--help"]
    said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert f"usage: python -m {name} " in said.stdout


@pytest.mark.parametrize("name", sorted(all_tables()))
def test_tables_are_those_of_the_program(name: str) -> None:
    found = re.search(rf"<!-- table: {name} -->\n(.*?)\n<!-- end -->", CONTRIBUTING, flags=re.DOTALL)
    assert found is not None
    assert found[1] == all_tables()[name], "run `build.py tables` and put the table into CONTRIBUTING.md"


def test_the_message_shown_to_editors_is_the_one_they_get(tmp_path: Path) -> None:
    shown = re.search(r"```text\n(   content/treatments/injection.*?)   ```", CONTRIBUTING, flags=re.DOTALL)
    assert shown is not None
    root = copy_site("hiccups", tmp_path)
    article = (root / "content/options/waiting.md").read_text(encoding="utf-8")
    change(root, "site.yaml", "folder: options", "folder: treatments")
    (root / "content/options").rename(root / "content/treatments")
    for path in (root / "content").rglob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("options/", "treatments/"), encoding="utf-8")
    (root / "content/treatments/steroids.md").write_text(article, encoding="utf-8")
    sentence = "Compare this with [steroid tablets](sterroids.md).\n"
    head = article[: article.index("---", 4)] + "# a line more\n" * (
        28 - article[: article.index("---", 4)].count("\n")
    )
    (root / "content/treatments/injection.md").write_text(f"{head}---\n\n{sentence}", encoding="utf-8")
    assert "".join(line[3:] + "\n" for line in shown[1].splitlines()) in ran(root, "check", "--quiet").out


def test_the_articles_and_folders_that_are_named_exist() -> None:
    for name in re.findall(r"`((?:content|templates|generator|tests|static)/[\w./-]+\.\w+)`", CONTRIBUTING):
        if name != "templates/words/de.yaml":
            assert (REPOSITORY / name).exists(), name
    for name in re.findall(r"^  (\w+\.py|\w+/) ", CONTRIBUTING, flags=re.MULTILINE):
        assert (REPOSITORY / "generator" / name).exists(), name


def test_the_snippets_of_markdown_that_are_shown_hold_on_the_real_site(tmp_path: Path) -> None:
    rows = re.findall(r"^\| (`.+?`(?:, `.+?`)*)(?: alone in a paragraph)? \| ", CONTRIBUTING, flags=re.MULTILINE)
    snippets = [one for row in rows for one in re.findall(r"`([^`]+)`", row) if one.startswith(("[", "::", "> [!"))]
    assert len(snippets) >= 10
    root = tmp_path / "site"
    for name in ("content", "templates", "static"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "site.yaml", root)
    page = root / "content/self-care/index.md"
    text = "\n\n".join(one + ("\n> Text." if one.startswith(">") else "") for one in snippets)
    text = text.replace("{id}", "{opioid-misuse}").replace("{path}", "{treatments/injection}")
    page.write_text(page.read_text(encoding="utf-8") + "\n" + text + "\n", encoding="utf-8")
    with kept() as means:
        errors = [problem for problem in pipeline.build(root, means=means).problems if problem.is_error]
    assert errors == []


def test_the_picture_of_the_readme_is_there() -> None:
    for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (REPOSITORY / name).is_file(), name


def anchors(text: str) -> set[str]:
    """The places of a document to which a link can lead, as GitHub names them."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    named = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
    return named | set(re.findall(r'<a id="([^"]+)">', text))


def dead_links(text: str) -> list[str]:
    """The links of a document of this repository that lead to no heading or file that is there."""
    prose = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    found = []
    for target in re.findall(r"\]\(([^)]+)\)", prose):
        name, _, anchor = target.partition("#")
        place = REPOSITORY / name
        there = place.read_text(encoding="utf-8") if name.endswith(".md") and place.is_file() else text
        if not target.startswith("https://") and not (place.exists() and (not anchor or anchor in anchors(there))):
            found.append(target)
    return found


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_links_lead_to_headings_and_files_that_are_there(text: str) -> None:
    assert dead_links(text) == []


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    text = "# One\n\n[a](#one) [b](#two) [c](no.md) [d](README.md#no) [e](README.md#commands) [f](https://x.example/)\n"
    assert dead_links(text) == ["#two", "no.md", "README.md#no"]
