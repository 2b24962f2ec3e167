"""Asking to follow, confirming, stopping: an address is kept only while it follows something, or
while it is awaited whether its owner confirms."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from legal_docs.models import Follow, Follower, WorkIdentity
from portal.editorial import ledger

from . import rules

_confirming = TimestampSigner(salt="follow: confirm", sep=".")
_owning = Signer(salt="follow: owner", sep=".")


class Full(Exception):
    """The address follows as many documents as one may."""


@transaction.atomic
def ask(work: WorkIdentity, address: str) -> None:
    """Put the mail that asks for a confirmation into the tray; nothing when the address was asked
    for its most in this hour. Whoever asks learns neither."""
    now = timezone.now()
    follower, _made = Follower.objects.select_for_update().get_or_create(
        email=rules.normal_address(address)
    )
    most = settings.FOLLOW_MAILS_PER_ADDRESS
    counted = rules.one_more(follower.asks, follower.asks_since, now, most)
    if counted is None:
        return
    follower.asks, follower.asks_since = counted
    follower.save(update_fields=["asks", "asks_since"])
    # From here on he misses nothing, however late he confirms.
    follow, _made = Follow.objects.get_or_create(
        follower=follower, work=work, defaults={"told": ledger.newest_number()}
    )
    follow.asked_at = follow.next_try = now
    follow.sent_at, follow.tries, follow.error = None, 0, ""
    follow.save()


def is_full(follower: Follower) -> bool:
    """Whether the address follows as many documents as one may."""
    return follower.follows.confirmed().count() >= settings.FOLLOW_MOST_DOCUMENTS


@transaction.atomic
def confirm(follow: Follow) -> None:
    """From now on the address is told; twice is as good as once.

    Raises:
        Full: it follows as many documents as one may.
    """
    Follower.objects.select_for_update().filter(pk=follow.follower_id).first()
    waiting = Follow.objects.unconfirmed().filter(pk=follow.pk)
    if not waiting.exists():
        return
    if is_full(follow.follower):
        raise Full
    waiting.update(confirmed_at=timezone.now())


@transaction.atomic
def stop(follower: Follower, work: int) -> None:
    """Follow a document no more; the address goes with the last one."""
    follower.follows.filter(work=work).delete()
    Follower.objects.filter(pk=follower.pk, follows=None).delete()


def forget(follower: Follower) -> None:
    """Delete an address and all that it follows."""
    follower.delete()


@transaction.atomic
def forget_unconfirmed(now: dt.datetime | None = None) -> int:
    """Delete what nobody confirmed in time, and addresses that follow nothing; returns how many
    documents. Called by the clock."""
    limit = (now or timezone.now()) - dt.timedelta(days=settings.FOLLOW_CONFIRM_DAYS)
    gone = Follow.objects.unconfirmed().filter(asked_at__lt=limit).delete()[0]
    Follower.objects.filter(follows=None).delete()
    return gone


# --- links in mails -----------------------------------------------------------------------------


def confirming_url(follow: Follow) -> str:
    """Opens the page with the button, for ``FOLLOW_CONFIRM_DAYS``."""
    return reverse("follow-confirm", args=[_confirming.sign(str(follow.pk))])


def follow_of(token: str) -> Follow | None:
    """What a link asks to confirm; None when it is made up, too old, or no longer asked for."""
    age = dt.timedelta(days=settings.FOLLOW_CONFIRM_DAYS)
    try:
        key = _confirming.unsign(token, max_age=age)
    except BadSignature:
        return None
    return Follow.objects.select_related("follower", "work").filter(pk=int(key)).first()


def owner_token(follower: Follower) -> str:
    """Shows and stops what an address follows, as long as it follows anything."""
    return _owning.sign(str(follower.pk))


def follower_of(token: str) -> Follower | None:
    """Whose link it is; None when his address is no longer here.

    Raises:
        BadSignature: it is made up.
    """
    return Follower.objects.filter(pk=int(_owning.unsign(token))).first()
