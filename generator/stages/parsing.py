"""All articles of a site, parsed: those that were parsed before come from the cache, the others are shared out."""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit
from generator.cache.packing import Row, packed, unpacked
from generator.cache.pieces import Pieces
from generator.cache.program import program_digest
from generator.config import Config
from generator.markup.document import Document
from generator.markup.kept import as_bytes, from_bytes, inside_from, prose_from
from generator.markup.parser import Settings, parse, unread
from generator.runtime.deadline import TakesTooLong, within
from generator.runtime.means import ALONE, Means
from generator.runtime.sharing import shared
from generator.sources.files import SourceFile
from generator.sources.limits import takes_too_long, was_stopped
from generator.stages.intake import Sources
from generator.stages.options import Progress, quiet

_T = TypeVar("_T")
_LOT = 12
"""Articles that go to a worker at once: few, since the last to be ready is waited for."""
_FEW = 32
"""Articles for which no worker is begun."""


@dataclass(frozen=True)
class Parsed:
    """All documents, in the order of their files, and how many had to be parsed."""

    documents: list[Document]
    parses: int


def parse_all(sources: Sources, progress: Progress = quiet, means: Means = ALONE) -> Parsed:
    """Parse every article of a site.

    Raises:
        Lost: If a process that shared the work ended at an article, which is named.
    """
    return parse_articles(sources.articles, settings_of(sources.config), progress, means)


def parse_articles(
    files: Sequence[SourceFile], settings: Settings, progress: Progress = quiet, means: Means = ALONE
) -> Parsed:
    """Parse articles, each on its own; those that were parsed before are not parsed again."""
    cache = means.cache
    base = _base(settings)
    pieces = _pieces(files, base, cache)
    kept = [_kept(data, file, settings, cache, base) for data, file in zip(pieces, files, strict=True)]
    found = {number: document for number, document in enumerate(kept) if document}
    wanted = [number for number in range(len(files)) if number not in found]
    progress("reading", len(found), len(files))
    for number, outside, document in _fresh(wanted, files, settings, means):
        if was_stopped(document.problems):
            pieces.leave_out(number)
        else:
            pieces.put(number, outside)
        found[number] = document
        progress("reading", len(found), len(files))
    return Parsed([found[number] for number in range(len(files))], len(wanted))


def settings_of(config: Config) -> Settings:
    """Give what of the settings in site.yaml the parsing of every article depends on."""
    kinds = tuple((section.folder, section.kind) for section in config.sections)
    return Settings(config.language, kinds, config.limits)


def _fresh(
    wanted: list[int],
    files: Sequence[SourceFile],
    settings: Settings,
    means: Means,
) -> Iterable[tuple[int, bytes, Document]]:
    """Parse what is not kept, here or by workers, and keep what is inside it, and its text."""
    cache, executor, clock = means.cache, means.executor, means.clock
    base = _base(settings)
    if executor is None or len(wanted) <= _FEW:
        for number in wanted:
            with clock.spending(partial(clock.parsed, files[number].path)):
                document = parse_in_time(files[number], settings)
                outside, *parts = as_bytes(document)
            if not was_stopped(document.problems):
                cache.put(dict(zip(_keys(files[number], base), parts, strict=True)))
            yield number, outside, document
        return
    work = partial(parse_lot, settings=settings, day=cache.day if cache.may_write else None)
    given = [files[number] for number in wanted]
    costs = (lambda file, spent: clock.parsed(file.path, spent)) if clock.runs else None
    made = shared(work, given, _LOT, executor, lambda file: f"parsed {file.path}", costs)
    for number, (outside, bare, rows) in zip(wanted, made, strict=True):
        if rows and cache.put_rows(rows):
            yield number, outside, _document(outside, files[number], settings, cache, base)
        else:
            inside, prose = bare or tuple(unpacked(row[-1]) or b"" for row in rows)
            again = partial(parse, files[number], settings)
            yield number, outside, from_bytes(outside, partial(inside_from, inside), partial(prose_from, prose), again)


def parse_in_time(file: SourceFile, settings: Settings) -> Document:
    """Parse an article. One that takes too long is stopped; what stands in for it says so, and is never to be kept."""
    try:
        return within(settings.limits.seconds, partial(parse, file, settings))
    except TakesTooLong:
        return unread(file, settings, [takes_too_long(file.path, "reading it", settings.limits.seconds)])


def is_kept(file: SourceFile, files: Sequence[SourceFile], settings: Settings, cache: Cache) -> bool:
    """Whether an article, one of some files, was parsed before as it is now."""
    kept = zip(files, _pieces(files, _base(settings), cache), strict=True)
    return any(one.path == file.path and data is not None for one, data in kept)


def _pieces(files: Sequence[SourceFile], base: bytes, cache: Cache) -> Pieces:
    return Pieces(cache, base, [file.path for file in files], [file.digest for file in files])


def _base(settings: Settings) -> bytes:
    given = [settings.language, settings.kinds, settings.limits.of_text]
    return key_of(b"document", program_digest(), json.dumps(given).encode())


Fresh = tuple[bytes, tuple[bytes, ...], tuple[Row, ...]]
"""An article as it travels between processes: what all see of it; what is inside and its text, as bytes or as kept."""


def parse_lot(files: list[SourceFile], settings: Settings, day: int | None) -> list[Fresh]:
    """Parse some articles, in whatever process. Where nothing is kept there is no `day`."""
    base = _base(settings)
    made: list[Fresh] = []
    for file in files:
        document = parse_in_time(file, settings)
        outside, *parts = as_bytes(document)
        if day is None or was_stopped(document.problems):
            made.append((outside, tuple(parts), ()))
        else:
            rows = (packed(key, part, day) for key, part in zip(_keys(file, base), parts, strict=True))
            made.append((outside, (), tuple(rows)))
    return made


def _kept(data: bytes | None, file: SourceFile, settings: Settings, cache: Cache, base: bytes) -> Document | None:
    """Read a document that is kept; what cannot be read is parsed again."""
    try:
        return _document(data, file, settings, cache, base) if data is not None else None
    except Unfit:
        return None


def _document(outside: bytes, file: SourceFile, settings: Settings, cache: Cache, base: bytes) -> Document:
    """Give a document of which all else is kept; where the cache has lost something, the article is parsed again."""
    again = partial(parse, file, settings)
    inside, prose = _keys(file, base)
    return from_bytes(
        outside,
        lambda: _fetched(inside, inside_from, cache, lambda: again().fetch_inside()),
        lambda: _fetched(prose, prose_from, cache, lambda: again().fetch_prose()),
        again,
    )


def _fetched(key: bytes, read: Callable[[bytes], _T], cache: Cache, again: Callable[[], _T]) -> _T:
    data = cache.get([key]).get(key)
    if data is not None:
        with suppress(Unfit):
            return read(data)
    return again()


def _keys(file: SourceFile, base: bytes) -> tuple[bytes, bytes]:
    """The keys of what is inside an article, and of its running text."""
    own = file.path.encode("utf-8", "surrogatepass"), file.digest.encode()
    return key_of(base, b"inside", *own), key_of(base, b"prose", *own)
