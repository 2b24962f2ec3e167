"""From what an editor types – “Điều 5 Luật Đất đai”, a number, an address – to one place."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from legal_docs import numbering
from legal_docs.models import Provision, WorkIdentity
from legal_docs.models.part import Part
from legal_docs.models.work import Work
from legal_docs.structure.numerals import roman
from legal_docs.templatetags.law import eid_label
from legal_docs.works import visible_works
from portal.core.text import clean, squash_spaces
from portal.organisations.audience import Audience
from search.lexicon import lexicon
from search.models.memory import Place, place_label
from search.plan import SearchPlan
from search.showing import page_of, place_of
from search.understanding import understand

MOST_NAMED = 5


def read_place(typed: str, audience: Audience) -> Place:
    """The place that is meant, of what is published and this editor may read.

    Raises:
        ValidationError: there is none, or more than one; says so in the words that were typed.
    """
    typed = squash_spaces(clean(typed))[:300]
    if "/" in typed and (typed.startswith("/") or "://" in typed):
        identities, eid = _at_address(typed)
    else:
        plan = understand(typed, lexicon(), audience, timezone.localdate())
        identities, eid = _named(plan), plan.provision or ""
    works = list(visible_works(identities, audience).values())
    if not works:
        raise ValidationError(
            _(
                "“%(typed)s” names no published document that you may read. Type its number or"
                " the name of the law, such as “Điều 5 Luật Đất đai”, or paste its address."
            )
            % {"typed": typed}
        )
    if len(works) > 1:
        named = "; ".join(work.title for work in works[:MOST_NAMED])
        raise ValidationError(
            _("“%(typed)s” may be several documents: %(named)s. Paste the address of one.")
            % {"typed": typed, "named": named}
        )
    return works[0].identity_id, _found(works[0], eid)


def read_places(typed: str, audience: Audience) -> list[Place]:
    """The places of several lines; all errors at once."""
    places, errors = [], []
    for line in filter(str.strip, typed.splitlines()):
        try:
            places.append(read_place(line, audience))
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors)
    return list(dict.fromkeys(places))


def written(identity: WorkIdentity, eid: str, audience: Audience) -> str:
    """How a form shows a place: in words where they lead back to it, else as its address."""
    label = place_label(identity, eid)
    try:
        if read_place(label, audience) == (identity.pk, eid):
            return label
    except ValidationError:
        pass
    return address_of(identity, eid) or label


def address_of(identity: WorkIdentity, eid: str) -> str:
    """The address of a place; "" for a document that is not here."""
    return f"{identity.url}{place_of(eid)}" if identity.url and eid else identity.url


def _at_address(typed: str) -> tuple[list[WorkIdentity], str]:
    parts = urlsplit(typed.removeprefix(settings.PORTAL_URL))
    path = parts.path.strip("/").split("/")
    found = WorkIdentity.objects.filter(path="/".join(path[:3])).exclude(work_class="")
    found = found or WorkIdentity.objects.filter(old_paths__path="/".join(path[:3]))
    return list(found[:2]), parts.fragment or "/".join(path[3:4])


def _named(plan: SearchPlan) -> list[WorkIdentity]:
    """Identities of the document that the words name, best guess first."""
    known = WorkIdentity.objects.exclude(work_class="")
    if plan.numbers:
        return list(known.filter(number_key=plan.numbers[0])[:20])
    wanted = Q(pk__in=[])
    partials = [part for part in (plan.partial, *plan.partials) if part is not None]
    for part in partials:
        wanted |= Q(number_key__startswith=f"{part.serial}-{part.year or ''}")
    found = []
    for identity in known.filter(wanted)[:200]:
        number = numbering.parse(identity.number)
        if number is not None and any(part.matches(number) for part in partials):
            found.append(identity)
    return found


def _found(work: Work, eid: str) -> str:
    """The id of the provision as the text in force has it; a clause stands in an article."""
    if not eid:
        return ""
    meant = _spellings(eid)
    here = set(
        Provision.objects.filter(
            expression__work=work.identity_id,
            expression__state=Part.State.LIVE,
            eid__in=[one for eid in meant for one in (eid, page_of(eid))],
        ).values_list("eid", flat=True)
    )
    for one in meant:
        if one in here or page_of(one) in here:
            return one
    raise ValidationError(
        _("“%(work)s” has no %(place)s.") % {"work": work.title, "place": eid_label(eid)}
    )


def _spellings(eid: str) -> list[str]:
    """The ids that a typed place may have: appendices are numbered, or there is only one."""
    if not eid.startswith("phu-luc-"):
        return [eid]
    number = eid.removeprefix("phu-luc-")
    return [f"phu-luc-{roman(number) or number.lower()}", "phu-luc"]
