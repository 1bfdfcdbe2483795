"""The steps of the workflows in .github, run as GitHub runs them: with its shell, its files, and nothing of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.sitekit import REPOSITORY, SITES

WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
NEEDED = (
    *("build.py", "generator", "templates", "static", "requirements.lock", ".gitignore"),
    *("supply", "pyproject.toml", "THIRD-PARTY.md"),
)
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def read(path: Path) -> dict[str, Any]:
    """Read a workflow; `on` is a text here, and not the truth that YAML 1.1 takes it for."""
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (texts only)
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    """All steps of a workflow."""
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def runs() -> list[tuple[str, str]]:
    """The file and the name of every step that runs a script."""
    return [(path.name, step["name"]) for path in WORKFLOWS for step in steps(path) if "run" in step]


@dataclass(frozen=True)
class Ran:
    """What a step left: its exit code, what it printed, its outputs, and its summary."""

    code: int
    printed: str
    outputs: Mapping[str, str]
    summary: str


@dataclass(frozen=True)
class Runner:
    """A scratch machine: a repository of its own, with the program and a small site."""

    folder: Path

    @property
    def repository(self) -> Path:
        """The folder in which steps run."""
        return self.folder / "work"

    @property
    def stand_in(self) -> Path:
        """The folder of the stand-in for `gh`."""
        return self.folder / "gh"

    def asked(self, *methods: str) -> list[dict[str, Any]]:
        """What `gh` was asked, by these methods."""
        log = self.stand_in / "asked.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [one for one in map(json.loads, lines) if one["method"] in methods]

    def answer(self, answers: Mapping[str, object]) -> None:
        """Say what `gh` answers, by method and endpoint."""
        (self.stand_in / "answers.json").write_text(json.dumps(answers), encoding="utf-8")

    def git(self, *arguments: str) -> None:
        """Run git, as nobody in particular."""
        who = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=self.repository, check=True, capture_output=True)

    def commit(self) -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A state")

    def run(self, file: str, name: str, values: Mapping[str, str] | None = None) -> Ran:
        """Run one step. `values` are what GitHub would put in for the expressions of its `env`."""
        workflow = read(REPOSITORY / ".github" / "workflows" / file)
        (step,) = [one for one in steps(REPOSITORY / ".github" / "workflows" / file) if one.get("name") == name]
        assert workflow["defaults"]["run"]["shell"] == "bash"
        script = self.folder / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        files = {key: self.folder / key.lower() for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for one in files.values():
            one.write_text("", encoding="utf-8")
        given = {key: EXPRESSION.sub(lambda found: (values or {})[found[1]], text) for key, text in env(step).items()}
        environment = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "GITHUB_REPOSITORY": "example/site",
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "GH_STAND_IN": str(self.stand_in),
            **{key: str(path) for key, path in files.items()},
            **given,
        }
        shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        ran = subprocess.run(shell, cwd=self.repository, env=environment, capture_output=True, text=True, check=False)
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return Ran(ran.returncode, ran.stdout + ran.stderr, dict(line.split("=", 1) for line in lines), summary)


def env(step: Mapping[str, Any]) -> dict[str, str]:
    """The environment that a step names."""
    return dict(step.get("env", {}))


def runner(folder: Path) -> Runner:
    """Make a scratch machine with one commit. Its `.venv` is the Python that runs the tests."""
    made = Runner(folder)
    made.repository.mkdir(parents=True)
    made.stand_in.mkdir()
    for name in NEEDED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, made.repository / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, made.repository / name)
    shutil.copytree(SITES / "hiccups", made.repository, dirs_exist_ok=True)
    _program(made.repository / ".venv" / "bin" / "python", f'exec "{sys.executable}" "$@"')
    _program(folder / "bin" / "gh", f'exec "{sys.executable}" "{REPOSITORY / "tests" / "github" / "gh.py"}" "$@"')
    made.answer({})
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit()
    return made


def _program(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
