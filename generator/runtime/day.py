"""The day on which this runs. Here alone is the machine's clock asked for it; all else is given a day."""

import datetime


def present_day() -> str:
    """Give the day, such as 2026-11-21."""
    return _today().isoformat()


def number_of_day() -> int:
    """Give it as a number that is greater by one every day."""
    return _today().toordinal()


def _today() -> datetime.date:
    return datetime.date.today()
