"""What browsers heed of an address, however it is written."""

import re

_UNHEEDED = re.compile(r"^[\x00-\x20]+|[\t\n\r]+")
_WEB = re.compile(r"(?:(https?):)?([/\\]*)(.*)", re.IGNORECASE | re.DOTALL)


def heeded(address: str) -> str:
    """Leave out of an address what browsers leave out of it."""
    return _UNHEEDED.sub("", address)


def as_browsers_read(address: str, own_scheme: str) -> str:
    """Give an address in the one way in which it is mostly written: browsers take `\\` for `/`, any number of slashes
    for two, and what follows another scheme than the page's own for a host, with slashes or without."""
    address = heeded(address)
    found = _WEB.match(address)
    scheme, slashes, rest = found.groups("") if found else ("", "", address)
    if len(slashes) > 1 or (scheme or own_scheme).casefold() != own_scheme:
        return f"{scheme}://{rest}" if scheme else f"//{rest}"
    return f"{slashes}{rest}"
