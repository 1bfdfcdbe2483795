"""Records as plain data: red flags, disagreements, checked claims, codes, what to do in each country."""

from typing import Any

from generator.evidence.checked_claims import worst_first
from generator.evidence.red_flags import RedFlag, most_urgent_first
from generator.site.filling import PageText
from generator.sources.kinds import LEVELS

Data = dict[str, Any]


def red_flags(topics: list[str], page: PageText) -> list[Data]:
    """The red flags of some topics (of all where none is named), grouped by level, the most urgent first."""
    flags = page.site.catalogue.data.flags_on(topics)
    return [
        {"level": level, "flags": [_flag(flag, page) for flag in found]} for level, found in most_urgent_first(flags)
    ]


def disagreements(names: list[str], page: PageText) -> list[Data]:
    """Disagreements by their ids or topics, or all; each with its sides and what would settle it."""
    return [
        {
            "id": one.id,
            "question": one.question,
            "positions": [
                {"view_html": page.plain(side.view), "sources_html": page.cite_all(side.sources)}
                for side in one.positions
            ],
            "settles_html": page.plain(one.settles),
        }
        for one in page.site.catalogue.data.disagreements_named(names)
    ]


def checked_claims(topics: list[str], page: PageText) -> list[Data]:
    """Claims that go round, by verdict, the dangerous ones first."""
    chosen = page.site.catalogue.data.checked_claims_on(topics)
    return [
        {
            "verdict": verdict,
            "claims": [
                {
                    "id": one.id,
                    "said": one.said,
                    "instead_html": page.plain(one.instead),
                    "sources_html": page.cite_all(one.sources),
                }
                for one in found
            ],
        }
        for verdict, found in worst_first(chosen)
    ]


def codes(systems: list[str], page: PageText) -> Data:
    """Codes of some systems (of all where none is named); where several stand together, each says its system."""
    every = page.site.catalogue.data.codes
    chosen = [one for one in every if not systems or one.system_id in systems]
    named = list(dict.fromkeys(one.system for one in chosen))
    condition = page.site.catalogue.config.condition
    return {
        "system": named[0] if len(named) == 1 else "",
        "is_first": page.first("codes"),
        "condition": condition.in_text if condition else page.site.catalogue.config.title,
        "rows": [
            {
                "system": one.system,
                "code": one.shown,
                "label": one.label,
                "relation": one.relation,
                "remark": one.remark,
                "seen": one.seen,
            }
            for one in chosen
        ],
    }


def countries(page: PageText) -> list[Data]:
    """What to do in each country, as rows."""
    return [
        {
            "name": one.name,
            **{level: one.at(level) for level in LEVELS},
            "sources_html": page.cite_all(one.sources),
        }
        for one in page.site.catalogue.data.countries
    ]


def _flag(flag: RedFlag, page: PageText) -> Data:
    return {
        "id": flag.id,
        "sign": flag.sign,
        "may_mean_html": page.plain(flag.may_mean),
        "action": flag.action,
        "sources_html": page.cite_all(flag.sources),
    }
