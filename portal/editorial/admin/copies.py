"""Working copies in the admin: those of an item, and bringing one in with its conflicts decided.

The pages are the same for every class; where they stand, and what a place of its content is called
and says, an app names by a ``CopyDesk``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.difference import pieces
from portal.editorial import working_copies
from portal.editorial.merging import MINE, THEIRS, Conflict
from portal.editorial.models import WorkingCopy

_CHOICE = "choice:"
_FIELDS = "fields:"


@dataclass(frozen=True, slots=True)
class CopyDesk:
    """Names of addresses that take a key, and the words of a class of content.

    ``label`` and ``words`` are asked of places that are no fields: (item, merge, place) and
    (item, merge, place, value). ``field_words`` says a value of a field that only the class
    knows, or None.
    """

    edit: str
    delete: str
    copies: str
    label: Callable[[object, working_copies.Merge, str], str]
    words: Callable[[object, working_copies.Merge, str, object], str]
    field_words: Callable[[object, str, object], str | None]


def page(request, item, desk: CopyDesk) -> HttpResponse:
    """Of an original the list of its copies, of a copy its merge."""
    return _merge(request, item, desk) if item.working_copy_of_id else _listing(request, item, desk)


def _listing(request, item, desk: CopyDesk) -> HttpResponse:
    if request.method == "POST":
        try:
            copy = working_copies.begin(item, request.user)
        except (PermissionDenied, ValidationError) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
            return redirect(request.path)
        messages.success(request, _("The working copy is there; change it as you like."))
        return redirect(desk.edit, copy.pk)
    about = {row.copy_id: row for row in WorkingCopy.objects.of(item).select_related("begun_by")}
    copies = type(item)._default_manager.filter(working_copy_of=item.pk).order_by("pk")
    context = {
        "item": item,
        "rows": [(copy, about[copy.pk]) for copy in copies if copy.pk in about],
        "edit_url": desk.edit,
        "copies_url": desk.copies,
    }
    return render(request, "admin_pages/copies.html", context)


def _merge(request, copy, desk: CopyDesk) -> HttpResponse:
    choices = _choices(request.POST)
    if request.method == "POST":
        try:
            item = working_copies.bring_in(
                copy, request.user, choices, request.POST.get("seen", "")
            )
        except (PermissionDenied, ValidationError) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
        else:
            messages.success(
                request, _("The copy was brought in. Read the draft and send it for review.")
            )
            return redirect("review", item._meta.label_lower, item.pk)
    result = working_copies.merge(copy, choices)
    context = {
        "copy": copy,
        "original": type(copy)._default_manager.get(pk=copy.working_copy_of_id),
        "merge": result,
        "conflicts": [_shown(copy, result, one, choices, desk) for one in result.conflicts],
        "lock": copy.get_lock(),
        "edit_url": desk.edit,
        "delete_url": desk.delete,
        "copies_url": desk.copies,
    }
    return render(request, "admin_pages/copy_merge.html", context)


def _choices(data) -> dict[str, str]:
    """What was chosen, by place; anything but the two sides is no choice."""
    return {
        name.removeprefix(_CHOICE): value
        for name, value in data.items()
        if name.startswith(_CHOICE) and value in (THEIRS, MINE)
    }


# --- how a conflict is shown --------------------------------------------------------------------


def _shown(copy, result, conflict: Conflict, choices, desk: CopyDesk) -> dict[str, object]:
    name = conflict.place.removeprefix(_FIELDS)
    is_field = name != conflict.place

    def said(value) -> str:
        if value is None:
            return ""
        return (
            _field(copy, name, value, desk)
            if is_field
            else desk.words(copy, result, conflict.place, value)
        )

    marked = list(pieces(said(conflict.theirs), said(conflict.mine)))
    return {
        "name": _CHOICE + conflict.place,
        "label": _label(copy, name) if is_field else desk.label(copy, result, conflict.place),
        "chosen": choices.get(conflict.place, ""),
        "base": said(conflict.base),
        "theirs": [one for one in marked if one.kind != "in"],
        "mine": [one for one in marked if one.kind != "out"],
        "no_theirs": conflict.theirs is None,
        "no_mine": conflict.mine is None,
    }


def _label(copy, name: str) -> str:
    return capfirst(str(getattr(_model_field(copy, name), "verbose_name", name)))


def _model_field(copy, name: str):
    try:
        return copy._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return copy._meta.get_field(name)


def _field(copy, name: str, value, desk: CopyDesk) -> str:
    """A value of a field in words: names of rows, the label of a choice, a list of tags."""
    if name == working_copies.AUDIENCE:
        kind, units = value
        both = [_one(copy, name, kind, desk), _one(copy, "audience_units", units, desk)]
        return " · ".join(filter(None, both))
    return _one(copy, name, value, desk)


def _one(copy, name: str, value, desk: CopyDesk) -> str:
    if value in (None, "", []):
        return ""
    own = desk.field_words(copy, name, value)
    if own is not None:
        return own
    field = _model_field(copy, name)
    keys = value if isinstance(value, list) else [value]
    if field.is_relation and all(isinstance(key, int) for key in keys):
        found = field.related_model._default_manager.in_bulk(keys)
        return ", ".join(str(found[key]) for key in keys if key in found)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(dict(field.flatchoices).get(value, value))
