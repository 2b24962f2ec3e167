"""Text, files and relations of one work: what stands, what waits, and how to add to it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from legal_docs import identities, numbering
from legal_docs.models import Expression, Follow, Manifestation, Relation
from legal_docs.models.part import Part
from legal_docs.validity import RELATION_KINDS
from portal.editorial.owned_rows import rows_of


class RelationForm(forms.Form):
    """One edge, said from the side of the document that is being edited."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    number = forms.CharField(label=gettext_lazy("Number of the other document"), max_length=120)
    title = forms.CharField(label=gettext_lazy("Its subject"), max_length=1000, required=False)
    issued = forms.DateField(label=gettext_lazy("Its date"), required=False)
    whole = forms.BooleanField(
        label=gettext_lazy("The whole document"), required=False, initial=True
    )
    target_provision = forms.RegexField(
        label=gettext_lazy("Provision acted upon (dieu-5.khoan-2)"),
        regex=r"^[a-z0-9.~-]*$",
        max_length=120,
        required=False,
    )
    effective = forms.DateField(label=gettext_lazy("Effective"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (f"{kind.code}:{side}", label)
            for kind in RELATION_KINDS
            for side, label in (("out", kind.label_outgoing), ("in", kind.label_incoming))
        ]

    def clean_number(self) -> str:
        return numbering.canonical(self.cleaned_data["number"])


def view_for(model):
    """The parts page of a class of works."""

    @require_admin_access
    def parts(request, pk: int) -> HttpResponse:
        work = rows_of(model, request.user).select_related("identity").filter(pk=pk).first()
        if work is None:
            raise Http404
        form = RelationForm(request.POST if "add" in request.POST else None)
        lock = work.get_lock() if request.method == "POST" else None
        if lock is not None and lock.for_user(request.user):
            messages.error(request, lock.get_message(request.user))
            return redirect(request.path)
        if request.method == "POST":
            done = _drop(request, work) if "drop" in request.POST else _add(request, work, form)
            if done:
                return redirect(request.path)
        return render(request, "admin_pages/parts.html", _context(work, form))

    return parts


def _context(work, form: RelationForm) -> dict[str, object]:
    identity = work.identity_id
    return {
        "work": work,
        "form": form,
        "expressions": Expression.objects.filter(work=identity).defer("html"),
        "files": Manifestation.objects.filter(work=identity),
        "relations": Relation.objects.filter(stated_by=identity).select_related("source", "target"),
        "followers": Follow.objects.confirmed().filter(work=identity).count(),
        "edit_url": f"{type(work).snippet_viewset.get_url_name('edit')}",
    }


def _add(request, work, form: RelationForm) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    code, _colon, side = data["kind"].partition(":")
    other = identities.identify(data["number"], data["title"], issued=data["issued"])
    ends = (work.own_identity_id, other.pk)
    source, target = ends if side == "out" else reversed(ends)
    relation = Relation(
        source_id=source,
        target_id=target,
        kind=code,
        whole=data["whole"] and not data["target_provision"],
        target_provision=data["target_provision"],
        effective=data["effective"],
        stated_by=work.identity,
    )
    try:
        relation.full_clean(
            exclude=["stated_by"], validate_unique=False, validate_constraints=False
        )
        if relation.twins().draft().exists():
            raise IntegrityError
        with transaction.atomic():
            relation.save()
    except ValidationError as error:
        form.add_error("number", error)
        return False
    except IntegrityError:
        form.add_error("number", _("This relation is there already."))
        return False
    _touch(work, request.user)
    messages.success(request, _("Added to the draft; it is shown after approval."))
    return True


def _drop(request, work) -> bool:
    pk = request.POST["drop"]
    own = Relation.objects.filter(stated_by=work.identity)
    relation = own.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() else None
    if relation is None:
        raise Http404
    if relation.drop and relation.twins().draft().exists():
        messages.error(request, _("This relation is there already."))
        return True
    if relation.state == Part.State.LIVE:
        Relation.objects.filter(pk=relation.pk).update(drop=not relation.drop)
    else:
        relation.delete()
    _touch(work, request.user)
    return True


def _touch(work, user) -> None:
    """A change of parts is a change of the work: its author can't approve it."""
    work.get_latest_revision_as_object().save_revision(user=user, clean=False)
