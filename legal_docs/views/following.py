"""Following one document: what this portal did with it, and what newly acts on it, as Atom."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from legal_docs import history
from legal_docs.following import news
from legal_docs.models import OldPath, WorkIdentity
from legal_docs.works import visible_works
from portal.core.cache_guard import LISTS, share
from portal.organisations.audience import PUBLIC

ROWS = 50
SECONDS = 300


def feed(request, prefix: str, issuer: str, number: str) -> HttpResponse:
    """Lines of the ledger about a document and the documents that act on it, newest first.

    It is public whoever asks, so that an address given to a program carries nobody's rights. What
    was withdrawn keeps its feed: its followers are those who must learn of it.
    """
    path = f"{prefix}/{issuer}/{number}"
    identity = WorkIdentity.objects.filter(path=path).first()
    if identity is None:
        old = OldPath.objects.filter(path=path).select_related("identity").first()
        if old is None or not history.lines_of([old.identity_id], PUBLIC):
            raise Http404(path)
        return redirect(f"{old.identity.url}atom.xml", permanent=True)
    lines = history.lines_of([identity.pk], PUBLIC).get(identity.pk)
    if not lines:
        raise Http404(path)
    found = [news.told(line, identity) for line in lines]
    if work := visible_works([identity], PUBLIC).get(identity.pk):
        found += [one.news for one in news.acting(work)]
    made = Atom1Feed(
        title=_("Following: %(document)s") % {"document": lines[-1].label},
        link=settings.PORTAL_URL + identity.url,
        description=_("Publication, correction, withdrawal, and documents that act on it"),
        language=settings.LANGUAGE_CODE,
        feed_url=settings.PORTAL_URL + request.path,
    )
    for one in sorted(found, key=lambda one: (one.at, one.mark), reverse=True)[:ROWS]:
        made.add_item(
            title=one.title,
            link=settings.PORTAL_URL + one.url,
            unique_id=f"{settings.PORTAL_URL}{identity.url}#{one.mark}",
            description=one.note,
            pubdate=one.at,
            updateddate=one.at,
        )
    response = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    return share(response, SECONDS, keys=(f"work-{identity.pk}", LISTS))
