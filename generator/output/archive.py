"""A whole site in one file, for a mail or a stick."""

import io
import zipfile
from collections.abc import Iterable

from generator.output.outputs import Output

_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file within: the first that the format knows, so that it tells nothing of when it was made."""
_READABLE = 0o644 << 16


def zipped(outputs: Iterable[Output], name: str) -> Output:
    """Put all outputs into one zip, below one folder of that name; the same outputs give the same bytes."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for one in sorted(outputs, key=lambda one: one.path):
            entry = zipfile.ZipInfo(f"{name}/{one.path}", _DAY)
            entry.external_attr = _READABLE
            entry.create_system = 3  # Unix, wherever this runs
            archive.writestr(entry, one.body, zipfile.ZIP_DEFLATED, 9)
    return Output(f"{name}.zip", body.getvalue(), "site.yaml")
