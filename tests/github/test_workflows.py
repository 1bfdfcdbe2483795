"""What runs on GitHub: each step is run here, with stand-ins only for what GitHub itself gives, and nothing is trusted
that comes from a pull request."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from supply.bill import bill_of
from tests.github.steps import WORKFLOWS, Runner, env, read, runner, runs, steps
from tests.needs import need
from tests.sitekit import REPOSITORY, change

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MARK = "<!-- what changes for readers -->"
HEAD = "1f" * 20
TOKEN = {"github.token": "a-token"}
MAY_WRITE = {"comment.yml": {"pull-requests"}, "publish.yml": {"pages", "id-token"}, "review.yml": {"issues"}}

needs_jq = pytest.mark.usefixtures("jq")


@pytest.fixture
def jq() -> None:
    need("jq", shutil.which("jq") is not None, "apt-get install jq")


@pytest.fixture
def machine(tmp_path: Path) -> Runner:
    return runner(tmp_path)


# Every pull request


def test_annotations_stand_beside_the_lines_that_are_wrong(machine: Runner) -> None:
    assert machine.run("check.yml", "Check").code == 0
    change(machine.repository, "content/ask/how-long.md", "More on [what", "More on [nothing](nowhere.md) and [what")
    ran = machine.run("check.yml", "Check")
    assert ran.code == 1
    assert "::error file=content/ask/how-long.md,line=14,col=19," in ran.printed


def test_the_report_says_what_changes_for_readers(machine: Runner) -> None:
    change(machine.repository, "content/ask/how-long.md", "More on [what", "Even more on [what")
    machine.commit()
    ran = machine.run("check.yml", "Compare", {"github.event.pull_request.number": "7"})
    assert (ran.code, ran.outputs) == (0, {"code": "0"}), ran.printed
    report = (machine.repository / "report/report.md").read_text(encoding="utf-8")
    assert "Even" in report
    assert ran.summary == report
    assert (machine.repository / "report/number").read_text(encoding="utf-8") == "7\n"
    assert (machine.repository / "report/report.html").is_file()


def test_a_lowered_sign_is_told_and_stops_the_pull_request(machine: Runner) -> None:
    change(machine.repository, "content/red-flags.yaml", "level: soon", "level: routine")
    machine.commit()
    ran = machine.run("check.yml", "Compare", {"github.event.pull_request.number": "7"})
    assert (ran.code, ran.outputs) == (0, {"code": "1"}), ran.printed
    assert ran.summary


NAME = "Stop where a warning sign was lowered or an address was lost"


@pytest.mark.parametrize(("code", "left"), [("0", 0), ("1", 1), ("3", 3), ("", 1)])
def test_the_job_ends_as_the_comparison_did_and_never_well_without_one(machine: Runner, code: str, left: int) -> None:
    assert machine.run("check.yml", NAME, {"steps.compare.outputs.code": code}).code == left


# The comment


def report(machine: Runner, text: bytes = b"Two pages were added.\n", number: str = "7\n") -> None:
    (machine.repository / "report").mkdir()
    (machine.repository / "report/report.md").write_bytes(text)
    (machine.repository / "report/number").write_text(number, encoding="utf-8")


def find(machine: Runner) -> Any:
    return machine.run("comment.yml", "Find the pull request that it is about", {**TOKEN, SHA: HEAD})


SHA = "github.event.workflow_run.head_sha"
PULL = "GET repos/example/site/pulls/7"
COMMENTS = "repos/example/site/issues/7/comments"


@needs_jq
def test_the_pull_request_is_the_one_that_the_report_was_made_for(machine: Runner) -> None:
    report(machine)
    machine.answer({PULL: {"head": {"sha": HEAD}}})
    assert find(machine).outputs == {"number": "7"}


@needs_jq
def test_a_report_that_names_another_pull_request_is_not_posted(machine: Runner) -> None:
    report(machine)
    machine.answer({PULL: {"head": {"sha": "0" * 40}}})
    ran = find(machine)
    assert (ran.code, ran.outputs) == (0, {})
    assert "::notice::" in ran.printed


@needs_jq
@pytest.mark.parametrize("number", ["7; touch gone", "7\nnumber=8", "$(touch gone)7", "../7"])
def test_what_stands_for_the_number_is_only_ever_a_number(machine: Runner, number: str) -> None:
    report(machine, number=number)
    machine.answer({PULL: {"head": {"sha": HEAD}}})
    assert find(machine).outputs in ({}, {"number": "7"})
    assert not (machine.repository / "gone").exists()
    assert all(re.fullmatch(r"repos/example/site/pulls/\d+", one["endpoint"]) for one in machine.asked("GET"))


def post(machine: Runner, *comments: dict[str, Any]) -> dict[str, Any]:
    """Post the report, and give what was written."""
    old = f"PATCH repos/example/site/issues/comments/{comments[-1]['id'] if comments else 0}"
    machine.answer({f"GET {COMMENTS}": list(comments), f"POST {COMMENTS}": {}, old: {}})
    ran = machine.run("comment.yml", "Post it", {**TOKEN, "steps.pull.outputs.number": "7"})
    assert ran.code == 0, ran.printed
    (written,) = machine.asked("POST", "PATCH")
    return written


@needs_jq
def test_the_first_report_is_a_new_comment(machine: Runner) -> None:
    report(machine)
    written = post(machine)
    assert (written["method"], written["endpoint"]) == ("POST", COMMENTS)
    assert written["fields"]["body"] == f"{MARK}\nTwo pages were added.\n"


@needs_jq
def test_the_next_report_takes_its_place_and_no_comment_of_anybody_else(machine: Runner) -> None:
    report(machine)
    stranger = {"id": 1, "user": {"login": "somebody"}, "body": f"{MARK}\nmine"}
    other = {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "of another workflow"}
    own = {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nold"}
    written = post(machine, stranger, other, own)
    assert (written["method"], written["endpoint"]) == ("PATCH", "repos/example/site/issues/comments/3")


@needs_jq
def test_nobody_is_called_by_a_report(machine: Runner) -> None:
    report(machine, b"As in [@collee1991], says @everybody.\n")
    assert re.search(r"@[a-z]", post(machine)["fields"]["body"]) is None


@needs_jq
def test_a_long_report_is_cut_between_letters(machine: Runner) -> None:
    report(machine, b"x" + "é".encode() * 40_000)
    body = post(machine)["fields"]["body"]
    assert 59_000 < len(body.encode()) < 62_000
    assert set(body.removeprefix(MARK).strip()) == {"x", "é"}


# Publishing


ADDRESS = {"steps.pages.outputs.base_url": "https://example.org/hiccups"}
CHECKED = "Compare that with site.yaml"


def test_a_site_that_knows_its_address_is_published(machine: Runner) -> None:
    change(machine.repository, "site.yaml", "limits:", "hosting: [github-pages]\nlimits:")
    ran = machine.run("publish.yml", CHECKED, ADDRESS)
    assert (ran.code, ran.printed) == (0, "")


def test_without_the_host_there_is_a_warning(machine: Runner) -> None:
    ran = machine.run("publish.yml", CHECKED, ADDRESS)
    assert ran.code == 0
    assert ran.printed.startswith("::warning file=site.yaml::Add github-pages to hosting")


def test_a_site_with_another_address_is_not_published(machine: Runner) -> None:
    ran = machine.run("publish.yml", CHECKED, {"steps.pages.outputs.base_url": "https://example.github.io/other"})
    assert ran.code == 1
    line = (
        (machine.repository / "site.yaml")
        .read_text(encoding="utf-8")
        .splitlines()
        .index("url: https://example.org/hiccups/")
    )
    assert f"::error file=site.yaml,line={line + 1}::The site will be at https://example.github.io/other" in ran.printed


def test_what_is_published_is_what_was_built(machine: Runner) -> None:
    assert machine.run("publish.yml", "Build").code == 0
    (uploaded,) = [one for one in steps(path("publish.yml")) if "upload-pages" in one.get("uses", "")]
    assert (machine.repository / uploaded["with"]["path"] / "index.html").is_file()


def test_with_what_is_published_goes_a_bill_of_materials(machine: Runner) -> None:
    assert machine.run("publish.yml", "Bill of materials").code == 0
    (kept,) = [one for one in steps(path("publish.yml")) if "upload-artifact" in one.get("uses", "")]
    bill = (machine.repository / kept["with"]["path"]).read_text(encoding="utf-8")
    assert bill == bill_of(REPOSITORY, "requirements.lock")


def test_nothing_is_published_while_there_is_an_error(machine: Runner) -> None:
    change(machine.repository, "content/ask/how-long.md", "topic: basics", "topic: nothing")
    assert machine.run("publish.yml", "Build").code == 1
    assert not (machine.repository / "_site").exists()


# Review dates


ISSUES = "repos/example/site/issues"
ALL = f"GET {ISSUES}?state=all&per_page=100"
PAGE = "content/ask/how-long.md"


def nightly(machine: Runner, *issues: dict[str, Any]) -> list[dict[str, Any]]:
    """Run the night's steps, and give what was written."""
    assert machine.run("review.yml", "Check the dates").code == 0
    machine.answer({ALL: list(issues), f"POST {ISSUES}": {}, f"PATCH {ISSUES}/5": {}})
    ran = machine.run("review.yml", "Bring the issue up to date", TOKEN)
    assert ran.code == 0, ran.printed
    return machine.asked("POST", "PATCH")


