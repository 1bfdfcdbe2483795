"""Python loads this before all else where its folder stands on PYTHONPATH, in each process of a build: from then on no
socket is made and no host is looked up. What tries is refused, and noted, so that it is seen even where the refusal is
swallowed."""

import os
import sys

_NOTES = os.environ["NO_NETWORK_NOTES"]
_HARMLESS = {"socket.gethostname"}
"""What asks this machine alone."""


class Refused(OSError):
    """No network here."""


def _note(text: str) -> None:
    notes = os.open(_NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(notes, f"{text}\n".encode())
    finally:
        os.close(notes)


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket.") and event not in _HARMLESS:
        _note(f"{event} {arguments!r}")
        raise Refused(f"no network here: {event}")


_note("guarded")
sys.addaudithook(_guard)
