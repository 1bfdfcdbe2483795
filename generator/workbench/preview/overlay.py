"""What is wrong, as HTML that stands over the page while somebody writes."""

import hashlib
from collections.abc import Iterable
from html import escape

from generator.problems.problem import Problem, Span
from generator.problems.shown import LineOf, excerpt
from generator.problems.visible import several, visible

FILES = ("preview.css", "preview.js")
"""The files beside this one that a browser loads for it."""


def overlay(problems: Iterable[Problem], fault: str, line_of: LineOf) -> str:
    """Give a dialog with all problems, errors first, or with a fault of the program; empty where no error stands.

    Whatever comes from files is escaped. The mark names these very problems, so that a dialog that somebody has closed
    stays closed until they are others.
    """
    every = sorted(problems, key=lambda one: not one.is_error)
    errors = sum(one.is_error for one in every)
    if not errors and not fault:
        return ""
    warnings = f", {several(len(every) - errors, 'warning')}" if len(every) > errors else ""
    title = "A fault of the program" if fault else f"{several(errors, 'error')}{warnings}"
    shown = [_fault(fault)] if fault else [_problem(one, line_of) for one in every]
    listed = f"<ol>\n{''.join(shown)}</ol>\n" if not fault else shown[0]
    text = (
        "The last good site stays until this is mended. Then this goes away by itself."
        if not fault
        else "Your files are not to blame. The last good site stays, and the next change builds it again."
    )
    mark = hashlib.sha256(listed.encode()).hexdigest()[:16]
    return (
        f'<dialog open id="preview-problems" class="preview-box" role="alertdialog" lang="en" data-mark="{mark}"'
        ' aria-labelledby="preview-title" aria-describedby="preview-text">\n'
        f'<form method="dialog"><h2 id="preview-title">{title}</h2>'
        "<button autofocus>Close <kbd>Esc</kbd></button></form>\n"
        f'<p id="preview-text">{text}</p>\n{listed}</dialog>\n'
        '<aside class="preview-again" lang="en" aria-label="Preview" hidden>'
        f'<button type="button" aria-haspopup="dialog">{title}: show</button></aside>\n'
    )


def page_without_site() -> bytes:
    """Give the page that is shown while there is no good site yet."""
    return (
        b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        b'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        b'<meta name="color-scheme" content="light dark">\n<title>There is no site yet</title>\n</head>\n<body>\n'
        b"<main>\n<h1>There is no site yet</h1>\n"
        b"<p>It is shown here as soon as a build is good.</p>\n</main>\n</body>\n</html>\n"
    )


def _problem(problem: Problem, line_of: LineOf) -> str:
    hint = f'<p class="hint">{_seen(problem.hint)}</p>\n' if problem.hint else ""
    related = "".join(
        f'<p class="hint">{_seen(message)}: {_place(span)}</p>\n{_frame(span, line_of)}'
        for message, span in problem.related
    )
    return (
        f'<li class="{problem.severity}">\n'
        f'<p class="place">{_place(problem.span)} <span>{problem.severity}[{escape(problem.code)}]</span></p>\n'
        f'<p class="message">{_seen(problem.message)}</p>\n{_frame(problem.span, line_of)}{hint}{related}</li>\n'
    )


def _fault(text: str) -> str:
    return f"<pre>{escape(text)}</pre>\n"


def _seen(text: str) -> str:
    """A text of others: it is no markup, and nothing in it hides."""
    return escape(visible(text))


def _place(span: Span) -> str:
    return f"<code>{_seen(span.path)}:{span.line}:{span.column}</code>"


def _frame(span: Span, line_of: LineOf) -> str:
    """The line with its number, and a mark on the place."""
    found = excerpt(span, line_of)
    if found is None:
        return ""
    marked = f"{_seen(found.before)}<mark>{_seen(found.marked)}</mark>{_seen(found.after)}"
    return f'<pre><span class="number">{span.line}</span> {marked}</pre>\n'
