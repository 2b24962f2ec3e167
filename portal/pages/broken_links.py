"""Looking for links of live pages that lead nowhere, by night and after each publication."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.batching import batched
from portal.editorial.checks.links import DeadLinks
from portal.editorial.pieces import forget

from . import references
from .models import BrokenLink, PortalPage

#: Pages that are read at a time.
CHUNK = 100


def scan_all() -> int:
    """Every live page; how many links lead nowhere. Rows of pages that went are taken away."""
    BrokenLink.objects.exclude(page__live=True).delete()
    pks = list(PortalPage.objects.filter(live=True).values_list("pk", flat=True))
    for some in batched(pks, CHUNK):
        scan(PortalPage.objects.filter(pk__in=some).specific())
    return BrokenLink.objects.count()


def scan(pages: Iterable[PortalPage]) -> None:
    """Look at some live pages anew."""
    for page in pages:
        found = list(_found(page))
        with transaction.atomic():
            BrokenLink.objects.filter(page_id=page.pk).delete()
            BrokenLink.objects.bulk_create(
                BrokenLink(page_id=page.pk, place=place[:200], message=message[:300])
                for place, message in found
            )


def _found(page) -> Iterable[tuple[str, str]]:
    forget(page)
    for one in DeadLinks().look(page):
        yield one.place_label, one.message
    forget(page)
    for words in references.unknown(getattr(page, "references", "")):
        yield "", _("There is no such document here: %(words)s") % {"words": words}


def published(sender, instances, **kwargs) -> None:
    """After the commit, so that no publication waits for it or fails by it."""
    pages = [one for one in instances if isinstance(one, PortalPage)]
    if pages:
        transaction.on_commit(lambda: scan(pages), robust=True)


def dead_pages(paths: set[str]) -> set[str]:
    """Those of these own paths at which a page of the tree would stand, and none does that
    anybody reads, nor a redirect."""
    from django.urls import Resolver404, resolve
    from wagtail.contrib.redirects.models import Redirect

    from .views.serving import page_at

    dead = set()
    for path in paths:
        try:
            match = resolve(path)
        except Resolver404:
            continue  # the check says so itself
        if match.url_name == "wagtail_serve":
            page = page_at(path)
            if (page is None or not page.live) and not Redirect.objects.filter(
                old_path=Redirect.normalise_path(path)
            ).exists():
                dead.add(path)
    return dead
