"""“Nhập văn bản”: files in → read in the background → proposals checked by a person → draft."""

from __future__ import annotations

import hashlib

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from legal_docs import intake
from legal_docs.models import DocumentType, IntakeFile, WorkIdentity
from legal_docs.tasks import read_intake_file
from legal_docs.works import work_of
from portal.core.downloads import safe_file_response
from portal.organisations.access import access_of
from portal.organisations.models import AudienceKind, Organisation
from portal.organisations.roles import Ability

MAX_FILES = 50


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or many files; each is checked for size before anything is kept."""

    widget = SeveralFiles

    def clean(self, data, initial=None) -> list:
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise ValidationError(_("Choose at least one file."))
        if len(files) > MAX_FILES:
            raise ValidationError(_("At most %(count)s files at once.") % {"count": MAX_FILES})
        return files


class UploadForm(forms.Form):
    files = FilesField(label=gettext_lazy("Files (Word, PDF, HTML, text)"))
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Owning unit"), queryset=Organisation.objects.none(), empty_label=None
    )


class CheckForm(forms.Form):
    """The proposals, to be corrected and confirmed by a person."""

    type = forms.ModelChoiceField(
        label=gettext_lazy("Type of document"), queryset=DocumentType.objects.all()
    )
    number = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=120)
    lead_issuer = forms.ModelChoiceField(
        label=gettext_lazy("Issuer"), queryset=Organisation.objects.only("name", "order")
    )
    issued = forms.DateField(label=gettext_lazy("Issued"), required=False)
    in_force = forms.DateField(label=gettext_lazy("In force from"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("Subject"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    signers = forms.CharField(
        label=gettext_lazy("Signers (name – title, one a line)"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Audience"),
        choices=[(AudienceKind.PUBLIC, _("Everybody")), (AudienceKind.UNITS, _("All units"))],
    )


def may_read_in(user) -> bool:
    return access_of(user).can(Ability.WRITE)


def _own_files(user) -> QuerySet[IntakeFile]:
    condition = Q(pk__in=[])
    for path in access_of(user).paths(Ability.WRITE):
        condition |= Q(unit__path__startswith=path)
    return IntakeFile.objects.filter(condition).select_related("unit", "uploaded_by", "work")


def _refuse_strangers(user) -> None:
    if not may_read_in(user):
        raise PermissionDenied(_("Only editors read documents in."))


def _one(request, pk: int) -> IntakeFile:
    row = _own_files(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_admin_access
def listing(request) -> HttpResponse:
    """Files being read in, newest first."""
    _refuse_strangers(request.user)
    return render(request, "admin_pages/intake_list.html", {"rows": _own_files(request.user)[:200]})


@require_admin_access
def upload(request) -> HttpResponse:
    """Take files; reading happens in the background."""
    _refuse_strangers(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    form.fields["unit"].queryset = access_of(request.user).units(Ability.WRITE)
    target = _target(request)
    if request.method == "POST" and form.is_valid():
        for uploaded in form.cleaned_data["files"]:
            _take(request, uploaded, form.cleaned_data["unit"], target)
        return redirect("intake")
    return render(request, "admin_pages/intake_upload.html", {"form": form, "target": target})


def _target(request) -> WorkIdentity | None:
    """The work whose text the file replaces, when the editor came from one of his own."""
    pk = request.GET.get("work", "")
    identity = WorkIdentity.objects.filter(pk=pk).first() if pk.isdecimal() else None
    work = work_of(identity) if identity else None
    if identity and (work is None or not access_of(request.user).may_edit(work.owner)):
        raise Http404
    return identity


def _take(request, uploaded, unit: Organisation, target: WorkIdentity | None) -> None:
    limit = settings.MAX_UPLOAD_MB * 1024 * 1024
    if uploaded.size > limit:
        messages.error(
            request,
            _("“%(name)s” is larger than %(limit)s MB; it was not kept.")
            % {"name": uploaded.name, "limit": settings.MAX_UPLOAD_MB},
        )
        return
    digest = hashlib.sha256()
    for chunk in uploaded.chunks():
        digest.update(chunk)
    row = IntakeFile(
        unit=unit,
        uploaded_by=request.user,
        name=uploaded.name[:255],
        size=uploaded.size,
        sha256=digest.hexdigest(),
        work=target,
    )
    row.file.save(f"{digest.hexdigest()}.upload", uploaded, save=False)
    with transaction.atomic():
        row.save()
        transaction.on_commit(lambda: read_intake_file.enqueue(row.pk))


@require_admin_access
@require_GET
def original(request, pk: int) -> FileResponse:
    """The uploaded file, to be looked at beside the proposals."""
    row = _one(request, pk)
    return safe_file_response(
        row.file.open("rb"),
        row.name,
        row.reading.get("media_type", "application/octet-stream"),
        inline=True,
    )


@require_admin_access
def check(request, pk: int) -> HttpResponse:
    """Proposals with their excerpts, outline and warnings beside the original; makes a draft."""
    row = _one(request, pk)
    if row.state == IntakeFile.State.DONE and row.work:
        work = work_of(row.work)
        return redirect(type(work).snippet_viewset.get_url_name("edit"), work.pk)
    form = CheckForm(request.POST or None, initial=intake.initial(row))
    if request.method == "POST" and row.state == IntakeFile.State.READ:
        if row.work_id:
            if not access_of(request.user).may_edit(work_of(row.work).owner):
                raise Http404
            work = intake.replace_text(row, request.user)
            messages.success(request, _("The new text waits for approval."))
            return redirect(type(work).snippet_viewset.get_url_name("parts"), work.pk)
        if form.is_valid():
            work, doubles = intake.make_draft(row, form.cleaned_data, request.user)
            for other in doubles:
                messages.warning(
                    request,
                    _("Same number, issuer and date as “%(title)s”: %(url)s")
                    % {"title": other.title, "url": other.url},
                )
            messages.success(request, _("Draft made: %(work)s") % {"work": work})
            return redirect(type(work).snippet_viewset.get_url_name("edit"), work.pk)
    return render(
        request,
        "admin_pages/intake_check.html",
        {
            "row": row,
            "form": form,
            "fields": [(field, row.reading.get("excerpts", {}).get(field.name)) for field in form],
            "original_url": reverse("intake_original", args=[row.pk]),
        },
    )
