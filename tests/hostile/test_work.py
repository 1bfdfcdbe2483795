"""Huge and deep texts cost what their length asks for: four times the text, not sixteen times the work."""

import json
import subprocess
import sys
from pathlib import Path

from tests.hostile.payloads import at
from tests.hostile.worked import PART
from tests.sitekit import REPOSITORY

_GUARD = 600
"""Seconds after which something hangs."""
_AT_ONCE = 0.6
"""Seconds of processor time below which nothing is said of how it grows."""
_GROWS = 2.5 * PART
"""How many times the work of a quarter of the text the whole may cost: linear is 4, quadratic 16."""
_PEAK = 1_500_000
"""Kilobytes that the process may have held."""


def test_work_and_memory_grow_as_the_text_does() -> None:
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("worked.py"))],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"},
        timeout=_GUARD,
        check=False,
    )
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 0, (found[-1:], ran.stderr[-2000:])
    measured = [one for one in found if "whole" in one]
    assert len(measured) == len([one for one in at("body") if one.rule])
    slow = [one for one in measured if one["whole"] > _AT_ONCE and one["whole"] > _GROWS * one["part"]]
    assert slow == []
    assert max(one["peak"] for one in measured) < _PEAK
