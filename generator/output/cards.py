"""Social cards: the picture that goes with a link when somebody shares a page, one for each page."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.output.look import SIZE, Look
from generator.output.outputs import Output
from generator.output.rules import ASSETS
from generator.site.identity import Card
from generator.site.pages import Page
from generator.sources.program import program_digest


def with_cards(
    pages: Sequence[Page], look: Look | None, url: str, cache: Cache = NOTHING_KEPT
) -> tuple[list[Page], list[Output]]:
    """Draw the card of each page that has one, and tell the page its address. `url` is where the site is hosted."""
    told: list[Page] = []
    drawn: dict[str, Output] = {}
    pictures = _pictures({one.card for one in pages if one.card}, look, cache) if look else {}
    for page in pages:
        if page.card is None or look is None:
            told.append(page)
            continue
        body = pictures[page.card]
        path = f"{ASSETS}card.{hashlib.sha256(body).hexdigest()[:10]}.png"
        drawn.setdefault(path, Output(path, body, page.made_from))
        card = {"url": f"{url}{path}", "width": SIZE[0], "height": SIZE[1], "alt": page.card.title}
        told.append(replace(page, inputs={**page.inputs, "page": {**page.inputs["page"], "card": card}}))
    return told, list(drawn.values())


def _pictures(cards: Iterable[Card], look: Look, cache: Cache) -> dict[Card, bytes]:
    """Every card as a PNG; those that were drawn before are not drawn again."""
    base = key_of(b"card", program_digest(), repr(look).encode())
    keys = {card: key_of(base, repr(card).encode()) for card in cards}
    kept = cache.get(keys.values())
    drawn = _drawn([card for card, key in keys.items() if key not in kept], look)
    cache.put({keys[card]: body for card, body in drawn.items()})
    return {card: kept.get(key) or drawn[card] for card, key in keys.items()}


def _drawn(cards: Sequence[Card], look: Look) -> dict[Card, bytes]:
    if not cards:
        return {}
    from generator.output.drawing import draw  # Pillow is much to import where all cards are kept

    return {card: draw(card, look) for card in cards}
