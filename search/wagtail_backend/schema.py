"""What Wagtail's own index holds of an object: its words, field by field.

One schema serves all models, because the name of the field stands in the term: ``title:luât.``.
Filters, order and facets are the database's, which knows them exactly; here are only words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import tantivy
from django.db import models
from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, Indexed, RelatedFields, SearchField

from portal.core.text import fold, syllable_key, syllables

# Raise it with every change of fields or terms: an index of another version counts as none.
SCHEMA_VERSION: Final = 1
EXACT: Final = "exact"
FOLDED: Final = "folded"
BEGUN_EXACT: Final = "begun_exact"
BEGUN_FOLDED: Final = "begun_folded"
LONGEST_BEGINNING: Final = 16
# Between two values of one field, so that no phrase runs from one into the other.
_GAP: Final = "\x1f"
_TONES: Final = "'`~?."


def build_schema() -> tantivy.Schema:
    """Return the schema of the index."""
    builder = tantivy.SchemaBuilder()
    for name in ("key", "type"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pk", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", fast=True)
    for name in (EXACT, FOLDED):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (BEGUN_EXACT, BEGUN_FOLDED):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def label_of(model: type[models.Model]) -> str:
    """Return the term under which all objects of a model, and of those that inherit, stand."""
    return str(model._meta.label_lower)


def key_of(item: models.Model) -> str:
    """Return the term of one object; an object has one through all models that it is of."""
    return f"{get_model_root(type(item))._meta.label_lower}:{item.pk}"


def document(item: models.Model) -> tantivy.Document:
    """Return the object as a document of the index."""
    texts, beginnings = _Words(), _Words()
    _collect(type(item), item, "", texts, beginnings)
    number = item.pk if isinstance(item.pk, int) and item.pk >= 0 else -1
    return tantivy.Document(
        key=key_of(item),
        type=[label_of(model) for model in _models_of(type(item))],
        pk=str(item.pk),
        number=number,
        exact=" ".join(texts.exact()),
        folded=" ".join(texts.folded()),
        begun_exact=" ".join(beginnings.begun_exact()),
        begun_folded=" ".join(beginnings.begun_folded()),
    )


def searched(model: type[models.Model]) -> dict[str, float]:
    """Return name → boost of the searched fields of a model, with those of related models."""
    return dict(_fields(model.get_search_fields(), "", SearchField))


def completed(model: type[models.Model]) -> dict[str, float]:
    """Return the names of the fields in which beginnings of words are found."""
    return dict(_fields(model.get_search_fields(), "", AutocompleteField))


def bare_tone(key: str) -> str:
    """Return the key of a syllable without its tone, as it stands while it is being typed.

    >>> bare_tone("giây'")
    'giây'
    """
    return key.rstrip(_TONES)


def _fields(
    fields: Iterable[Any], prefix: str, wanted: type[SearchField] | type[AutocompleteField]
) -> Iterator[tuple[str, float]]:
    for field in fields:
        if isinstance(field, RelatedFields):
            yield from _fields(field.fields, f"{prefix}{field.field_name}.", wanted)
        elif isinstance(field, wanted):
            yield f"{prefix}{field.field_name}", float(getattr(field, "boost", None) or 1.0)


def _models_of(model: type[models.Model]) -> list[type[models.Model]]:
    return [
        base
        for base in model.__mro__
        if issubclass(base, Indexed) and issubclass(base, models.Model) and not base._meta.abstract
    ]


@dataclass(slots=True)
class _Value:
    field: str
    words: list[str]


class _Words:
    """The words of an object by field, in the four forms of the index."""

    def __init__(self) -> None:
        self._values: list[_Value] = []

    def add(self, field: str, value: object) -> None:
        for text in _texts(value):
            if words := syllables(text):
                self._values.append(_Value(field, words))

    def exact(self) -> Iterator[str]:
        return self._in_order(syllable_key)

    def folded(self) -> Iterator[str]:
        return self._in_order(fold)

    def begun_exact(self) -> Iterator[str]:
        for field, word, beginning in self._beginnings():
            bare = bare_tone(syllable_key(beginning))
            tone = syllable_key(word)[len(bare_tone(syllable_key(word))) :]
            # As it is typed: before the tone, with it, and with it on another letter (hò → hoà).
            forms = {syllable_key(beginning), bare, bare + tone}
            yield from (f"{field}:{form}" for form in sorted(forms))

    def begun_folded(self) -> Iterator[str]:
        return (f"{field}:{fold(beginning)}" for field, _, beginning in self._beginnings())

    def _in_order(self, form: Any) -> Iterator[str]:
        for value in self._values:
            yield from (f"{value.field}:{form(word)}" for word in value.words)
            yield _GAP

    def _beginnings(self) -> Iterator[tuple[str, str, str]]:
        for value in self._values:
            for word in value.words:
                for size in range(1, min(len(word), LONGEST_BEGINNING) + 1):
                    yield value.field, word, word[:size]


def _texts(value: object) -> Iterator[str]:
    if value is None:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, models.Manager | models.QuerySet):
        yield from (str(item) for item in value.all())
    elif isinstance(value, Iterable):
        for item in value:
            yield from _texts(item)
    else:
        yield str(value)


def _collect(
    model: type[models.Model],
    item: models.Model,
    prefix: str,
    texts: _Words,
    beginnings: _Words,
    fields: Iterable[Any] | None = None,
) -> None:
    for field in model.get_search_fields() if fields is None else fields:
        if isinstance(field, RelatedFields):
            related = field.get_value(item)
            inside = f"{prefix}{field.field_name}."
            for one in _related(related):
                _collect(type(one), one, inside, texts, beginnings, field.fields)
        elif isinstance(field, SearchField):
            texts.add(f"{prefix}{field.field_name}", field.get_value(item))
        elif isinstance(field, AutocompleteField):
            beginnings.add(f"{prefix}{field.field_name}", field.get_value(item))


def _related(value: Any) -> Iterable[models.Model]:
    if value is None:
        return ()
    if isinstance(value, models.Manager | models.QuerySet):
        found: Iterable[models.Model] = value.all()
        return found
    return (value,)
