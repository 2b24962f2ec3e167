"""Rows that a revision names, without a query for each of them.

Stock code looks up every foreign key of every row that hangs on an item, to see whether it is
still there; here each kind of row is asked once, and what the item has read already not at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
    model_from_serializable_data,
)

#: What a revision says: values of fields, lists of keys, lists of rows that hang on the item.
Content = Mapping[str, object]


def many_at_hand(item: models.Model, content: Content) -> dict[str, list[models.Model]]:
    """Of fields for many those with one row, which the item refers to by another field and has
    read: the first issuer mostly is the only one."""
    cached = [
        field.get_cached_value(item)
        for field in item._meta.concrete_fields
        if field.is_relation and field.is_cached(item)
    ]
    known = {(type(one), one.pk): one for one in cached if one is not None}
    found = {}
    for relation in get_all_child_m2m_relations(type(item)):
        row = known.get((relation.related_model, *(content.get(relation.name) or ())))
        if row is not None:
            found[relation.name] = [row]
    return found


def hanging_rows(model: type[models.Model], content: Content) -> dict[str, list[models.Model]]:
    """Rows that hang on an item, with the rows that they refer to; one query for each kind of
    those. Where one of them is gone, stock code decides what follows."""
    found = {}
    for relation in get_all_child_relations(model):
        name, child = relation.get_accessor_name(), relation.related_model
        rows = content.get(name)
        if not rows or hasattr(child, "from_serializable_data"):  # with rows of its own beneath
            continue
        targets = {
            field: _named(field, rows)
            for field in child._meta.concrete_fields
            if field.remote_field and field != relation.field
        }
        if all(_all_there(field, rows, targets[field]) for field in targets):
            found[name] = [_built(child, row, targets) for row in rows]
    return found


def _named(field: models.Field, rows) -> dict[object, models.Model]:
    keys = {row[field.name] for row in rows if row.get(field.name) is not None}
    return field.related_model._default_manager.in_bulk(keys) if keys else {}


def _all_there(field: models.Field, rows, targets: Mapping[object, models.Model]) -> bool:
    keys = (row.get(field.name) for row in rows)
    return all(key is None or key in targets for key in keys)


def _built(child: type[models.Model], row, targets) -> models.Model:
    made = model_from_serializable_data(child, row, check_fks=False)
    for field, rows in targets.items():
        if row.get(field.name) is not None:
            setattr(made, field.name, rows[row[field.name]])
    return made
