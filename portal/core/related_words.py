"""The words of rows that a row refers to by several many-to-many fields, in one query."""

from __future__ import annotations

from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Window
from django.db.models.functions import Cast, RowNumber


def related_words(row: models.Model, *names: str) -> dict[str, list[str]]:
    """What ``str`` says of each related row, by field, in the order of its model.

    A related model whose words are not its ``name`` says by ``WORDS`` where SQL finds them. A draft
    has its related rows in memory, and nothing is asked.

    >>> related_words(work, "issuers", "fields")  # doctest: +SKIP
    {'issuers': ['Bộ Thử nghiệm'], 'fields': []}
    """
    words: dict[str, list[str]] = {name: [] for name in names}
    asked = []
    for name in names:
        rows = getattr(row, name).all()
        if isinstance(rows, QuerySet) and rows._result_cache is None:
            asked.append(_labelled(rows, name))
        else:
            words[name] = [str(one) for one in rows]
    if asked:
        first, *others = asked
        for name, _place, said in sorted(first.union(*others, all=True)):
            words[name].append(said)
    return words


def _labelled(rows: QuerySet, name: str) -> QuerySet:
    order = rows.query.order_by or rows.model._meta.ordering or ["pk"]
    said = getattr(rows.model, "WORDS", "name")
    return rows.order_by().values_list(
        Value(name, output_field=CharField()),
        Window(RowNumber(), order_by=list(order)),
        Cast(F(said) if isinstance(said, str) else said, CharField()),
    )
