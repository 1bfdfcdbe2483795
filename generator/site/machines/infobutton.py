"""Answers for patient records, made beforehand: for each code a feed as HL7's infobutton asks for it, in Atom and JSON.

A record asks by a code. No code means exactly the condition, and each answer says so before it names its pages. The
last page of every answer says when to get help.
"""

from functools import partial
from typing import Any

from generator.disk.folders import CONTENT
from generator.evidence.medical_codes import MedicalCode
from generator.site.frame import section_title
from generator.site.joined import Site
from generator.site.machines.feeds import DATA, Planned, absolute
from generator.site.words import plain

Data = dict[str, Any]

_NOT_EXACT = {"broader": "code_not_exact_broader", "related": "code_not_exact_related"}
"""The word that says how a code stands to the condition."""


def answers(site: Site) -> list[Planned]:
    """Give both forms of the answer to each code whose system has a number."""
    made: list[Planned] = []
    for code in site.catalogue.data.codes:
        if code.folder:
            made.append((f"{code.folder}index.xml", "feeds/infobutton.xml", partial(_answer, code, site)))
            made.append((f"{code.folder}index.json", DATA, partial(_answer_as_data, code, site)))
    return made


def _answer_as_data(code: MedicalCode, site: Site) -> Data:
    return {"content": _as_json(_answer(code, site))}


def _answer(code: MedicalCode, site: Site) -> Data:
    config = site.catalogue.config
    words = site.words[config.language]
    condition = config.condition.in_text if config.condition else config.title
    entries = _entries(code, site)
    not_exact = plain(words, _NOT_EXACT[code.relation])
    return {
        "language": config.language,
        "id": absolute(site, code.folder),
        "title": plain(words, "code_answer").format(title=config.title, system=code.system, code=code.code),
        "subtitle": not_exact.format(system=code.system, code=code.code, condition=condition),
        "author": {"name": config.title, "uri": config.url},
        "rights": f"{config.licence}. {plain(words, 'not_reviewed')}",
        "updated": max((one["updated"] for one in entries), default="1970-01-01"),
        "itself": absolute(site, f"{code.folder}index.xml"),
        "criteria": [
            {"scheme": "mainSearchCriteria.v.c", "term": code.code},
            {"scheme": "mainSearchCriteria.v.cs", "term": code.oid},
            {"scheme": "mainSearchCriteria.v.dn", "term": code.label},
            {"scheme": "informationRecipient.languageCode.c", "term": config.language},
        ],
        "entries": entries,
    }


def _entries(code: MedicalCode, site: Site) -> list[Data]:
    """The code's own page, the page that says what the condition is, and when to get help."""
    catalogue = site.catalogue
    config = catalogue.config
    paths = [code.page, *([config.condition.page] if config.condition else [])]
    documents = [catalogue.documents[f"{CONTENT}/{one}"] for one in paths if f"{CONTENT}/{one}" in catalogue.documents]
    entries = {
        catalogue.url_of(one): {"title": one.title, "summary": one.summary, "updated": one.day("updated")}
        for one in documents
    }
    section = config.section(config.urgent_section)
    if section and catalogue.has_section(section.folder, config.language):
        members = [one for one in catalogue.documents.values() if one.section == section.folder]
        entries[catalogue.section_url(section.folder, config.language)] = {
            "title": section_title(section, site, config.language),
            "summary": section.summary,
            "updated": max(one.day("updated") for one in members),
        }
    return [{"url": absolute(site, url), **entry} for url, entry in entries.items()]


def _as_json(answer: Data) -> Data:
    """The same feed in the form in which HL7's guide writes Atom as JSON: every text stands in `_value`."""
    return {
        "feed": {
            "base": answer["author"]["uri"],
            "lang": answer["language"],
            "id": _value(answer["id"]),
            "title": _text(answer["title"]),
            "subtitle": _text(answer["subtitle"]),
            "rights": _text(answer["rights"]),
            "updated": _value(f"{answer['updated']}T00:00:00Z"),
            "author": {key: _value(value) for key, value in answer["author"].items()},
            "category": answer["criteria"],
            "entry": [
                {
                    "lang": answer["language"],
                    "id": _value(one["url"]),
                    "title": _text(one["title"]),
                    "updated": _value(f"{one['updated']}T00:00:00Z"),
                    "link": [{"rel": "alternate", "type": "text/html", "href": one["url"], "title": one["title"]}],
                    "summary": _text(one["summary"]),
                }
                for one in answer["entries"]
            ],
        }
    }


def _value(text: str) -> Data:
    return {"_value": text}


def _text(text: str) -> Data:
    return {"type": "text", "_value": text}
