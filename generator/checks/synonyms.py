"""Synonyms of the search: what stands for a word that readers type must be words of our texts."""

from generator.problems.likeness import suggest
from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.site.search_guide import searched_words, which_are_searched, words_in


def check_synonyms(site: Site) -> list[Problem]:
    """Find synonyms that mean words which no text of their language has: who types one would find nothing."""
    synonyms = site.catalogue.data.synonyms
    meant = words_in(one.means for one in synonyms)
    known = {language: which_are_searched(meant, language, site) for language in {one.language for one in synonyms}}
    problems = []
    for one in synonyms:
        for word in sorted(words_in([one.means]) - known[one.language]):
            hint = (
                suggest(word, searched_words(one.language, site))
                or "use words that the page has which readers should find"
            )
            problems.append(Problem("unknown-synonym", f'no text in "{one.language}" has "{word}"', one.span, hint))
    return problems
