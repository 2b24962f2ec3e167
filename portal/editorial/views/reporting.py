"""The public form for errors, on an address of its own that no cache keeps."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from portal.core.guarded_form import GuardedForm
from portal.core.limits import limited
from portal.editorial import error_reports
from portal.editorial.admin.items import model_at
from portal.editorial.models.error_report import DAYS
from portal.organisations.access import audience_of


class ReportForm(GuardedForm):
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


@never_cache
@limited("report")
def report(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Report an error on an item that this reader may see."""
    model = model_at(label)
    item = model._default_manager.visible_to(audience_of(request)).filter(pk=pk).first()
    if item is None:
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        error_reports.take(item, data["text"], data["place"], data["contact"])
        return redirect("report_taken")
    return render(request, "pages/report.html", {"form": form, "item": item})


@never_cache
def taken(request: HttpRequest) -> HttpResponse:
    """Thanks, and until when an answer comes."""
    return render(request, "pages/report_taken.html", {"days": DAYS})
