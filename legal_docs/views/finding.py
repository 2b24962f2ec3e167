"""From an address to what stands there, for this reader."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from legal_docs import history
from legal_docs.models import OldPath, WorkIdentity
from legal_docs.models.work import Work
from legal_docs.works import kinds
from portal.editorial.models import PublicationRecord
from portal.organisations.access import audience_of


def work_at(request, prefix: str, issuer: str, number: str) -> Work:
    """The visible work at an address; one query.

    Raises:
        Http404: nothing is there for this reader, whatever the reason; ``Gone`` when he may be
            told that it was withdrawn.
    """
    path = f"{prefix}/{issuer}/{number}"
    kind = next(kind for kind in kinds() if kind.prefix == prefix)
    work = (
        kind.model.objects.visible_to(audience_of(request))
        .select_related("identity", "type", "lead_issuer", "owner", "publication_record")
        .filter(identity__path=path)
        .first()
    )
    if work is None:
        raise Moved.instead_of(request, path)
    return work


class Gone(Http404):
    """What stood here was withdrawn; ``line`` of the ledger says when and why."""

    def __init__(self, line: PublicationRecord) -> None:
        super().__init__(line.label)
        self.line = line


class Moved(Http404):
    """The address is an old one; ``url`` is the new one."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    @classmethod
    def instead_of(cls, request, path: str) -> Http404:
        """``Moved`` where an old address leads to something this reader may see."""
        old = OldPath.objects.filter(path=path).select_related("identity").first()
        if old and _visible(request, old.identity):
            return cls(old.identity.url)
        stone = history.tombstone_at(path, audience_of(request))
        return Gone(stone) if stone else Http404(path)


def _visible(request, identity: WorkIdentity) -> bool:
    from legal_docs.works import visible_works

    return bool(visible_works([identity], audience_of(request)))


def redirected(view):
    """Answer ``Moved`` with a lasting redirect that keeps tab, provision and query, and ``Gone``
    with the tombstone."""

    def wrapped(request, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            rest = "".join(f"{kwargs[name]}/" for name in ("tab", "eid") if name in kwargs)
            query = request.META.get("QUERY_STRING", "")
            return redirect(moved.url + rest + (f"?{query}" if query else ""), permanent=True)
        except Gone as gone:
            return render(request, "pages/gone.html", {"line": gone.line}, status=410)

    wrapped.__name__ = view.__name__
    wrapped.__doc__ = view.__doc__
    return wrapped


def day_asked(request) -> tuple[dt.date, bool, bool]:
    """(day, was one asked for, was it unreadable) from ``?ngay=``; today when there is none."""
    raw = request.GET.get("ngay", "").strip()
    today = timezone.localdate()
    if not raw:
        return today, False, False
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(raw, pattern).date(), True, False
        except ValueError:
            continue
    return today, False, True
