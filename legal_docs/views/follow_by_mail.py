"""Following a document by e-mail: the form, the confirmation, what an address follows, the end.

None of these pages is kept by a cache. Links in mails open pages that change nothing, because
programs that look for viruses follow them; a button does. Nothing depends on who is signed in.
"""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from legal_docs.following import asking, news
from legal_docs.models import Follower
from portal.core.guarded_form import GuardedForm
from portal.core.limits import limited, seconds_to_wait_in_hour, too_many
from portal.organisations.audience import PUBLIC

from .finding import redirected, work_at


class FollowForm(GuardedForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@csrf_exempt  # for the first step alone, see below
@never_cache
@redirected
def follow(request: HttpRequest, prefix: str, issuer: str, number: str) -> HttpResponse:
    """The form for a document that the public may see.

    The small form on the page of the document carries no token and no time, as caches keep that
    page: what it sends only fills this form in, and changes nothing.
    """
    work = work_at(request, prefix, issuer, number)
    if not work.is_visible_to(PUBLIC):
        raise Http404(work.identity.path)
    if request.method == "POST" and "opened" not in request.POST:
        typed = request.POST.get("email", "").strip()[:254]
        return _show(request, work, FollowForm(initial={"email": typed}))
    return _guarded(request, work)


@csrf_protect
@limited("ask")
def _guarded(request: HttpRequest, work) -> HttpResponse:
    if request.method != "POST":
        return _show(request, work, FollowForm())
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _show(request, work, form)
    wait = seconds_to_wait_in_hour(request, "follow", settings.FOLLOW_MAILS_PER_CLIENT)
    if wait:
        return too_many(wait)
    asking.ask(work.identity, form.cleaned_data["email"])
    return redirect("follow-taken")


def _show(request: HttpRequest, work, form: FollowForm) -> HttpResponse:
    context = {"work": work, "form": form, "days": settings.FOLLOW_CONFIRM_DAYS}
    return render(request, "pages/follow.html", context)


@never_cache
def taken(request: HttpRequest) -> HttpResponse:
    """The same words, whatever is known of the address."""
    return render(request, "pages/follow_taken.html", {"days": settings.FOLLOW_CONFIRM_DAYS})


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that confirms; 404 for a link that is made up, too old, or no longer asked for."""
    found = asking.follow_of(token)
    named = news.names([found.work]).get(found.work_id) if found else None
    if named is None:
        return render(request, "pages/follow_confirm.html", {"named": None}, status=404)
    context = {"named": named, "most": settings.FOLLOW_MOST_DOCUMENTS}
    if request.method == "POST":
        try:
            asking.confirm(found)
        except asking.Full:
            context["full"] = True
        else:
            context["done"] = True
    context["token"] = asking.owner_token(found.follower)
    return render(request, "pages/follow_confirm.html", context)


@never_cache
def listing(request: HttpRequest, token: str) -> HttpResponse:
    """What an address follows, with a button to stop each; the address itself is not shown."""
    follower = _follower(token)
    if request.method == "POST" and follower:
        key = request.POST.get("stop", "")
        if key.isascii() and key.isdecimal():
            asking.stop(follower, int(key[:18]))
        return redirect("follow-list", token)
    rows = []
    if follower:
        follows = list(follower.follows.confirmed().select_related("work").order_by("pk"))
        named = news.names(row.work for row in follows)
        rows = [(row, named.get(row.work_id)) for row in follows]
    return render(request, "pages/follow_list.html", {"rows": rows, "token": token})


@csrf_exempt  # a mail program posts it in one click (RFC 8058); the link itself is the right to it
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A button that stops all and deletes the address; twice is as good as once."""
    follower = _follower(token)
    if request.method == "POST" and follower:
        asking.forget(follower)
        follower = None
    context = {"follower": follower, "token": token}
    return render(request, "pages/follow_stop.html", context)


def _follower(token: str) -> Follower | None:
    """Raises Http404 for a link that is made up."""
    try:
        return asking.follower_of(token)
    except BadSignature:
        raise Http404(token) from None
