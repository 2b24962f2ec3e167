"""Letters that are tried until they arrive: one attempt, and when the next one is due."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.db import models
from django.utils import timezone

logger = logging.getLogger(__name__)
SLOWEST = dt.timedelta(hours=6)


class Letter(models.Model):
    """Abstract: what is written down of a letter. ``sent_at`` is empty until it arrived."""

    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def attempt(letter: Letter, send: Callable[[], object]) -> bool:
    """Send a letter and save what came of it: it arrived, or is put off ever longer. Whether it
    arrived.

    A letter that was deleted meanwhile stays deleted.
    """
    letter.tries += 1
    try:
        send()
    except Exception as error:  # whatever a mail server or a web server raises
        pause = min(dt.timedelta(minutes=2 ** min(letter.tries, 10)), SLOWEST)
        letter.next_try = timezone.now() + pause
        letter.error = " ".join(getattr(error, "messages", [str(error)]))[:300]
        logger.warning("%s: not reached: %s", letter, letter.error)
        arrived = False
    else:
        letter.sent_at, letter.error = timezone.now(), ""
        arrived = True
    names = ("tries", "next_try", "sent_at", "error")
    rows = type(letter)._base_manager.filter(pk=letter.pk)
    rows.update(**{name: getattr(letter, name) for name in names})
    return arrived
