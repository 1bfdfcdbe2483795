"""The data files, each with the schema of its records: the one place that says which fields exist."""

from generator.disk.folders import CONTENT
from generator.sources.bodymaps import BODY_MAP
from generator.sources.kinds import KINDS, LEVELS
from generator.sources.schema import Field, Group, Items
from generator.sources.values import Choice, Date, Identifier, Language, Number, PagePath, ReferenceKey, Text, Whole

CERTAINTIES = ("high", "moderate", "low", "very-low")
"""How sure the evidence makes us, by GRADE, the surest first."""
STARTS = {
    "systematic-review": "high",
    "randomised-trial": "high",
    "controlled-study": "low",
    "cohort": "low",
    "case-series": "very-low",
    "case-report": "very-low",
}
"""The certainty from which a design starts, and above which nothing lifts it here (GRADE guideline 3, 2011)."""
DOMAINS = ("risk-of-bias", "inconsistency", "indirectness", "imprecision", "publication-bias")
"""The five reasons for which GRADE rates down."""
VERDICTS = ("supported", "partly-supported", "unsupported", "contradicted", "unsafe")
"""What the evidence says of a claim that goes round."""

_SOURCES = Field("sources", Items(ReferenceKey(), 1), "ids of references", required=True)
_TOPICS = Field("topics", Items(Identifier(), 1), "where it is shown", required=True)
_COUNT = Items(Whole(), 2, 2)

