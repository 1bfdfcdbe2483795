"""Social cards: the picture that goes with a link when somebody shares a page, one for each page."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.output.look import SIZE, Look
from generator.output.outputs import Output
from generator.output.rules import ASSETS
from generator.site.identity import Card
from generator.site.pages import Known, Page
from generator.sources.program import program_digest


class Cards:
    """The cards of a site, each drawn once. `url` is where the site is hosted; without a look there are none."""

    def __init__(self, look: Look | None, url: str, cache: Cache = NOTHING_KEPT) -> None:
        self.look = look
        self.url = url
        self.cache = cache
        self._paths: dict[Card, str] = {}
        self._drawn: dict[str, bytes] = {}

    def told(self, page: Page) -> Page:
        """Tell a page the address of its card."""
        if page.card is None or self.look is None:
            return page
        address = f"{self.url}{self._path(page.card, self.look)}"
        card = {"url": address, "width": SIZE[0], "height": SIZE[1], "alt": page.card.title}
        return replace(page, inputs={**page.inputs, "page": {**page.inputs["page"], "card": card}})

    def outputs(self, pages: Iterable[Known]) -> list[Output]:
        """Give the cards of all pages as files."""
        made: dict[str, Output] = {}
        for page in pages:
            if page.card and self.look:
                path = self._path(page.card, self.look)
                made.setdefault(path, Output(path, self._drawn[path], page.made_from))
        return list(made.values())

    def _path(self, card: Card, look: Look) -> str:
        """Where a card stands; one that was drawn before is not drawn again."""
        if card not in self._paths:
            key = key_of(b"card", program_digest(), repr(look).encode(), repr(card).encode())
            body = self.cache.get([key]).get(key)
            if body is None:
                from generator.output.drawing import draw  # Pillow is much to import where all cards are kept

                body = draw(card, look)
                self.cache.put({key: body})
            self._paths[card] = f"{ASSETS}card.{hashlib.sha256(body).hexdigest()[:10]}.png"
            self._drawn[self._paths[card]] = body
        return self._paths[card]
