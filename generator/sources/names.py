"""Names of files that are possible on every machine: what is made on one is checked out, read and hosted on others."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 200
"""Characters that a path within the site may have: Windows takes 260 of all that stands before it as well."""
_TAKEN = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""Names of devices on Windows, whatever ending they have."""
_ADDRESS_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Characters that nobody sees, or that no terminal shows; among them bytes that are no UTF-8."""
_MEND = "rename it: letters, digits, hyphens and a dot are possible everywhere"


def fault_of(name: str) -> tuple[str, str] | None:
    """Say why a file or folder cannot have a name on every machine, and what mends it; None where it can."""
    if not (name.isascii() and name.isprintable()):
        unseen = next((one for one in name if unicodedata.category(one) in _UNSEEN), "")
        if unseen:
            return f"the name holds a character that cannot be seen ({_told(unseen)})", _MEND
    forbidden = _FORBIDDEN.search(name)
    if forbidden:
        return f"the name holds a {forbidden[0]}, which Windows does not allow", _MEND
    if name.endswith((".", " ")):
        return "the name ends with a dot or a space, which Windows leaves out", _MEND
    if _TAKEN.fullmatch(name):
        return f'Windows keeps the name "{name.partition(".")[0]}" for a device', "rename it"
    return None


def clashes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Give the pairs of names in one folder that are the same name on some machine: those that differ only in capital
    letters, or in how an accent is written."""
    every = list(names)
    together = "\0".join(every)
    if together.isascii() and len(set(together.lower().split("\0"))) == len(every):
        return []
    first: dict[str, str] = {}
    found = []
    for name in every:
        before = first.setdefault(_folded(name), name)
        if before != name:
            found.append((before, name))
    return found


def address_part_is_good(name: str) -> bool:
    """Whether a file's or folder's name can be a part of a web address as it is."""
    return bool(_ADDRESS_PART.fullmatch(name))


def good_name(name: str) -> str:
    """Propose a name that can be a part of a web address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower())) or "page"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _told(character: str) -> str:
    code = ord(character)
    return f"byte 0x{code - 0xDC00:02x}, which is not UTF-8" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"
