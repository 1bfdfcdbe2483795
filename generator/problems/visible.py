"""What a terminal, a log or a comment may show: texts of others, in which nothing is a command or hides; counts."""

import re

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Put a name such as `<U+001B>` for each character that is a command to a terminal, ends a line, changes the order
    of others, shows nothing, or is no character (as in a file's name that is not UTF-8)."""
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def several(count: int, word: str) -> str:
    """Say a count with its word: `1 error`, `2 errors`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
