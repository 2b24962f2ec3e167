"""Signed checkpoints: “the ledger had N lines and ended in this hash”.

Who holds one can prove later that nothing before it was changed. They are signed every quarter of
an hour in which something was published and every thousand lines, and once a day in any case.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import ledger, signing, witnesses
from .freezing import GENESIS
from .models import Checkpoint, PublicationRecord, SigningKey

logger = logging.getLogger(__name__)

EVERY = dt.timedelta(minutes=15)
EVERY_LINES = 1000
AT_LEAST = dt.timedelta(days=1)


def sign_when_due() -> Checkpoint | None:
    """Sign what is due and send what waits; the clock calls it each minute."""
    made = _sign_when_due()
    witnesses.send_waiting()
    return made


def _sign_when_due() -> Checkpoint | None:
    newest, last = ledger.newest_number(), Checkpoint.objects.order_by("-pk").first()
    if not newest:
        return None
    if last:
        fresh, age = newest - last.lines, timezone.now() - last.at
        if fresh < EVERY_LINES and age < (EVERY if fresh else AT_LEAST):
            return None
    return sign(last)


@transaction.atomic
def sign(last: Checkpoint | None) -> Checkpoint | None:
    """Sign the ledger as it stands; None (and a log line) when it does not follow from ``last``."""
    after, previous = (last.lines, last.hash) if last else (0, GENESIS)
    if last and not _holds(last):
        logger.error("ledger: line %s is not what checkpoint %s says", last.lines, last.pk)
        return None
    line = PublicationRecord.objects.order_by("-number").first()
    if broken := next(ledger.broken_lines(after, previous), None):
        logger.error("ledger: line %s does not follow from the line before it", broken)
        return None
    key, private = signing.current()
    row = Checkpoint(
        lines=line.number,
        hash=line.hash,
        at=timezone.now(),
        key=key.name,
        portal=settings.PORTAL_URL,
    )
    row.signature = signing.signature(private, row.statement())
    row.save()
    witnesses.address(row)
    return row


def _holds(checkpoint: Checkpoint) -> bool:
    if checkpoint.lines == 0:
        return checkpoint.hash == GENESIS
    return PublicationRecord.objects.filter(number=checkpoint.lines, hash=checkpoint.hash).exists()


def faults() -> Iterator[str]:
    """What is wrong with keys and checkpoints, each fault in words."""
    keys: dict[str, SigningKey] = {}
    for key in SigningKey.objects.order_by("pk"):
        signer = keys.get(key.introduced_by) if keys else key
        if signer is None or not signing.is_signed(signer.public, key.statement(), key.signature):
            yield f"khóa {key.name} không do khóa trước nó giới thiệu"
        keys[key.name] = key
    lines = 0
    for row in Checkpoint.objects.order_by("pk"):
        key = keys.get(row.key)
        if key is None or not signing.is_signed(key.public, row.statement(), row.signature):
            yield f"mốc ký {row.pk} (dòng {row.lines}): chữ ký không đúng"
        elif not _holds(row):
            yield f"mốc ký {row.pk}: dòng {row.lines} của sổ không còn như lúc ký"
        elif row.lines < lines:
            yield f"mốc ký {row.pk}: sổ ngắn hơn ở mốc trước"
        lines = max(lines, row.lines)
