"""Compressed copies beside the files, so that a server need not compress at each request. They take longer than all the
rest of a build, so those of bytes that were compressed before come from the cache.
"""

import gzip
import io
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import module_digest
from generator.output.outputs import Output

TEXT = (".html", ".css", ".js", ".mjs", ".json", ".jsonld", ".xml", ".txt", ".md", ".svg", ".webmanifest")
LEAST = 1_000
"""Bytes from which a copy pays: what is smaller fits into one packet as it is."""
GAIN = 0.9
"""A copy that is not at most this share of its file is not kept."""
ENDINGS = (".br", ".gz")
_NONE = b""
"""Stands for a copy that does not pay."""


def compressed(outputs: Iterable[Output], cache: Cache = NOTHING_KEPT) -> list[Output]:
    """Give the copies `.br` and `.gz` of all text files for which they pay; the same bytes on every machine."""
    files = [one for one in outputs if one.path.endswith(TEXT) and one.size >= LEAST]
    base = key_of(module_digest("output/compression.py", "brotli"), zlib.ZLIB_RUNTIME_VERSION.encode())
    keys = [key_of(base, one.digest.encode()) for one in files]
    copies = _kept(keys, cache)
    wanted = {key: one for key, one in zip(keys, files, strict=True) if key not in copies}
    with ThreadPoolExecutor() as pool:  # both libraries let other threads run while they work
        for key, made in zip(wanted, pool.map(pack, (one.body for one in wanted.values())), strict=True):
            copies[key] = made
            cache.put({_of(key, ending): copy for ending, copy in zip(ENDINGS, made, strict=True)})
    return [
        Output(one.path + ending, copy, one.made_from)
        for key, one in zip(keys, files, strict=True)
        for ending, copy in zip(ENDINGS, copies[key], strict=True)
        if copy
    ]


def pack(body: bytes) -> tuple[bytes, ...]:
    """Give both copies of a body, and no bytes for one that does not pay."""
    import brotli  # many sites have no copies

    made = (bytes(brotli.compress(body, quality=11)), _gzip(body))
    return tuple(copy if len(copy) <= GAIN * len(body) else _NONE for copy in made)


def _kept(keys: Iterable[bytes], cache: Cache) -> dict[bytes, tuple[bytes, ...]]:
    """The copies that were made before, by key; where one of two is lost, both are made again."""
    names = {key: [_of(key, ending) for ending in ENDINGS] for key in keys}
    found = cache.get(name for pair in names.values() for name in pair)
    return {key: tuple(found[name] for name in pair) for key, pair in names.items() if found.keys() >= set(pair)}


def _of(key: bytes, ending: str) -> bytes:
    return key_of(key, ending.encode())


def _gzip(body: bytes) -> bytes:
    """Compress without a time or a name in it. (`gzip.compress` would name the operating system.)"""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(body)
    return buffer.getvalue()
