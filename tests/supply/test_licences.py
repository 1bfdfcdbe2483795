"""Everything that others made is listed with its licence, as it says itself, and may be used."""

import subprocess
from pathlib import Path

import pytest

from supply import licences
from supply.bill import LOCKS
from supply.licences import FILE, Listed, alternatives, declared, differences, faults, is_accepted, read_listed
from supply.lock import Package, read_lock
from tests.sitekit import REPOSITORY

TEXT = (REPOSITORY / FILE).read_text(encoding="utf-8")
ALL = {name: read_lock((REPOSITORY / name).read_text(encoding="utf-8"), name) for name in LOCKS}
OF_OTHERS = (
    ".ttf",
    ".otf",
    ".woff",
    ".woff2",
    ".wasm",
    ".jpg",
    ".jpeg",
    ".webp",
    ".gif",
    ".min.js",
    ".min.css",
    ".png",
    ".ico",
)


def test_the_list_names_what_the_locks_bring_in_and_nothing_else() -> None:
    assert list(faults(ALL, read_listed(TEXT))) == []


def test_the_list_says_of_each_package_what_that_says_of_itself() -> None:
    every = {one.name: one for packages in ALL.values() for one in packages}
    assert list(differences(every.values(), read_listed(TEXT))) == []


def test_every_row_is_read() -> None:
    listed = read_listed(TEXT)
    rows = sum(line.startswith("| `") for line in TEXT.splitlines())
    assert rows == sum(map(len, listed.packages.values())) + len(listed.files)
    assert listed.packages.keys() == LOCKS.keys()


def one(name: str, licence: str) -> tuple[dict[str, tuple[Package, ...]], Listed]:
    """A lock with one package, and a list with that package's licence."""
    lock, *_ = LOCKS
    return {lock: (Package(name, "1", "", ("a" * 64,)),)}, Listed({lock: {name: licence}}, ())


@pytest.mark.parametrize(
    "licence",
    [
        "AGPL-3.0-only",
        "SSPL-1.0",
        "LicenseRef-Proprietary",
        "MIT AND GPL-3.0-only",
        "GPL-3.0-only OR AGPL-3.0-only",
        "?",
        "",
    ],
)
def test_a_licence_that_is_not_on_our_list_is_refused(licence: str) -> None:
    assert not is_accepted(licence)
    assert list(faults(*one("jinja2", licence))) == [f"jinja2: {licence} is not accepted"]


@pytest.mark.parametrize(
    "licence", ["MIT", "MIT AND BSD-2-Clause", "GPL-2.0-or-later OR MPL-1.1", "(MIT) OR GPL-3.0-only"]
)
def test_one_licence_of_those_to_choose_from_is_enough(licence: str) -> None:
    assert is_accepted(licence)
    assert list(faults(*one("jinja2", licence))) == []


def test_a_package_that_is_new_and_one_that_is_gone_are_named() -> None:
    packages, _ = one("jinja2", "MIT")
    _, listed = one("gone", "MIT")
    assert list(faults(packages, listed)) == [
        "THIRD-PARTY.md does not list jinja2 of requirements.lock: add | `jinja2` | BSD-3-Clause |",
        "THIRD-PARTY.md lists gone, which requirements.lock does not bring in",
    ]


def test_a_package_that_calls_its_licence_another_one_is_named() -> None:
    packages, listed = one("jinja2", "MIT")
    (said,) = differences(packages["requirements.lock"], listed)
    assert said == "jinja2: THIRD-PARTY.md says MIT, the package says BSD-3-Clause"


def test_a_package_that_cannot_be_asked_is_named_unless_it_is_for_other_machines() -> None:
    listed = Listed({}, ())
    here, elsewhere = (Package("no-such-package", "1", marker, ("a" * 64,)) for marker in ("", "sys_platform == 'x'"))
    assert list(differences([elsewhere], listed)) == []
    (said,) = differences([here], listed)
    assert said == "no-such-package is not installed, or does not say what its licence is"


METADATA = {
    "License-Expression: MIT OR Apache-2.0\n": {"MIT OR Apache-2.0"},
    "License: MIT\n": {"MIT"},
    "License: BSD\n": {"BSD-2-Clause"},
    "Classifier: License :: OSI Approved :: MIT License\n": {"MIT", "MIT-0"},
    "License: MIT\nClassifier: License :: OSI Approved :: MIT License\n": {"MIT"},
    "Classifier: License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)\n"
    "Classifier: License :: OSI Approved :: Apache Software License\n": {"MPL-2.0", "Apache-2.0"},
    "License: Commercial\n": {"Commercial"},
    "License: All rights\n        reserved.\n": set(),
    "": set(),
}


@pytest.mark.parametrize(("text", "said"), METADATA.items())
def test_what_a_package_says_of_itself_is_read_in_each_of_the_ways_in_which_it_is_said(
    text: str, said: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stand_in-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: stand-in\nVersion: 1\n{text}", encoding="utf-8")
    (folder / "LICENSE").write_text("Redistribution and use are permitted.", encoding="utf-8")
    (folder / "RECORD").write_text("stand_in-1.dist-info/LICENSE,,\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert declared("stand-in") == said


def test_the_text_of_a_licence_of_bsd_tells_which_it_is() -> None:
    assert declared("jinja2") == {"BSD-3-Clause"}
    assert licences._ENDORSES.search("Neither the name of X nor the names of its contributors may")


def test_licences_to_choose_from_are_told_apart() -> None:
    assert alternatives("MIT OR (Apache-2.0 AND ISC)") == ["MIT", "Apache-2.0 AND ISC"]


def unnamed(paths: list[str], listed: Listed) -> list[str]:
    """The files that look like works of others and are not listed. Icons and the picture of the README are our own."""
    own = ("static/img/", "generator/starter/static/img/", ".github/pictures/", "tests/")
    rest = [one for one in paths if one.endswith(OF_OTHERS) and not one.startswith(own)]
    return sorted(set(rest) - {one.path for one in listed.files})


def test_every_font_and_picture_of_others_is_listed() -> None:
    ran = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    paths = ran.stdout.splitlines()
    listed = read_listed(TEXT)
    assert len(paths) > 100
    assert unnamed(paths, listed) == []
    assert {file.path for file in listed.files} <= set(paths)
    assert unnamed([*paths, "static/js/library.min.js", "content/photo.jpg"], listed) == [
        "content/photo.jpg",
        "static/js/library.min.js",
    ]
