"""Results to take away: a table for spreadsheets, a feed for those who wait for new ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from portal.core.cache_guard import SEARCH, share
from portal.organisations.access import audience_of
from portal.organisations.audience import PUBLIC
from search import limits
from search.asking import Question, plain, read
from search.engines.base import EngineError
from search.exports import rows_of, table_of
from search.facets import STATUSES
from search.plan import Sort
from search.showing import Result

FEEDS = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
ENTRIES = 50
SECONDS = 300


def _unanswered() -> HttpResponse:
    message = _("Search does not answer at the moment.")
    return HttpResponse(message, status=503, content_type="text/plain; charset=utf-8")


def _misread(question: Question) -> HttpResponse:
    """A list that leaves out a limit in silence would be another list."""
    message = "\n".join(error.message for error in question.errors)
    return HttpResponse(message, status=400, content_type="text/plain; charset=utf-8")


@limits.limited("export")
def table(request: HttpRequest) -> HttpResponse:
    """The first thousand results as CSV, in the order of the page."""
    question = read(request)
    if question.errors:
        return _misread(question)
    head = (
        _("Type of document"), _("Number"), _("Subject"), _("Issuer"), _("Issued"), _("In force from"),
        _("Validity"), _("Replaced or repealed by"), _("Provisions"), _("Address"),
    )  # fmt: skip
    try:
        rows = iter(()) if question.is_empty else rows_of(question.plan)
        text = table_of(rows, head, settings.PORTAL_URL, STATUSES)
    except (EngineError, OSError, ValueError):
        return _unanswered()
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ket-qua-tim-kiem.csv"'
    response.may_be_kept = False
    if audience_of(request).is_public:
        return share(response, keys=(SEARCH,))
    response["Cache-Control"] = "private, no-store"
    return response


@limits.limited("export")
def feed(request: HttpRequest, format: str) -> HttpResponse:
    """The newest documents that a search finds. A feed is public whoever asks for it."""
    question = read(request, PUBLIC)
    if question.errors:
        return _misread(question)
    plan = question.plan
    newest = plan if "xep" in question.query else replace(plan, sort=Sort.NEWEST)
    page = f"{settings.PORTAL_URL}{reverse('search')}?{question.query.urlencode()}"
    found = FEEDS[format](
        title=_("Documents for “%(words)s”") % {"words": question.text or _("chosen filters")},
        link=page,
        description=_("New documents of this search"),
        language="vi",
        feed_url=f"{settings.PORTAL_URL}{request.path}?{question.query.urlencode()}",
        feed_guid=page,
    )
    try:
        rows = [] if question.is_empty else list(islice(rows_of(newest, ENTRIES), ENTRIES))
    except (EngineError, OSError, ValueError):
        return _unanswered()
    for result in rows:
        _add(found, result)
    response = HttpResponse(found.writeString("utf-8"), content_type=found.content_type)
    response.may_be_kept = False
    return share(response, SECONDS, (SEARCH,)) if audience_of(request).is_public else response


def _add(found, result: Result) -> None:
    work = result.work
    since = work.first_published_at or timezone.now()
    issued = work.issued or since.date()
    found.add_item(
        title=plain(f"{work.title_short} – {work.short_subject}", 400),
        link=f"{settings.PORTAL_URL}{work.get_absolute_url()}",
        unique_id=f"{settings.PORTAL_URL}{work.get_absolute_url()}",
        description=plain(work.subject, 2000),
        author_name=work.lead_issuer.name,
        pubdate=dt.datetime.combine(issued, dt.time(), timezone.get_current_timezone()),
        updateddate=work.last_published_at or since,
    )
