"""What readers type leads somewhere: the words that stand for theirs are words of our texts."""

import re

from generator.problems.problem import Problem, suggest
from generator.site.joined import Site
from generator.site.search_guide import searched_words, which_are_searched

_WORD = re.compile(r"[^\W_]+")


def check_finding(site: Site) -> list[Problem]:
    """Find synonyms whose meaning no text of their language has."""
    synonyms = site.catalogue.data.synonyms
    meant = frozenset(word for one in synonyms for word in _WORD.findall(one.means.casefold()))
    known = {language: which_are_searched(meant, language, site) for language in {one.language for one in synonyms}}
    problems = []
    for one in synonyms:
        for word in sorted(set(_WORD.findall(one.means.casefold())) - known[one.language]):
            hint = (
                suggest(word, searched_words(one.language, site))
                or "use words that the page has which readers should find"
            )
            problems.append(Problem("unknown-synonym", f'no text in "{one.language}" has "{word}"', one.span, hint))
    return problems
