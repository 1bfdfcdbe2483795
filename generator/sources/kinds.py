"""The kinds of article and of data record, each with its schema: the one place that says which fields exist."""

from dataclasses import dataclass

from generator.sources.schema import (
    Address,
    Choice,
    Date,
    Field,
    Group,
    Identifier,
    Inline,
    Items,
    Language,
    PagePath,
    ReferenceKey,
    Text,
    WebAddress,
    Whole,
)

STATUSES = ("published", "draft")
LEVELS = ("emergency", "today", "soon", "routine")
"""How urgent something is, the most urgent first."""
CERTAINTIES = ("high", "moderate", "low", "very-low")
"""How sure the evidence makes us, by GRADE, the surest first."""


@dataclass(frozen=True)
class Kind:
    """One kind of article: its schema and the field that holds its title."""

    name: str
    schema: Group
    title: str = "title"


def _title(key: str, most: int) -> tuple[Field, ...]:
    return (
        Field(key, Text(most), "the page's title, as a reader would say it", required=True),
        Field("nav_title", Text(30), "a shorter title for menus"),
    )


_ABOUT = (
    Field("summary", Text(160), "what the page tells, in one sentence", required=True),
    Field("status", Choice(STATUSES), "`published`, or `draft` to keep it off the site", required=True),
    Field("updated", Date(), "when the words last changed", required=True),
)
_SEARCHED = Field("evidence_searched", Date(), "when the evidence was last searched", required=True)
_SEARCHED_OR_NOT = Field("evidence_searched", Date(), "when the evidence was last searched, if there is any")
_REVIEW = Field(
    "review",
    Group(
        (
            Field("due", Date(), "when the page must be looked at again", required=True),
            Field("by", Identifier(), "the clinician who checked it, from people.yaml"),
            Field("on", Date(), "when that was"),
        )
    ),
    "when the page is due for review, and who checked it",
    required=True,
)
_WRITTEN = (
    Field("authors", Items(Identifier(), 1, 10), "who wrote it, from people.yaml", required=True),
    Field("language", Language(), "the page's language, where it is not the site's"),
    Field("order", Whole(0, 100_000), "its place in the section's list; the lowest comes first"),
)
_KEY_POINTS = Field("key_points", Items(Inline(300), 3, 5), "3 to 5 sentences with citations", required=True)
_JOINED = (
    Field("aliases", Items(Text(80), 0, 30), "other words by which readers look for the page"),
    Field("redirect_from", Items(Address(), 0, 30), "addresses at which the page used to be"),
    Field("related", Items(PagePath(), 0, 6), "relative paths of pages to read next"),
)


def _kind(name: str, *own: Field, title: str = "title", searched: Field = _SEARCHED, points: bool = True) -> Kind:
    head = (*_title(title, 120 if title == "question" else 70), *_ABOUT, searched, _REVIEW, *_WRITTEN)
    return Kind(name, Group((*head, *((_KEY_POINTS,) if points else ()), *own, *_JOINED)), title)


_DIFFERENTIAL = (
    Field("feels", Inline(220), "how it feels to the hand", required=True),
    Field("moves", Inline(220), "whether it moves under the finger", required=True),
    Field("hurts", Inline(220), "whether and how it hurts", required=True),
    Field("where", Inline(220), "where on the body it sits", required=True),
    Field("changes", Inline(220), "how it changes over time", required=True),
    Field("tells_apart", Inline(220), "what tells it apart", required=True),
    Field("who_looks", Inline(220), "who looks at it", required=True),
    Field("urgency", Choice(LEVELS), "how soon it needs looking at, as a rule", required=True),
    Field("urgency_note", Inline(300), "when it is more urgent, and what to do then", required=True),
)

CATEGORIES = ("no-treatment", "self-care", "hands-on", "medicine", "injection", "surgery")

_TREATMENT = (
    Field("category", Choice(CATEGORIES), "what sort of treatment it is", required=True),
    Field("tested", Choice(("yes", "related", "no")), "tested in people with this condition?", required=True),
    Field("who_gives", Inline(300), "who gives it", required=True),
    Field("how_it_works", Inline(300), "how it is thought to help", required=True),
    Field("what_it_is_like", Inline(300), "what it is like", required=True),
    Field("benefits", Items(Identifier(), 0, 20), "ids of findings in claims/", required=True),
    Field("harms", Items(Inline(300), 1, 20), "what it can do to you, one statement each", required=True),
    Field("unknown", Items(Inline(300), 1, 20), "what is not known", required=True),
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind("home"),
        _kind("article"),
        _kind("differential-diagnosis", *_DIFFERENTIAL),
        _kind("treatment", *_TREATMENT),
        _kind(
            "question",
            Field("topic", Identifier(), "one of the topics of site.yaml", required=True),
            Field("short_answer", Inline(400), "the answer in a few sentences, with citations", required=True),
            title="question",
            points=False,
        ),
        _kind("page", searched=_SEARCHED_OR_NOT, points=False),
    )
}
"""All kinds of article by name. A section of site.yaml names the kind of its files."""

