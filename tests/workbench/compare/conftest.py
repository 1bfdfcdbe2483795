"""The small site of `history`, before and after one of each change, made once."""

from pathlib import Path

import pytest

from generator.stages import intake
from generator.workbench.compare.snapshot import Snapshot, take
from tests.sitekit import TODAY
from tests.workbench.compare.history import make_one_of_each_change, site_before


def snapshot_of(root: Path, name: str = "this tree") -> Snapshot:
    """Make a snapshot of a site's folder."""
    sources, problems = intake.read(root)
    assert sources is not None
    return take(name, sources, problems, TODAY)


@pytest.fixture(scope="package")
def before(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The site as it was."""
    return snapshot_of(site_before(tmp_path_factory.mktemp("before")), "base")


@pytest.fixture(scope="package")
def after(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The site with one of each change."""
    root = site_before(tmp_path_factory.mktemp("after"))
    make_one_of_each_change(root)
    return snapshot_of(root)
