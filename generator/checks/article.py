"""What is wrong with the words of one article: all checks that read its running text."""

from collections.abc import Mapping

from generator.checks.readability import check_readability
from generator.checks.texts import check_text
from generator.markup.document import Document
from generator.problems.problem import Problem
from generator.runtime.deadline import TakesTooLong, within
from generator.site.joined import Site
from generator.sources.limits import takes_too_long


def check_article(document: Document, site: Site, grades: Mapping[str, float]) -> tuple[Problem, ...]:
    """Read the text of an article. `grades` are those that the pages had, by path. What takes too long is stopped."""
    seconds = site.catalogue.config.limits.seconds
    try:
        return within(seconds, lambda: (*check_text(document, site), *check_readability(document, site, grades)))
    except TakesTooLong:
        return (takes_too_long(document.path, "checking its text", seconds),)
