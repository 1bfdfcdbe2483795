"""What a page says to machines: a graph in the words of schema.org, which repeats what the page shows.

The program knows no medicine: what the site is about comes from site.yaml, what it is compared with and what can be
done about it from the pages of those kinds. Every node has an `@id` of its own, the same on every page. A page gives
in full what it shows in full and names the rest by `@id` alone, so that nothing is told to machines only.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from generator.markup.document import Document
from generator.site.addresses import whole
from generator.site.catalogue import GLOSSARY, NAMES, REFERENCES
from generator.site.filling import PageText
from generator.site.plain_text import plain_field
from generator.site.words import plain
from generator.sources.kinds import UNTREATED

Data = dict[str, Any]

CONTEXT = "https://schema.org"
_WORK = "work"
"""The kind of page that is on one work."""
_NOT_MEDICAL = ("page", REFERENCES, _WORK, "not-here")
"""Kinds of page that say nothing medical of their own."""
_NOT_NAMES = ("related", "misspelling", "alias")
"""Kinds of name that are no other name of the same thing."""
_IDENTIFIED = ("doi", "pubmed")
_MOST_WORKS = 30
"""Works that a page lists here at most; the lists of pages that cite more are heavy, and stand in the API."""


def graph(document: Document | None, template: str, inputs: Data, text: PageText) -> Data:
    """Give the graph of one page from its inputs. `document` is the article that it is made from, if there is one."""
    return _Graph(document, template, inputs, text).whole()


class _Graph:
    """The nodes of one page."""

    def __init__(self, document: Document | None, template: str, inputs: Data, text: PageText) -> None:
        self.document = document
        is_front = template == "section.html"
        self.kind = document.kind if document and not is_front else template.removesuffix(".html")
        folder = document.section if document else inputs["page"]["url"].strip("/").split("/")[-1]
        self.section = text.site.catalogue.config.section(folder)
        self.inputs = inputs
        self.text = text
        self.site = text.site
        self.catalogue = text.site.catalogue
        self.config = text.site.catalogue.config
        self.url: str = inputs["page"]["canonical"]

    def whole(self) -> Data:
        page = self._page()
        subjects = list(self._subjects())
        if subjects:
            page["mainEntity"] = [_named(one) for one in subjects] if self.kind == "topic" else _named(subjects[0])
        return {"@context": CONTEXT, "@graph": [page, *subjects]}

    def _page(self) -> Data:
        shown, dates = self.inputs["page"], self.inputs["dates"]
        node: Data = {
            "@type": self._type(),
            "@id": f"{self.url}#page",
            "url": self.url,
            "name": shown["title"],
            "inLanguage": self.text.language,
            "isPartOf": self._in_full_at_home("WebSite", "website"),
            "publisher": self._in_full_at_home("Organization", "publisher"),
            "license": self.config.licence_url,
            "dateModified": dates["updated"],
            "expires": dates["due"],
            "description": self._description(),
            "author": [self._person(name) for name in self._names("authors")],
            "citation": list(self._works()),
        }
        if dates["reviewed_by"] and dates["reviewed_on"]:
            node["lastReviewed"] = dates["reviewed_on"]
            node["reviewedBy"] = {"@type": "Person", "name": dates["reviewed_by"]}
        if not shown["is_home"]:
            node["breadcrumb"] = self._breadcrumb()
        if self.config.condition and self._is_medical:
            node["about"] = {"@id": self._condition_id}
        return {key: value for key, value in node.items() if value}

    def _in_full_at_home(self, kind: str, name: str) -> Data:
        """What is the same on every page; only the home page says more than its `@id`."""
        node = {"@id": f"{self.config.url}#{name}"}
        is_home = self.url == self.config.url
        return {"@type": kind, **node, "name": self.config.title, "url": self.config.url} if is_home else node

    @property
    def _is_medical(self) -> bool:
        return self.kind not in _NOT_MEDICAL and not (self.section and self.section.kind == "page")

    def _type(self) -> str:
        if self.kind == "topic":
            return "FAQPage"
        return "MedicalWebPage" if self._is_medical else "WebPage"

    def _description(self) -> str:
        """What the page itself shows below its title."""
        if self.kind == "home":
            return self.config.tagline
        shown: str = self.inputs["page"]["summary"]
        return "" if self.kind == "question" else shown

    def _breadcrumb(self) -> Data:
        here = self.inputs["page"]
        above = [(plain(self.text.words, "home"), whole(self.url, self.inputs["site"]["home"]))]
        above += [(one["title"], whole(self.url, one["href"])) for one in self.inputs["crumbs"]]
        steps = [*above, (here["title"], self.url)]
        return {
            "@type": "BreadcrumbList",
            "@id": f"{self.url}#breadcrumb",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": url}
                for number, (name, url) in enumerate(steps, 1)
            ],
        }

    def _names(self, field: str) -> Iterable[str]:
        known = self.catalogue.data.people
        return [one for one in self.document.texts(field) if one in known] if self.document else []

    def _person(self, name: str) -> Data:
        person = self.catalogue.data.people[name]
        kind = "Person" if person.kind == "person" else "Organization"
        return {"@type": kind, "@id": f"{self.config.url}#{person.id}", "name": person.name}

    def _works(self) -> Iterator[Data]:
        """The works that the page lists and that have a number of their own, where they are not many."""
        works = self.inputs.get("references", ())
        for work in works if len(works) <= _MOST_WORKS else ():
            if _identified(work):
                yield self._work(work)

    def _work(self, work: Data) -> Data:
        """One work; what readers may take for an article is one that has a number of its own."""
        reference = self.catalogue.data.references[work["key"]]
        url = self.catalogue.absolute(self.catalogue.work_url(reference, self.config.language))
        found = _identified(work)
        node: Data = {
            "@type": "MedicalScholarlyArticle" if found else "CreativeWork",
            "@id": f"{url}#work",
            "name": work["title"],
        }
        return {**node, "sameAs": found} if found else node

    def _subjects(self) -> Iterator[Data]:
        """What the page is about, the thing that it is mainly about first."""
        if self.kind == "question" and self.document:
            yield self._question(self.document)
        elif self.kind == "topic":
            yield from self._questions()
        elif self.kind == GLOSSARY:
            yield self._terms()
        elif self.kind == _WORK:
            yield self._whole_work()
        elif self.kind == "treatment" and self.document:
            yield self._treatment(self.document)
        elif self.kind == "differential-diagnosis" and self.document:
            yield self._look_alike(self.document)
            if self.config.condition:
                yield {**self._condition_node(), "differentialDiagnosis": [self._difference(self.document)]}
        elif self.config.condition:
            yield from self._condition()

    def _whole_work(self) -> Data:
        """The work that its own page is on: the year and all addresses as well."""
        work = self.inputs["work"]
        found = [one["url"] for one in work["links"]]
        node = {**self._work(work), "url": self.url, "datePublished": work["year"], "sameAs": found}
        return {key: value for key, value in node.items() if value}

    def _question(self, document: Document) -> Data:
        url = self._address(document)
        answer = {"@type": "Answer", "@id": f"{url}#answer", "text": plain_field(document, "short_answer")}
        return {"@type": "Question", "@id": f"{url}#question", "name": document.title, "acceptedAnswer": answer}

    def _questions(self) -> Iterator[Data]:
        for topic in self.config.topics:
            if self.catalogue.topic_url(topic.id, self.text.language) == self.inputs["page"]["url"]:
                yield from map(self._question, self.catalogue.questions_on(topic.id, self.text.language))

    def _terms(self) -> Data:
        """The glossary's words; what they mean would double the page, and stands in the API."""
        found = sorted(
            (one for one in self.catalogue.data.terms if one.language == self.text.language), key=lambda one: one.id
        )
        return {
            "@type": "DefinedTermSet",
            "@id": f"{self.url}#terms",
            "name": self.inputs["page"]["title"],
            "hasDefinedTerm": [
                {"@type": "DefinedTerm", "@id": f"{self.url}#{one.id}", "name": one.term} for one in found
            ],
        }

    def _treatment(self, document: Document) -> Data:
        url = self._address(document)
        return {"@type": "MedicalTherapy", "@id": f"{url}#treatment", "name": document.title, "url": url}

    def _look_alike(self, document: Document) -> Data:
        url = self._address(document)
        return {"@type": "MedicalCondition", "@id": f"{url}#condition", "name": document.nav_title, "url": url}

    def _difference(self, document: Document) -> Data:
        sign = {"@type": "MedicalSignOrSymptom", "name": plain_field(document, "tells_apart")}
        other = self._look_alike(document)
        return {
            "@type": "DDxElement",
            "@id": f"{self._address(document)}#difference",
            "diagnosis": {"@id": other["@id"]} if document is self.document else other,
            "distinguishingSign": sign,
        }

    @property
    def _condition_id(self) -> str:
        page = self.config.condition.page if self.config.condition else ""
        document = self.catalogue.at(page)
        return f"{self._address(document) if document else self.config.url}#condition"

    def _condition_node(self) -> Data:
        return {"@type": "MedicalCondition", "@id": self._condition_id}

    def _condition(self) -> Iterator[Data]:
        """What the site is about, on the pages that show its names, what else it could be, or what can be done."""
        condition = self.config.condition
        is_own = condition and self.document and self.document is self.catalogue.at(condition.page)
        is_own = is_own or self.kind in ("home", NAMES)
        differences, treatments = self._shown("compare"), self._shown("options")
        if not condition or not (is_own or differences or treatments):
            return
        found: Data = {
            **self._condition_node(),
            "name": condition.name if is_own and self.text.language == self.config.language else "",
            "url": self._condition_id.partition("#")[0] if is_own else "",
            "alternateName": self._other_names(condition.name, condition.page) if is_own else [],
            "differentialDiagnosis": [
                self._difference(one) if differences else {"@id": f"{self._address(one)}#difference"}
                for one in self._all("differential-diagnosis")
                if differences or is_own
            ],
            "possibleTreatment": [
                self._treatment(one) if treatments else {"@id": f"{self._address(one)}#treatment"}
                for one in self._all("treatment")
                if one.text("tested") != "no" and (treatments or is_own)
            ],
        }
        yield {key: value for key, value in found.items() if value}

    def _other_names(self, own: str, page: str) -> list[str]:
        """Other names of the same thing; on pages that do not list them, those that the text uses."""
        names = [one.name for one in self.catalogue.data.names if one.page == page and one.kind not in _NOT_NAMES]
        if self.kind != NAMES and self.document:
            said = " ".join(one.text for one in self.document.prose if one.field != "aliases").casefold()
            names = [one for one in names if one.casefold() in said]
        return sorted({one for one in names if one.casefold() != own.casefold()}, key=lambda one: (one.casefold(), one))

    def _shown(self, block: str) -> bool:
        """Whether the page shows all look-alikes, or all treatments, side by side."""
        by_itself = self.inputs.get("listing", {}).get("kind") == block
        return by_itself or (self.document is not None and (block, ()) in self.document.blocks)

    def _all(self, kind: str) -> list[Document]:
        found = self.catalogue.of_kind(kind, self.text.language)
        return [one for one in found if one.text("category") != UNTREATED]

    def _address(self, document: Document) -> str:
        return self.catalogue.absolute(self.catalogue.url_of(document))


def _identified(work: Data) -> list[str]:
    """The addresses of a work by its numbers in registers."""
    return [one["url"] for one in work["links"] if one["label"] in _IDENTIFIED]


def _named(node: Data) -> Data:
    return {"@id": node["@id"]}
