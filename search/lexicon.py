"""The lexicon of public names, read from the database and kept until one of its sources changes.

Three parts have stamps of their own, so that a publication does not build anew what it did not
touch: laws (the ledger), words (the lists of editors), names of agencies and fields (a clock).
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from legal_docs.models import DocumentType, Field, LegalDocument
from legal_docs.models.validity_interval import BEGINNING, ValidityInterval
from legal_docs.numbering.vocabulary import ISSUERS
from legal_docs.validity import Status
from portal.core.text import fold, syllables
from portal.editorial.models import PublicationRecord
from portal.organisations.audience import PUBLIC
from portal.organisations.models import Kind, Level, Organisation, OrganisationName, Succession
from search.models import NeverEqual, WordPair
from search.reference import law_nicknames, rows
from search.understanding.language import LanguageModel
from search.understanding.lexicon import LawRow, Lexicon
from search.understanding.names import FIELD, ISSUER, LEVEL, PROVINCE, TYPE, Name
from search.understanding.synonyms import Synonyms

NAMED_TYPES: Final = ("hien-phap", "bo-luat", "luat", "phap-lenh")
NAMES_KEPT_SECONDS: Final = 300
#: Learned from the official codification of 2023; counts of syllables and pairs, no texts.
BASE_LANGUAGE: Final = Path(__file__).parent / "ranking" / "weights" / "language.npz"
_LEVEL_WORDS: Final = {
    Level.CENTRAL: ("trung ương", "cấp trung ương"),
    Level.PROVINCE: ("cấp tỉnh", "tỉnh", "địa phương cấp tỉnh"),
    Level.DISTRICT: ("cấp huyện", "huyện"),
    Level.COMMUNE: ("cấp xã", "xã"),
}
_AFTER_NAME: Final = re.compile(
    r"\s*(?:\(.*|,?\s*(?:số\s*)?\d+/.*|\s+(?:năm\s+)?(?:19|20)\d\d$)", re.IGNORECASE
)
_lock = threading.Lock()
_kept: _Kept | None = None


@dataclass(frozen=True, slots=True)
class _Stamps:
    """What the sources look like now."""

    ledger: int
    words: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A lexicon with what it was built from and when."""

    lexicon: Lexicon
    stamps: _Stamps
    model: tuple[float, int]
    laws: tuple[LawRow, ...]
    names: tuple[Name, ...]
    named_at: float

    def fits(self, stamps: _Stamps, model: tuple[float, int]) -> bool:
        """Whether it is still what the sources say."""
        return (self.stamps, self.model) == (stamps, model) and self.is_named_lately

    @property
    def is_named_lately(self) -> bool:
        return time.monotonic() - self.named_at < NAMES_KEPT_SECONDS


def lexicon() -> Lexicon:
    """The present lexicon; one small query when nothing changed."""
    return with_newest()[0]


def with_newest() -> tuple[Lexicon, int]:
    """The present lexicon and the number of the ledger's newest line, in the same query."""
    global _kept
    stamps, model = _stamps(), _model_stamp()
    kept = _kept
    if kept is not None and kept.fits(stamps, model):
        return kept.lexicon, stamps.ledger
    with _lock:
        if _kept is None or not _kept.fits(stamps, model):
            _kept = _renewed(_kept, stamps, model)
        return _kept.lexicon, stamps.ledger


def build() -> Lexicon:
    """Read everything anew."""
    return _renewed(None, _stamps(), _model_stamp()).lexicon


def model_path() -> Path:
    """Where ``search_train`` puts the language model."""
    return Path(settings.SEARCH_INDEX_DIR) / "model" / "language.npz"


def _model_in_use() -> Path:
    """The portal's own model, or the one that it comes with."""
    own = model_path()
    return own if own.exists() else BASE_LANGUAGE


def _stamps() -> _Stamps:
    """Newest line of the ledger, size and last change of each list of words, newest names."""
    ledger = PublicationRecord._meta.db_table
    parts = [f"(SELECT MAX(number) FROM {ledger})"]
    for model in (WordPair, NeverEqual):
        table = model._meta.db_table
        parts += [f"(SELECT COUNT(*) FROM {table})", f"(SELECT MAX(changed_at) FROM {table})"]
    # What is added to the registers shows by its id at once, what is edited by the clock.
    registers = (Organisation, OrganisationName, Succession, DocumentType, Field)
    parts += [f"(SELECT MAX(id) FROM {model._meta.db_table})" for model in registers]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts))
        found = cursor.fetchone()
    return _Stamps(found[0] or 0, tuple(map(str, found[1:5])), tuple(map(str, found[5:])))


def _model_stamp() -> tuple[float, int]:
    try:
        found = _model_in_use().stat()
    except OSError:
        return 0.0, 0
    return found.st_mtime, found.st_size


def _renewed(old: _Kept | None, stamps: _Stamps, model: tuple[float, int]) -> _Kept:
    """Read what changed; the lexicon itself is built anew only when its content changed."""
    laws = tuple(_laws())
    if old is not None and old.is_named_lately and old.stamps.names == stamps.names:
        names, named_at = old.names, old.named_at
    else:
        names, named_at = tuple(_names()), time.monotonic()
    same_words = old is not None and old.stamps.words == stamps.words
    same_model = old is not None and old.model == model
    if same_words and same_model and (old.laws, old.names) == (laws, names):
        return _Kept(old.lexicon, stamps, model, laws, names, named_at)
    fresh = Lexicon.of(
        laws,
        nicknames=law_nicknames(),
        names=names,
        synonyms=old.lexicon.synonyms if same_words else _synonyms(),
        language=old.lexicon.language if same_model else LanguageModel.load(_model_in_use()),
        topics=[name.label for name in names if name.kind == FIELD],
    )
    return _Kept(fresh, stamps, model, laws, names, named_at)


