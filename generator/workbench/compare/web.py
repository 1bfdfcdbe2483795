"""The report as one HTML file, which loads nothing, runs nothing and can be read on a small screen."""

from html import escape

from generator.workbench.compare.markdown import NOTHING
from generator.workbench.compare.report import (
    ACCEPTED,
    CODE,
    ERROR,
    GONE,
    NEW,
    STRONG,
    WARNING,
    Entry,
    Line,
    Piece,
    Report,
    Section,
)

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #f2f2f0; --line: #767676; --link: #0b4a8f;
  --gone: #ffe3e0; --gone-ink: #7a0c00; --new: #dcf5e0; --new-ink: #0a4a1a; --alarm: #8f0d00; }
@media (prefers-color-scheme: dark) { :root { --ink: #ededed; --paper: #151515; --soft: #232323; --line: #8c8c8c;
  --link: #a9cdff; --gone: #47140f; --gone-ink: #ffd0ca; --new: #0f3519; --new-ink: #c3f0cd; --alarm: #ffb4a8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 52rem; font: 1.0625rem/1.55 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; }
a { color: var(--link); } code { font-size: .92em; background: var(--soft); padding: .1em .25em; border-radius: .2em; }
ul { padding-left: 1.25rem; } li { margin: .35rem 0; }
.entries { list-style: none; padding: 0; }
.entries > li { margin: .75rem 0; padding: .1rem 0 .1rem .75rem; border-left: .25rem solid var(--line); }
.entries > .error { border: .2rem solid var(--alarm); border-left-width: .75rem; padding: .6rem .75rem; }
.entries > .warning, .entries > .accepted { border-left-color: var(--alarm); border-left-width: .5rem; }
.error .mark, .verdict.bad { color: var(--alarm); font-weight: bold; }
.quote { margin: .4rem 0; padding: .4rem .6rem; background: var(--soft); }
del { background: var(--gone); color: var(--gone-ink); text-decoration: line-through; }
ins { background: var(--new); color: var(--new-ink); text-decoration: underline; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { .entries > li { break-inside: avoid; } }
"""
_MARKS = {ERROR: "Error", WARNING: "Look at this", ACCEPTED: "Accepted"}


def as_html(report: Report) -> str:
    """Write the whole report, with nothing left out."""
    body = [f"<h1>What this change means for readers</h1>\n<p>Compared with {_piece(Piece(CODE, report.base))}.</p>"]
    if report.is_empty:
        body.append(f'<p class="verdict">{NOTHING}</p>')
    else:
        body.append(_verdict(report))
        body += [_entries(report.notes)] if report.notes else []
        links = "\n".join(
            f'<li><a href="#{_anchor(one)}">{escape(one.title)}</a>: {escape(one.said)}</li>' for one in report.sections
        )
        body.append(f'<nav aria-label="Parts of this report">\n<ul>\n{links}\n</ul>\n</nav>' if links else "")
        body += [_section(one) for one in report.sections]
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f"<title>What this change means for readers</title>\n<style>{_STYLE}</style>\n</head>\n"
    )
    return f"{head}<body>\n<main>\n" + "\n".join(one for one in body if one) + "\n</main>\n</body>\n</html>\n"


def _verdict(report: Report) -> str:
    said = f"Errors, to mend or to accept by name: {report.errors}. Warnings: {report.warnings}."
    return f'<p class="verdict{" bad" if report.errors else ""}">{said}</p>'


def _section(section: Section) -> str:
    return f'<h2 id="{_anchor(section)}">{escape(section.title)}</h2>\n{_entries(section.entries)}'


def _anchor(section: Section) -> str:
    return section.title.lower().replace(" ", "-")


def _entries(entries: tuple[Entry, ...]) -> str:
    return '<ul class="entries">\n' + "\n".join(_entry(one) for one in entries) + "\n</ul>"


def _entry(entry: Entry) -> str:
    mark = f'<span class="mark">{_MARKS[entry.mark]}:</span> ' if entry.mark else ""
    opening = f'<li class="{entry.mark}">' if entry.mark else "<li>"
    more = "".join(f"\n<li>{_line(one)}</li>" for one in entry.more)
    quotes = "".join(f'\n<p class="quote">{_line(one)}</p>' for one in entry.quotes)
    return opening + mark + _line(entry.line) + (f"\n<ul>{more}\n</ul>" if more else "") + quotes + "</li>"


def _line(line: Line) -> str:
    return "".join(_piece(one) for one in line)


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.kind in (GONE, NEW):
        tag, heard = ("del", "taken out: ") if piece.kind == GONE else ("ins", "put in: ")
        return f'<{tag}><span class="heard">{heard}</span>{text}</{tag}>'
    tag = {STRONG: "strong", CODE: "code"}.get(piece.kind, "")
    return f"<{tag}>{text}</{tag}>" if tag else text
