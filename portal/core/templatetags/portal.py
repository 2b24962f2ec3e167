"""Tags and filters that pages share."""

from __future__ import annotations

import datetime as dt
import json

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.text import slugify

register = template.Library()


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The present query string with some parameters changed; None or "" removes one.

    The page number is dropped unless it is what changes.
    """
    query = context["request"].GET.copy()
    query.pop("trang", None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """An icon of the sprite; without a title it is decoration."""
    from django.templatetags.static import static

    href = f"{static('portal/icons.svg')}#{name}"
    if title:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', title, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.filter
def moment(value: dt.datetime | dt.date | None) -> str:
    """For the ``datetime`` of ``<time>``: to the second, as HTML wants it."""
    if value is None:
        return ""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    return timezone.localtime(value).isoformat(timespec="seconds")


@register.filter
def vi_number(value: int | float | None) -> str:
    """1234567 → 1.234.567, as Vietnamese offices write it."""
    if value is None:
        return ""
    return f"{value:,}".replace(",", ".")


@register.simple_tag(takes_context=True)
def facet_link(context, name: str, choice) -> str:
    """The present query with one filter set, or removed where it was chosen."""
    return choice.link or query_with(context, **{name: "" if choice.chosen else choice.value})


@register.filter
def words(value: str) -> list[str]:
    """A literal list in a template."""
    return value.split()


@register.filter
def shown(value: object) -> object:
    """A value as a fact sheet shows it: dates as dd/mm/yyyy, addresses as links."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%H:%M %d/%m/%Y")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        return format_html('<a href="{}" rel="nofollow">{}</a>', value, value)
    return value


@register.filter
def place_id(place: str) -> str:
    """The id of a place of an item (“provision:dieu-5”) on its review page."""
    return f"noi-{slugify(place)}"


@register.filter
def model_label(instance) -> str:
    """“app.model” of an instance, as addresses of the admin have it."""
    return instance._meta.label_lower


@register.filter
def cells(row, columns) -> list[str]:
    """The texts of a row under some columns."""
    return [column.text(row) for column in columns]


@register.filter
def json_ld(data: dict | None) -> SafeString:
    """Data for search engines in a script element that no browser runs; nothing for None.

    “<” is written as an escape, so that no text ends the element.
    """
    if not data:
        return SafeString("")
    text = json.dumps(data, ensure_ascii=False, default=str)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
