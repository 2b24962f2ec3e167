"""What a reader may be about to type: numbers, laws, issuers, fields, topics.

Names stand in a frozen book in the process, made of public things only; numbers are looked up in
the database by prefix, under the visibility of whoever types.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Count, Q

from legal_docs.models import LegalDocument
from legal_docs.models.legal_document import LegalDocumentKeyword
from legal_docs.numbering import parse, parse_query
from legal_docs.works import kinds
from portal.core.text import clean, fold, has_marks, slugify, squash_spaces, syllable_key, syllables
from portal.editorial.ledger import newest_number
from portal.organisations.audience import PUBLIC, Audience
from search.lexicon import lexicon
from search.reference import law_nicknames
from search.understanding import Lexicon

LIMIT: Final = 8
#: A book is written anew after a publication, but not more often than this.
KEPT_SECONDS: Final = 60.0
#: Numbers, however many documents share their beginning, leave room for names.
_NUMBERS: Final = 5
_READ: Final = 30
_LONGEST: Final = 100
_TOPICS: Final = 3000
_NUMBER: Final = re.compile(r"\d[^\s]{0,40}$")
_MOST_WORDS_BEFORE_NUMBER: Final = 4
_ORDER: Final = {"law": 0, "issuer": 1, "field": 2, "topic": 3}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``value`` goes into the search bar, ``hint`` tells two alike apart."""

    kind: str
    value: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name as it may be typed: its words folded and keyed, and short forms of it."""

    suggestion: Suggestion
    folded: str
    keys: tuple[str, ...]
    short: tuple[str, ...]
    weight: int

    @classmethod
    def of(cls, kind: str, name: str, hint: str, weight: int, short: Iterable[str] = ()) -> _Entry:
        words = syllables(name)
        return cls(
            Suggestion(kind, name, hint),
            " " + " ".join(fold(word) for word in words),
            tuple(syllable_key(word) for word in words),
            tuple(" ".join(fold(word) for word in syllables(one)) for one in short),
            weight,
        )


@dataclass(frozen=True, slots=True)
class Book:
    """All names by the first two letters of each word, with what they were made of and when."""

    shelves: Mapping[str, tuple[_Entry, ...]]
    lexicon: Lexicon
    stamp: int
    written: float

    @classmethod
    def of(cls, entries: Iterable[_Entry], words: Lexicon, stamp: int) -> Book:
        """A book of these names."""
        shelves: dict[str, list[_Entry]] = {}
        for entry in entries:
            starts = {word[:2] for word in (*entry.folded.split(), *entry.short)}
            for start in starts | {start[:1] for start in starts}:
                shelves.setdefault(start, []).append(entry)
        frozen = {start: tuple(found) for start, found in shelves.items()}
        return cls(frozen, words, stamp, time.monotonic())

    def like(self, typed: str, limit: int = LIMIT) -> list[Suggestion]:
        """Names that have what was typed at the beginning of a word; best first."""
        words = syllables(typed)
        if not words:
            return []
        folded = " ".join(fold(word) for word in words)
        wanted = [syllable_key(word) for word in words[:-1]] if has_marks(typed) else []
        found = []
        for entry in self.shelves.get(folded.split()[0][:2], ()):
            at = entry.folded.find(" " + folded)
            if at < 0:
                if not any(short.startswith(folded) for short in entry.short):
                    continue
                at = 0
            elif wanted and not _spelled(entry, at, wanted, words):
                continue
            rank = (at > 0, _ORDER[entry.suggestion.kind], -entry.weight, len(entry.folded))
            found.append((rank, entry.suggestion))
        found.sort(key=lambda one: one[0])
        return [suggestion for _rank, suggestion in found[:limit]]


def _spelled(entry: _Entry, at: int, wanted: list[str], words: list[str]) -> bool:
    """Whether the finished words have the marks that were typed; the last may be half typed."""
    first = entry.folded.count(" ", 0, at + 1) - 1
    own = entry.keys[first : first + len(wanted)]
    return all(
        key == mine or not has_marks(word)
        for key, mine, word in zip(wanted, own, words, strict=False)
    )


_kept: Book | None = None
_lock = threading.Lock()


def book() -> Book:
    """The present book; written anew when names or publications changed, not at every one."""
    global _kept
    words, stamp = lexicon(), newest_number()
    kept = _kept
    if kept is not None and _stands(kept, words, stamp):
        return kept
    with _lock:
        if _kept is None or not _stands(_kept, words, stamp):
            _kept = Book.of(_entries(words), words, stamp)
        return _kept


def forget() -> None:
    """Write the book anew at the next question."""
    global _kept
    _kept = None


def _stands(kept: Book, words: Lexicon, stamp: int) -> bool:
    same = kept.lexicon is words and kept.stamp == stamp
    return same or time.monotonic() - kept.written < KEPT_SECONDS


def _entries(words: Lexicon) -> Iterator[_Entry]:
    nicknames: dict[str, list[str]] = {}
    for said, names in law_nicknames():
        for name in names:
            nicknames.setdefault(fold(name), []).append(said)
    laws: dict[str, str] = {}
    for number, name in words.titles.items():
        laws.setdefault(name, number)
    for name, number in laws.items():
        short = [*_short_forms(name), *nicknames.get(fold(name), ())]
        yield _Entry.of("law", name, number, 1, short)
    for name, abbreviation, count in _issuers():
        yield _Entry.of("issuer", name, "", count, [abbreviation] if abbreviation else [])
    fields = _fields()
    for name, count in fields:
        yield _Entry.of("field", name, "", count)
    known = {fold(name) for name, _count in fields}
    for name, count in _topics():
        if fold(name) not in known:
            yield _Entry.of("topic", name, "", count)


def _short_forms(name: str) -> Iterator[str]:
    """“Luật Đất đai” → "lđđ", "luật đđ"."""
    words = syllables(name)
    head = 2 if fold(name).startswith(("bo luat", "phap lenh")) else 1
    if len(words) - head >= 2:
        initials = "".join(word[0] for word in words[head:])
        yield "".join(word[0] for word in words[:head]) + initials
        yield f"{' '.join(words[:head])} {initials}"


def _issuers() -> list[tuple[str, str, int]]:
    """Agencies of which strangers can read something, with how much."""
    found: dict[tuple[str, str], int] = {}
    for kind in kinds():
        rows = (
            kind.model.objects.visible_to(PUBLIC)
            .order_by()
            .values_list("lead_issuer__name", "lead_issuer__abbreviation")
            .annotate(count=Count("pk"))
        )
        for name, abbreviation, count in rows:
            found[name, abbreviation] = found.get((name, abbreviation), 0) + count
    return [(name, abbreviation, count) for (name, abbreviation), count in found.items()]


def _fields() -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for kind in kinds():
        column = f"{kind.model._meta.model_name}__in"
        visible = kind.model.objects.visible_to(PUBLIC).order_by().values("pk")
        rows = kind.model.fields.through.objects.filter(**{column: visible})
        for name, count in rows.values_list("field__name").annotate(count=Count("pk")):
            found[name] = found.get(name, 0) + count
    return list(found.items())


def _topics() -> list[tuple[str, int]]:
    """Keywords of public documents, the most frequent ones."""
    visible = LegalDocument.objects.visible_to(PUBLIC).order_by().values("pk")
    rows = LegalDocumentKeyword.objects.filter(content_object__in=visible)
    counted = rows.values_list("tag__name").annotate(count=Count("pk")).order_by("-count")
    return list(counted[:_TOPICS])


def suggestions(typed: str, audience: Audience, limit: int = LIMIT) -> list[Suggestion]:
    """Numbers first, then names."""
    typed = squash_spaces(clean(typed[: 4 * _LONGEST]))[:_LONGEST]
    if not typed:
        return []
    numbers = list(_numbers(typed, audience))
    return [*numbers, *book().like(typed, limit - len(numbers))]


def _numbers(typed: str, audience: Audience) -> Iterator[Suggestion]:
    found = _NUMBER.search(typed)
    if found is None or len(typed[: found.start()].split()) > _MOST_WORDS_BEFORE_NUMBER:
        return
    prefixes = _prefixes(found.group())
    if not prefixes:
        return
    partial = parse_query(typed)
    rows = []
    for kind in kinds():
        visible = kind.model.objects.visible_to(audience).filter(prefixes).exclude(number="")
        rows += visible.select_related("type").order_by("-issued", "-pk")[:_READ]
    rows.sort(key=lambda row: (row.issued is not None, row.issued), reverse=True)
    if partial is not None:
        numbers = {row.pk: parse(row.number) for row in rows}
        fitting = [row for row in rows if (n := numbers[row.pk]) and partial.matches(n)]
        rows = fitting or rows
    for row in rows[:_NUMBERS]:
        yield Suggestion("number", row.title_short, row.short_subject)


def _prefixes(typed: str) -> Q | None:
    """Keys that begin like a number; a serial of one or two digits is taken as finished."""
    key = slugify(typed)
    serial, dash, rest = key.partition("-")
    if not serial[:1].isdigit():
        return None
    plain = serial.lstrip("0") or "0"
    end = "-" if dash or len(serial) < 3 else ""
    condition = Q()
    for spelled in dict.fromkeys((plain, f"0{plain}", serial)):
        prefix = f"{spelled}{end}{rest}"
        one = Q(number_key__startswith=prefix)
        if connection.vendor == "sqlite":  # its LIKE uses no index, a range does
            one &= Q(number_key__gte=prefix, number_key__lt=f"{prefix}~")
        condition |= one
    return condition
