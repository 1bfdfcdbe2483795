"""The report as Markdown for a comment on GitHub: nothing in it pings, links or breaks out of its line.

Words that went and came stand in `<del>` and `<ins>`, which GitHub lets through, and which, unlike `~~` and `**`, hold
whatever stands in them.
"""

import html
import re

from generator.workbench.compare.report import CODE, ERROR, GONE, NEW, STRONG, WARNING, Entry, Line, Piece, Report

LIMIT = 65_000
"""Characters of a comment; GitHub takes 65,536, and whoever posts it may add a line."""
_MOST_OF_ENTRY = 6_000
_MOST_OF_PIECE = 1_500
_FOOT = 1_000
_TITLE = "## What this change means for readers"
NOTHING = "No change for readers."
_BREAK = "\u200b"
"""A space of no width, which takes a sign out of a name, number or address that GitHub would act on."""
_SIGNS = re.compile(r"([\\`*_\[\]~|])")
_BOLD = re.compile(r"\w(.*[\w:])?")
_AT_START = re.compile(r"^([-+=#]|\d+(?=[.)]))")
_ACTS = re.compile(r"([@#]|\bGH(?=-\d)|\bwww(?=\.)|:(?=//)|:(?=[\w+-]+:)|/(?=/))")


def as_markdown(report: Report, limit: int = LIMIT) -> str:
    """Write the report in at most `limit` characters; what does not fit is counted at its end."""
    if report.is_empty:
        return f"{_TITLE}\n\n**{NOTHING}** Compared with {_piece(Piece(CODE, report.base))}.\n"
    parts = [_TITLE, _verdict(report)]
    parts += [_listed(report.notes)] if report.notes else []
    parts.append("\n".join(f"- {_plain(one.title)}: {_plain(one.said)}" for one in report.sections))
    room = limit - _FOOT - sum(len(one) + 2 for one in parts)
    left: list[str] = []
    for number, section in enumerate(report.sections, 1):
        heading = f"### {section.title}"
        # Errors take what they need; of the rest no family takes more than half, so that the texts have room.
        share = room if number == len(report.sections) else room // 2
        kept: list[Entry] = []
        used = len(heading) + 4
        for entry in section.entries:
            size = len(_listed((entry,))) + 20
            if used + size <= (room if entry.mark == ERROR else share):
                kept.append(entry)
                used += size
        if kept:
            parts += [heading, _listed(tuple(kept))]
            room -= used
        if len(kept) < len(section.entries):
            left.append(f"{section.title}: {len(section.entries) - len(kept)} of {len(section.entries)}")
    if left:
        parts.append(f"**Left out here**, as a comment has a limit: {'; '.join(left)}. The HTML report has all.")
    return "\n\n".join(parts) + "\n"


def _verdict(report: Report) -> str:
    errors, warnings = (_number(n, word) for n, word in ((report.errors, "error"), (report.warnings, "warning")))
    base = _piece(Piece(CODE, report.base))
    if report.errors:
        return f"⛔ **{errors}** to mend or to accept by name; {warnings}. Compared with {base}."
    return f"{errors.capitalize()}; {warnings}. Compared with {base}."


def _number(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


def _listed(entries: tuple[Entry, ...]) -> str:
    """The entries as a list; errors stand in a red box."""
    boxed = [line for one in entries if one.mark == ERROR for line in _entry(one)]
    others = [line for one in entries if one.mark != ERROR for line in _entry(one)]
    parts = ["\n".join(["> [!CAUTION]", *(f"> {line}" for line in boxed)])] if boxed else []
    return "\n\n".join([*parts, *(["\n".join(others)] if others else [])])


def _entry(entry: Entry) -> list[str]:
    sign = {ERROR: "⛔ ", WARNING: "⚠️ "}.get(entry.mark, "")
    lines = [f"- {sign}{_line(entry.line)}"]
    used = 0
    below = [*entry.more, *entry.quotes]
    for number, one in enumerate(below):
        text = f"  - {_line(one)}"
        used += len(text)
        if used > _MOST_OF_ENTRY and number:
            return [*lines, f"  - … and {len(below) - number} more changes, which the HTML report has"]
        lines.append(text)
    return lines


def _line(line: Line) -> str:
    text = "".join(_piece(one) for one in line)
    return _AT_START.sub(r"\\\1", text) if line and line[0].kind not in (STRONG, CODE, GONE, NEW) else text


def _piece(piece: Piece) -> str:
    text = " ".join(_short(piece.text).split()) if piece.kind != "same" else _short(piece.text)
    if piece.kind == CODE:
        marks = "`" * (max((len(one) for one in re.findall("`+", text)), default=0) + 1)
        edge = " " if "`" in text else ""
        return f"{marks}{edge}{text}{edge}{marks}" if text else "(nothing)"
    plain = _plain(text)
    if not plain.strip():
        return plain
    if piece.kind == STRONG:
        return f"**{plain}**" if plain == text and _BOLD.fullmatch(text) else f"<strong>{plain}</strong>"
    return {GONE: f"<del>{plain}</del>", NEW: f"<ins>{plain}</ins>"}.get(piece.kind, plain)


def _plain(text: str) -> str:
    """Give a text of one line in which nothing is markup, and no sign acts."""
    text = " ".join(re.split(r"[\r\n\t\v\f\x85\u2028\u2029]+", text))
    text = _ACTS.sub(rf"\1{_BREAK}", text)
    text = _SIGNS.sub(r"\\\1", html.escape(text, quote=False))
    return text.replace("$", "<span>$</span>")


def _short(text: str) -> str:
    return text if len(text) <= _MOST_OF_PIECE else text[:_MOST_OF_PIECE].rsplit(" ", 1)[0] + " …"
