"""Whether an address leads where a reader, or a reviewer, takes it to lead.

An address is read as browsers read it (WHATWG URL, where it differs from what the eye reads). Letters that look like
others are found by the idea of skeletons of Unicode Technical Standard 39, with a small table of our own: the letters
that can hardly be told from Latin ones in common type.
"""

import re
import unicodedata
from urllib.parse import unquote

Wrong = tuple[str, str]
"""What is wrong with an address, and what mends it."""

_WEB = re.compile(r"(https?):([/\\]*)([^/\\?#]*)", re.IGNORECASE)
_ODD = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_PLAIN_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_ORDINARY = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])")
_PORT = re.compile(r":([0-9]*)$")
_USUAL = {"http": "80", "https": "443"}
_OF_ONE_HOUSE = ("local", "localhost", "internal", "home", "lan", "intranet", "corp", "test", "invalid", "onion")
"""Ends of names that the public web does not know."""
_PHONE = re.compile(r"tel:\+?[0-9][0-9().  -]*(?:;ext=[0-9]+)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:([^?]*)(?:\?(.*))?", re.IGNORECASE | re.DOTALL)
_MAILBOX = re.compile(r"[\w.!#$&'*+/=^`{|}~-]+@([^@\s]+)")
_HARMLESS = ("subject",)
"""What a link may put into a letter beforehand; a copy to somebody else, a text or a file is nobody's wish."""

_LIKE_LATIN = {
    **dict(zip("\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440", "acdehijlop", strict=True)),
    **dict(zip("\u051b\u0455\u051d\u0445\u0443\u04bd\u043f\u0433\u0475\u0461", "qswxyenrvw", strict=True)),
    **dict(zip("\u043a\u043c\u0442\u0432\u043d\u044c\u04af", "kmtbhby", strict=True)),
    **dict(
        zip("\u03b1\u03bf\u03bd\u03c1\u03c5\u03b9\u03ba\u03c7\u03c9\u03c4\u03b7\u03b3", "aovpuikxwtny", strict=True)
    ),
    **dict(zip("\u0585\u057d\u0578\u0570\u0581\u0566\u0575\u056c\u057c", "ounhgqjln", strict=True)),
    **dict(
        zip(
            "\u0131\u0261\u0251\u0269\u0185\u01c0\u0192\u027e\u028f\u1d04\u1d0f\u1d20\u1d21\u1d22",
            "igaiblfrycovwz",
            strict=True,
        )
    ),
}
"""Letters of Cyrillic, Greek, Armenian and of Latin's own edges, by the plain letters for which they are taken."""
_AT_HOME = {"GREEK": ("gr", "cy"), "LATIN": ("tr", "az", "kz")}
"""Ends of names below which such letters of a script are letters like all others."""
_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "HANGUL"}, {"CJK", "BOPOMOFO"})
"""Scripts that are written together."""

_PLAINLY = "write the plain address of the page, as it stands in the browser when it is open"
_NAME_IT = "write the address by its name, as https://example.org/page"

_ENDS = (
    "com|org|net|edu|gov|mil|int|info|biz|health|example|eu|uk|us|ie|ca|au|nz|de|at|ch|fr|nl|be|es|it|pt|se|no|dk|fi|pl"
)
_SHOWN = re.compile(r"(?:https?:)?//([^\s/?#\"'<>]+)|(?<![\w.@-])(www\.[^\s/?#\"'<>]+)", re.IGNORECASE)
_BARE = re.compile(rf"(?:[^\s@]+@)?((?:[\w-]+\.)+(?:{_ENDS}))(?:[/?#:]\S*)?", re.IGNORECASE)


def misleading(address: str) -> Wrong | None:
    """Say why an address with a scheme (http, https, mailto or tel) does not lead where it seems to; else None."""
    odd = _ODD.search(address)
    if odd and not address.lower().startswith("tel:"):
        sign = "a space" if odd[0] == " " else f"an invisible character (U+{ord(odd[0]):04X})"
        return f"{sign} stands in the address", "delete it; a space that belongs there is written %20"
    web = _WEB.match(address)
    if web:
        if "\\" in address:
            return "a backslash stands in the address; browsers take it for a slash", "write / or %5C"
        if web[2] != "//":
            return f'"{web[1]}:" is not followed by two slashes', "write https:// and the name of the host"
        return _authority(web[3], web[1].lower())
    if address.lower().startswith("tel:"):
        if _PHONE.fullmatch(address):
            return None
        return "a phone takes more than digits here for a command", "write tel: and the number, as tel:+441234567890"
    return _letter(address)


def misleading_text(text: str, address: str) -> Wrong | None:
    """Say that the text of a link names another host than the one to which it leads; else None."""
    host = host_of(address)
    shown = _shown(text)
    if not host or not shown or _is_same(shown, host):
        return None
    return f'the link shows "{shown}" and leads to "{host}"', "show the address to which it leads, or plain words"


