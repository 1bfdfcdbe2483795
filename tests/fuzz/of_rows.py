"""What is fuzzed of the rows that builds keep for the next: one that is damaged is as one that is not there."""

from collections.abc import Iterable
from contextlib import suppress

from generator.cache.cache import Cache
from generator.cache.codec import Unfit, decoder, from_json
from generator.cache.packing import unpacked
from generator.cache.pieces import Pieces
from generator.cache.remembering import remembered_whole
from generator.cache.shelves import Shelf
from generator.checks.outputs import _GOOD
from generator.formats.chapters import Chapter
from generator.making.reasons import _NOTED, made_before
from generator.making.rendering import Made
from generator.making.settled import Settled
from generator.markup.document import Inside, Prose
from generator.markup.face import Entry, Face, Rest
from generator.markup.kept import as_bytes, from_bytes, inside_from, prose_from
from generator.output.foreseen import _COLUMNS, Foreseen
from generator.site.links import Ways
from generator.stages.intake import _READ, _REFERENCES_READ
from tests.fuzz.of_texts import CHANGED
from tests.fuzz.small_site import whole

_KINDS = (
    Face,
    Entry,
    Rest,
    Inside,
    Prose,
    Made,
    Settled,
    Ways,
    Chapter,
    _READ,
    _REFERENCES_READ,
    _NOTED,
    _GOOD,
    _COLUMNS,
)
"""All that builds keep, as the codec knows it."""


class _Damaged(Cache):
    """A store that gives the same bytes for whatever it is asked."""

    def __init__(self, data: bytes) -> None:
        super().__init__(None, 0)
        self.data = data

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give those bytes."""
        return dict.fromkeys(keys, self.data)

    def has(self, keys: Iterable[bytes]) -> bool:
        """Whether anything was asked for."""
        return bool([*keys])


def kept(data: bytes) -> object:
    """A row of anything, with these bytes."""
    found: list[object] = []
    for kind in _KINDS:
        with suppress(Unfit):
            found.append((kind, repr(decoder(kind)(from_json(data)))))
    document = whole()[1].catalogue.documents[CHANGED]
    with suppress(Unfit):
        again = from_bytes(data, lambda: inside_from(data), lambda: prose_from(data), lambda: document)
        found.append(repr(again.rest()))
        found.append(repr((again.fetch(), again.read())))
    store = _Damaged(data)
    found.append(unpacked(data))
    found.append(list(Pieces(store, b"", ["a", "b"], ["1", "2"])))
    found.append(repr([one.row for one in Shelf[Settled]("x", Settled, b"", store).rows(["a"])]))
    found.append(Foreseen(b"", store).get("a"))
    found.append(repr(made_before("/", store)))
    found.append(remembered_whole("x", str, b"", lambda: "made", store))
    return found


def rows() -> Iterable[bytes]:
    """Rows that are not damaged."""
    return as_bytes(whole()[1].catalogue.documents[CHANGED])
