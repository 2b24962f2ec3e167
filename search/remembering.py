"""What editors keep for ranking: answered questions as memory, and promotions.

Both are read once and kept in the process until a row, the day or (for memory) the index
changes; whether a row changed is asked of the database once in ``LOOK_SECONDS``, so that most
searches ask nothing. Who may see a document is not decided here: the engine admits it.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from legal_docs.works import kinds
from portal.core.text import fold, has_marks, syllable_key, syllables
from search.engine import engine
from search.models import AnsweredQuestion, AnswerPlace, Promotion
from search.plan import Leading, SearchPlan
from search.ranking.forward import View
from search.ranking.memory import Answered, Memory, Recalled
from search.ranking.pool import provision_at
from search.ranking.segment import Ref
from search.ranking.tokens import query_tokens

LOOK_SECONDS: Final = 5.0
#: Of a document that answers as a whole, so many provisions nearest in sense stand for it.
WHOLE: Final = 3
Words = tuple[str, ...]
Stamp = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Promoted:
    """A promotion that is in use, ready to be compared with queries."""

    id: int
    words: str
    keys: Words
    folded: Words
    alone: bool
    ref: Ref
    eid: str

    def is_meant(self, typed: Words, *, marked: bool) -> bool:
        """Whether a query has the same words, or these words together."""
        own = self.keys if marked else self.folded
        if set(own) == set(typed):
            return True
        size = len(own)
        starts = range(len(typed) - size + 1)
        return not self.alone and any(typed[at : at + size] == own for at in starts)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows in use on a day."""

    stamp: Stamp
    promotions: tuple[_Promoted, ...]
    questions: tuple[Answered, ...]


_lock = threading.Lock()
_looked: tuple[float, Stamp] | None = None
_rows: _Rows | None = None
_memory: tuple[View, Stamp, Memory | None] | None = None


def memory_of(view: View) -> Memory | None:
    """The memory over the present index, None when nothing was ever answered."""
    global _memory
    stamp = _stamp()
    kept = _memory
    if kept is not None and kept[0] is view and kept[1] == stamp:
        return kept[2]
    with _lock:
        if _memory is None or _memory[0] is not view or _memory[1] != stamp:
            rows = _rows if _rows is not None and _rows.stamp == stamp else _read(stamp)
            questions = [_placed(view, one) for one in rows.questions]
            answered = [one for one in questions if one.answers]
            _memory = (view, stamp, Memory(answered, view) if answered else None)
        return _memory[2]


def promoted(plan: SearchPlan) -> tuple[Leading, ...]:
    """What editors put first for these words, of what the reader may see.

    Raises:
        EngineError: the engine cannot answer now.
    """
    found = _meant(plan)
    if not found:
        return ()
    admitted = engine().admitted(plan, {one.ref for one in found})
    leading: dict[Ref, Leading] = {}
    for one in found:
        if one.ref in admitted:
            eids = leading[one.ref].eids if one.ref in leading else ()
            eids = tuple(dict.fromkeys([*eids, *filter(None, [one.eid])]))
            leading[one.ref] = Leading(one.ref, 0.0, eids)
    return tuple(leading.values())


def is_promoted(plan: SearchPlan, ref: Ref) -> bool:
    """Whether an editor put this document first for the words of ``plan``; no engine is asked."""
    return any(one.ref == ref for one in _meant(plan))


def tellable(recalled: Iterable[Recalled], plan: SearchPlan) -> list[Recalled]:
    """The recalled questions that this reader may be told of: he may see all that answers them."""
    kept = list(recalled)
    refs = {answer[0] for one in kept for answer in one.question.answers}
    seen: set[Ref] = set()
    for kind in kinds():
        name = kind.model.work_class
        ids = [pk for other, pk in refs if other == name]
        rows = kind.model.objects.visible_to(plan.visible_to).filter(pk__in=ids) if ids else None
        seen |= (
            {(name, pk) for pk in rows.values_list("pk", flat=True)} if rows is not None else set()
        )
    return [one for one in kept if all(answer[0] in seen for answer in one.question.answers)]


def sayable(recalled: Iterable[Recalled], plan: SearchPlan) -> str:
    """The words of the recalled question most like the one asked that anybody may read, or nothing.

    Safe are questions of public answer pages and those that an editor wrote; what readers chose
    holds the words of one of them. All that answers it has to be visible to this reader.
    """
    kept = sorted(tellable(recalled, plan), key=lambda one: -one.likeness)
    sources = AnsweredQuestion.Source
    public = Q(source=sources.ASKED) & ~Q(learned_from="")
    rows = AnsweredQuestion.objects.in_use(timezone.localdate()).filter(
        public | Q(source=sources.EDITOR), pk__in=[one.question.id for one in kept]
    )
    texts = dict(rows.values_list("pk", "text"))
    return next((texts[one.question.id] for one in kept if one.question.id in texts), "")


def forget(**kwargs: object) -> None:
    """Look again with the next search; other processes do within ``LOOK_SECONDS``."""
    global _looked
    _looked = None


