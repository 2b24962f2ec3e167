"""Conditions of rules over a small fixed vocabulary of facts. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from portal.core.text import slugify

#: Operations of each fact. Words are compared without accents and case, as whole words.
_WORDS: Final = ("has", "has_not")
_CHOICE: Final = ("is", "is_not")
VOCABULARY: Final[Mapping[str, tuple[str, ...]]] = {
    "subject": _WORDS,
    "number": _WORDS,
    "keyword": _WORDS,
    "urgency": _CHOICE,
    "audience": _CHOICE,
    "level": _CHOICE,
    "remark": _CHOICE,
}
YES: Final = "co"
NO: Final = "khong"

Condition = Mapping[str, str]
Facts = Mapping[str, str]


def problem(condition: Condition) -> str:
    """Which part of a condition is wrong: "field", "op", "value", or nothing.

    >>> problem({"field": "subject", "op": "is", "value": "x"})
    'op'
    """
    operations = VOCABULARY.get(condition.get("field", ""))
    if operations is None:
        return "field"
    if condition.get("op", "") not in operations:
        return "op"
    value = condition.get("value", "")
    return "" if (slugify(value) if operations is _WORDS else value.strip()) else "value"


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether one condition holds. A broken one never does, nor one over an unknown fact.

    >>> holds({"field": "subject", "op": "has", "value": "dat dai"}, {"subject": "Luật Đất đai"})
    True
    """
    field = condition.get("field", "")
    if problem(condition) or field not in facts:
        return False
    operation, wanted, found = condition["op"], condition["value"], facts[field]
    if operation in _WORDS:
        met = f"-{slugify(wanted)}-" in f"-{slugify(found)}-"
    else:
        met = wanted.strip() == found
    return met is not operation.endswith("_not")


def all_hold(conditions: Iterable[Condition], facts: Facts) -> bool:
    """Whether every condition holds; without any, always."""
    return all(holds(condition, facts) for condition in conditions)
