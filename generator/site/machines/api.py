"""The site as plain data for other programs: static JSON files below /api/v1/, each with its schema.

All addresses are full, all lists sorted, and what is not known is null. Every file says under which licence it stands
and that no clinician has checked it yet; a page that somebody has checked says so itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from generator.evidence.claims import Claim, Counted, sentence
from generator.evidence.frequencies import Frequency
from generator.markup.document import Document
from generator.problems.problem import Span
from generator.site.catalogue import GLOSSARY
from generator.site.findings import finding_anchor
from generator.site.joined import Site
from generator.site.machines import api_schema
from generator.site.machines.feeds import DATA, Planned, absolute
from generator.site.plain_text import plain_field, plain_fragment
from generator.site.words import plain
from generator.sources.kinds import LEVELS

Data = dict[str, Any]

ROOT = "/api/v1/"


def api(site: Site, shown: Mapping[str, str], uses: Mapping[str, Sequence[tuple[str, str]]]) -> list[Planned]:
    """Give every file. `shown` is where each finding stands, `uses` which pages cite a work, as title and address."""
    catalogue = site.catalogue
    documents, claims = sorted(catalogue.documents.items()), sorted(catalogue.data.claims.items())
    items: dict[str, Callable[[], list[Data]]] = {
        "articles": lambda: [_article(one, site) for _, one in documents],
        "claims": lambda: [_claim(one, site, shown) for _, one in claims],
        "red-flags": lambda: _red_flags(site),
        "terms": lambda: _terms(site),
        "references": lambda: _references(site, uses),
    }
    counts = {
        "articles": len(documents),
        "claims": len(claims),
        "red-flags": len(catalogue.data.red_flags),
        "terms": sum(one.language in catalogue.languages for one in catalogue.data.terms),
        "references": len(catalogue.data.references),
    }
    files = [(f"{ROOT}{name}.json", DATA, partial(_file, name, items[name], site)) for name in items]
    index: Planned = (f"{ROOT}index.json", DATA, lambda: {"content": _index(counts, site)})
    schemas = [(f"{ROOT}schema/{name}.json", DATA, partial(_schema, name, site)) for name in api_schema.SCHEMAS]
    return [*files, index, *schemas]


def _file(name: str, items: Callable[[], list[Data]], site: Site) -> Data:
    extra = {"countries": _countries(site)} if name == "red-flags" else {}
    return {"content": {**_head(name, site), **extra, "items": items()}}


def _schema(name: str, site: Site) -> Data:
    address = absolute(site, f"{ROOT}schema/{name}.json")
    return {"content": {"$schema": api_schema.DIALECT, "$id": address, **api_schema.SCHEMAS[name]}}


def _head(name: str, site: Site) -> Data:
    """What stands at the top of every file."""
    config = site.catalogue.config
    words = site.words[config.language]
    days = [one.day("updated") for one in site.catalogue.documents.values()]
    return {
        "schema": absolute(site, f"{ROOT}schema/{name}.json"),
        "address": absolute(site, f"{ROOT}{name}.json"),
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
                "address": absolute(site, f"{ROOT}{name}.json"),
                "schema": absolute(site, f"{ROOT}schema/{name}.json"),
                "count": count,
            }
            for name, count in sorted(counts.items())
        ],
        "feeds": [absolute(site, url) for url in ("/feed.json", "/feed.xml", "/medical.xml")],
        "infobutton": [
            {
                "system": one.system,
                "oid": one.oid,
                "code": one.code,
                "relation": one.relation,
                "atom": absolute(site, f"{one.folder}index.xml"),
                "json": absolute(site, f"{one.folder}index.json"),
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
        "address": absolute(site, site.catalogue.url_of(document)),
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
    averages, estimate = claim.averages, claim.estimate
    low, high = estimate.interval if estimate and estimate.interval else (None, None)
    return {
        "id": claim.id,
        "address": absolute(site, f"{where}#{finding_anchor(claim.id)}") if where else None,
        "sentence": sentence(claim, {key: word for key, word in words.items() if isinstance(word, str)}),
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
        "numbers": {
            "counted": _counted(claim.counted) if claim.counted else None,
            "averages": {
                "intervention": averages.intervention,
                "comparator": averages.comparator,
                "unit": averages.unit,
            }
            if averages
            else None,
            "estimate": {"value": estimate.value, "low": low, "high": high, "unit": estimate.unit}
            if estimate
            else None,
        },
        "participants": claim.participants or None,
        "studies": claim.studies or None,
        "sources": [{"reference": one.key, "place": one.locator or None} for one in claim.sources],
        "searched": claim.searched,
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
            "address": absolute(site, f"{site.catalogue.page_url(GLOSSARY, one.language)}#{one.id}"),
            "language": one.language,
            "term": one.term,
            "forms": list(one.forms),
            "definition": one.definition,
            "references": _keys(one.sources),
        }
        for one in sorted(site.catalogue.data.terms, key=lambda one: (one.language, one.id))
        if one.language in site.catalogue.languages
    ]


def _references(site: Site, uses: Mapping[str, Sequence[tuple[str, str]]]) -> list[Data]:
    data = site.catalogue.data
    return [
        {
            "id": key,
            "address": absolute(site, site.catalogue.work_url(one, site.catalogue.config.language)),
            "title": one.title,
            "text": one.text,
            "year": one.year or None,
            "read": one.read,
            "retracted": data.retracted.get(key),
            "links": [{"kind": link.label_key, "text": link.text, "address": link.url} for link in one.links],
            "cited_by": sorted({absolute(site, url) for _, url in uses.get(key, ())}),
        }
        for key, one in sorted(data.references.items())
    ]


def _keys(sources: Iterable[tuple[str, Span]]) -> list[str]:
    return sorted({key for key, _ in sources})
