"""Working copies of works in the admin: where their pages stand, and the words of their places."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from legal_docs import matching
from legal_docs.models import WorkIdentity
from legal_docs.validity import RELATION_BY_CODE
from portal.editorial.admin import copies
from portal.editorial.merging import ORDER, Node
from portal.editorial.owned_rows import rows_of


def view_for(model):
    """The page of copies of a class of works: of an original its list, of a copy its merge."""

    @require_admin_access
    def of_work(request, pk: int) -> HttpResponse:
        rows = rows_of(model, request.user).select_related("type", "working_copy_of__type")
        work = rows.filter(pk=pk).first()
        if work is None or request.user.is_superuser:
            raise Http404
        names = [model.snippet_viewset.get_url_name(one) for one in ("edit", "delete", "copies")]
        return copies.page(request, work, copies.CopyDesk(*names, _label, _words, _field_words))

    return of_work


def _label(_copy, result, place: str) -> str:
    if place in result.labels:
        return result.labels[place]
    kind, _colon, rest = place.partition(":")
    if kind == "files":
        return _("File")
    if kind == "relations":
        return _("Relation")
    if rest == ORDER:
        return _("Order of the provisions")
    return _("Text between the provisions")


def _words(_copy, result, place: str, value) -> str:
    """What one side says at a place, as plain text."""
    if isinstance(value, Node):
        return matching.visible(f"{value.head} {value.tail}").strip()
    if isinstance(value, str):
        return value
    if place.startswith("relations:"):
        return _relation(value)
    if place.endswith(ORDER):
        prefix = place.removesuffix(ORDER)
        return ", ".join(result.labels.get(f"{prefix}{eid}", eid) for eid in value)
    return str(value)


def _relation(said: list) -> str:
    """A frozen relation (``freezing.freeze_parts``) in words."""
    kind, source, target, acting, acted_on, _whole, effective, until = said
    names = WorkIdentity.objects.in_bulk([source, target])
    dates = [date_format(dt.date.fromisoformat(day), "d/m/Y") for day in (effective, until)
             if day != "None"]  # fmt: skip
    parts = [RELATION_BY_CODE[kind].label_outgoing, f"{names[source]} {acting}".strip(),
             f"{names[target]} {acted_on}".strip(), " – ".join(dates)]  # fmt: skip
    return " · ".join(filter(None, map(str, parts)))


def _field_words(copy, name: str, value) -> str | None:
    if name != "signatures":
        return None
    signer = copy._meta.get_field("signatures").related_model._meta.get_field("signer")
    names = signer.related_model.objects.in_bulk([row[0] for row in value])
    return "; ".join(f"{names.get(pk, '')} – {title}" for pk, title in value)