CLAIM = Group(
    (
        Field("id", Identifier(), "a name for the finding", required=True),
        Field("intervention", Text(120), "what was done, as words that can begin a sentence", required=True),
        Field("comparator", Text(120), "what it was compared with; left out when with nothing"),
        Field("population", Text(200), "who was studied", required=True),
        Field(
            "applies_to",
            Choice(("condition", "related", "back-pain")),
            "how near they are to our readers",
            True,
        ),
        Field("outcome", Text(120), "what was measured, as words that can follow a verb", required=True),
        Field("follow_up", Text(80), "how long people were followed", required=True),
        Field(
            "effect",
            Group(
                (
                    Field("direction", Choice(("less", "more", "no-difference", "unclear")), "which way", True),
                    Field("size", Choice(("small", "moderate", "large")), "how much"),
                )
            ),
            "what happened to the outcome",
            required=True,
        ),
        Field("certainty", Choice(CERTAINTIES), "how sure the evidence makes us (GRADE)", required=True),
        Field("because", Items(Text(160), 1, 8), "why it is not rated higher", required=True),
        Field("finding", Text(400), "what was reported, in one or two plain sentences", required=True),
        Field("participants", Whole(1), "how many people took part; left out where we could not see it"),
        Field("studies", Whole(1), "how many studies there are; left out where we could not see it"),
        Field(
            "events",
            Group(
                (
                    Field("intervention", Items(Whole(), 2, 2), "[how many, of how many]", required=True),
                    Field("comparator", Items(Whole(), 2, 2), "[how many, of how many]"),
                )
            ),
            "counts, only where the source gives them",
        ),
        Field(
            "sources",
            Items(
                Group(
                    (
                        Field("ref", ReferenceKey(), "the id of a reference", required=True),
                        Field("locator", Text(80), "where in it, such as `table 2`"),
                    )
                ),
                1,
            ),
            "where the finding is reported",
            required=True,
        ),
        Field("searched", Date(), "when the evidence was last searched", required=True),
    )
)

_SOURCES = Field("sources", Items(ReferenceKey(), 1), "ids of references", required=True)

RED_FLAG = Group(
    (
        Field("id", Identifier(), "a name for the sign", required=True),
        Field("sign", Text(400), "the sign in everyday words, as the end of `You have …`", required=True),
        Field("may_mean", Text(200), "what it may mean", required=True),
        Field("level", Choice(LEVELS), "how fast to get help", required=True),
        Field("action", Text(400), "what to do", required=True),
        Field("topics", Items(Identifier(), 1), "where it is shown", required=True),
        _SOURCES,
    )
)

TERM = Group(
    (
        Field("id", Identifier(), "a name for its address", required=True),
        Field("term", Text(80), "the word", required=True),
        Field("forms", Items(Text(80)), "other forms in which it stands in texts"),
        Field("definition", Text(300), "what it means, in plain words", required=True),
        Field("language", Language(), "the word's language, where it is not the site's"),
        _SOURCES,
    )
)

NAME = Group(
    (
        Field("name", Text(120), "the name or misspelling", required=True),
        Field(
            "kind",
            Choice(("lay", "medical", "historical", "misspelling", "other-language", "related")),
            "what sort of name it is; `related` is not the same thing",
            required=True,
        ),
        Field("language", Language(), "the name's language", required=True),
        Field("page", PagePath(), "the page it leads to, from content/", required=True),
        Field("note", Text(300), "what to know about it"),
        Field("sources", Items(ReferenceKey()), "ids of references"),
    )
)

PERSON = Group(
    (
        Field("id", Identifier(), "a name for use in front matter", required=True),
        Field("name", Text(120), "the name as it is shown", required=True),
        Field("kind", Choice(("team", "person")), "a team or a person", required=True),
        Field("roles", Items(Choice(("author", "reviewer")), 1), "author, reviewer", required=True),
        Field("about", Text(600), "who they are and what they are not", required=True),
        Field("interests", Text(600), "declared interests", required=True),
    )
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
        Field(
            "limits",
            Group(
                (
                    Field("file_size", Whole(1_000), "bytes a file may have at most", required=True),
                    Field("contents_from", Whole(1), "headings from which a page has a list of contents", True),
                )
            ),
            "limits",
            required=True,
        ),
    )
)
