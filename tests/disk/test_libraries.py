"""Libraries are found without asking those who read e-mail for it."""

from importlib.metadata import distributions
from pathlib import Path

import pytest

from generator.cache import program
from generator.cache.program import program_digest
from generator.disk import libraries


def test_what_is_found_is_what_is_installed() -> None:
    found = {name.rpartition(".")[0].partition("-py3")[0].lower() for _, name in libraries.installed()}
    for one in distributions():
        name = one.metadata["Name"].lower()
        spelled = {f"{name.replace('-', mark).replace('.', dot)}-{one.version}" for mark in "-_" for dot in "._"}
        assert spelled & found, name


def test_every_library_that_makes_pages_is_found() -> None:
    found = {name.lower().partition("-")[0] for _, name in libraries.installed()}
    assert set(program.LIBRARIES) <= found


def test_another_version_of_a_library_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = program_digest.__wrapped__()
    folder = tmp_path / "Jinja2-3.1.5.dist-info"
    folder.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert program_digest.__wrapped__() != before
    folder.rename(tmp_path / "pytest-9.0.dist-info")
    assert program_digest.__wrapped__() == before
