"""Code blocks, coloured by Pygments with classes (no inline style, which a strict policy would block)."""

import html


def language_is_known(name: str) -> bool:
    """Whether code in this language can be coloured."""
    from pygments.lexers import get_lexer_by_name  # not before there is code: few sites have any
    from pygments.util import ClassNotFound

    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return False
    return True


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
