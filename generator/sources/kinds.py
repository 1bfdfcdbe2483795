"""The kinds of article, each with its schema: the one place that says which fields exist."""

from dataclasses import dataclass

from generator.sources.schema import Field, Group, Items
from generator.sources.values import Address, Choice, Date, Identifier, Inline, Language, PagePath, Text, Whole

STATUSES = ("published", "draft")
OPEN = "TODO"
"""What stands, with a colon behind it, where somebody has yet to write."""
LEVELS = ("emergency", "today", "soon", "routine")
"""How urgent something is, the most urgent first."""


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
    Field(
        "citations",
        Choice(("numbers", "names")),
        "`names`: each source is cited by author and year with a link to its page, in place of a list below the text",
    ),
    Field("terms", Choice(("tap", "inline")), "`inline`: a term's meaning stands in the text, not behind a tap"),
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

_COMPARED = Field(
    "compared",
    Group(
        (
            Field("name", Text(40), "what the site's own condition is called at the head of a column", required=True),
            *(one for one in _DIFFERENTIAL if one.key != "tells_apart"),
        )
    ),
    "how the site's own condition compares with its look-alikes; on one page alone",
)

UNTREATED = "no-treatment"
"""The category of having no treatment, with which all others are compared."""
CATEGORIES = (UNTREATED, "self-care", "hands-on", "medicine", "device", "injection", "procedure", "surgery")

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
        _kind("article", _COMPARED),
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
        _kind(
            "sheet",
            Field("sheets", Whole(1, 4), "on how many sides of A4 paper it prints", required=True),
            points=False,
        ),
    )
}
"""All kinds of article by name. A section of site.yaml names the kind of its files."""