def issue(state: str, login: str = "github-actions[bot]") -> dict[str, Any]:
    return {"number": 5, "state": state, "title": "Pages are due for review", "user": {"login": login}}


def overdue(machine: Runner) -> None:
    change(machine.repository, PAGE, "due: 2027-11-21", "due: 2026-11-01")


def fresh(machine: Runner) -> None:
    for file in (machine.repository / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("due: 2027-11-21", "due: 2999-01-01"), encoding="utf-8")


@needs_jq
def test_pages_that_are_overdue_stand_in_one_new_issue(machine: Runner) -> None:
    overdue(machine)
    (written,) = nightly(machine)
    assert (written["method"], written["endpoint"]) == ("POST", ISSUES)
    assert written["fields"]["title"] == "Pages are due for review"
    assert f"{PAGE}:7:15: error[review-overdue]" in written["fields"]["body"]


@needs_jq
@pytest.mark.parametrize("state", ["open", "closed"])
def test_the_issue_is_brought_up_to_date_and_opened_again(machine: Runner, state: str) -> None:
    overdue(machine)
    (written,) = nightly(machine, issue(state))
    assert (written["method"], written["endpoint"], written["fields"]["state"]) == ("PATCH", f"{ISSUES}/5", "open")


@needs_jq
def test_an_issue_of_somebody_else_is_left_alone(machine: Runner) -> None:
    overdue(machine)
    (written,) = nightly(machine, issue("open", login="somebody"))
    assert written["method"] == "POST"