def host_of(address: str) -> str:
    """The host to which an address leads, in small letters; empty where it has none."""
    web = _WEB.match(address)
    if web:
        return _PORT.sub("", web[3].rpartition("@")[2]).rstrip(".").lower()
    mail = _MAIL.match(address)
    return unquote(mail[1]).rpartition("@")[2].lower() if mail else ""


def _shown(text: str) -> str:
    """The host that a text names, where it is written as an address."""
    text = text.strip()
    found = _SHOWN.search(text)
    bare = None if found else _BARE.fullmatch(text)
    host = (found[1] or found[2]) if found else bare[1] if bare else ""
    return _PORT.sub("", host).rstrip(".,;:!)…").lower()


def _is_same(one: str, other: str) -> bool:
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _letter(address: str) -> Wrong | None:
    mail = _MAIL.fullmatch(address)
    boxes = [_MAILBOX.fullmatch(unquote(one)) for one in mail[1].split(",")] if mail else []
    for box in boxes:
        if box is None:
            return "this is no address of a mailbox", "write mailto:name@example.org"
        wrong = _host(box[1].lower())
        if wrong:
            return wrong
    for given in (mail[2] or "").split("&") if mail else ():
        name = unquote(given.partition("=")[0]).lower()
        if name and name not in _HARMLESS:
            return f'the link would put "{name}" into the letter', "leave it out; only a subject may be given"
    return None


def _authority(authority: str, scheme: str) -> Wrong | None:
    """Check what stands between the slashes and the path: the host, and what may stand beside it."""
    if "@" in authority:
        name, _, host = authority.rpartition("@")
        return f'"{name}" is a user\'s name here; the link leads to "{host}"', _PLAINLY
    if "%" in authority:
        return f'the name of the host is encoded; it is "{unquote(authority)}"', _PLAINLY
    if authority.startswith("["):
        return f'"{authority}" is a number, not the name of a host', _NAME_IT
    port = _PORT.search(authority)
    if port and port[1] != _USUAL[scheme]:
        return (
            f'"{port[0]}" leads to another door of the host than its web pages',
            "leave it out, or link to another page",
        )
    host = authority[: port.start()] if port else authority
    return _host(host.lower())


def _host(host: str) -> Wrong | None:
    """Check the name of a host, in small letters."""
    labels = host.split(".")
    if not host:
        return "the address has no host", _NAME_IT
    if not labels[-1]:
        return "the name of the host ends with a full stop", "delete the full stop"
    if not all(labels) or len(host) > 253 or any(len(one) > 63 for one in labels):
        return f'"{host[:80]}" is no name of a host', _NAME_IT
    if _NUMBER.fullmatch(labels[-1]):
        kind = "a number" if _ORDINARY.fullmatch(host) else "a number that is written oddly"
        return f'"{host}" is {kind}, not the name of a host', _NAME_IT
    for label in labels:
        wrong = _label(label, labels[-1])
        if wrong:
            return wrong
    if len(labels) == 1 or labels[-1] in _OF_ONE_HOUSE:
        return f'"{host}" is no name on the public web', _NAME_IT
    return None


def _label(label: str, end: str) -> Wrong | None:
    """Check one part of a host's name; `end` is the last of them."""
    if label.startswith("xn--"):
        return f'"{label}" is written in code; it stands for "{_decoded(label)}"', "write it in its own letters"
    if _PLAIN_LABEL.fullmatch(label):
        return None
    strange = next((one for one in label if one != "-" and unicodedata.category(one)[0] not in "LMN"), None)
    if label.isascii() or strange:
        sign = f" (U+{ord(strange):04X})" if strange and not strange.isascii() else ""
        return f'"{label}" cannot be a part of a host\'s name{sign}', _PLAINLY
    plain = unicodedata.normalize("NFKC", label)
    if plain != label:
        return f'"{label}" is written in other forms of the letters "{plain}"', f'if you mean "{plain}", write it so'
    scripts = {_script(one) for one in label} - {""}
    if len(scripts) > 1 and not any(scripts <= several for several in _TOGETHER):
        named = " and ".join(sorted(one.capitalize() for one in scripts))
        return f'"{label}" mixes letters of {named}', _PLAINLY
    skeleton = "".join(_LIKE_LATIN.get(one, one) for one in label)
    if skeleton.isascii() and end.isascii() and not any(end in _AT_HOME.get(one, ()) for one in scripts):
        return (
            f'"{label}" looks like "{skeleton}" and is another',
            f'if you mean "{skeleton}", write it in plain letters',
        )
    return None


def _script(sign: str) -> str:
    """The script of a letter, by the first word of its name; none for digits, marks and hyphens."""
    return unicodedata.name(sign, "?").split()[0] if sign.isalpha() else ""


def _decoded(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return "nothing"
