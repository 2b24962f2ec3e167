"""Pages of fields and issuers, and their lists."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from legal_docs.browsing import Filters, predecessors_of
from legal_docs.models import Field, LegalDocument
from legal_docs.works import kinds
from portal.core.cache_guard import share
from portal.organisations.access import audience_of
from portal.organisations.models import Organisation

from .browse import answer


def issuer_of_path(request, issuer: str) -> HttpResponse:
    """Half an address of a document leads to its issuer."""
    organisation = get_object_or_404(Organisation, slug=issuer)
    return redirect(organisation.get_absolute_url())


def _work_class(request) -> str:
    asked = request.GET.get("nhom", "legal")
    return asked if asked in {kind.model.work_class for kind in kinds()} else "legal"


def fields(request) -> HttpResponse:
    """All fields with how many documents a reader finds there, those of its topics among them."""
    visible = LegalDocument.objects.visible_to(audience_of(request)).values("pk")
    counts = dict(
        LegalDocument.fields.through.objects.filter(legaldocument__in=visible)
        .values_list(Coalesce("field__parent", "field"))
        .annotate(count=Count("legaldocument", distinct=True))
    )
    rows = list(Field.objects.filter(parent=None))
    for row in rows:
        row.total = counts.get(row.pk, 0)
    response = render(request, "pages/fields.html", {"fields": rows})
    return share(response) if audience_of(request).is_public else response


def field(request, slug: str) -> HttpResponse:
    """Documents of one field or topic."""
    row = get_object_or_404(Field.objects.select_related("parent"), slug=slug)
    filters = replace(Filters.read(request.GET), field=slug)
    return answer(request, _work_class(request), filters, {"place": row, "place_kind": "field"})


def organisations(request) -> HttpResponse:
    """Issuers by level: central bodies, then the grid of provinces."""
    issuers = set()
    for kind in kinds():
        rows = kind.model.objects.visible_to(audience_of(request)).order_by()
        issuers |= set(rows.values_list("lead_issuer_id", flat=True).distinct())
    rows = Organisation.objects.filter(Q(pk__in=issuers) | Q(children__pk__in=issuers)).distinct()
    central = [row for row in rows if not row.is_local and row.pk in issuers]
    areas = [row for row in rows if row.is_local and row.area_id is None]
    response = render(request, "pages/organisations.html", {"central": central, "areas": areas})
    return share(response) if audience_of(request).is_public else response


def organisation(request, slug: str) -> HttpResponse:
    """Documents of one issuer, and of those whose place it took."""
    row = get_object_or_404(Organisation.objects.select_related("parent", "area"), slug=slug)
    if row.kind == "phong" or row.level == "don-vi":
        raise Http404(slug)
    filters = Filters.read(request.GET)
    is_area = row.kind == "dia-ban"
    filters = replace(filters, province=slug) if is_area else replace(filters, issuer=slug)
    extra = {
        "place": row,
        "place_kind": "organisation",
        "predecessors": predecessors_of(row),
        "successions": list(row.successions.select_related("successor")),
        "bodies": list(row.children.all()) if is_area else [],
    }
    return answer(request, _work_class(request), filters, extra)
