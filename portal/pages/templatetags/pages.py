"""Text of pages, with links on what it names."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter
from wagtail.images.models import Picture as Sources
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.templatetags.wagtailcore_tags import richtext

from portal.editorial.models import Publishable
from portal.pages.registry import linked
from portal.pages.usage.counting import seal_of

register = template.Library()


@register.filter
def named_text(value: object) -> SafeString:
    """Rich text as readers get it: cleaned when it was saved, links put on citations now."""
    return mark_safe(linked(str(richtext(value))))


@register.simple_tag
def sized_picture(picture, *, sizes: str, alt: str, loading: str = "lazy") -> SafeString:
    """A picture in two widths and all ``PICTURE_FORMATS``: at most one query.

    ``sizes`` is the width that it takes on the page, as in HTML. Width and height are those of the
    smallest, so that nothing moves when it arrives; ``loading=""`` for what stands above the fold.
    """
    attributes = {"sizes": sizes, "alt": alt} | ({"loading": loading} if loading else {})
    return _sources(picture, settings.PICTURE_FORMATS, ["width-{480,960}"], attributes)


@register.simple_tag
def small_picture(picture) -> SafeString:
    """A small cut of a picture beside a title that says the same; no JPEG where WebP is."""
    formats = [name for name in settings.PICTURE_FORMATS if name != "jpeg"]
    attributes = {"alt": "", "loading": "lazy", "class": "thumb"}
    return _sources(picture, formats or ["jpeg"], ["fill-240x160"], attributes, first=True)


def _sources(picture, formats, sizes, attributes, *, first: bool = False) -> SafeString:
    if not picture:
        return mark_safe("")
    chosen = [f"format-{{{','.join(formats)}}}"]
    specs = Filter.expand_spec([*sizes, *chosen] if first else [*chosen, *sizes])
    found = get_renditions_or_not_found(picture, [Filter(spec=spec) for spec in specs])
    return Sources(found, attributes).__html__()


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
