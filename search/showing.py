"""Hits with the rows behind them: the database, asked again, says what this reader may see."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from legal_docs import effects, numbering
from legal_docs.models import LegalDocument, Provision, Relation
from legal_docs.models.part import Part
from legal_docs.models.work import Work
from legal_docs.validity import Status
from legal_docs.works import kind_of, kinds
from portal.core.text import fold, squash_spaces
from portal.organisations.audience import Audience
from search.engines.base import EngineError, Hit, Hits, ProvisionHit
from search.engines.weights import PARTLY_NAMED
from search.highlight import Segments
from search.plan import SearchPlan
from search.second_stage import find

logger = logging.getLogger(__name__)
#: Edges that end a whole document, the one that replaces it first.
ENDING = ("thay_the", "bai_bo")


@dataclass(frozen=True, slots=True)
class EndedBy:
    """The document that ended another one, with its address if it is here."""

    title: str
    url: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A provision under a hit, as the page shows it."""

    eid: str
    label: str
    heading: str
    excerpt: Segments
    url: str


@dataclass(slots=True)
class Result:
    """A hit with its row and, where it has ended, what took its place."""

    work: Work
    hit: Hit
    ended_by: EndedBy | None = None

    @property
    def key(self) -> str:
        """Names the document in a parameter."""
        return f"{self.hit.kind}-{self.hit.document_id}"

    @property
    def parts(self) -> list[Shown]:
        """Provisions with their addresses; a heading is not said twice."""
        base = self.work.identity.url
        return [
            Shown(
                part.eid,
                part.label.rstrip(". "),
                part.heading,
                without_lead(part),
                f"{base}{place_of(part.eid)}",
            )
            for part in self.hit.provisions
        ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plan found; ``broken`` when the engine could not be asked."""

    hits: Hits
    results: list[Result]
    broken: bool = False


def page_of(eid: str) -> str:
    """The provision that has a page: an article, not its clauses."""
    return eid.split(".khoan-")[0].split(".diem-")[0]


def place_of(eid: str) -> str:
    """Address of a provision beneath its document: an article's page, a clause in it.

    >>> place_of("dieu-5.khoan-2"), place_of("phu-luc-1")
    ('dieu-5/#dieu-5.khoan-2', 'phu-luc-1/')
    """
    page = page_of(eid)
    return f"{page}/#{eid}" if page != eid else f"{page}/"


def without_lead(part: ProvisionHit) -> Segments:
    """The excerpt without the label and heading that stand above it."""
    whole = "".join(text for text, _marked in part.excerpt)
    folded, at = fold(whole), 0
    if len(folded) != len(whole):
        return part.excerpt
    for lead in (part.label, part.heading):
        lead = fold(squash_spaces(lead)).rstrip(". ")
        if lead and folded.startswith(lead, at):
            at += len(lead)
            at += len(folded[at:]) - len(folded[at:].lstrip(" .:"))
    kept: list[tuple[str, bool]] = []
    for text, marked in part.excerpt:
        if at < len(text):
            kept.append((text[at:], marked))
        at = max(0, at - len(text))
    return tuple(kept)


def snippet(segments: Segments) -> SafeString:
    """An excerpt as HTML: escaped text, with ``<mark>`` round what was found."""
    return mark_safe(
        "".join(
            f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in segments
        )
    )


def answer(plan: SearchPlan, *, issuers: bool = False) -> Answer:
    """Ask the engine; where it does not answer, the database still knows numbers."""
    try:
        hits = find(plan)
    except (EngineError, OSError, ValueError):
        logger.exception("the search engine does not answer")
        return Answer(Hits(0, ()), by_number(plan), broken=True)
    if not hits.total and plan.names_documents and plan.page == 1:
        # Just published: the database has it a moment before the index.
        rows = by_number(plan)
        return Answer(replace(hits, total=len(rows)), rows)
    return Answer(hits, visible_results(hits, plan, issuers=issuers))


def visible_results(hits: Hits, plan: SearchPlan, *, issuers: bool = False) -> list[Result]:
    """Hits with their rows; what was withdrawn a moment ago is gone at once."""
    ids: dict[str, list[int]] = {}
    for hit in hits.hits:
        ids.setdefault(hit.kind, []).append(hit.document_id)
    known = {kind.model.work_class for kind in kinds()}
    rows: dict[tuple[str, int], Work] = {}
    for kind, pks in ids.items():
        if kind in known:
            visible = kind_of(kind).model.objects.visible_to(plan.visible_to).for_listing()
            visible = visible.prefetch_related("issuers") if issuers else visible
            rows |= {(kind, row.pk): row for row in visible.filter(pk__in=pks)}
    pairs = ((rows.get((hit.kind, hit.document_id)), hit) for hit in hits.hits)
    return _told([Result(row, hit) for row, hit in pairs if row is not None], plan)


def by_number(plan: SearchPlan, limit: int = 10) -> list[Result]:
    """Documents that the plan names, from the database alone."""
    wanted = Q(number_key__in=plan.numbers)
    for number in filter(None, (plan.partial, *plan.partials)):
        wanted |= Q(number_key__startswith=f"{number.serial}-{number.year or ''}")
    if not plan.names_documents:
        return []
    found = []
    for kind in kinds():
        rows = kind.model.objects.visible_to(plan.visible_to).for_listing().filter(wanted)[:50]
        found += [Result(row, Hit(row.pk, row.work_class, 0.0)) for row in rows]
    found = [result for result in found if is_named(plan, result)]
    return _told(found[:limit], plan)


def is_named(plan: SearchPlan, result: Result) -> bool:
    """Whether a result is a document that the reader named."""
    work = result.work
    if work.number_key in plan.numbers or result.hit.score >= PARTLY_NAMED:
        return True
    if plan.loose and work.number and numbering.loose_key(work.number) == plan.loose:
        return True
    number = numbering.parse(work.number) if work.number else None
    partials = filter(None, (plan.partial, *plan.partials))
    return number is not None and any(part.matches(number) for part in partials)


def _told(results: list[Result], plan: SearchPlan) -> list[Result]:
    """Give rows their status on the day, and ended ones what ended them."""
    day = plan.today
    statuses = effects.statuses_on([result.work.identity_id for result in results], day)
    for result in results:
        result.work.status_code = statuses.get(result.work.identity_id, "")
    ended = [pk for pk, status in statuses.items() if status == Status.ENDED.value]
    if ended:
        by = ended_by(ended, plan.visible_to, day)
        for result in results:
            result.ended_by = by.get(result.work.identity_id)
    return results


def ended_by(identities: Sequence[int], audience: Audience, day: dt.date) -> dict[int, EndedBy]:
    """What this reader may know to have ended each of these works by a day; one query."""
    stated = Q()
    for kind in kinds():
        name = kind.model._meta.model_name
        stated |= Q(**{f"stated_by__{name}__in": kind.model.objects.visible_to(audience)})
    acting = Q(source__work_class="") | Q(
        source__legaldocument__in=LegalDocument.objects.visible_to(audience)
    )
    rows = (
        Relation.objects.live()
        .filter(stated, acting, target__in=identities, kind__in=ENDING, whole=True)
        .select_related("source", "source__legaldocument", "source__legaldocument__type")
    )
    found: dict[int, EndedBy] = {}
    for row in sorted(rows, key=lambda row: (ENDING.index(row.kind), row.pk)):
        work = getattr(row.source, "legaldocument", None)
        since = row.effective or (work.in_force if work else None)
        if since is not None and since <= day and row.target_id not in found:
            title = work.title if work else str(row.source)
            found[row.target_id] = EndedBy(title, row.source.url, row.kind == ENDING[0])
    return found


def direct_result(plan: SearchPlan, results: Iterable[Result]) -> Result | None:
    """The document that was meant by number or name, if it is among the results."""
    if plan.page > 1:
        return None
    named = [result for result in results if is_named(plan, result)]
    if not named:
        return None
    if plan.numbers:
        order = {number: place for place, number in enumerate(plan.numbers)}
        return min(named, key=lambda result: order.get(result.work.number_key, len(order)))
    return named[0] if len(named) == 1 else None


def place_meant(plan: SearchPlan, result: Result) -> str:
    """Address of the document, or of the provision in it that was asked for and found."""
    url = result.work.get_absolute_url()
    for eid in _meant(plan.provision or ""):
        if any(part.eid == page_of(eid) for part in result.hit.provisions):
            return f"{url}{place_of(eid)}"
    return url


def place_to_open(plan: SearchPlan, result: Result) -> str:
    """The same from the database, which knows what the index does not have yet."""
    url, meant = result.work.get_absolute_url(), _meant(plan.provision or "")
    here = set(
        Provision.objects.filter(
            expression__work=result.work.identity_id,
            expression__state=Part.State.LIVE,
            eid__in=[page_of(eid) for eid in meant],
        ).values_list("eid", flat=True)
    )
    return next((f"{url}{place_of(eid)}" for eid in meant if page_of(eid) in here), url)


def _meant(eid: str) -> list[str]:
    """Ids that a place asked for may have: an only appendix may have no number."""
    if eid.startswith("phu-luc-"):
        return [eid, "phu-luc"]
    return [eid] if eid else []


def opened_at_once(plan: SearchPlan, results: Sequence[Result]) -> str:
    """Address to go to, when a number or a place was all that was asked and one fits."""
    if plan.page > 1 or plan.also or not plan.names_documents or plan.required:
        return ""
    named = [result for result in results if is_named(plan, result)]
    if not named or (len(named) > 1 and not plan.law):
        return ""
    if plan.law and not plan.provision:
        return ""  # the name of a law is a topic too
    if not plan.numbers and len(results) > 1:
        return ""
    meant = direct_result(plan, named)
    return place_to_open(plan, meant) if meant else ""
