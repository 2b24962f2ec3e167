"""Mails to followers, sent by the clock: what asks for a confirmation, and the digest of the day.

A mail is written when it goes, from what the public may see then. What it told is noted after it
went: who is killed in between repeats one mail and loses nothing.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from legal_docs.models import Follow, Follower
from portal.core.batching import batched
from portal.core.tray import attempt
from portal.editorial import ledger
from portal.editorial.workflow.notifying import in_house_language

from . import asking, news, rules
from .news import Bulletin

AT_ONCE = 50
#: Lines about one document in a digest; a collection that is imported may act on it at once.
MOST_LINES = 50
#: Tries of a mail that asks for a confirmation; it is deleted with its row soon after.
MOST_TRIES = 12


class Unreachable(Exception):
    """The mail did not go; says why without naming the address, which belongs in no log."""


# --- asking for a confirmation ------------------------------------------------------------------


@in_house_language
def send_confirmations(now: dt.datetime | None = None) -> int:
    """Send the mails that were asked for; how many went."""
    waiting = Follow.objects.filter(
        sent_at=None, tries__lt=MOST_TRIES, next_try__lte=now or timezone.now()
    ).select_related("follower", "work")
    return sum(_confirmation_sent(one) for one in waiting.order_by("next_try", "pk")[:AT_ONCE])


def _confirmation_sent(follow: Follow) -> bool:
    named = news.names([follow.work]).get(follow.work_id)
    if named is None:  # it became internal meanwhile: there is nothing to follow, or to say
        Follow.objects.unconfirmed().filter(pk=follow.pk).delete()
        Follow.objects.filter(pk=follow.pk).update(sent_at=timezone.now())
        return False
    subject, words = _asked(follow, named)
    text = f"{words}\n\n{named.label}\n{_full(named.url)}"
    return attempt(follow, lambda: _post(follow.follower, subject, text))


def _asked(follow: Follow, named: Bulletin) -> tuple[str, str]:
    """Subject and words for whoever owns the address, as it stands with him now."""
    if follow.confirmed_at:
        return (
            _("You follow it already: %(document)s") % {"document": named.label},
            _("Somebody asked to follow this document with your address. You follow it already."),
        )
    if asking.is_full(follow.follower):
        return (
            _("You follow too many documents: %(document)s") % {"document": named.label},
            _(
                "Somebody asked to follow this document with your address. It follows %(count)d "
                "documents already, as many as one address may. Stop one of them first."
            )
            % {"count": settings.FOLLOW_MOST_DOCUMENTS},
        )
    return (
        _("Confirm that you follow: %(document)s") % {"document": named.label},
        _(
            "Somebody asked to follow this document with your address. If it was you, open the "
            "page below and press the button there within %(days)d days:\n%(url)s\n\nIf it was not "
            "you, do nothing: your address is then deleted."
        )
        % {"days": settings.FOLLOW_CONFIRM_DAYS, "url": _full(asking.confirming_url(follow))},
    )


# --- digests ------------------------------------------------------------------------------------


@in_house_language
def send_digests(now: dt.datetime | None = None) -> int:
    """One mail to each address with all that is new of what it follows, no more often than once
    in 24 hours; how many went."""
    moment, until = now or timezone.now(), ledger.newest_number()
    due = Follower.objects.due(moment, rules.PAUSE)
    behind = Follow.objects.confirmed().filter(told__lt=until, follower__in=due)
    after = behind.aggregate(Min("told"))["told__min"]
    if after is None:
        return 0
    touched = news.touched(after, until)
    quiet, concerned = _parted(behind, touched)
    with transaction.atomic():
        for some in batched(quiet):
            Follow.objects.filter(pk__in=some, told__lt=until).update(told=until)
    book = _Book(until, touched)
    return sum(_digest_sent(pk, book) for pk in concerned[:AT_ONCE])


def _parted(behind, touched: set[int]) -> tuple[list[int], list[int]]:
    """Follows of those of whose documents no line tells, and the other followers, the one who
    was put off first at the end."""
    rows = list(behind.values_list("pk", "follower", "work"))
    concerned = {follower for _pk, follower, work in rows if work in touched}
    order = Follower.objects.filter(pk__in=behind.values("follower")).order_by("tries", "pk")
    return (
        [pk for pk, follower, _work in rows if follower not in concerned],
        [pk for pk in order.values_list("pk", flat=True) if pk in concerned],
    )


def _digest_sent(pk: int, book: _Book) -> bool:
    follower = Follower.objects.filter(pk=pk).first()
    if follower is None:  # he stopped a moment ago
        return False
    found = book.of(follower)
    if not found:
        _note(follower, book.until)
        return False

    if not follower.error:  # the last one arrived
        follower.tries = 0

    def send() -> None:
        _post(follower, _subject(found), _text(found))
        _note(follower, book.until, sent_at=timezone.now())

    return attempt(follower, send)


def _note(follower: Follower, until: int, **sent) -> None:
    """He knows everything up to a line."""
    with transaction.atomic():
        Follow.objects.confirmed().filter(follower=follower, told__lt=until).update(told=until)
        if sent:
            Follower.objects.filter(pk=follower.pk).update(**sent)


class _Book:
    """What is new of documents, up to a line; read anew whenever the ledger grew, so that nothing
    goes out that was taken back while others were told."""

    def __init__(self, until: int, touched: set[int]) -> None:
        self.until = until
        self._touched = touched
        self._newest = until
        self._kept: dict[tuple[int, int], Bulletin | None] = {}

    def of(self, follower: Follower) -> list[Bulletin]:
        """What a follower has not been told, by document."""
        newest = ledger.newest_number()
        if newest != self._newest:
            self._newest = newest
            self._kept.clear()
        rows = follower.follows.confirmed().filter(told__lt=self.until)
        found = []
        for row in rows.select_related("work").order_by("pk"):
            if row.work_id not in self._touched:
                continue
            key = (row.work_id, row.told)
            if key not in self._kept:
                self._kept[key] = news.newer(row.work, row.told, self.until)
            if bulletin := self._kept[key]:
                found.append(bulletin)
        return found


def _subject(found: list[Bulletin]) -> str:
    told = [one for bulletin in found for one in bulletin.news]
    if len(told) == 1:
        return told[0].title
    return _("News of documents that you follow: %(count)d") % {"count": len(told)}


def _text(found: list[Bulletin]) -> str:
    return "\n\n\n".join(_paragraph(bulletin) for bulletin in found)


def _paragraph(bulletin: Bulletin) -> str:
    lines = [bulletin.label, _full(bulletin.url)]
    earlier = len(bulletin.news) - MOST_LINES
    if earlier > 0:
        lines += ["", _("%(count)d earlier ones stand on its page.") % {"count": earlier}]
    for one in bulletin.news[-MOST_LINES:]:
        lines += ["", f"{timezone.localtime(one.at):%d/%m/%Y} – {one.title}"]
        if one.note:
            lines.append(one.note)
        if one.url != bulletin.url:
            lines.append(_full(one.url))
    return "\n".join(lines)


# --- one mail -----------------------------------------------------------------------------------


def _full(url: str) -> str:
    return f"{settings.PORTAL_URL}{url}"


def _post(follower: Follower, subject: str, text: str) -> None:
    """Send a mail with the ways out of it: in its words, and for the mail program (RFC 8058)."""
    token = asking.owner_token(follower)
    stop = _full(reverse("follow-stop", args=[token]))
    foot = _(
        "What your address follows: %(list)s\nStop all and delete the address: %(stop)s\n\n"
        "%(portal)s keeps your address only to send these mails."
    ) % {
        "list": _full(reverse("follow-list", args=[token])),
        "stop": stop,
        "portal": settings.PORTAL_NAME,
    }
    message = EmailMessage(
        " ".join(subject.split())[:200],
        f"{text}\n\n-- \n{foot}\n",
        None,
        [follower.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        message.send()
    except Exception as error:  # whatever a mail server raises; its words name the address
        code = getattr(error, "smtp_code", "") or getattr(error, "errno", "") or ""
        raise Unreachable(f"{type(error).__name__} {code}".strip()) from None
