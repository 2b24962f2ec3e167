"""A draft that was shared by a link: read by whoever has it, for some days, by nobody else."""

from __future__ import annotations

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.core.limits import limited
from portal.editorial.models import Publishable, ShareLink
from portal.organisations.access import audience_of


@require_safe
@limited("draft")
def draft(request, token: str) -> HttpResponse:
    """The newest draft of the item that the link is for; what is live already is read there.

    Raises:
        Http404: no such link, it ended, or the draft is for other readers.
    """
    link = ShareLink.objects.open().filter(token=token).select_related("content_type").first()
    model = link.content_type.model_class() if link else None
    if model is None or not issubclass(model, Publishable):
        raise Http404
    item = model._default_manager.for_review().filter(pk=link.object_id).first()
    if item is None:
        raise Http404
    audience = audience_of(request)
    shown = item.get_latest_revision_as_object()
    if not set(shown.audience_tokens()) & set(audience.tokens()):
        raise Http404
    if item.live and not item.has_unpublished_changes:
        return redirect(item.get_absolute_url())
    ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, opened_at=timezone.now())
    request.draft_until = link.expires_at
    response = shown.draft_response(request) or render(
        request,
        "pages/draft.html",
        {"item": shown, "facts": shown.facts(), "texts": shown.as_readers_see_it()},
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
