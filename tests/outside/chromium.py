"""Where Chromium is, and how it is started so that it asks nobody for anything."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The path of the first Chromium that is found, if any."""
    return next(filter(None, map(shutil.which, NAMES)), None)
