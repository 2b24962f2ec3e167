"""Role × state × act as one table, from the rules themselves (``docs/workflow.md`` shows it)."""

from __future__ import annotations

from portal.organisations.roles import Role, abilities

from .states import TRANSITIONS, State

#: Roles that hold content in their hands, in the order of its way.
ROLES = tuple(role for role in Role if role != Role.MEMBER)


def allowed(role: str, state: str) -> list[str]:
    """Acts that a role is offered in a state."""
    brought = abilities(role)
    return [str(one.act) for one in TRANSITIONS if one.before == state and one.ability in brought]


def as_markdown() -> str:
    """The table for the docs: a row for each state, a column for each role."""
    head = "| trạng thái | " + " | ".join(str(role) for role in ROLES) + " |"
    rule = "|---" * (len(ROLES) + 1) + "|"
    rows = [
        f"| {state} | " + " | ".join(", ".join(allowed(role, state)) for role in ROLES) + " |"
        for state in State
    ]
    return "\n".join([head, rule, *rows]) + "\n"