def _synonyms() -> Synonyms:
    return Synonyms(
        WordPair.objects.filter(active=True).values_list("typed", "meant", "strength", "rule"),
        NeverEqual.objects.filter(active=True).values_list("one", "other"),
    )


def _laws() -> list[LawRow]:
    """Names of laws that everybody may read, with the days of their validity."""
    ended = dict(
        ValidityInterval.objects.filter(
            status__in=(Status.ENDED.value, Status.UNSUITABLE.value),
            work__legaldocument__type__code__in=NAMED_TYPES,
        )
        .order_by("-since")
        .values_list("work_id", "since")
    )
    found: list[LawRow] = []
    documents = (
        LegalDocument.objects.visible_to(PUBLIC)
        .filter(type__code__in=NAMED_TYPES)
        .exclude(number="")
        .order_by("-issued", "pk")
        .values_list("subject", "type__label", "issued", "number", "in_force", "identity_id")
    )
    for subject, label, issued, number, in_force, identity in documents:
        end = ended.get(identity)
        found.append(
            (
                law_name(subject, label),
                issued.year if issued else None,
                number,
                in_force,
                in_force if end == BEGINNING else end,
            )
        )
    return found


def law_name(subject: str, label: str) -> str:
    """The name of a law from its subject: "Đất đai năm 2031" of a Luật is "Luật Đất đai"."""
    name = _AFTER_NAME.sub("", subject.strip()) or subject
    folded, heads = fold(name), tuple(fold(head) for head in ("Bộ luật", "Luật", "Pháp lệnh"))
    if folded.startswith("luat bo luat"):
        return name[5:]
    if folded.startswith((*heads, "hien phap")):
        return name
    return f"{label} {name}"


def _names() -> list[Name]:
    """Names of agencies (units of the house left out), provinces, levels and fields."""
    predecessors: dict[int, list[int]] = {}
    for old, new in Succession.objects.values_list("predecessor_id", "successor_id"):
        predecessors.setdefault(new, []).append(old)
    others: dict[int, list[tuple[str, str]]] = {}
    for pk, name, use in OrganisationName.objects.values_list("organisation_id", "name", "use"):
        others.setdefault(pk, []).append((name, use))
    bodies = {body.pk: body for body in Organisation.objects.exclude(level=Level.UNIT)}
    nicknames: dict[str, list[str]] = {}
    for row in rows("province_nicknames.csv"):
        nicknames.setdefault(row["name"], []).append(row["said"])
    labels = DocumentType.objects.order_by("label").values_list("label", flat=True).distinct()
    found = [Name(TYPE, label, label, (label,)) for label in labels]
    found += [Name(FIELD, name, name, (str(pk),)) for pk, name in _fields()]
    for level, words in _LEVEL_WORDS.items():
        found += [Name(LEVEL, word, word, (level.value,)) for word in words if " " in word]
    for body in bodies.values():
        spellings = [
            body.name,
            body.abbreviation,
            *(name for name, _use in others.get(body.pk, ())),
        ]
        if body.kind == Kind.AREA:
            slugs = [bodies[pk].slug for pk in _with_olds(body.pk, predecessors) if pk in bodies]
            said = [word for name in spellings for word in nicknames.get(name, ())]
            label = next(
                (
                    name
                    for name, use in others.get(body.pk, ())
                    if use == OrganisationName.Use.SHORT
                ),
                body.name,
            )
            found += [
                Name(PROVINCE, name, label, tuple(slugs))
                for name in dict.fromkeys([*spellings, *said])
                if name and _is_said(name, said)
            ]
            continue
        symbol = _symbol(body)
        found += [
            Name(ISSUER, name, body.name, (str(body.pk),), symbol, bool(body.area_id))
            for name in dict.fromkeys(spellings)
            if name and _is_said(name)
        ]
    return found


def _fields() -> list[tuple[int, str]]:
    return list(Field.objects.order_by("pk").values_list("pk", "name"))


def _with_olds(pk: int, predecessors: dict[int, list[int]]) -> list[int]:
    """A province and all that were merged into it, at any remove; never the other way round."""
    found, front = [pk], [pk]
    while front:
        front = [old for one in front for old in predecessors.get(one, ()) if old not in found]
        found += front
    return found


def _is_said(name: str, nicknames: list[str] | None = None) -> bool:
    """Whether a name is distinct enough to be understood in running words: no "CT", no "QH"."""
    return len(syllables(name)) > 1 or len(name) >= 3 or name in (nicknames or ())


def _symbol(body: Organisation) -> str:
    """The symbol of an issuer in numbers of documents."""
    if body.kind == Kind.COMMITTEE:
        return "UBND"
    if body.kind == Kind.COUNCIL:
        return "HĐND"
    return ISSUERS.get(fold(body.abbreviation).upper(), "")
