"""Values of fields and blocks, with ids of this portal turned into names that hold everywhere.

``Names`` says what an id is called outside; ``Ids`` says what a name is here. A name is a list
``["page", uid]``, ``["picture", hash]``, ``["file", hash]`` in the place of the number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.rich_text import features as rich_text_features

from portal.pages.models import Attachment, Picture

#: sort of thing → model; the sorts stand in the package.
SORTS: dict[str, type[models.Model]] = {"page": Page, "picture": Picture, "file": Attachment}
_ANCHOR = re.compile(r'<a\b([^>]*\blinktype="(page|document)"[^>]*)>(.*?)</a>', re.DOTALL)
_EMBED = re.compile(r'<embed\b([^>]*\bembedtype="image"[^>]*)/?>')
_KEY = re.compile(r' data-block-key="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')
_LINK_SORTS = {"page": "page", "document": "file"}

#: (sort, value) → value on the other side; None where there is none.
Change = Callable[[str, Any], Any]


def sort_of(model: type[models.Model]) -> str:
    """The sort of a model that packages name; empty for all others."""
    return next((sort for sort, one in SORTS.items() if issubclass(model, one)), "")


def plain_fields(page) -> Iterator[models.Field]:
    """The fields that an approval of a page covers, but its unit, audience and place."""
    for name in page.FROZEN:
        if name not in ("unit_id", "audience", "slug"):
            yield page._meta.get_field(name)


def outward(page, field: models.Field, change: Change) -> Any:
    """A field of a page as JSON for the package."""
    if isinstance(field, StreamField):
        raw = json.loads(field.value_to_string(page))
        return stream(field.stream_block, raw, change, clean=False)
    value = field.value_from_object(page)
    if isinstance(field, models.ForeignKey):
        return change(sort_of(field.related_model), value) if value else None
    if isinstance(field, RichTextField):
        return rich_text(value, change)
    if value is None or isinstance(value, bool | int | str) or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(page)


def inward(page, field: models.Field, value: Any, change: Change) -> None:
    """Set a field of a page from the JSON of a package; nothing of it is trusted.

    Raises:
        ValueError, TypeError, django.core.exceptions.ValidationError: it is no such value.
    """
    if isinstance(field, StreamField):
        raw = stream(
            field.stream_block, value if isinstance(value, list) else [], change, clean=True
        )
        setattr(page, field.name, json.dumps(raw))
    elif isinstance(field, models.ForeignKey):
        found = change(sort_of(field.related_model), value) if value else None
        setattr(page, field.attname, found)
    elif isinstance(field, RichTextField):
        setattr(page, field.name, cleaned(rich_text(str(value or ""), change), field.features))
    elif isinstance(field, models.JSONField):
        setattr(page, field.name, value)
    elif isinstance(value, str | int | bool | None):
        setattr(page, field.name, field.to_python(value))
    else:
        raise ValueError(field.name)


# --- blocks -------------------------------------------------------------------------------------


def stream(block: blocks.BaseStreamBlock, raw: list, change: Change, *, clean: bool) -> list[dict]:
    """Blocks of a stream on the other side; what is no block of it, or lost what it must have, is
    left out."""
    found = []
    for one in raw:
        kind = one.get("type") if isinstance(one, dict) else None
        child = block.child_blocks.get(kind)
        if child is None:
            continue
        value = _value(child, one.get("value"), change, clean)
        if value is not _LOST:
            found.append({"type": kind, "value": value} | _ids(one))
    return found


def _ids(one: dict) -> dict[str, str]:
    """The id of a block is kept: remarks of a review point at it."""
    mark = one.get("id")
    return {"id": mark} if isinstance(mark, str) and re.fullmatch(r"[0-9a-f-]{1,40}", mark) else {}


_LOST = object()


def _value(block: blocks.Block, value: Any, change: Change, clean: bool) -> Any:
    if isinstance(block, blocks.BaseStreamBlock):
        return stream(block, value if isinstance(value, list) else [], change, clean=clean)
    if isinstance(block, blocks.BaseStructBlock):
        return _struct(block, value if isinstance(value, dict) else {}, change, clean)
    if isinstance(block, blocks.ListBlock):
        rows = (_item(one) for one in value) if isinstance(value, list) else ()
        made = (_value(block.child_block, one, change, clean) for one in rows)
        return [one for one in made if one is not _LOST]
    sort = _chosen(block)
    if sort:
        found = change(sort, value) if value else None
        return _LOST if found is None and block.required and value else found
    if isinstance(block, blocks.RichTextBlock):
        html = rich_text(str(value or ""), change)
        return cleaned(html, block.features) if clean else html
    return value if not clean else _plain(block, value)


def _struct(block: blocks.BaseStructBlock, value: dict, change: Change, clean: bool) -> Any:
    made = {}
    for name, child in block.child_blocks.items():
        one = _value(child, value.get(name), change, clean)
        if one is _LOST:
            return _LOST
        made[name] = one
    return made


def _item(one: Any) -> Any:
    """Items of lists come bare or with type and id."""
    return one["value"] if isinstance(one, dict) and one.get("type") == "item" else one


def _chosen(block: blocks.Block) -> str:
    if isinstance(block, ImageChooserBlock):
        return "picture"
    if isinstance(block, DocumentChooserBlock):
        return "file"
    return "page" if isinstance(block, blocks.PageChooserBlock) else ""


def _plain(block: blocks.Block, value: Any) -> Any:
    """A value without structure, as its block reads and writes it."""
    return block.get_prep_value(block.to_python(value))


# --- rich text ----------------------------------------------------------------------------------


def rich_text(html: str, change: Change) -> str:
    """Rich text with the ids in its links and pictures on the other side. A link without a target
    leaves its words."""

    def link(match: re.Match[str]) -> str:
        attributes, kind, words = match.groups()
        found = _renamed(attributes, _LINK_SORTS[kind], change)
        return words if found is None else f"<a{found}>{words}</a>"

    def embed(match: re.Match[str]) -> str:
        found = _renamed(match[1], "picture", change)
        return "" if found is None else f"<embed{found}/>"

    return _EMBED.sub(embed, _ANCHOR.sub(link, html))


def _renamed(attributes: str, sort: str, change: Change) -> str | None:
    mark = _ID.search(attributes)
    if mark is None:
        return None
    said = mark[1].partition(":")[2].split(":") if mark[1].startswith("name:") else mark[1]
    found = change(sort, [sort, *said] if isinstance(said, list) else said)
    if found is None:
        return None
    text = f"name:{found[1]}" if isinstance(found, list) else str(found)
    return attributes[: mark.start(1)] + text + attributes[mark.end(1) :]


def cleaned(html: str, features: list[str] | None) -> str:
    """Rich text as the editor itself would have written it: whatever its features don't know is
    gone, scripts and styles among them."""
    names = features if features is not None else rich_text_features.get_default_features()
    converter = ContentstateConverter(names)
    made = converter.to_database_format(converter.from_database_format(html))
    known = set(_KEY.findall(html))  # blocks without a mark would get another one each time
    return _KEY.sub(lambda match: match[0] if match[1] in known else "", made)


def same(_sort: str, value: Any) -> Any:
    """The change that changes nothing: values keep the ids of this portal."""
    return value


def settle(page) -> None:
    """Put the fields of a page into the form in which they would come in, so that what says the
    same is the same."""
    for field in plain_fields(page):
        inward(page, field, outward(page, field, same), same)
