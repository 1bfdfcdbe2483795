"""The hostile site, made once for all tests that look at what came of it."""

import pytest

from generator.pipeline import Build
from tests.hostile.hostile_site import CLASHES, Hostile, built, walls_down, write_site
from tests.hostile.payloads import at


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Hostile, Build]:
    """A site with every attack that a file of a good name can hold, made as if nothing in it were a problem."""
    chosen = [
        one
        for one in at("body", "front", "field", "record", "csl", "picture")
        if one.kind != "deep and huge" and not one.id.startswith(CLASHES)
    ]
    site = write_site(tmp_path_factory.mktemp("made") / "site", chosen)
    with walls_down():
        return site, built(site.root)
