"""Why a result stands where it does, in plain words. Worked out only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from legal_docs.models import Provision
from legal_docs.models.part import Part
from legal_docs.templatetags.law import eid_label
from legal_docs.validity import Status
from portal.core.text import fold, has_marks, syllable_key, syllables
from search.facets import STATUSES
from search.plan import SearchPlan, Sort
from search.remembering import is_promoted, sayable
from search.second_stage import ranked
from search.showing import Result, is_named

#: What the features have to say before it is worth a sentence.
_ALIKE: Final = 0.45
_RUN: Final = 3
_NAME: Final = 0.6


@dataclass(frozen=True, slots=True)
class Why:
    """Reasons for everybody; features and scores for who keeps the portal."""

    reasons: tuple[str, ...]
    place: int = 0
    score: float | None = None
    features: tuple[tuple[str, float], ...] = ()
    seconds: float | None = None
    others: tuple[tuple[str, float], ...] = ()


def why(plan: SearchPlan, result: Result) -> Why:
    """Reasons for one result of a plan."""
    order = ranked(plan, explain=True)
    ref = (result.hit.kind, result.work.pk)
    told: dict[str, float] = {}
    place, score, eid, others = 0, None, "", []
    if order is not None:
        documents: dict[tuple[str, int], None] = {}
        for (other, part), value, features in zip(
            order.provisions, order.scores, order.features, strict=True
        ):
            documents.setdefault(other)
            if other != ref:
                continue
            others.append((eid_label(part) if part else "–", value))
            if score is None:
                score, eid, told = value, part, features
                place = list(documents).index(ref) + 1
    reasons = [
        *_named(plan, result),
        *_promoted(plan, result),
        *_order_of_page(plan),
        *_words(plan, result, eid),
        *_learned(told),
        *_remembered(plan, order, ref),
        *_state(plan, result),
    ]
    return Why(
        tuple(reasons),
        place,
        score,
        tuple(sorted(told.items())),
        order.seconds if order else None,
        tuple(others[:10]),
    )


def _named(plan: SearchPlan, result: Result) -> Iterator[str]:
    if is_named(plan, result):
        yield _("You named this document (%(title)s); what is named stands first.") % {
            "title": result.work.title_short
        }


def _promoted(plan: SearchPlan, result: Result) -> Iterator[str]:
    if is_promoted(plan, (result.hit.kind, result.hit.document_id)):
        yield _("An editor put this document first for these words.")


def _order_of_page(plan: SearchPlan) -> Iterator[str]:
    if plan.sort is not Sort.RELEVANCE:
        yield _("The list is ordered by day, not by fit.")
    if plan.recent:
        yield _("You asked for the newest: newer documents stand higher.")


def _words(plan: SearchPlan, result: Result, eid: str) -> Iterator[str]:
    wanted = list(dict.fromkeys(syllables(plan.words)))
    if not wanted:
        return
    in_title = _present(wanted, result.work.subject)
    if in_title:
        yield _("In its title: %(words)s.") % {"words": _listed(in_title, wanted)}
    text, label = _text_of(result, eid)
    in_text = _present(wanted, text)
    if in_text:
        yield _("In %(place)s: %(words)s.") % {"place": label, "words": _listed(in_text, wanted)}
    missing = [word for word in wanted if word not in {*in_title, *in_text}]
    if missing and (in_text or in_title):
        yield _("Neither has: %(words)s.") % {"words": ", ".join(missing)}


def _text_of(result: Result, eid: str) -> tuple[str, str]:
    """The provision that spoke for the document, from the database."""
    eid = eid or next((part.eid for part in result.hit.provisions), "")
    row = (
        Provision.objects.filter(
            expression__work=result.work.identity_id,
            expression__state=Part.State.LIVE,
            eid=eid,
        )
        .values_list("text", "heading")
        .first()
        if eid
        else None
    )
    return " ".join(row) if row else "", eid_label(eid) if eid else ""


def _present(wanted: list[str], text: str) -> list[str]:
    """Words that stand in a text: with their marks when they were typed with any."""
    own = syllables(text)
    folded, keys = {fold(word) for word in own}, {syllable_key(word) for word in own}
    return [
        word
        for word in wanted
        if (syllable_key(word) in keys if has_marks(word) else fold(word) in folded)
    ]


def _listed(words: list[str], wanted: list[str]) -> str:
    shown = ", ".join(f"“{word}”" for word in words[:12])
    if len(words) == len(wanted):
        return _("all your words (%(words)s)") % {"words": shown}
    return _("%(some)d of your %(all)d words (%(words)s)") % {
        "some": len(words),
        "all": len(wanted),
        "words": shown,
    }


def _learned(features: dict[str, float]) -> Iterator[str]:
    if features.get("q_run", 0) >= _RUN:
        yield _("It has %(count)d of your words in a row.") % {"count": int(features["q_run"])}
    if features.get("law_run_share", 0) >= _NAME and features.get("law_run", 0) >= 2:
        yield _("You said the name of this law, or most of it.")
    alike = max(features.get("q_dense_whole", 0), features.get("q_dense_piece", 0))
    if alike >= _ALIKE:
        yield _("Its sense is like that of your question, whatever the words.")


def _remembered(plan: SearchPlan, order, ref: tuple[str, int]) -> Iterator[str]:
    """Say that answered questions lift it; which one only where its words are nobody's secret."""
    if order is None:
        return
    meant = [
        one for one in order.recalled if any(answer[0] == ref for answer in one.question.answers)
    ]
    if not meant:
        return
    question = sayable(meant, plan)
    if question:
        yield _("The question “%(question)s” was answered with this document.") % {
            "question": question
        }
    else:
        yield _("A question like yours was answered with this document.")


def _state(plan: SearchPlan, result: Result) -> Iterator[str]:
    code = result.work.status_code
    if code in (Status.ENDED.value, Status.UNSUITABLE.value):
        yield _("It is no longer in force (%(status)s) and therefore stands lower.") % {
            "status": STATUSES[code]
        }
    elif code:
        yield _("Validity: %(status)s.") % {"status": STATUSES.get(code, code)}
