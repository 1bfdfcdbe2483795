"""Code blocks, coloured by Pygments with classes (no inline style, which a strict policy would block)."""

import html
from functools import cache


def language_is_known(name: str) -> bool:
    """Whether code in this language can be coloured."""
    return name.lower() in _languages()


def instead_of(language: str) -> str:
    """Say what to write in place of a language that is not known; others put options of theirs behind its name."""
    name = language.lstrip("{.").partition(" ")[0].rstrip("}")
    return f"write {name} alone" if language_is_known(name) else "correct the name, or leave it out"


@cache
def _languages() -> frozenset[str]:
    """All names of languages, in small letters. To ask Pygments for one that it lacks takes it a while, each time."""
    from pygments.lexers import get_all_lexers  # not before there is code: few sites have any

    return frozenset(name.lower() for _, names, _, _ in get_all_lexers(plugins=False) for name in names)


def code_html(code: str, language: str) -> str:
    """Give a code block as HTML; without a known language it is plain."""
    if language and language_is_known(language):
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import get_lexer_by_name

        inner = highlight(code, get_lexer_by_name(language), HtmlFormatter(nowrap=True))
    else:
        inner = html.escape(code, quote=False)
    return f'<pre class="code" tabindex="0"><code>{inner}</code></pre>'
