"""By what a site is known outside its pages: the picture that goes with a link, and the manifest for a home screen."""

from collections.abc import Mapping
from typing import Any

from generator.site.joined import Site

Data = dict[str, Any]

MANIFEST = "site.webmanifest"
_CARDS = "img/cards"
_ICONS = ((192, "img/icon-192.png"), (512, "img/icon-512.png"))


def card_url(section: str, site: Site, assets: Mapping[str, str]) -> str:
    """The full address of a section's card, or of the site's own; empty where neither is drawn."""
    found = assets.get(f"{_CARDS}/{section}.png") or assets.get(f"{_CARDS}/site.png")
    return site.catalogue.config.url + found.removeprefix("/") if found else ""


def manifest(site: Site, assets: Mapping[str, str]) -> Data:
    """Give what a phone asks when a reader puts the site on its first screen; addresses are relative to the file."""
    config = site.catalogue.config
    return {
        "language": config.language,
        "manifest": {
            "name": config.title,
            "description": config.tagline,
            "lang": config.language,
            "start_url": "./",
            "scope": "./",
            "display": "browser",
            "icons": [
                {"src": assets[name].removeprefix("/"), "sizes": f"{size}x{size}", "type": "image/png"}
                for size, name in _ICONS
                if name in assets
            ],
        },
    }
