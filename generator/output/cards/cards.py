"""Social cards: the picture that goes with a link when somebody shares a page, one for each page."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.output.cards.look import SIZE, Look
from generator.output.foreseen import Foreseen
from generator.output.hosts.rules import ASSETS
from generator.output.outputs import Gone, Kept, Output, is_of
from generator.site.machines.identity import Card
from generator.site.pages import Known, Page


class Cards:
    """The cards of a site, each drawn once. `url` is where the site is hosted; without a look there are none."""

    def __init__(self, look: Look | None, url: str, cache: Cache = NOTHING_KEPT) -> None:
        self.look = look
        self.url = url
        self.cache = cache
        self._foreseen = Foreseen(key_of(b"cards", program_digest(), repr(look).encode()), cache)
        self._drawn: dict[Card, Output] = {}

    def told(self, page: Page) -> Page:
        """Tell a page the address of its card."""
        if page.card is None or self.look is None:
            return page
        address = f"{self.url}{self._drawing(page.card, self.look).path}"
        card = {"url": address, "width": SIZE[0], "height": SIZE[1], "alt": page.card.title}
        return replace(page, inputs={**page.inputs, "page": {**page.inputs["page"], "card": card}})

    def outputs(self, pages: Iterable[Known]) -> list[Output]:
        """Give the cards of all pages as files."""
        made: dict[str, Output] = {}
        for page in pages:
            if page.card and self.look:
                drawing = self._drawing(page.card, self.look)
                if drawing.path not in made:
                    made[drawing.path] = _from(page.made_from, drawing)
        self._foreseen.keep()
        return list(made.values())

    def _drawing(self, card: Card, look: Look) -> Output:
        """A card as a file. One of which it is known what it comes to is not even looked for before somebody asks."""
        if card not in self._drawn:
            name = key_of(repr(card).encode("utf-8", "surrogatepass")).hex()
            found, body, is_kept = self._foreseen.get(name), b"", True
            if found is None:
                body, is_kept = self._body(card, look)
                found = hashlib.sha256(body).hexdigest(), len(body)
                self._foreseen.put(name, *found)
            path = f"{ASSETS}card.{found[0][:10]}.png"
            fetch = partial(self._fetched, card, look, path, found[0])
            self._drawn[card] = Kept(path, "", *found, fetch) if is_kept else Output(path, body, "")
        return self._drawn[card]

    def _fetched(self, card: Card, look: Look, path: str, digest: str) -> bytes:
        """What is kept, if that is what was foreseen; else it is drawn again, and has to be that."""
        body = self._body(card, look)[0]
        if not is_of(body, digest):
            body = self._body(card, look, again=True)[0]
        if not is_of(body, digest):
            raise Gone(f"what was kept of {path} is not what it should be")
        return body

    def _body(self, card: Card, look: Look, again: bool = False) -> tuple[bytes, bool]:
        """The bytes of a card, and whether they are kept; what was drawn before is not drawn `again`."""
        key = key_of(b"card", program_digest(), repr(look).encode(), repr(card).encode("utf-8", "surrogatepass"))
        body = None if again else self.cache.get([key]).get(key)
        if body is not None:
            return body, True
        from generator.output.cards.drawing import draw  # Pillow is much to import where all cards are kept

        body = draw(card, look)
        return body, self.cache.put({key: body})


def _from(made_from: str, drawing: Output) -> Output:
    if not isinstance(drawing, Kept):
        return Output(drawing.path, drawing.body, made_from)
    return Kept(drawing.path, made_from, drawing.digest, drawing.size, lambda: drawing.body)
