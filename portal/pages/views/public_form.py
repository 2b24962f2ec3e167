"""Forms of pages for the public, on addresses of their own that no cache keeps."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from portal.core.limits import limited
from portal.organisations.access import audience_of
from portal.pages.receiving import WORD, TakesFromPublic

from .serving import page_at, serve_page


def public_form(request, path: str) -> HttpResponse:
    """The form of the page at ``path``.

    Raises:
        Http404: there is no such page for this reader, or it has no form.
    """
    page = page_at(path)
    takes = isinstance(page, TakesFromPublic) and page.is_visible_to(audience_of(request))
    return _form(request, page) if takes else serve_page(request, f"{path}{WORD}/")


def public_form_taken(request, path: str) -> HttpResponse:
    """Thanks, and what follows."""
    page = page_at(path)
    takes = isinstance(page, TakesFromPublic) and page.is_visible_to(audience_of(request))
    return _taken(request, page) if takes else serve_page(request, f"{path}{WORD}/da-nhan/")


@never_cache
@limited("ask")
def _form(request, page) -> HttpResponse:
    closed = page.why_closed()
    form = None
    if not closed:
        form = page.public_form(request.POST if request.method == "POST" else None, request.GET)
        if request.method == "POST" and form.is_valid():
            page.take(form)
            return redirect(f"{page.form_address}da-nhan/")
    context = {"page": page, "form": form, "closed": closed}
    return render(request, page.form_template, context)


@never_cache
def _taken(request, page) -> HttpResponse:
    return render(request, "pages/public_form_taken.html", {"page": page})