@needs_jq
def test_the_issue_is_closed_when_nothing_is_overdue(machine: Runner) -> None:
    fresh(machine)
    (written,) = nightly(machine, issue("open"))
    assert (written["endpoint"], written["fields"]["state"]) == (f"{ISSUES}/5", "closed")


@needs_jq
def test_nothing_is_written_when_nothing_is_overdue(machine: Runner) -> None:
    fresh(machine)
    assert nightly(machine) == []
    assert nightly(machine, issue("closed")) == []


def test_a_check_that_cannot_run_is_not_taken_for_nothing_overdue(machine: Runner) -> None:
    (machine.repository / "site.yaml").write_text("title: [\n", encoding="utf-8")
    assert machine.run("review.yml", "Check the dates").code == 2


# All of them


def test_what_installs_is_the_line_of_the_readme() -> None:
    """It is run by .ci/run, which asks the package index."""
    line = re.search(r"```sh\n(python3 -m venv \.venv && .*) && \.venv/bin/python build\.py\n", README)
    assert line
    lines = {step["run"] for one in WORKFLOWS for step in steps(one) if step.get("name") == "Install"}
    assert lines == {line[1]}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_nothing_that_is_installed_runs_meanwhile(file: Path) -> None:
    """Releases without a build of their own would be built here, with tools that no lock names."""
    installs = any("pip install" in step.get("run", "") for step in steps(file))
    assert (read(file).get("env", {}).get("PIP_ONLY_BINARY") == ":all:") == installs


