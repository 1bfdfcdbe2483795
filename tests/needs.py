"""What a test does when an outside tool that it uses is not on this machine."""

import os

import pytest


def need(name: str, found: bool, how: str) -> None:
    """Skip the running test unless the tool `name` was found; `how` says in words how to get it.

    With REQUIRE_TOOLS=1 in the environment (as in CI) a missing tool is a failure, so that nothing is left
    out in silence.
    """
    if found:
        return
    message = f"NOT TESTED: {name} is missing. To get it: {how}"
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(message)
    pytest.skip(message)
