"""What a page says, for approval, review and checks, read from its fields and blocks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.rich_text import get_text_for_indexing

from portal.core.related_words import related_words
from portal.editorial.facts import Facts, Passage
from portal.editorial.pieces import Piece


def content_of(page) -> dict[str, object]:
    """Everything an approval of a page covers, as JSON values.

    The ids of blocks are addresses within the editor and say nothing to a reader; the bytes of
    pictures and files are covered by their checksums.
    """
    content: dict[str, object] = {"class": page._meta.label_lower}
    for name in page.FROZEN:
        value = _value(page, name)
        if value or name not in page.FROZEN_WHEN_SET:
            content[name] = value
    content["audience_units"] = sorted(unit.pk for unit in page.audience_units.all())
    for name in many_fields(page):
        content[name] = sorted(getattr(one, "name", one.pk) for one in getattr(page, name).all())
    content["files"] = sorted(f"{kind}:{sha}" for kind, sha, *_rest in _files(page))
    return content


def facts_of(page) -> Facts:
    """Attributes, blocks and files of a page, in their order."""
    attributes, passages = [], []
    many = ("audience_units", *many_fields(page))
    words = related_words(page, *many)
    for name in (*page.FROZEN, *many):
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            passages += list(_passages(page, field))
        else:
            label = capfirst(str(field.verbose_name))
            shown = ", ".join(words[name]) if name in words else _shown(page, field)
            attributes.append(Passage(f"field:{field.name}", label, shown))
    files = tuple(Passage(f"file:{sha}", title, size) for _k, sha, title, size, _r in _files(page))
    return Facts(tuple(attributes), tuple(passages), files)


def pieces_of(page) -> Iterator[Piece]:
    """The same as checks read it: blocks with their HTML."""
    facts = facts_of(page)
    for one in facts.attributes:
        yield Piece(one.place, one.label, one.text)
    for field in stream_fields(page):
        for place, label, block in _blocks(page, field):
            yield Piece(place, label, text_of_block(block), html=_html(block))


def rendered(page) -> list[tuple[str, str]]:
    """The body as readers see it: (label, HTML)."""
    return [
        (capfirst(str(field.verbose_name)), "".join(_html(b) for _p, _l, b in _blocks(page, field)))
        for field in stream_fields(page)
    ]


def file_of(page, sha256: str):
    """A file of the page for who reviews it: (stored file, name, media type); None otherwise."""
    for _kind, sha, _title, _size, row in _files(page):
        if sha == sha256:
            return row.file, row.filename, getattr(row, "content_type", "image")
    return None


def redact(page, strings: Collection[str], mark: str) -> int:
    """Put ``mark`` in the place of these strings in all texts of the page; how often."""
    count = 0

    def cleaned(value):
        nonlocal count
        if isinstance(value, str):
            for one in strings:
                count += value.count(one)
                value = value.replace(one, mark)
        elif isinstance(value, list):
            value = [cleaned(one) for one in value]
        elif isinstance(value, dict):
            value = {key: cleaned(one) for key, one in value.items()}
        return value

    for name in page.FROZEN:
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            raw = json.loads(field.value_to_string(page))
            setattr(page, name, json.dumps(cleaned(raw)))
        elif isinstance(field, models.CharField | models.TextField) and name != "slug":
            setattr(page, name, cleaned(getattr(page, name)))
    return count


# --- inside -------------------------------------------------------------------------------------


def _value(page, name: str) -> object:
    field = page._meta.get_field(name)
    if isinstance(field, StreamField):
        return without_ids(blocks_of(field, page))
    value = getattr(page, name)
    if value is None or isinstance(value, bool | int | str):
        return value
    return field.value_to_string(page)


def blocks_of(field: StreamField, page) -> list:
    """The blocks as they are saved once they were read: a block that nobody touched yet keeps the
    form in which it came, and both are the same content."""
    value = field.to_python(field.value_to_string(page))
    for block in value:
        block.value  # noqa: B018 - reading it is what makes it normal
    return json.loads(json.dumps(field.get_prep_value(value), default=str))


def without_ids(value):
    if isinstance(value, list):
        return [without_ids(one) for one in value]
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        return {k: without_ids(v) for k, v in value.items() if not (is_block and k == "id")}
    return value


def stream_fields(page) -> list[StreamField]:
    fields = (page._meta.get_field(name) for name in page.FROZEN)
    return [field for field in fields if isinstance(field, StreamField)]


def many_fields(page) -> tuple[str, ...]:
    return getattr(page, "MANY_FIELDS", ())


def _blocks(page, field) -> Iterator[tuple[str, str, object]]:
    """(place, label, block) of the top blocks of a field; places count, as ids may be new."""
    for number, block in enumerate(getattr(page, field.name), 1):
        label = f"{capfirst(str(block.block.label))} {number}"
        yield f"block:{field.name}-{block.id or number}", label, block


def _passages(page, field) -> Iterator[Passage]:
    for place, label, block in _blocks(page, field):
        yield Passage(place, label, text_of_block(block))


def _html(block) -> str:
    return str(block.render({"reviewing": True}))


def text_of_block(block) -> str:
    return " ".join(get_text_for_indexing(_html(block)).split())


def _shown(page, field) -> str:
    if isinstance(field, RichTextField):
        return get_text_for_indexing(getattr(page, field.name))
    if field.choices:
        return str(getattr(page, f"get_{field.name}_display")())
    value = getattr(page, field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _files(page) -> Iterator[tuple[str, str, str, str, object]]:
    """(kind, checksum, title, size, row) of the pictures and files that the page uses."""
    wanted: dict[type, set[str]] = {get_image_model(): set(), get_document_model(): set()}
    for name in page.FROZEN:
        field = page._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and field.related_model in wanted:
            if value := getattr(page, field.attname):
                wanted[field.related_model].add(str(value))
        elif hasattr(field, "extract_references"):
            for model, pk, *_path in field.extract_references(field.value_from_object(page)):
                if model in wanted:
                    wanted[model].add(str(pk))
    for model, kind in ((get_image_model(), "picture"), (get_document_model(), "file")):
        rows = model.objects.filter(pk__in=wanted[model]) if wanted[model] else ()
        for row in rows:
            sha = row.sha256 if kind == "file" else row.file_hash
            yield kind, sha, row.title, _size(row), row


def _size(row) -> str:
    size = row.file_size or 0
    return f"{size / 1024:.0f} KB"
