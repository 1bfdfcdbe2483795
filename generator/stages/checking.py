"""All checks, in the three places where a build can make them: before the pages, of what they use, of what came out."""

from collections.abc import Iterable
from functools import partial

from generator.cache.cache import Cache
from generator.checks.article import check_article
from generator.checks.body_maps import check_body_maps
from generator.checks.evidence import check_evidence
from generator.checks.outputs import check_outputs
from generator.checks.pictures import check_pictures
from generator.checks.policy import check_contact, check_needs
from generator.checks.readability import read_grades
from generator.checks.synonyms import check_synonyms
from generator.checks.texts import check_records
from generator.checks.usage import check_usage
from generator.checks.weight import check_weight
from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.site.pages import Pages
from generator.site.recalled import for_site, in_each
from generator.sources.limits import was_stopped
from generator.stages.assembling import Assembled
from generator.stages.intake import Sources

_PROBLEMS = tuple[Problem, ...]


def check_site(site: Site, sources: Sources, strict_review: bool = False) -> list[Problem]:
    """Read all that the site says, before anything is made of it. By `strict_review` an overdue review is an error."""
    grades, problems = read_grades(sources.grades)

    find = partial(check_article, grades=grades)
    texts = in_each("texts", _PROBLEMS, find, site.catalogue.documents.values(), site, lambda one: not was_stopped(one))
    problems += [problem for found in texts.values() for problem in found]
    problems += [*check_evidence(site, strict_review), *check_body_maps(site), *check_synonyms(site)]
    pictures = site.catalogue.images.values()
    problems += for_site("pictures", _PROBLEMS, lambda: tuple(check_pictures(pictures)), site)
    problems += for_site("records", _PROBLEMS, lambda: tuple(check_records(site)), site)
    return _of_what_is_published(problems, site)


def check_uses(site: Site, pages: Pages) -> list[Problem]:
    """Look for what is there and no page uses."""
    return _of_what_is_published(check_usage(site, pages), site)


def check_assembled(done: Assembled, site: Site, cache: Cache) -> list[Problem]:
    """Look at all files as they came out. Where a page is missing, what leads to it is not wrong as well."""
    config = site.catalogue.config
    problems = [*check_contact(config, site.today), *check_weight(done.outputs, config.page_weight, cache)]
    if done.is_whole:
        problems += check_outputs(done.outputs, done.readings, config.base_path, cache)
        problems += check_needs(done.needs)
    return problems


def _of_what_is_published(problems: Iterable[Problem], site: Site) -> list[Problem]:
    """Leave out what is wrong with the words of drafts: they are judged when they are published."""
    drafts = {path for path, one in site.catalogue.documents.items() if one.is_draft}
    return [one for one in problems if one.span.path not in drafts]
