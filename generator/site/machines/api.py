"""The site as plain data for other programs: static JSON files below /api/v1/, each with its schema.

All addresses are full, all lists sorted, and what is not known is null. Every file says under which licence it stands
and that no clinician has checked it yet; a page that somebody has checked says so itself.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from generator.evidence.claims import Claim, Counted
from generator.evidence.frequencies import Frequency
from generator.markup.document import Document
from generator.problems.problem import Span
from generator.site.blocks.findings import averages_data, claim_sentence, estimate_data, finding_anchor
from generator.site.catalogue import GLOSSARY
from generator.site.joined import Site
from generator.site.machines.api_schema import DIALECT, SCHEMAS
from generator.site.machines.files import DATA, MachineFile
from generator.site.pages import UsedBy
from generator.site.plain_text import plain_field, plain_fragment
from generator.site.words import plain
from generator.sources.kinds import LEVELS

Data = dict[str, Any]

ROOT = "/api/v1/"


def api(site: Site, shown: Mapping[str, str], cited_by: UsedBy) -> list[MachineFile]:
    """Give every file. `shown` gives the address of the page that shows a finding, by its id."""
    catalogue = site.catalogue
    documents, claims = sorted(catalogue.documents.items()), sorted(catalogue.data.claims.items())
    files = [
        _list("articles", lambda: [_article(one, site) for _, one in documents], site),
        _list("claims", lambda: [_claim(one, site, shown) for _, one in claims], site, given=lambda: shown),
        _list("red-flags", lambda: _red_flags(site), site, countries=lambda: _countries(site)),
        _list("terms", lambda: _terms(site), site),
        _list("references", lambda: _references(site, cited_by), site, given=lambda: cited_by),
    ]
    counts = {
        "articles": len(documents),
        "claims": len(claims),
        "red-flags": len(catalogue.data.red_flags),
        "terms": sum(one.language in catalogue.languages for one in catalogue.data.terms),
        "references": len(catalogue.data.references),
    }
    index = MachineFile(f"{ROOT}index.json", DATA, lambda: {"content": _index(counts, site)})
    schemas = [MachineFile(f"{ROOT}schema/{name}.json", DATA, partial(_schema, name, site)) for name in SCHEMAS]
    return [*files, index, *schemas]


def _list(
    name: str,
    items: Callable[[], list[Data]],
    site: Site,
    given: Callable[[], object] | None = None,
    **more: Callable[[], list[Data]],
) -> MachineFile:
    """A file that is a list of items, with `more` lists beside it."""

    def content() -> Data:
        beside = {key: made() for key, made in more.items()}
        return {"content": {**_head(name, site), **beside, "items": items()}}

    return MachineFile(f"{ROOT}{name}.json", DATA, content, given)


def _schema(name: str, site: Site) -> Data:
    address = site.catalogue.absolute(f"{ROOT}schema/{name}.json")
    return {"content": {"$schema": DIALECT, "$id": address, **SCHEMAS[name]}}


def _head(name: str, site: Site) -> Data:
    """What stands at the top of every file."""
    config = site.catalogue.config
    words = site.words[config.language]
    days = [one.day("updated") for one in site.catalogue.documents.values()]
    return {
        "schema": site.catalogue.absolute(f"{ROOT}schema/{name}.json"),
        "address": site.catalogue.absolute(f"{ROOT}{name}.json"),
        "site": {"title": config.title, "address": config.url},
        "language": config.language,
        "licence": {"name": config.licence, "address": config.licence_url},
        "notice": f"{plain(words, 'not_reviewed')} {plain(words, 'not_advice')}",
        "updated": max(days, default=None),
    }


def _index(counts: Mapping[str, int], site: Site) -> Data:
    return {
        **_head("index", site),
        "items": [
            {
                "name": name,
                "address": site.catalogue.absolute(f"{ROOT}{name}.json"),
                "schema": site.catalogue.absolute(f"{ROOT}schema/{name}.json"),
                "count": count,
            }
            for name, count in sorted(counts.items())
        ],
        "feeds": [site.catalogue.absolute(url) for url in ("/feed.json", "/feed.xml", "/medical.xml")],
        "infobutton": [
            {
                "system": one.system,
                "oid": one.oid,
                "code": one.code,
                "relation": one.relation,
                "atom": site.catalogue.absolute(f"{one.folder}index.xml"),
                "json": site.catalogue.absolute(f"{one.folder}index.json"),
            }
            for one in site.catalogue.data.codes
            if one.folder
        ],
    }


def _article(document: Document, site: Site) -> Data:
    people = site.catalogue.data.people
    review = document.review
    person = people.get(str(review.get("by")))
    linked = site.linked[document.path]
    return {
        "id": document.id,
        "address": site.catalogue.absolute(site.catalogue.url_of(document)),
        "language": document.language,
        "kind": document.kind,
        "section": document.section or None,
        "topic": document.text("topic") or None,
        "title": document.title,
        "summary": document.summary,
        "short_answer": plain_field(document, "short_answer") if document.text("short_answer") else None,
        "key_points": [plain_fragment(one) for one in document.fragments("key_points")],
        "updated": document.day("updated"),
        "evidence_searched": document.day("evidence_searched") or None,
        "review_due": document.review_due or None,
        "checked": {"by": person.name, "on": str(review["on"])} if person and review.get("on") else None,
        "authors": [people[one].name for one in document.texts("authors") if one in people],
        "references": sorted(linked.cited),
        "claims": sorted(dict.fromkeys(one.id for one in site.claims_of(document))),
    }


def _claim(claim: Claim, site: Site, shown: Mapping[str, str]) -> Data:
    words = site.words[site.catalogue.config.language]
    where = shown.get(claim.id)
    return {
        "id": claim.id,
        "address": site.catalogue.absolute(f"{where}#{finding_anchor(claim.id)}") if where else None,
        "sentence": claim_sentence(claim, words),
        "certainty": claim.certainty,
        "design": claim.design,
        "reasons": [
            {"why": one.why, "lowers": one.lowers or None, "steps": one.by if one.lowers else 0}
            for one in claim.because
        ],
        "intervention": claim.intervention,
        "comparator": claim.comparator or None,
        "population": claim.population,
        "applies_to": claim.applies_to,
        "outcome": claim.outcome,
        "follow_up": claim.follow_up,
        "effect": {"direction": claim.direction, "size": claim.size or None},
        "reported": claim.finding,
        "numbers": _numbers(claim),
        "participants": claim.participants or None,
        "studies": claim.studies or None,
        "sources": [{"reference": one.key, "place": one.locator or None} for one in claim.sources],
        "searched": claim.searched,
    }


def _numbers(claim: Claim) -> Data:
    """The numbers of a finding as its source gives them."""
    averages, estimate = claim.averages, claim.estimate
    return {
        "counted": _counted(claim.counted) if claim.counted else None,
        "averages": averages_data(averages) if averages else None,
        "estimate": estimate_data(estimate) if estimate else None,
    }


def _counted(counted: Counted) -> Data:
    """What was counted; `is_count` is false where the source gave a share of 100 alone."""

    def arm(one: Frequency) -> Data:
        return {"some": one.some, "people": one.people, "is_count": one.counted}

    compared = arm(counted.comparator) if counted.comparator else None
    return {"of": counted.of, "intervention": arm(counted.intervention), "comparator": compared}


def _red_flags(site: Site) -> list[Data]:
    return [
        {
            "id": one.id,
            "level": one.level,
            "sign": one.sign,
            "may_mean": one.may_mean,
            "action": one.action,
            "topics": sorted(one.topics),
            "references": _keys(one.sources),
        }
        for one in sorted(site.catalogue.data.red_flags, key=lambda one: (LEVELS.index(one.level), one.id))
    ]


def _countries(site: Site) -> list[Data]:
    return [
        {
            "id": one.id,
            "name": one.name,
            "advice": {level: one.at(level) for level in LEVELS},
            "references": _keys(one.sources),
        }
        for one in site.catalogue.data.countries
    ]


def _terms(site: Site) -> list[Data]:
    return [
        {
            "id": one.id,
            "address": site.catalogue.absolute(f"{site.catalogue.page_url(GLOSSARY, one.language)}#{one.id}"),
            "language": one.language,
            "term": one.term,
            "forms": list(one.forms),
            "definition": one.definition,
            "references": _keys(one.sources),
        }
        for one in sorted(site.catalogue.data.terms, key=lambda one: (one.language, one.id))
        if one.language in site.catalogue.languages
    ]


def _references(site: Site, cited_by: UsedBy) -> list[Data]:
    data = site.catalogue.data
    return [
        {
            "id": key,
            "address": site.catalogue.absolute(site.catalogue.work_url(one, site.catalogue.config.language)),
            "title": one.title,
            "text": one.text,
            "year": one.year or None,
            "read": one.read,
            "retracted": data.retracted.get(key),
            "links": [{"kind": link.label_key, "text": link.text, "address": link.url} for link in one.links],
            "cited_by": sorted({site.catalogue.absolute(url) for _, url in cited_by.get(key, ())}),
        }
        for key, one in sorted(data.references.items())
    ]


def _keys(sources: Iterable[tuple[str, Span]]) -> list[str]:
    return sorted({key for key, _ in sources})
