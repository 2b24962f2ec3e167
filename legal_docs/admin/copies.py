"""Working copies in the admin: those of a work, and bringing one in with its conflicts decided."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from legal_docs import copying, matching
from legal_docs.models import WorkIdentity
from legal_docs.validity import RELATION_BY_CODE
from portal.core.difference import pieces
from portal.editorial.merging import MINE, ORDER, THEIRS, Conflict, Node
from portal.editorial.models import WorkingCopy
from portal.editorial.owned_rows import rows_of

_CHOICE = "choice:"


def view_for(model):
    """The page of copies of a class of works: of an original its list, of a copy its merge."""

    @require_admin_access
    def copies(request, pk: int) -> HttpResponse:
        rows = rows_of(model, request.user).select_related("type", "working_copy_of__type")
        work = rows.filter(pk=pk).first()
        if work is None or request.user.is_superuser:
            raise Http404
        return _merge(request, work) if work.working_copy_of_id else _listing(request, work)

    return copies


def _listing(request, work) -> HttpResponse:
    if request.method == "POST":
        try:
            copy = copying.begin(work, request.user)
        except PermissionDenied as error:
            messages.error(request, str(error))
            return redirect(request.path)
        messages.success(request, _("The working copy is there; change it as you like."))
        return redirect(_address(work, "edit"), copy.pk)
    about = {row.copy_id: row for row in WorkingCopy.objects.of(work).select_related("begun_by")}
    copies = work.working_copies.order_by("pk")
    context = {
        "work": work,
        "rows": [(copy, about[copy.pk]) for copy in copies if copy.pk in about],
        "edit_url": _address(work, "edit"),
        "copies_url": _address(work, "copies"),
    }
    return render(request, "admin_pages/copies.html", context)


def _merge(request, copy) -> HttpResponse:
    choices = _choices(request.POST)
    if request.method == "POST":
        try:
            work = copying.bring_in(copy, request.user, choices, request.POST.get("seen", ""))
        except (PermissionDenied, ValidationError) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
        else:
            messages.success(
                request, _("The copy was brought in. Read the draft and send it for review.")
            )
            return redirect("review", work._meta.label_lower, work.pk)
    result = copying.merge(copy, choices)
    context = {
        "copy": copy,
        "original": copy.working_copy_of,
        "merge": result,
        "conflicts": [_shown(copy, result, one, choices) for one in result.conflicts],
        "lock": copy.get_lock(),
        "edit_url": _address(copy, "edit"),
        "delete_url": _address(copy, "delete"),
        "copies_url": _address(copy, "copies"),
    }
    return render(request, "admin_pages/copy_merge.html", context)


def _address(work, view: str) -> str:
    return type(work).snippet_viewset.get_url_name(view)


def _choices(data) -> dict[str, str]:
    """What was chosen, by place; anything but the two sides is no choice."""
    return {
        name.removeprefix(_CHOICE): value
        for name, value in data.items()
        if name.startswith(_CHOICE) and value in (THEIRS, MINE)
    }


# --- how a conflict is shown --------------------------------------------------------------------


def _shown(copy, result, conflict: Conflict, choices) -> dict[str, object]:
    name = conflict.place.removeprefix("fields:")
    is_field = name != conflict.place
    words = {
        side: _field(copy, name, value) if is_field else _words(result, conflict.place, value)
        for side, value in ((THEIRS, conflict.theirs), (MINE, conflict.mine))
    }
    marked = list(pieces(words[THEIRS], words[MINE]))
    return {
        "name": _CHOICE + conflict.place,
        "label": _field_label(copy, name) if is_field else _label(result, conflict.place),
        "chosen": choices.get(conflict.place, ""),
        "theirs": [one for one in marked if one.kind != "in"],
        "mine": [one for one in marked if one.kind != "out"],
        "no_theirs": conflict.theirs is None,
        "no_mine": conflict.mine is None,
    }


def _label(result, place: str) -> str:
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


def _words(result, place: str, value) -> str:
    """What one side says at a place, as plain text."""
    if value is None:
        return ""
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


def _field_label(copy, name: str) -> str:
    if name == "keywords":
        return str(_("Keywords"))
    field = copy._meta.get_field(name.removesuffix("_id"))
    return capfirst(str(getattr(field, "verbose_name", name)))


def _field(copy, name: str, value) -> str:
    """A value of the metadata in words: names of rows, the label of a choice, a list of tags."""
    if name == copying.AUDIENCE:
        kind, units = value
        return " · ".join(filter(None, [_field_words(copy, name, kind),
                                        _field_words(copy, "audience_units", units)]))  # fmt: skip
    return _field_words(copy, name, value)


def _field_words(copy, name: str, value) -> str:
    if value in (None, "", []):
        return ""
    if name == "keywords":
        return ", ".join(map(str, value))
    if name == "signatures":
        model = copy._meta.get_field("signatures").related_model
        signer = model._meta.get_field("signer").related_model
        names = signer.objects.in_bulk([row[0] for row in value])
        return "; ".join(f"{names.get(pk, '')} – {title}" for pk, title in value)
    field = copy._meta.get_field(name.removesuffix("_id"))
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        found = field.related_model._default_manager.in_bulk(keys)
        return ", ".join(str(found[key]) for key in keys if key in found)
    return str(dict(field.flatchoices).get(value, value))
