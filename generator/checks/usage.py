"""What is there and not used: pages nobody links to, references nobody cites, terms, findings, pictures and so on."""

from collections.abc import Iterable

from generator.problems.problem import Problem, Span
from generator.site.joined import Site
from generator.site.pages import Pages


def check_usage(site: Site, pages: Pages) -> list[Problem]:
    """Find all that nothing uses. These are warnings: they harm nobody, but somebody forgot something."""
    return [
        *_orphans(site),
        *_references(site, pages.cited),
        *_terms(site, pages.terms),
        *_claims(site),
        *_disagreements(site),
        *_pictures(site),
    ]


def _orphans(site: Site) -> Iterable[Problem]:
    """A page that is only in lists is found by those who know it. Questions are linked from the pages they name."""
    for path, document in site.catalogue.documents.items():
        asked = document.kind == "question" and site.linked[path].related
        if document.section and not document.is_index and not site.backlinks[path] and not asked:
            hint = "link to it from a text, or name it in another page's `related`"
            yield Problem("orphan-page", "no page links to this page", Span(path), hint)


def _references(site: Site, cited: frozenset[str]) -> Iterable[Problem]:
    for key, reference in site.catalogue.data.references.items():
        if key not in cited:
            yield Problem("unused-reference", f'nothing cites "{key}"', reference.span, "cite it, or take it out")


def _terms(site: Site, used: frozenset[str]) -> Iterable[Problem]:
    unused = [term for term in site.catalogue.data.terms if term.id not in used]
    titled = _in_titles(site) if unused else frozenset()
    for term in unused:
        if term.id not in titled:
            yield Problem("unused-term", f'no page uses "{term.term}"', term.span, "use it, or take it out")


def _in_titles(site: Site) -> frozenset[str]:
    """The terms that stand in a title, where nothing is explained; the glossary does it."""
    texts = ((site.matchers.get(one.language), one.title) for one in site.catalogue.documents.values())
    return frozenset(term.id for matcher, title in texts if matcher for _, _, term in matcher.find(title))


def _claims(site: Site) -> Iterable[Problem]:
    if not site.catalogue.data.claims:
        return
    used = {claim for path in site.catalogue.documents for claim in site.linked[path].claims}
    for claim in site.catalogue.data.claims.values():
        if claim.id not in used:
            hint = "name it in the `benefits` of a treatment, write ::claim{id}, or take it out"
            yield Problem("unused-finding", f'no page uses "{claim.id}"', claim.span, hint)


def _disagreements(site: Site) -> Iterable[Problem]:
    """A block without arguments shows all of them."""
    if not site.catalogue.data.disagreements:
        return
    data = site.catalogue.data
    blocks = (one for document in site.catalogue.documents.values() for one in document.blocks)
    shown = {one.id for name, names in blocks if name == "disagreements" for one in data.disagreements_named(names)}
    for one in data.disagreements.values():
        if one.id not in shown:
            hint = "write ::disagreements{...} where it belongs, or take it out"
            yield Problem("unused-disagreement", f'no page shows "{one.id}"', one.span, hint)


def _pictures(site: Site) -> Iterable[Problem]:
    if not site.catalogue.images:
        return
    shown = {path for linked in site.linked.values() for path in linked.images.values()}
    for path in site.catalogue.images:
        if path not in shown:
            yield Problem("unused-picture", "no page shows this picture", Span(path), "show it, or delete the file")