def test_every_step_that_runs_something_is_run_here() -> None:
    text = (
        Path(__file__).read_text(encoding="utf-8").replace("CHECKED,", f'"{CHECKED}",').replace("NAME,", f'"{NAME}",')
    )
    missing = [step for step in runs() if step[1] != "Install" and f'"{step[0]}", "{step[1]}"' not in text]
    assert missing == []
    assert len(runs()) >= 10


def path(name: str) -> Path:
    return REPOSITORY / ".github" / "workflows" / name


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_may_do_only_what_it_must(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert {key for key, value in job["permissions"].items() if value == "write"} <= MAY_WRITE.get(file.name, set())
        assert int(job["timeout-minutes"]) <= 15
    assert "secrets." not in file.read_text(encoding="utf-8")
    assert "pull_request_target" not in workflow["on"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_nothing_that_others_write_becomes_part_of_a_script(file: Path) -> None:
    assert [step["run"] for step in steps(file) if "${{" in step.get("run", "")] == []
    for step in steps(file):
        given = " ".join(env(step).values())
        assert not re.search(r"\.(title|body|ref|label|head_ref)\b", given), given


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_action_is_one_fixed_commit_whose_release_is_named(file: Path) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
    for step in steps(file):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false"


def test_what_may_comment_fetches_no_code() -> None:
    assert [step["uses"].split("@")[0] for step in steps(path("comment.yml")) if "uses" in step] == [
        "actions/download-artifact"
    ]


def test_the_same_action_is_the_same_commit_everywhere() -> None:
    used = {step["uses"] for file in WORKFLOWS for step in steps(file) if "uses" in step}
    assert len(used) == len({one.split("@")[0] for one in used})


# Linters


def lint(*arguments: str) -> None:
    ran = subprocess.run([*arguments], capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def schema(name: str, *files: Path) -> None:
    lint(sys.executable, "-m", "check_jsonschema", "--builtin-schema", name, *map(str, files))


def test_workflows_and_forms_fit_the_schemas_of_github() -> None:
    schema("vendor.github-workflows", *WORKFLOWS)
    schema("custom.github-workflows-require-timeout", *WORKFLOWS)
    forms = sorted((REPOSITORY / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    schema("vendor.github-issue-forms", *(one for one in forms if one.name != "config.yml"))
    schema("vendor.github-issue-config", REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "config.yml")
    schema("vendor.dependabot", REPOSITORY / ".github" / "dependabot.yml")


def test_zizmor_finds_no_weakness() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    lint(str(zizmor), "--offline", "--quiet", "--persona=pedantic", ".github")


def test_zizmor_would_find_one(tmp_path: Path) -> None:
    text = path("check.yml").read_text(encoding="utf-8").replace("persist-credentials: false", "fetch-tags: false")
    (tmp_path / "check.yml").write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match="artipacked"):
        lint(str(Path(sys.executable).parent / "zizmor"), "--offline", "--quiet", str(tmp_path / "check.yml"))


@pytest.mark.parametrize(("file", "name"), runs())
def test_shellcheck_finds_nothing_in_a_script(file: str, name: str, tmp_path: Path) -> None:
    need("ShellCheck", shutil.which("shellcheck") is not None, "apt-get install shellcheck")
    (step,) = [one for one in steps(path(file)) if one.get("name") == name]
    (tmp_path / "step.sh").write_text(step["run"], encoding="utf-8")
    lint("shellcheck", "--shell=bash", str(tmp_path / "step.sh"))
