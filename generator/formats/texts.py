"""The files for programs that read texts: `page.md` beside every page, and `llms.txt` at the root."""

from collections.abc import Iterable

from generator.formats.markdown import escaped, markdown
from generator.formats.shown import shown
from generator.output.outputs import Output
from generator.output.tree import Tree
from generator.site.frame import MARKDOWN, section_title
from generator.site.joined import Site
from generator.site.pages import Known, Page
from generator.site.words import plain

INDEX = "llms.txt"


def beside(page: Page, tree: Tree) -> str:
    """Give the text of a page as Markdown, from the tree of its HTML, which may be changed."""
    inputs = page.inputs
    site, words = inputs["site"], inputs["words"]
    about = shown(page.url, inputs["language"], inputs["page"]["title"], tree)
    licence = f"[{escaped(words['licence'].format(licence=site['licence']))}]({site['licence_url']})."
    return markdown(about, inputs["page"]["canonical"], licence)


def beside_path(page: Page | Known) -> str:
    """Where that text stands."""
    folder, slash, _ = page.output.rpartition("/")
    return f"{folder}{slash}{MARKDOWN}"


def index_output(site: Site, pages: Iterable[Known]) -> Output:
    """Give the list of the site's texts for programs: what it is, what it is not, and where the Markdown is.

    The pages on when to get help come first. Questions stand last, by topic.
    """
    catalogue = site.catalogue
    config = catalogue.config
    language = config.language
    words = site.words[language]
    by_url = {page.url: page for page in pages if page.listed}
    parts = [
        f"# {escaped(config.title)}",
        f"> {escaped(config.tagline)}.",
        " ".join(plain(words, one) for one in ("llms_about", "not_reviewed", "not_advice", "llms_urgent")),
        f"[{plain(words, 'licence').format(licence=config.licence)}]({config.licence_url}).",
    ]
    first = [one for one in config.sections if one.folder == config.urgent_section]
    last = [one for one in config.sections if one.kind == "question"]
    others = [one for one in config.sections if one not in first and one not in last]
    for section in (*first, *others, *last):
        if not catalogue.has_section(section.folder, language):
            continue
        documents = [] if section in last else catalogue.in_section(section.folder, language)
        urls = [catalogue.section_url(section.folder, language), *map(catalogue.url_of, documents)]
        if section in last:
            urls += [catalogue.topic_url(topic.id, language) for topic in config.topics]
        parts.append(f"## {escaped(section_title(section, site, language))}")
        parts.append("\n".join(_entry(by_url[url]) for url in urls if url in by_url))
    return Output(INDEX, ("\n\n".join(parts) + "\n").encode(), "site.yaml")


def _entry(page: Known) -> str:
    return f"- [{escaped(page.title)}]({page.canonical}{MARKDOWN}): {escaped(page.summary)}"
