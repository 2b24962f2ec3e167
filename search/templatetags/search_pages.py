"""Tags of the search pages."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from search.highlight import Segments
from search.showing import snippet

register = template.Library()


@register.filter
def marked(segments: Segments) -> SafeString:
    """An excerpt with its words marked."""
    return snippet(segments)


@register.simple_tag(takes_context=True)
def hidden_fields(context, *left_out: str) -> SafeString:
    """The present query as hidden fields of a form that changes the parameters left out."""
    return format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}">',
        (
            (name, value)
            for name, values in context["request"].GET.lists()
            for value in values
            if name not in (*left_out, "trang")
        ),
    )
