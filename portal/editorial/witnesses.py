"""Witnesses outside the house: they are mailed or posted each checkpoint and keep it.

``LEDGER_WITNESS_EMAILS`` and ``LEDGER_WITNESS_URLS`` name them. What fails is tried again, ever
more slowly, for about a week.
"""

from __future__ import annotations

import urllib.request

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.tray import attempt

from .freezing import canonical
from .models import Checkpoint, WitnessLetter

MOST_TRIES = 30
SECONDS = 10
AT_ONCE = 50


def address(checkpoint: Checkpoint) -> None:
    """Put a letter to each witness in the tray."""
    named = [*settings.LEDGER_WITNESS_EMAILS, *settings.LEDGER_WITNESS_URLS]
    WitnessLetter.objects.bulk_create(
        WitnessLetter(checkpoint=checkpoint, witness=name, next_try=timezone.now())
        for name in dict.fromkeys(named)
    )


def send_waiting() -> int:
    """Send the letters that are due; returns how many went."""
    now = timezone.now()
    waiting = WitnessLetter.objects.filter(sent_at=None, tries__lt=MOST_TRIES, next_try__lte=now)
    letters = waiting.select_related("checkpoint").order_by("next_try", "pk")[:AT_ONCE]
    return sum(_sent(letter) for letter in letters)


def _sent(letter: WitnessLetter) -> bool:
    send = _post if letter.witness.startswith(("https://", "http://")) else _mail
    return attempt(letter, lambda: send(letter.witness, letter_text(letter.checkpoint)))


def letter_text(checkpoint: Checkpoint) -> str:
    """The checkpoint as one line of JSON with its signature; ``verify_ledger.py`` reads it."""
    return canonical({**checkpoint.statement(), "signature": checkpoint.signature}) + "\n"


def _mail(address_: str, text: str) -> None:
    subject = _("Checkpoint of the publication ledger – %(portal)s") % {
        "portal": settings.PORTAL_NAME
    }
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address_])


def _post(url: str, text: str) -> None:
    request = urllib.request.Request(
        url, text.encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS):
        pass
