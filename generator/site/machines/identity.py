"""By what a site is known outside its pages: the picture that goes with a link, and the manifest for a home screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.site.joined import Site

Data = dict[str, Any]

MANIFEST = "site.webmanifest"
_ICONS = ((192, "img/icon-192.png"), (512, "img/icon-512.png"))


@dataclass(frozen=True)
class Card:
    """What the picture says that goes with a link to a page; `label` is the title of the page's section."""

    title: str
    label: str
    site: str
    is_urgent: bool


def card(inputs: Data, site: Site) -> Card | None:
    """Give the card of a page from its inputs; a portable site has no address from which a picture could be loaded.

    The pages on one work each share the card of the list of works.
    """
    if site.portable:
        return None
    page, above = inputs["page"], inputs["crumbs"]
    if "work" in inputs:
        return Card(above[-1]["title"], "", site.catalogue.config.title, page["is_urgent"])
    label = site.catalogue.config.tagline if page["is_home"] else above[0]["title"] if above else ""
    return Card(page["title"], label, site.catalogue.config.title, page["is_urgent"])


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
