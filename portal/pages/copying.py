"""How pages of every kind are copied, laid side by side and written again (``CopyRules`` of
``portal.editorial.working_copies``, which says who may do it and when): by field, and by block.

A copy stands under a page of its own beside the home page, outside the site: so it is on no menu,
in no count of a section, in the way of no address, and whoever moves, orders or deletes a section
never meets it. Its rights follow from its unit as those of every page do; the address of a copy is
its own and says nothing about that of its original. Pages under the original stay there: a copy is
of one page.

Which fields there are is said by ``FROZEN`` and ``MANY_FIELDS``, as for an approval. Blocks are the
same where their ids are, and where a block got another id but says the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.text import capfirst
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page

from portal.editorial.freezing import canonical
from portal.editorial.merging import Conflict, Node, Tree, merge_trees, merge_values
from portal.editorial.models import WorkingCopy
from portal.editorial.working_copies import apart, joined

from . import freezing
from .addresses import COPIES, free_slug

#: What is no choice: the class, files (they follow from the blocks), the address.
_NOT_MERGED = ("class", "files", "slug")


@dataclass(frozen=True, slots=True)
class Merge:
    """``from_copy``: fields that the copy's value is taken of; ``bodies``: blocks by field."""

    from_copy: tuple[str, ...]
    bodies: dict[str, list[dict]]
    conflicts: list[Conflict]
    seen: str
    labels: dict[str, str] = field(default_factory=dict)


def copied(original, user):
    """A draft with all that is live of the page, and what its fields and blocks are now."""
    live = type(original)._default_manager.get(pk=original.pk)
    place = _folder()
    attributes = {
        "working_copy_of": live, "slug": free_slug(place, live.slug),
        "locked": False, "locked_at": None, "locked_by": None,
    }  # fmt: skip
    action = CopyPageAction(
        live, to=place, update_attrs=attributes, copy_revisions=False, keep_live=False, user=user
    )
    made = action.execute(skip_permission_checks=True)
    return made, _side(made.get_latest_revision_as_object())


def merged(original, copy, row: WorkingCopy, choices: Mapping[str, str]) -> Merge:
    """What the draft of the original would say if the copy were brought in with these choices."""
    base = row.start
    theirs = _side(original.get_latest_revision_as_object())
    mine = _side(copy.get_latest_revision_as_object())
    sides = [joined(one["fields"]) for one in (base, theirs, mine)]
    values, conflicts = merge_values(*sides, choices, "fields:")
    values = apart(values)
    taken = tuple(
        name for name in {**theirs["fields"], **mine["fields"]}
        if values.get(name) != theirs["fields"].get(name)
    )  # fmt: skip
    bodies, labels = {}, {}
    for name in mine["bodies"]:
        blocks = [one["bodies"].get(name, []) for one in (base, theirs, mine)]
        bodies[name], found, said = _merge_blocks(name, *blocks, choices)
        conflicts += found
        labels |= _labels(copy, name, said)
    seen = hashlib.sha256(canonical({"sides": [base, theirs, mine]}).encode()).hexdigest()
    return Merge(taken, bodies, conflicts, seen, labels)


def take_over(draft, copy, merge: Merge) -> None:
    """Set what the merge takes of the copy in the draft of the original."""
    mine = copy.get_latest_revision_as_object()
    many = ("audience_units", *freezing.many_fields(draft))
    for name in merge.from_copy:
        if name in many:
            getattr(draft, name).set(_rows(mine, name))
        else:
            model_field = draft._meta.get_field(name)
            setattr(draft, model_field.attname, getattr(mine, model_field.attname))
    for name, blocks in merge.bodies.items():
        setattr(draft, name, json.dumps(blocks))


def words_of(page, place: str, value: Node) -> str:
    """What a block says, as plain text."""
    stream = page._meta.get_field(place.partition(":")[0]).stream_block
    (block,) = stream.to_python([json.loads(value.head)])
    return freezing.text_of_block(block)


# --- inside -------------------------------------------------------------------------------------


def _folder() -> Page:
    """The page under which copies stand; made when the first copy is."""
    root = Page.objects.select_for_update().filter(depth=1).order_by("path").first()
    found = Page.objects.filter(depth=2, slug=COPIES, path__startswith=root.path).first()
    return found or root.add_child(instance=Page(title="Bản làm việc", slug=COPIES, live=False))


def _rows(page, name: str) -> list:
    """The related rows of a field; of tags their names."""
    return [getattr(one, "name", one) if name != "audience_units" else one
            for one in getattr(page, name).all()]  # fmt: skip


def _side(page) -> dict[str, dict]:
    """Fields and blocks of a page as JSON values; blocks keep their ids."""
    streams = freezing.stream_fields(page)
    left_out = {*_NOT_MERGED, *(one.name for one in streams)}
    fields = {name: value for name, value in page.frozen_content().items() if name not in left_out}
    side = {
        "fields": fields,
        "bodies": {one.name: freezing.blocks_of(one, page) for one in streams},
    }
    return json.loads(canonical(side))


def _merge_blocks(name, base, theirs, mine, choices):
    """The blocks of a field merged: (blocks, conflicts, one block for each id)."""
    theirs, mine = _same_ids(base, theirs), _same_ids(base, mine)
    raw = {(one["id"], _said(one)): one for side in (base, mine, theirs) for one in side}
    trees = [_tree(side) for side in (base, theirs, mine)]
    nodes, conflicts, order = merge_trees(*trees, choices, f"{name}:")
    blocks = [raw[key, node.head] for key, node in nodes.items()]
    return blocks, [*conflicts, *order], {key: one for (key, _head), one in raw.items()}


def _tree(blocks: list[dict]) -> Tree:
    return {one["id"]: Node("", _said(one)) for one in blocks}


def _said(block: dict) -> str:
    """What a block says: its kind and value, without the ids within it."""
    return canonical({"type": block["type"], "value": freezing.without_ids(block["value"])})


def _same_ids(base: list[dict], side: list[dict]) -> list[dict]:
    """A block that says what a block of the base said, and whose id is new, is that block."""
    there = {one["id"] for one in side}
    lost: dict[str, list[str]] = {}
    for one in base:
        if one["id"] not in there:
            lost.setdefault(_said(one), []).append(one["id"])
    known = {one["id"] for one in base}

    def named(one: dict) -> dict:
        waiting = lost.get(_said(one)) if one["id"] not in known else None
        return one | {"id": waiting.pop(0)} if waiting else one

    return [named(one) for one in side]


def _labels(page, name: str, blocks: Mapping[str, dict]) -> dict[str, str]:
    return dict(_named(page._meta.get_field(name), blocks))


def _named(model_field, blocks: Mapping[str, dict]) -> Iterator[tuple[str, str]]:
    kinds = model_field.stream_block.child_blocks
    for number, (key, one) in enumerate(blocks.items(), 1):
        kind = kinds.get(one["type"])
        label = capfirst(str(kind.label)) if kind else one["type"]
        yield (
            f"{model_field.name}:{key}",
            f"{capfirst(str(model_field.verbose_name))} – {label} {number}",
        )
