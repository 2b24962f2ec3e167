"""Text of pages, with links on what it names."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.templatetags.wagtailcore_tags import richtext

from portal.pages.registry import linked

register = template.Library()


@register.filter
def named_text(value: object) -> SafeString:
    """Rich text as readers get it: cleaned when it was saved, links put on citations now."""
    return mark_safe(linked(str(richtext(value))))
