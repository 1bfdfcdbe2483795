"""Where a work can be found: each place once, and none that a browser would not open as a page."""

import pytest

from generator.evidence.work_links import Link, links

Record = dict[str, object]


def test_links_in_their_order() -> None:
    record: Record = {
        "DOI": "10.1016/S0140-6736(14)60805-9",
        "PMID": 123,
        "PMCID": "PMC45",
        "URL": "https://www.nhs.uk/pain?a=1&b=2#c",
    }
    assert links(record) == (
        Link("doi", "10.1016/S0140-6736(14)60805-9", "https://doi.org/10.1016/S0140-6736(14)60805-9"),
        Link("pubmed", "123", "https://pubmed.ncbi.nlm.nih.gov/123/"),
        Link("pmc", "PMC45", "https://pmc.ncbi.nlm.nih.gov/articles/PMC45/"),
        Link("web", "nhs.uk", "https://www.nhs.uk/pain?a=1&b=2#c"),
    )


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        (
            "10.1002/(SICI)17:15<1661::AID#1>3.0.CO;2-2",
            "https://doi.org/10.1002/(SICI)17:15%3C1661::AID%231%3E3.0.CO;2-2",
        ),
        ("https://doi.org/10.1000/x", "https://doi.org/10.1000/x"),
        ("doi: 10.1000/ü?", "https://doi.org/10.1000/%C3%BC%3F"),
    ],
)
def test_a_doi_is_quoted(doi: str, url: str) -> None:
    assert [link.url for link in links({"DOI": doi})] == [url]


@pytest.mark.parametrize(
    "record",
    [
        {"DOI": "10.1000/x.1", "URL": "https://doi.org/10.1000/X.1"},
        {"DOI": "10.1000/X.1", "URL": "https://doi.org/10.1000/x.1"},
        {"DOI": "10.1000/X.1", "URL": "https://example.org/article?id=10.1000/x.1"},
        {"DOI": "10.1000/x.1", "URL": "https://example.org/doi/10.1000%2Fx.1/full"},
        {"PMID": "12", "URL": "https://pubmed.ncbi.nlm.nih.gov/12"},
        {"PMCID": "PMC12", "URL": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12/"},
    ],
)
def test_an_address_is_not_given_twice(record: Record) -> None:
    assert [link.label_key for link in links(record)] in (["doi"], ["pubmed"], ["pmc"])


@pytest.mark.parametrize(
    "record",
    [
        {"PMCID": "PMC12", "URL": "https://pmc.ncbi.nlm.nih.gov/articles/PMC12/table/T9"},
        {"PMCID": "PMC1", "URL": "https://pmc.ncbi.nlm.nih.gov/articles/PMC12/"},
        {"DOI": "10.1000/1", "URL": "https://doi.org/10.1000/12"},
        {"URL": "https://pmc.ncbi.nlm.nih.gov/articles/PMC"},
        {"URL": "https://pubmed.ncbi.nlm.nih.gov/"},
        {"URL": "https://example.org/"},
    ],
)
def test_an_address_that_leads_elsewhere_is_kept(record: Record) -> None:
    assert links(record)[-1].label_key == "web"


@pytest.mark.parametrize(
    "record",
    [
        {"URL": "javascript:alert(1)"},
        {"URL": "data:text/html,x"},
        {"URL": "//example.org/"},
        {"URL": "http://["},
        {"URL": "https://"},
        {"URL": None, "DOI": "not known", "PMID": "PMID", "PMCID": "PMC"},
    ],
)
def test_what_is_no_link(record: Record) -> None:
    assert links(record) == ()
