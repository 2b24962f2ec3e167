"""Publication checks: each a small class that looks at a draft and says what it found.

A check is one file that registers itself; its level is data (``CheckSetting``), so that one that
cries wolf is switched to information without a release. ``run`` is asked while editing, at
submission and again at approval and publication.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.utils.functional import Promise

from portal.editorial.models.checks import CheckSetting, Severity

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What a check saw: words for the editor, and the place (``field:issued``,
    ``provision:dieu-5``, ``file:12``; empty for the whole item)."""

    message: str
    place: str = ""
    place_label: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with the severity that stands for its check today."""

    code: str
    severity: str
    message: str
    place: str
    place_label: str
    explanation: str
    source: str

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCK

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Check:
    """A publication check. Subclasses fill the attributes and ``look``."""

    code = ""
    label: str | Promise = ""
    severity = Severity.WARN
    explanation: str | Promise = ""
    #: The rule that it follows, e.g. “Luật BHVBQPPL 2025, Điều 53”.
    source = ""
    #: Classes of content (``content_code``) that it looks at; empty for all.
    content: frozenset[str] = frozenset()

    def look(self, draft) -> Iterable[Found]:
        """What is wrong with a draft; reads only."""
        raise TypeError(f"{type(self).__name__} does not look")


_checks: dict[str, Check] = {}


def register(check: type[Check]) -> type[Check]:
    """Class decorator: make a check known."""
    _checks[check.code] = check()
    return check


def all_checks() -> tuple[Check, ...]:
    return tuple(_checks.values())


def severities() -> dict[str, str]:
    """Severity of each check today."""
    standing = {check.code: str(check.severity) for check in all_checks()}
    return standing | dict(CheckSetting.objects.values_list("code", "severity"))


def run(draft) -> list[Finding]:
    """Findings on a draft, the blocking ones first; a check that breaks never stops anybody."""
    standing = severities()
    found = []
    for check in all_checks():
        severity = standing[check.code]
        if severity == Severity.OFF or (check.content and draft.content_code not in check.content):
            continue
        found += list(_findings(check, severity, draft))
    order = list(Severity.values)
    return sorted(found, key=lambda one: order.index(one.severity))


def _findings(check: Check, severity: str, draft) -> Iterator[Finding]:
    try:
        seen = list(check.look(draft))
    except Exception:
        logger.exception("publication check %s", check.code)
        return
    for one in seen:
        yield Finding(
            check.code,
            severity,
            one.message,
            one.place,
            one.place_label,
            str(check.explanation),
            check.source,
        )
