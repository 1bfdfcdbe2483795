"""What a site says of itself: every file that a build made, with the SHA-256 of its bytes."""

import hashlib
import json
from collections.abc import Iterable
from json.encoder import encode_basestring_ascii as quoted

from generator.output.layout import MANIFEST
from generator.output.outputs import Output


def manifest_of(files: Iterable[Output]) -> Output:
    """Give the manifest of files: as `json.dumps` writes it with an indent of one, which takes it ten times as long."""
    lines = [f"\n  {quoted(one.path)}: {quoted(one.digest)}" for one in files]
    inner = ",".join(lines) + "\n " if lines else ""
    return Output(MANIFEST, f'{{\n "files": {{{inner}}}\n}}\n'.encode(), "")


def digests_in(manifest: bytes) -> dict[str, object]:
    """Give the digest of each file of a site, by its path, and that of the manifest itself.

    It may have been changed by anybody. One that cannot be read owns nothing but itself.
    """
    try:
        files = json.loads(manifest)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {MANIFEST: ""}
    return {**files, MANIFEST: hashlib.sha256(manifest).hexdigest()} if isinstance(files, dict) else {MANIFEST: ""}
