"""The public form for errors, on an address of its own that no cache keeps."""

from __future__ import annotations

import time

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from portal.core.limits import limited
from portal.editorial import error_reports
from portal.editorial.admin.items import model_at
from portal.editorial.models.error_report import DAYS
from portal.organisations.access import audience_of

#: Nobody reads the form and writes a sentence in less; a program does.
QUICKEST = 3
_signer = TimestampSigner(salt="error report")


class ReportForm(forms.Form):
    place = forms.CharField(
        label=gettext_lazy("Where (article, clause, page)"), max_length=200, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("What is wrong"),
        max_length=4000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = forms.EmailField(
        label=gettext_lazy("E-mail for the answer, if you wish one"), required=False
    )
    # People leave it empty because they don't see it.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))
    opened = forms.CharField(widget=forms.HiddenInput)

    def is_program(self) -> bool:
        """Filled the field that nobody sees, was too quick, or made the mark of time up."""
        if self.cleaned_data["website"]:
            return True
        try:
            opened = float(_signer.unsign(self.cleaned_data["opened"], max_age=86_400))
        except (BadSignature, ValueError):
            return True
        return time.time() - opened < QUICKEST


@never_cache
@limited("report")
def report(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Report an error on an item that this reader may see."""
    model = model_at(label)
    item = model._default_manager.visible_to(audience_of(request)).filter(pk=pk).first()
    if item is None:
        raise Http404
    form = ReportForm(request.POST or None, initial={"opened": _signer.sign(str(time.time()))})
    if request.method == "POST" and form.is_valid():
        if form.is_program():
            form.add_error(None, _("Please send it once more."))
            form.data = form.data.copy()
            form.data["opened"] = _signer.sign(str(time.time()))
        else:
            data = form.cleaned_data
            error_reports.take(item, data["text"], data["place"], data["contact"])
            return redirect("report_taken")
    return render(request, "pages/report.html", {"form": form, "item": item})


@never_cache
def taken(request: HttpRequest) -> HttpResponse:
    """Thanks, and until when an answer comes."""
    return render(request, "pages/report_taken.html", {"days": DAYS})
