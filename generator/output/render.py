"""Render pages through Jinja. A page is a function of its inputs; what is undefined is an error, never a blank."""

import datetime
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import jinja2
from babel import Locale
from jinja2.meta import find_referenced_templates

from generator.disk.folders import TEMPLATES
from generator.output.outputs import Output
from generator.output.qr import qr_code
from generator.problems.problem import Problem, Span
from generator.site.pages import Page
from generator.sources.files import SourceFile, decode


class Renderer:
    """Holds the templates; renders one page after another and counts them."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        texts = {file.path.removeprefix(f"{TEMPLATES}/"): decode(file)[0] or "" for file in files}

        def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            return (texts[name], f"{TEMPLATES}/{name}", lambda: True) if name in texts else None

        self.environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters.update(
            day=_day,
            number=_number,
            counted=_counted,
            filled=_filled,
            sentence_case=_sentence_case,
            qr_code=qr_code,
        )
        self.names = tuple(texts)
        self.count = 0

    def compile_all(self) -> None:
        """Compile every template now; one that is broken says so when it is used."""
        for name in self.names:
            with suppress(jinja2.TemplateError):
                self.environment.get_template(name)

    def sources_of(self, template: str) -> list[str]:
        """Name the files of a template and of all that it extends, imports and includes, itself first."""
        found: dict[str, None] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop(0)
            loaded = self.environment.loader and self.environment.loader.get_source(self.environment, name)
            if name not in found and loaded:
                found[name] = None
                waiting += sorted(one for one in find_referenced_templates(self.environment.parse(loaded[0])) if one)
        return [f"{TEMPLATES}/{name}" for name in found]

    def render(self, page: Page) -> tuple[Output | None, list[Problem]]:
        """Render one page; a fault names the line of the template and the source of the page."""
        try:
            text = self.environment.get_template(page.template).render(page.inputs)
        except (jinja2.TemplateError, KeyError, TypeError, AttributeError, ValueError) as fault:
            return None, [_problem(fault, page)]
        self.count += 1
        return Output(page.output, text.encode("utf-8"), page.made_from), []


def _problem(fault: Exception, page: Page) -> Problem:
    span = Span(f"{TEMPLATES}/{page.template}")
    if isinstance(fault, jinja2.TemplateSyntaxError):
        span = Span(fault.filename or span.path, fault.lineno, 1, fault.lineno, 1)
    elif isinstance(fault, jinja2.TemplateNotFound):
        return Problem("template", f"there is no template {fault.name}", span, f"needed for {page.url}")
    else:
        frames = [one for one in traceback.extract_tb(fault.__traceback__) if one.filename.startswith(TEMPLATES)]
        if frames:
            line = frames[-1].lineno or 1
            span = Span(frames[-1].filename, line, 1, line, 1)
    message = str(fault) or type(fault).__name__
    return Problem("template", message, span, related=((f"while making {page.url} from", Span(page.made_from)),))


@jinja2.pass_context
def _day(context: jinja2.runtime.Context, day: str) -> str:
    """A date as the reader writes it: 21 November 2026."""
    from babel.dates import format_date  # knows time zones too, which takes its time, and not every template has dates

    return format_date(datetime.date.fromisoformat(day), "long", locale=_locale(context))


@jinja2.pass_context
def _number(context: jinja2.runtime.Context, number: int | float) -> str:
    """A number as the reader writes it: 1,234 or 0.33."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=_locale(context)))


@jinja2.pass_context
def _counted(context: jinja2.runtime.Context, word: Any, number: int) -> str:
    """A word in the plural form that a number asks for in the page's language."""
    if isinstance(word, str):
        return word.format(n=_number(context, number))
    form = _locale(context).plural_form(number)
    return str(word.get(form, word["other"])).format(n=_number(context, number))


def _filled(word: str, **values: object) -> str:
    """A word of the interface with its gaps filled."""
    return word.format(**values)


def _sentence_case(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _locale(context: jinja2.runtime.Context) -> Locale:
    return Locale.parse(str(context["language"]), sep="-")
