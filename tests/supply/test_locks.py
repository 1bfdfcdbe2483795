"""What is installed is what was locked: by version, by digest, from no place of its own, and nothing more."""

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from supply.bill import LOCKS, asked_for
from supply.lock import Package, Unlocked, read_lock
from tests.sitekit import REPOSITORY

EXTRAS = {**LOCKS, "requirements-test.lock": "test"}
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TYPED = [
    *sorted(REPOSITORY.glob("*.md")),
    REPOSITORY / ".ci" / "run",
    *sorted((REPOSITORY / ".github").rglob("*.yml")),
    *sorted((REPOSITORY / "generator").rglob("*.py")),
]
"""Where it is said, or done, how to install."""


def locked(name: str) -> dict[str, Package]:
    return {one.name: one for one in read_lock((REPOSITORY / name).read_text(encoding="utf-8"), name)}


def test_every_lock_file_is_known() -> None:
    assert {path.name for path in REPOSITORY.glob("requirements*")} == set(EXTRAS)


@pytest.mark.parametrize("name", EXTRAS)
def test_every_package_has_one_version_and_the_digests_of_its_files(name: str) -> None:
    packages = locked(name)
    assert len(packages) >= 20
    assert all(one.hashes for one in packages.values())


GOOD = f"one==1.0 \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\ntwo==2 ; python_version < '4' \\\n"
GOOD += f"    --hash=sha256:{'c' * 64}\n"


def test_a_lock_is_read_with_all_that_it_says() -> None:
    assert read_lock(GOOD) == (
        Package("one", "1.0", "", ("a" * 64, "b" * 64)),
        Package("two", "2", "python_version < '4'", ("c" * 64,)),
    )


@pytest.mark.parametrize(
    "bad",
    [
        GOOD.replace("one==1.0 \\", "one>=1.0 \\"),
        GOOD.replace(" \\\n    --hash=sha256:" + "c" * 64, ""),
        GOOD.replace("sha256:" + "c" * 64, "sha256:" + "c" * 63),
        GOOD.replace("sha256", "md5"),
        "--index-url https://example.org/simple\n" + GOOD,
        "--extra-index-url https://example.org/simple\n" + GOOD,
        "-r other.lock\n" + GOOD,
        "three @ https://example.org/three-1.0.zip \\\n    --hash=sha256:" + "a" * 64 + "\n",
        "-e .\n",
        GOOD + GOOD,
        GOOD + "four==4 \\\n",
    ],
)
def test_a_lock_that_leaves_something_open_is_refused(bad: str) -> None:
    with pytest.raises(Unlocked):
        read_lock(bad)


def test_a_package_has_the_same_version_and_digests_in_every_lock() -> None:
    first = locked("requirements.lock")
    for name in EXTRAS:
        also = locked(name)
        assert first.keys() <= also.keys(), name
        assert {key: (also[key].version, also[key].hashes) for key in first} == {
            key: (one.version, one.hashes) for key, one in first.items()
        }, name


def unmet(lock: dict[str, Package], wanted: list[str]) -> list[str]:
    """The requirements that what is locked does not meet."""
    asked = [Requirement(text) for text in wanted]
    versions = {name: one.version for name, one in lock.items()}
    return [
        str(one)
        for one in asked
        if versions.get(canonicalize_name(one.name)) is None
        or not one.specifier.contains(versions[canonicalize_name(one.name)], prereleases=True)
    ]


def wanted(name: str) -> list[str]:
    extra = EXTRAS[name]
    return [*PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] if extra else ())]


@pytest.mark.parametrize("name", EXTRAS)
def test_what_is_locked_is_what_pyproject_asks_for(name: str) -> None:
    assert unmet(locked(name), wanted(name)) == []


def test_a_lock_that_pyproject_has_left_behind_is_noticed() -> None:
    lock = locked("requirements.lock")
    assert unmet(lock, ["jinja2>=99", "no-such-package>=1"]) == ["jinja2>=99", "no-such-package>=1"]


