"""Social cards: the picture that goes with a link when somebody shares a page, one for each page."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.output.cards.look import SIZE, Look
from generator.output.hosts.rules import ASSETS
from generator.output.known_digests import KnownDigests
from generator.output.outputs import LazyOutput, Output
from generator.site.machines.identity import Card
from generator.site.pages import Known, Page


@dataclass(frozen=True)
class _Drawing:
    """A card as a file, without the page that it is made from. `body` is empty where the cache has it."""

    path: str
    digest: str
    size: int
    body: bytes = b""


class Cards:
    """The cards of a site, each drawn once. `url` is where the site is hosted; without a look there are none."""

    def __init__(self, look: Look | None, url: str, cache: Cache = NOTHING_KEPT) -> None:
        self._look = look
        self._url = url
        self._cache = cache
        self._known = KnownDigests(key_of(b"cards", program_digest(), repr(look).encode()), cache)
        self._drawings: dict[Card, _Drawing] = {}

    def told(self, page: Page) -> Page:
        """Tell a page the address of its card."""
        if page.card is None or self._look is None:
            return page
        address = f"{self._url}{self._drawing(page.card, self._look).path}"
        card = {"url": address, "width": SIZE[0], "height": SIZE[1], "alt": page.card.title}
        return replace(page, inputs={**page.inputs, "page": {**page.inputs["page"], "card": card}})

    def outputs(self, pages: Iterable[Known]) -> list[Output]:
        """Give the cards of all pages as files."""
        made: dict[str, Output] = {}
        for page in pages:
            if page.card and self._look:
                drawing = self._drawing(page.card, self._look)
                if drawing.path not in made:
                    made[drawing.path] = self._output(drawing, page.card, self._look, page.made_from)
        self._known.keep()
        return list(made.values())

    def _drawing(self, card: Card, look: Look) -> _Drawing:
        """A card of which it is known what it comes to is not even looked for before somebody asks for its bytes."""
        if card not in self._drawings:
            name = key_of(repr(card).encode("utf-8", "surrogatepass")).hex()
            found, held = self._known.get(name), b""
            if found is None:
                body = self._kept(card, look)
                if body is None:
                    body, is_kept = self._drawn(card, look)
                    held = b"" if is_kept else body
                found = hashlib.sha256(body).hexdigest(), len(body)
                self._known.put(name, *found)
            self._drawings[card] = _Drawing(f"{ASSETS}card.{found[0][:10]}.png", *found, held)
        return self._drawings[card]

    def _output(self, drawing: _Drawing, card: Card, look: Look, made_from: str) -> Output:
        if drawing.body:
            return Output(drawing.path, drawing.body, made_from)
        ways = partial(self._kept, card, look), lambda: self._drawn(card, look)[0]
        return LazyOutput(drawing.path, made_from, drawing.digest, drawing.size, *ways)

    def _kept(self, card: Card, look: Look) -> bytes | None:
        key = _key(card, look)
        return self._cache.get([key]).get(key)

    def _drawn(self, card: Card, look: Look) -> tuple[bytes, bool]:
        """The bytes of a card, and whether they are kept now."""
        from generator.output.cards.drawing import draw  # Pillow is much to import where all cards are kept

        body = draw(card, look)
        return body, self._cache.put({_key(card, look): body})


def _key(card: Card, look: Look) -> bytes:
    return key_of(b"card", program_digest(), repr(look).encode(), repr(card).encode("utf-8", "surrogatepass"))
