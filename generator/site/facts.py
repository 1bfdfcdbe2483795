"""The facts: digests of all that stands outside an article, by which it is known that what was made is the same again.

Each takes the digest of all files but the articles (`files`), and adds what others see of every article.
"""

from generator.cache.cache import key_of
from generator.site.catalogue import Catalogue


def facts_for_links(catalogue: Catalogue, facts: bytes) -> bytes:
    """A digest of all that a link, a block or a check of one article may meet outside it. `facts` is that of all files
    but the articles."""
    shown = (f"{path}\0{one.target_digest}" for path, one in catalogue.documents.items())
    hidden = (f"{path}\0{one.target_digest}" for path, one in catalogue.hidden.items())
    return key_of(facts, *(one.encode("utf-8", "surrogatepass") for one in (*shown, "", *hidden)))


def facts_for_pages(catalogue: Catalogue, facts: bytes) -> bytes:
    """A digest of all that the page of one article may show of others without looking into them."""
    shown = (f"{path}\0{one.face_digest}" for path, one in catalogue.documents.items())
    return key_of(facts, *(one.encode("utf-8", "surrogatepass") for one in shown))


def facts_for_site(catalogue: Catalogue, facts: bytes) -> bytes:
    """A digest of all that can be found about the site without looking into articles."""
    hidden = (f"{path}\0{one.face_digest}" for path, one in catalogue.hidden.items())
    return key_of(facts_for_pages(catalogue, facts), *(one.encode("utf-8", "surrogatepass") for one in hidden))
