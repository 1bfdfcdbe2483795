"""A running preview beside files that nobody may have, and what it must be like after an attack."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.previewing import Preview, previewed
from tests.sitekit import copy_site
from tests.workbench.preview import raw

SECRET = "what nobody may see"
LEAKS = re.compile(SECRET.encode() + rb"|root:[^:]*:0:0|urgent_section:|BEGIN [A-Z ]*PRIVATE KEY")
"""What a file outside of the rendered site would show of itself."""
PAGE = "content/what/hiccups.md"
MEGABYTE = 1 << 20
INFO = {"command": "info", "url": "http://x/what/hiccups/", "plugins": {"preview": {"shown": "another"}}}
"""What our own script tells of a page, which then shows something else than it should."""


@contextmanager
def attacked(folder: Path) -> Iterator[Preview]:
    """Serve a site beside secrets and links to them, and end as if nothing had happened."""
    root = copy_site("hiccups", folder)
    (folder / "secret.txt").write_text(SECRET)
    (root / "secret.txt").write_text(SECRET)
    (root / "_site").mkdir()
    for name, target in (("leak", "/etc/passwd"), ("out", "/etc"), ("secret.txt", "../secret.txt"), ("up", "..")):
        (root / "_site" / name).symlink_to(target)
    with previewed(root) as running:
        yield running
        expect_a_quiet_end(running)


def expect_a_quiet_end(preview: Preview) -> None:
    """It ends at Ctrl+C, and has said nothing of what strangers did."""
    assert preview.process.poll() is None
    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(timeout=raw.PATIENCE) == 0
    preview.listener.join()
    assert preview.lines[-1] == "stopped"
    assert unexpected(preview) == []


def unexpected(preview: Preview) -> list[str]:
    """The lines in the terminal that are none of the preview's own."""
    own = re.compile(r"http://|build \d+ (begins|ends)|stopped$|shown at once|not shown at once")
    return [line for line in preview.lines if not own.match(line)]


def expect_well(preview: Preview) -> None:
    """The server answers a page as it should."""
    found = raw.ask(preview.port, "/what/hiccups/")
    assert found.statuses == [200], found.data[:200]
    assert b"</html>" in found.body
