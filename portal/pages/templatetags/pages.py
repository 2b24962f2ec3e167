"""Text of pages, with links on what it names."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.templatetags.wagtailcore_tags import richtext

from portal.editorial.models import Publishable
from portal.pages.registry import linked
from portal.pages.usage.counting import seal_of

register = template.Library()


@register.filter
def named_text(value: object) -> SafeString:
    """Rich text as readers get it: cleaned when it was saved, links put on citations now."""
    return mark_safe(linked(str(richtext(value))))


@register.simple_tag(takes_context=True)
def beacon(context) -> SafeString:
    """The dot by which a view of this page is counted, for strangers (``portal.pages.usage``)."""
    request = context.get("request")
    if request is None or not request.audience.is_public or settings.USAGE_DAYS <= 0:
        return mark_safe("")
    if getattr(request, "draft_until", None) or getattr(request, "is_preview", False):
        return mark_safe("")
    item = context.get("work") or context.get("page")
    match = getattr(request, "resolver_match", None)
    key = f"route:{match.view_name}" if match else ""
    if isinstance(item, Publishable) and item.pk:
        key = f"{item._meta.model_name}:{item.pk}"
    if not key:
        return mark_safe("")
    return format_html(
        '<img class="dot" src="{}" alt="" width="1" height="1">',
        reverse("beacon", args=[key, seal_of(key)]),
    )
