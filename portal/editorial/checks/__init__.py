"""Publication checks: each a small class that looks at a draft and says what it found.

A check is one file that registers itself; its level is data (``CheckSetting``), so that one that
cries wolf is switched to information without a release. ``run`` is asked while editing, at
submission and again at approval and publication.

A new check is a new file in this folder, or in the one that an app names to ``load``.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from types import ModuleType

from django.db import DatabaseError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.editorial.models.checks import CheckSetting, Severity
from portal.editorial.pieces import forget

logger = logging.getLogger(__name__)

#: Findings of one check that are shown; a page of a thousand helps nobody.
MOST = 20
#: Checks whose findings the tool that hides personal data mends.
REDACTABLE = frozenset({"personal-data", "complaint-names"})


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

    @property
    def redactable(self) -> bool:
        """Whether the tool that hides personal data mends it."""
        return self.code in REDACTABLE

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


def load(package: ModuleType) -> None:
    """Make the checks of a package known: every module in it; called from ``AppConfig.ready``."""
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def all_checks() -> tuple[Check, ...]:
    return tuple(_checks.values())


def severities() -> dict[str, str]:
    """Severity of each check today."""
    standing = {check.code: str(check.severity) for check in all_checks()}
    return standing | dict(CheckSetting.objects.values_list("code", "severity"))


def run(draft) -> list[Finding]:
    """Findings on a draft, the blocking ones first; a check that breaks never stops anybody."""
    standing = severities()
    asked = [
        (check, standing[check.code])
        for check in all_checks()
        if standing[check.code] != Severity.OFF
        and (not check.content or draft.content_code in check.content)
    ]
    forget(draft)
    try:
        found = _look(asked, draft)
    finally:
        forget(draft)
    order = list(Severity.values)
    return sorted(found, key=lambda one: order.index(one.severity))


def _look(asked: list[tuple[Check, str]], draft) -> list[Finding]:
    """A query that breaks takes the transaction of whoever asks with it, but for a savepoint: one
    around all of them, and one for each only after something broke."""
    in_transaction = transaction.get_connection().in_atomic_block
    try:
        with transaction.atomic() if in_transaction else nullcontext():
            return [one for pair in asked for one in _findings(*pair, draft)]
    except DatabaseError:
        found = []
        for check, severity in asked:
            try:
                with transaction.atomic():
                    found += list(_findings(check, severity, draft))
            except DatabaseError:
                logger.exception("publication check %s", check.code)
        return found


def _findings(check: Check, severity: str, draft) -> Iterator[Finding]:
    try:
        seen = list(check.look(draft))
    except DatabaseError:
        raise
    except Exception:
        logger.exception("publication check %s", check.code)
        return
    for one in _few(seen):
        yield Finding(
            check.code,
            severity,
            one.message,
            one.place,
            one.place_label,
            str(check.explanation),
            check.source,
        )


def _few(seen: list[Found]) -> list[Found]:
    """A check that finds a hundred things says twenty, and how many more there are."""
    if len(seen) <= MOST:
        return seen
    rest = _("and %(count)s more of the same kind") % {"count": len(seen) - MOST}
    return [*seen[:MOST], Found(rest)]
