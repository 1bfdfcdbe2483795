"""The days of an article: which of its fields they are, and whether they fit together."""

from collections.abc import Mapping

from generator.problems.problem import Problem, Span

DATES = ("updated", "evidence_searched", "review")
"""Fields that change with nearly every edit, and that pages on other articles do not show."""


def check_dates(meta: Mapping[str, object], spans: Mapping[str, Span]) -> list[Problem]:
    """A review is due after the last change and the last search, and it covers the page as it is, not as it was."""
    review = meta.get("review")
    if not isinstance(review, Mapping):
        return []
    found = []
    for given, missing in (("by", "on"), ("on", "by")):
        if review.get(given) and f"review.{missing}" not in spans:
            message = f'"review" says "{given}" but not "{missing}"'
            hint = "who checked a page and when belong together; leave both out while nobody has"
            found.append(Problem("missing-field", message, spans[f"review.{given}"], hint))
    checked, updated = review.get("on"), meta.get("updated")
    if isinstance(checked, str) and isinstance(updated, str) and checked < updated:
        message = f"the page changed on {updated}, after it was checked on {checked}"
        hint = "have the change checked, or leave `by` and `on` out until somebody has"
        related = (('"updated"', spans["updated"]),)
        found.append(Problem("date-order", message, spans["review.on"], hint, related))
    due = review.get("due")
    if not isinstance(due, str):
        return found
    for key in ("updated", "evidence_searched"):
        day = meta.get(key)
        if isinstance(day, str) and day >= due:
            message = f'the review is due on {due}, which is not after "{key}" ({day})'
            related = ((f'"{key}"', spans[key]),)
            found.append(Problem("date-order", message, spans["review.due"], related=related))
    return found
