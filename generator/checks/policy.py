"""What no policy of ours allows, and a contact for security that no longer holds."""

from generator.config import Config
from generator.output.needs import Needs
from generator.problems.problem import Problem, Span


def check_needs(needs: Needs) -> list[Problem]:
    """Refuse pages with code of their own, and pages that would ask another host."""
    code = [
        Problem("inline-code", f"{path} has code of its own: {what}", Span(made_from))
        for path, made_from, what in needs.inline
    ]
    foreign = [
        Problem("foreign-request", f'{path} would load "{address}" from another host', Span(made_from))
        for path, made_from, address in needs.foreign
    ]
    return code + foreign


def check_contact(config: Config, today: str) -> list[Problem]:
    """Warn of a security.txt that nobody need heed any more."""
    security = config.security
    if security is None or security.expires > today:
        return []
    message = f"the contact for security is good until {security.expires} only"
    return [Problem("expired-contact", message, security.span)]