CLAIM = Group(
    (
        Field("id", Identifier(), "a name for the finding", required=True),
        Field("intervention", Text(120), "what was done, as words that can begin a sentence", required=True),
        Field("comparator", Text(120), "what it was compared with; left out when with nothing"),
        Field("population", Text(200), "who was studied", required=True),
        Field(
            "applies_to",
            Choice(("condition", "related", "wider")),
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
        Field(
            "estimate",
            Group(
                (
                    Field("value", Number(), "the best estimate"),
                    Field("low", Number(), "the lower end of its 95% interval"),
                    Field("high", Number(), "the upper end"),
                    Field("unit", Text(120), "what it counts, such as `points on a scale from 0 to 100`", True),
                )
            ),
            "the size of the effect in numbers, as the source gives it",
        ),
        Field(
            "averages",
            Group(
                (
                    Field("intervention", Number(), "the average in those treated", required=True),
                    Field("comparator", Number(), "the average in those compared"),
                    Field("unit", Text(120), "what it counts", required=True),
                )
            ),
            "averages, only where the source gives them",
        ),
        Field(
            "events",
            Group(
                (
                    Field("of", Text(120), "what is counted, such as `people who got better`", required=True),
                    Field("intervention", _COUNT, "[how many, of how many]", required=True),
                    Field("comparator", _COUNT, "[how many, of how many]"),
                )
            ),
            "counts, only where the source gives them",
        ),
        Field(
            "rates",
            Group(
                (
                    Field("of", Text(120), "what is counted", required=True),
                    Field("intervention", Whole(0, 100), "how many of 100", required=True),
                    Field("comparator", Whole(0, 100), "how many of 100"),
                )
            ),
            "shares, where the source gives no counts",
        ),
        Field("design", Choice(tuple(STARTS)), "the kind of study that it rests on", required=True),
        Field("certainty", Choice(CERTAINTIES), "how sure the evidence makes us (GRADE)", required=True),
        Field(
            "because",
            Items(
                Group(
                    (
                        Field("lowers", Choice(DOMAINS), "the GRADE reason, where it lowers the certainty"),
                        Field("by", Whole(1, 2), "by how many steps, if not 1"),
                        Field("why", Text(160), "the reason in plain words", required=True),
                    )
                ),
                1,
                8,
            ),
            "why it is not rated higher: each step down from where its design starts, and remarks",
            required=True,
        ),
        Field("finding", Text(400), "what was reported, in one or two plain sentences", required=True),
        Field("participants", Whole(1), "how many people took part; left out where we could not see it"),
        Field("studies", Whole(1), "how many studies there are; left out where we could not see it"),
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

RED_FLAG = Group(
    (
        Field("id", Identifier(), "a name for the sign", required=True),
        Field("sign", Text(400), "the sign in everyday words, as the end of `You have …`", required=True),
        Field("may_mean", Text(200), "what it may mean", required=True),
        Field("level", Choice(LEVELS), "how fast to get help", required=True),
        Field("action", Text(400), "what to do", required=True),
        Field("mentions", Items(Text(80)), "words by which texts name it; no text may call it less urgent"),
        Field(
            "search",
            Items(Text(80)),
            "what readers type for it: all words of one entry, and none after ` -`",
        ),
        _TOPICS,
        _SOURCES,
    )
)

COUNTRY = Group(
    (
        Field("id", Identifier(), "a name; the first country is the one that the texts are written for", True),
        Field("name", Text(60), "the country", required=True),
        *(Field(level, Text(120), f"what to do at the level `{level}`", required=True) for level in LEVELS),
        Field("sources", Items(ReferenceKey()), "ids of references"),
    )
)

DISAGREEMENT = Group(
    (
        Field("id", Identifier(), "a name for it", required=True),
        Field("question", Text(120), "the question on which people disagree", required=True),
        Field(
            "positions",
            Items(Group((Field("view", Text(300), "one position, and who holds it", required=True), _SOURCES)), 2, 6),
            "the positions, each with its sources",
            required=True,
        ),
        Field("settles", Text(300), "what would settle it", required=True),
        _TOPICS,
    )
)

CHECKED_CLAIM = Group(
    (
        Field("id", Identifier(), "a name for it", required=True),
        Field("said", Text(160), "the claim as it is heard, in our words", required=True),
        Field("verdict", Choice(VERDICTS), "what the evidence says of it", required=True),
        Field("instead", Text(300), "what to believe instead", required=True),
        _TOPICS,
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

SYNONYM = Group(
    (
        Field("typed", Items(Text(60), 1), "what readers type; all words of one entry must be there", required=True),
        Field("means", Text(60), "the words of our texts for it, which are searched for instead", required=True),
        Field("language", Language(), "the words' language, where it is not the site's"),
    )
)

AREAS = ("program", *KINDS, "findings", "urgent-signs")
"""What somebody can look after in the repository: the kinds of article, and what stands beside them."""

PERSON = Group(
    (
        Field("id", Identifier(), "a name for use in front matter", required=True),
        Field("name", Text(120), "the name as it is shown", required=True),
        Field("kind", Choice(("team", "person")), "a team or a person", required=True),
        Field("roles", Items(Choice(("author", "reviewer")), 1), "author, reviewer", required=True),
        Field("about", Text(600), "who they are and what they are not", required=True),
        Field("interests", Text(600), "declared interests", required=True),
        Field(
            "github", Identifier(), "their account on GitHub, in lower-case letters, if they are asked about changes"
        ),
        Field("looks_after", Items(Choice(AREAS)), "the changes about which GitHub asks them"),
    )
)

RETRACTION = Group(
    (
        Field("doi", Text(200), "the DOI of the work that was retracted", required=True),
        Field("notice", Text(300), "what was retracted, when, and where the notice was seen", required=True),
    )
)

STANDARD = Group(
    (
        Field("id", Identifier(), "a name for the item", required=True),
        Field("standard", Text(60), "the standard that it belongs to", required=True),
        Field("item", Text(10), "its number there", required=True),
        Field("asks", Text(200), "what it asks, in our words", required=True),
        Field("check", Identifier(), "what the build looks at; left out where only a person can tell"),
        Field("sources", Items(ReferenceKey()), "ids of references"),
    )
)

RELATIONS = ("broader", "related")
"""How a code stands to the condition; a code that means exactly the condition would need somebody to have seen it."""
CODE = Group(
    (
        Field("system", Text(40), "the system of codes", required=True),
        Field("oid", Text(60), "the system's number in HL7; without it no answer for patient records is made"),
        Field("code", Text(20), "the code", required=True),
        Field("further", Text(40), "what belongs behind the code, such as `with a further digit`"),
        Field("label", Text(160), "what it stands for, in our words", required=True),
        Field("relation", Choice(RELATIONS), "how it stands to the condition", required=True),
        Field("remark", Text(60), "what else to know of the relation"),
        Field("page", PagePath(), "the page to show for it, from content/", required=True),
        Field("seen", Text(120), "where we saw it", required=True),
    )
)

ACCEPTED = Group(
    (
        Field("code", Identifier(), "the code of the warning", required=True),
        Field("path", Text(200), "the file, from the site's folder", required=True),
        Field("says", Text(200), "words of the message, where the file has several warnings of this code"),
        Field("reason", Text(300), "why it may stand", required=True),
        Field("until", Date(), "the last day on which it may", required=True),
    )
)

PROSE_FIELDS = ("action", "may_mean", "view", "settles", "instead", "definition", "note", "about")
"""Fields of records that are running text; what is not here is a name, a number, or what somebody else says."""

RECORD_FILES = {
    f"{CONTENT}/red-flags.yaml": RED_FLAG,
    f"{CONTENT}/countries.yaml": COUNTRY,
    f"{CONTENT}/disagreements.yaml": DISAGREEMENT,
    f"{CONTENT}/checked-claims.yaml": CHECKED_CLAIM,
    f"{CONTENT}/glossary.yaml": TERM,
    f"{CONTENT}/names.yaml": NAME,
    f"{CONTENT}/synonyms.yaml": SYNONYM,
    f"{CONTENT}/body-map.yaml": BODY_MAP,
    f"{CONTENT}/people.yaml": PERSON,
    f"{CONTENT}/retractions.yaml": RETRACTION,
    f"{CONTENT}/standards.yaml": STANDARD,
    f"{CONTENT}/codes.yaml": CODE,
    f"{CONTENT}/accepted.yaml": ACCEPTED,
}
"""Every data file that is one list of records; findings stand in any number of files below `claims/`."""