for _model in (AnsweredQuestion, AnswerPlace, Promotion):
    post_save.connect(forget, sender=_model, dispatch_uid=f"remembering-{_model.__name__}-save")
    post_delete.connect(forget, sender=_model, dispatch_uid=f"remembering-{_model.__name__}-gone")


def _meant(plan: SearchPlan) -> list[_Promoted]:
    promotions = _present().promotions
    if not promotions:
        return []
    wordings = []
    for text in dict.fromkeys((plan.text, plan.words)):
        parts, marked = syllables(text), has_marks(text)
        typed = tuple(map(syllable_key if marked else fold, parts))
        wordings += [(typed, marked)] if typed else []
    return [
        one
        for one in promotions
        if any(one.is_meant(typed, marked=marked) for typed, marked in wordings)
    ]


def _present() -> _Rows:
    stamp = _stamp()
    kept = _rows
    if kept is not None and kept.stamp == stamp:
        return kept
    with _lock:
        return _read(stamp) if _rows is None or _rows.stamp != stamp else _rows


def _stamp() -> Stamp:
    """The day, and how many rows there are and when one last changed."""
    global _looked
    day, now = str(timezone.localdate()), time.monotonic()
    looked = _looked
    if looked is not None and now - looked[0] < LOOK_SECONDS and looked[1][0] == day:
        return looked[1]
    parts = []
    for model in (AnsweredQuestion, Promotion):
        table = model._meta.db_table
        parts += [f"(SELECT COUNT(*) FROM {table})", f"(SELECT MAX(changed_at) FROM {table})"]
    table = AnswerPlace._meta.db_table
    parts += [f"(SELECT COUNT(*) FROM {table})", f"(SELECT MAX(id) FROM {table})"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts))
        stamp = (day, *map(str, cursor.fetchone()))
    _looked = (now, stamp)
    return stamp


def _read(stamp: Stamp) -> _Rows:
    """Read the rows in use; the caller holds the lock."""
    global _rows
    day = dt.date.fromisoformat(stamp[0])
    promotions = list(
        Promotion.objects.in_use(day).order_by("pk").values_list(
            "pk", "words", "alone", "identity_id", "eid"
        )
    )  # fmt: skip
    questions = list(
        AnsweredQuestion.objects.in_use(day).order_by("pk").values_list("pk", "text", "weight")
    )
    places: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if questions:
        found = AnswerPlace.objects.filter(question__in=AnsweredQuestion.objects.in_use(day))
        for question, identity, eid in found.values_list("question_id", "identity_id", "eid"):
            places[question].append((identity, eid))
    refs = _refs({row[3] for row in promotions} | {one[0] for p in places.values() for one in p})
    kept = tuple(
        _Promoted(pk, words, *_keys(words), alone, refs[identity], eid)
        for pk, words, alone, identity, eid in promotions
        if identity in refs
    )
    answered = [
        Answered(pk, text, tuple((refs[i], eid) for i, eid in places[pk] if i in refs), weight)
        for pk, text, weight in questions
    ]
    # What stands first for some words is an answer to questions like them.
    answered += [
        Answered(-one.id, one.words, ((one.ref, one.eid),)) for one in kept if not one.alone
    ]
    _rows = _Rows(stamp, kept, tuple(one for one in answered if one.answers and one.weight > 0))
    return _rows


def _keys(words: str) -> tuple[Words, Words]:
    parts = syllables(words)
    return tuple(map(syllable_key, parts)), tuple(map(fold, parts))


def _refs(identities: set[int]) -> dict[int, Ref]:
    """Identity → (kind, id) of the work behind it; what is not live is not in the index."""
    if not identities:
        return {}
    return {
        identity: (kind.model.work_class, pk)
        for kind in kinds()
        for identity, pk in kind.model.objects.filter(identity__in=identities).values_list(
            "identity_id", "pk"
        )
    }


def _placed(view: View, question: Answered) -> Answered:
    """The same question with answers that are rows of the index.

    A clause stands for the article that holds it, a whole document for its nearest provisions.
    """
    found: dict[tuple[Ref, str], None] = {}
    for ref, eid in question.answers:
        parts = eid.split(".")
        nearest = [(ref, ".".join(parts[:size])) for size in range(len(parts), 0, -1)]
        places = view.find(nearest)
        here = [one for one, place in zip(nearest, places, strict=True) if place[0] >= 0]
        for one in here[:1] or _nearest(view, ref, question.text):
            found.setdefault(one)
    return Answered(question.id, question.text, tuple(found), question.weight)


def _nearest(view: View, ref: Ref, text: str) -> list[tuple[Ref, str]]:
    if view.vectors is None or view.encoder is None:
        return [(ref, "")] if view.documents([ref]) else []
    sense = view.encoder.encode_query(query_tokens(text))
    for number, document in view.documents([ref]):
        starts = view.segments[number].doc_start
        first, last = int(starts[document]), int(starts[document + 1])
        cosines = view.vectors[number].whole[first:last].astype("float32") @ sense
        best = cosines.argsort(kind="stable")[::-1][:WHOLE]
        return [provision_at(view, number, first + int(row)) for row in best]
    return []