def reached(wanted: list[str]) -> set[str]:
    """All packages that some machine needs for what is wanted, as the installed ones say."""
    seen: dict[str, set[str]] = {}
    waiting = [Requirement(text) for text in wanted]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        fresh = one.extras if name in seen else {*one.extras, ""}
        if name in seen and fresh <= seen[name]:
            continue
        seen.setdefault(name, {""}).update(one.extras)
        try:
            needs = [Requirement(text) for text in distribution(name).requires or ()]
        except PackageNotFoundError:  # it is for other machines
            continue
        for need in needs:
            extra = re.search(r"extra == ['\"]([\w.-]+)['\"]", str(need.marker or ""))
            if not extra or canonicalize_name(extra[1]) in {canonicalize_name(name) for name in seen[name]}:
                waiting.append(need)
    return set(seen)


@pytest.mark.parametrize("name", EXTRAS)
def test_nothing_is_locked_that_nobody_asked_for(name: str) -> None:
    assert locked(name).keys() - reached(wanted(name)) == set()


def test_a_package_that_nobody_asked_for_is_noticed() -> None:
    assert "weasyprint" not in reached(PROJECT["dependencies"])
    assert {"tornado", "pagefind-bin"} <= reached(PROJECT["dependencies"])


def test_the_bill_asks_for_what_pyproject_names() -> None:
    for name, extra in LOCKS.items():
        assert asked_for(PROJECT, extra) == [canonicalize_name(Requirement(text).name) for text in wanted(name)]


@pytest.mark.parametrize("name", ["package-lock.json", "cms/package-lock.json", ".ci/node/package-lock.json"])
def test_what_npm_installs_is_locked_by_digest_and_names_no_host(name: str) -> None:
    assert unlocked(json.loads((REPOSITORY / name).read_text(encoding="utf-8"))["packages"]) == []


def unlocked(packages: dict[str, dict[str, str]]) -> list[str]:
    """The packages of an npm lock that have no digest or come from a place of their own."""
    folders = [key for key, one in packages.items() if re.search(r"(^|/)node_modules/(@[^/]+/)?[^/]+$", key)]
    theirs = {key: packages[key] for key in folders if not packages[key].get("link")}
    return [
        key for key, one in theirs.items() if not one.get("integrity", "").startswith("sha512-") or "resolved" in one
    ]


@pytest.mark.parametrize(
    "bad", [{}, {"integrity": "sha1-AAAA"}, {"integrity": "sha512-A", "resolved": "https://x.y/z"}]
)
def test_a_package_of_npm_that_is_not_locked_is_noticed(bad: dict[str, str]) -> None:
    assert unlocked({"": {}, "node_modules/one": bad, "node_modules/@x/two": bad}) == [
        "node_modules/one",
        "node_modules/@x/two",
    ]


def loose(text: str) -> list[str]:
    """The commands of a text that install what no lock names, or that run what a package brings while installing it."""
    calls = re.findall(r"(?:\bpip install|\bnpm (?:ci|install|i)\b|\bnpx\b)[^\n`|;&]*", text)
    return [one.strip() for one in calls if not is_strict(one)]


def is_strict(command: str) -> bool:
    if command.startswith("pip install"):
        own = ("--no-deps", "--no-build-isolation", '-e ".[test]"')  # ourselves, with what is installed already
        return "--require-hashes" in command or all(one in command for one in own)
    return command.startswith("npm ci") and "--ignore-scripts" in command


def test_everything_is_installed_from_a_lock() -> None:
    texts = {path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in TYPED}
    assert sum("pip install" in text for text in texts.values()) >= 5
    assert {name: found for name, text in texts.items() if (found := loose(text))} == {}


@pytest.mark.parametrize(
    "command",
    [
        ".venv/bin/pip install jinja2",
        ".venv/bin/pip install -r requirements.lock",
        'pip install --no-deps -e ".[test]"',
        "pip install --no-deps --no-build-isolation jinja2",
        "npm install",
        "npm ci",
        "npx lighthouse",
    ],
)
def test_a_command_that_installs_more_is_noticed(command: str) -> None:
    assert len(loose(f"python3 -m venv .venv && {command} && true")) == 1
