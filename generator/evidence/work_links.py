"""Where a work can be found: by its DOI, in PubMed, in PubMed Central, or at its address."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from generator.evidence.csl import Record, plain


@dataclass(frozen=True)
class Link:
    """A place where a work can be found: doi, pubmed, pmc or web; `text` is the identifier or the host."""

    label_key: str
    text: str
    url: str


def links(record: Record) -> tuple[Link, ...]:
    """Where the work can be found: DOI, PubMed, PubMed Central, then its address if that leads elsewhere."""
    doi, pmid, pmcid = _doi(record), _digits(record, "PMID"), _digits(record, "PMCID")
    url = quote(plain(record, "URL"), safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    host = "" if _same_place(url, doi, pmid, pmcid) else _web_host(url)
    places = (
        Link("doi", doi, "https://doi.org/" + quote(doi, safe="/:;().,-_", errors="replace")),
        Link("pubmed", pmid, f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"),
        Link("pmc", pmcid and f"PMC{pmcid}", f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{pmcid}/"),
        Link("web", host, url),
    )
    return tuple(place for place in places if place.text)


def _doi(record: Record) -> str:
    """The bare DOI, whichever way it was written; '' if it is none."""
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", plain(record, "DOI"), flags=re.IGNORECASE)
    return doi if re.fullmatch(r"10\.[0-9]{4,9}/\S+", doi) else ""


def _digits(record: Record, key: str) -> str:
    """The number of a PMID or PMCID; '' if it is none."""
    number = re.fullmatch(r"(?:PMC)?([0-9]{1,12})", plain(record, key))
    return number[1] if number else ""


def _web_host(url: str) -> str:
    """The host of a web address without www; '' for whatever is not http or https."""
    try:
        address = urlsplit(url)
    except ValueError:
        return ""
    return (address.hostname or "").removeprefix("www.") if address.scheme in {"http", "https"} else ""


def _same_place(url: str, doi: str, pmid: str, pmcid: str) -> bool:
    """Whether the address is the very page that an identifier leads to; a table within that page is not."""
    page = re.sub(r"/(?:full|abstract)$", "", unquote(url).rstrip("/")).casefold()
    by_doi = bool(doi) and page.endswith((f"/{doi}".casefold(), f"={doi}".casefold()))
    by_pmid = bool(pmid) and page.endswith(f"pubmed.ncbi.nlm.nih.gov/{pmid}")
    return by_doi or by_pmid or (bool(pmcid) and page.endswith(f"/articles/pmc{pmcid}"))
