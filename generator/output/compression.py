"""Compressed copies beside the files, so that a server need not compress at each request."""

import gzip
import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import brotli

from generator.output.outputs import Output

TEXT = (".html", ".css", ".js", ".mjs", ".json", ".jsonld", ".xml", ".txt", ".md", ".svg", ".webmanifest")
LEAST = 1_000
"""Bytes from which a copy pays: what is smaller fits into one packet as it is."""
GAIN = 0.9
"""A copy that is not at most this share of its file is not kept."""


def compressed(outputs: Iterable[Output]) -> list[Output]:
    """Give the copies `.br` and `.gz` of all text files for which they pay; the same bytes on every machine."""
    files = [one for one in outputs if one.path.endswith(TEXT) and len(one.body) >= LEAST]
    with ThreadPoolExecutor() as pool:  # both libraries let other threads run while they work
        copies = pool.map(_copies, files)
        return [copy for several in copies for copy in several]


def _copies(output: Output) -> list[Output]:
    made = ((".br", brotli.compress(output.body, quality=11)), (".gz", _gzip(output.body)))
    return [
        Output(output.path + ending, bytes(body), output.made_from)
        for ending, body in made
        if len(body) <= GAIN * len(output.body)
    ]


def _gzip(body: bytes) -> bytes:
    """Compress without a time or a name in it. (`gzip.compress` would name the operating system.)"""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(body)
    return buffer.getvalue()
