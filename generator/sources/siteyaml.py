"""The schema of site.yaml."""

from generator.sources.kinds import KINDS, LEVELS
from generator.sources.limits import Limit, every_limit
from generator.sources.schema import Field, Group, Items
from generator.sources.values import (
    Choice,
    Contact,
    Date,
    Identifier,
    Language,
    Number,
    PagePath,
    Text,
    WebAddress,
    Whole,
)

_SECTION = Group(
    (
        Field("folder", Identifier(), "the folder below content/", required=True),
        Field("kind", Choice(tuple(KINDS)), "the kind of its files", required=True),
        Field("title", Text(70), "the section's title", required=True),
        Field("nav_title", Text(30), "a shorter title for menus"),
        Field("summary", Text(160), "what is in it", required=True),
        Field("menu", Choice(("main", "foot", "none")), "where it stands in the menus", required=True),
    )
)

_WORDS = Items(Text(60))

_WORDING = Group(
    (
        Field("promise", _WORDS, "words of certainty or promise, which may not stand near a treatment"),
        Field("treatments", _WORDS, "words for treatments, besides the titles and other words of their pages"),
        Field("negations", _WORDS, "words that turn a promise into its opposite, or a statement into a doubt"),
        Field("no_source_needed", _WORDS, "words by which a paragraph says what we did, which needs no citation"),
        Field("medical_endings", _WORDS, "endings by which a medical word is known that the glossary must explain"),
        Field("plain_words", _WORDS, "words with such an ending, and capital letters, that need no explanation"),
        *(Field(level, _WORDS, f"words by which a text says: {level}") for level in LEVELS),
    )
)

_READING = Group(
    (
        Field("kind", Choice(tuple(KINDS)), "the kind of article", required=True),
        Field("grade", Number(), "the reading grade that a page may have at most", required=True),
        Field("sentence", Whole(5), "the words that a sentence may have at most", required=True),
        Field("passive", Whole(0, 100), "sentences of 100 that may be in the passive voice", required=True),
    )
)


def _limit(limit: Limit) -> Field:
    is_asked = limit.key == "file_size"
    says = limit.says if is_asked else f"{limit.says} ({limit.default} where nothing is said)"
    return Field(limit.key, Whole(limit.least, limit.most), says, is_asked)


HOSTS = ("nginx", "netlify", "cloudflare-pages", "github-pages")
"""The hosts for which a build makes what they need."""

_SECURITY = Group(
    (
        Field("contact", Contact(), "whom to tell of a weakness", required=True),
        Field("expires", Date(), "the day from which the contact may no longer be true", required=True),
    )
)

SITE = Group(
    (
        Field("title", Text(60), "the site's name", required=True),
        Field("tagline", Text(160), "what it is, in one sentence", required=True),
        Field("url", WebAddress(), "where it is hosted, with any sub-path", required=True),
        Field("language", Language(), "the language of pages that do not say otherwise", required=True),
        Field("licence", Text(60), "the content's licence", required=True),
        Field("licence_url", WebAddress(), "where the licence can be read", required=True),
        Field("corrections_url", WebAddress(), "where readers can report an error"),
        Field("sections", Items(_SECTION, 1), "the sections in their order", required=True),
        Field("urgent_section", Identifier(), "the section that says when to get help", required=True),
        Field(
            "condition",
            Group(
                (
                    Field("name", Text(60), "its name", required=True),
                    Field("in_text", Text(60), "the same as words within a sentence, with its article", True),
                    Field("page", PagePath(), "the page that says what it is, from content/", required=True),
                    Field(
                        "wider",
                        Text(60),
                        "what a wider group has, of whom findings tell too, within a sentence",
                    ),
                )
            ),
            "what the whole site is about, for machines",
        ),
        Field(
            "topics",
            Items(
                Group(
                    (
                        Field("id", Identifier(), "a name for its address", required=True),
                        Field("title", Text(70), "its title", required=True),
                        Field("summary", Text(160), "what it holds", required=True),
                    )
                )
            ),
            "the topics of the questions",
        ),
        Field("wording", _WORDING, "words that the checks of the texts look for"),
        Field("cited_kinds", Items(Choice(tuple(KINDS))), "kinds in which every paragraph needs a citation"),
        Field("reading", Items(_READING), "how hard to read the pages of a kind may be"),
        Field(
            "limits",
            Group(
                (
                    *map(_limit, every_limit()),
                    Field("contents_from", Whole(1), "headings from which a page has a list of contents", True),
                    Field("page_weight", Whole(1_000), "bytes a page may come to, compressed and with what it loads"),
                )
            ),
            "limits",
            required=True,
        ),
        Field("hosting", Items(Choice(HOSTS)), "the hosts that the build prepares the site for"),
        Field("compress", Choice(("yes", "no")), "whether compressed copies stand beside the files"),
        Field("security", _SECURITY, "the contact that security.txt gives"),
    )
)
