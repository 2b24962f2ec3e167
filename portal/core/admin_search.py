"""Search boxes over plain tables of the admin: every word of the query, with or without accents.

For registers and accounts, some thousands of rows at most; quotes and signs are spaces.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from portal.core.text import slugify

#: As many keys as any database takes in one query.
MOST = 30_000


def with_words(queryset: QuerySet, fields: Iterable[str], query: str) -> QuerySet:
    """Those rows of ``queryset`` whose fields together have every word of ``query``."""
    words = [word for word in slugify(query or "").split("-") if word]
    if not words:
        return queryset
    rows = queryset.order_by().values_list("pk", *fields)
    found = []
    for pk, *values in rows.iterator():
        text = slugify(" ".join(str(value) for value in values if value))
        if all(word in text for word in words):
            found.append(pk)
    return queryset.filter(pk__in=found[:MOST])


class FoldedSearch(BaseSearchHandler):
    """What a register of wagtail-modeladmin searches with."""

    def search_queryset(self, queryset: QuerySet, search_term: str, **kwargs) -> QuerySet:
        return with_words(queryset, self.search_fields, search_term)

    @property
    def show_search_form(self) -> bool:
        return bool(self.search_fields)
