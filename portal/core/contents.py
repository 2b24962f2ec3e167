"""The contents of a long text as list items."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe


def contents_items(rows: Iterable[tuple[str, str, str, str, int]]) -> SafeString:
    """Items of the rows (id, kind, label, heading, depth), written without the template engine: a
    law has hundreds of rows, and they would cost more than the rest of its page."""
    return mark_safe(
        "\n".join(
            f'<li class="d{depth} k-{kind}"><a href="#{escape(eid)}">'
            f"{escape(label)}{' ' + escape(heading) if heading else ''}</a></li>"
            for eid, kind, label, heading, depth in rows
        )
    )
