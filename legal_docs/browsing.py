"""Browsing: filters with counts over the documents that a reader may see.

Every filter is a link or a form field; all of them stay while paging. The counts of a facet
ignore the facet's own choice, so that one can change it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from legal_docs.models import DocumentType, Field
from legal_docs.models.validity_interval import ValidityInterval
from legal_docs.works import kind_of
from portal.editorial.ledger import newest_number
from portal.organisations.audience import Audience
from portal.organisations.models import Organisation, Succession
from portal.organisations.models.organisation import LOCAL_LEVELS, with_predecessors

from .validity import Status

PAGE_SIZE = 20
KEPT_SECONDS = 3600
FACET_ROWS = 12
SORTS = {
    "moi": (_("Newest first"), ("-issued", "-pk")),
    "cu": (_("Oldest first"), ("issued", "pk")),
    "hieu-luc": (_("By day in force"), ("-in_force", "-pk")),
    "so": (_("By number"), ("number_key", "-issued")),
}
STATUS_LABELS = {
    Status.NOT_YET: "Chưa có hiệu lực",
    Status.IN_FORCE: "Còn hiệu lực",
    Status.PARTLY_ENDED: "Hết hiệu lực một phần",
    Status.ENDED: "Hết hiệu lực toàn bộ",
    Status.SUSPENDED: "Ngưng hiệu lực",
    Status.PARTLY_SUSPENDED: "Ngưng hiệu lực một phần",
    Status.UNSUITABLE: "Không còn phù hợp",
    Status.UNKNOWN: "Chưa xác định",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for, read from a query string; unknown values are dropped."""

    door: str = ""  # "trung-uong" or "dia-phuong"
    type: str = ""
    issuer: str = ""
    province: str = ""
    field: str = ""
    status: str = ""
    year: int | None = None
    urgency: str = ""
    sort: str = "moi"

    @classmethod
    def read(cls, query: QueryDict) -> Filters:
        year = query.get("nam", "")
        status = query.get("hieu-luc", "")
        return cls(
            door=query.get("cap", "") if query.get("cap") in ("trung-uong", "dia-phuong") else "",
            type=query.get("loai", "")[:60],
            issuer=query.get("co-quan", "")[:120],
            province=query.get("tinh", "")[:120],
            field=query.get("linh-vuc", "")[:120],
            status=status if status in {s.value for s in Status} else "",
            year=int(year) if year.isdecimal() and 1900 < int(year) < 2200 else None,
            urgency=query.get("do-khan", "")[:12],
            sort=query.get("xep", "") if query.get("xep") in SORTS else "moi",
        )


def hash_of(filters: Filters) -> str:
    """A short name for some filters (the order of rows counts for nothing)."""
    plain = repr(replace(filters, sort="moi"))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool
    link: str = ""  # where choosing it, or leaving it, is more than setting one parameter


@dataclass(slots=True)
class Facet:
    name: str  # of the query parameter
    label: object
    choices: list[Choice] = field(default_factory=list)
    several: bool = False  # whether more than one can be chosen

    @property
    def first(self) -> list[Choice]:
        """What stands in view: the first of them, and all that is chosen."""
        return [one for at, one in enumerate(self.choices) if at <= FACET_ROWS or one.chosen]

    @property
    def rest(self) -> list[Choice]:
        """What is shown on demand."""
        return [one for one in self.choices[FACET_ROWS + 1 :] if not one.chosen]


class Browse:
    """One browse page: rows and facets of a class of works."""

    def __init__(self, work_class: str, filters: Filters, audience: Audience, day: dt.date) -> None:
        self.filters, self.day, self.work_class = filters, day, work_class
        self.is_public = audience.is_public
        self.model = kind_of(work_class).model
        self.has_validity = hasattr(self.model, "in_force")
        self.has_urgency = hasattr(self.model, "urgency")
        self.base = self.model.objects.visible_to(audience)
        self.conditions = self._conditions()

    # --- conditions, one a facet -----------------------------------------------------------

    def _conditions(self) -> dict[str, Q]:
        asked = self.filters
        found: dict[str, Q] = {}
        if asked.door:
            local = Q(lead_issuer__level__in=LOCAL_LEVELS)
            found["cap"] = local if asked.door == "dia-phuong" else ~local
        if asked.type:
            found["loai"] = Q(type__label__in=self._labels(asked.type))
        if asked.issuer:
            found["co-quan"] = Q(lead_issuer__in=_issuer_ids(asked.issuer))
        if asked.province:
            found["tinh"] = Q(lead_issuer__area__in=_issuer_ids(asked.province))
        if asked.field:
            ids = Field.objects.filter(Q(slug=asked.field) | Q(parent__slug=asked.field))
            through = self.model.fields.through.objects.filter(field__in=ids)
            found["linh-vuc"] = Q(pk__in=through.values(f"{self.model._meta.model_name}_id"))
        if asked.status and self.has_validity:
            found["hieu-luc"] = Q(
                identity__in=ValidityInterval.objects.filter(
                    status=asked.status, since__lte=self.day, until__gt=self.day
                ).values("work")
            )
        if asked.urgency and self.has_urgency:
            found["do-khan"] = Q(urgency=asked.urgency)
        if asked.year:
            first = dt.date(asked.year, 1, 1)
            found["nam"] = Q(issued__gte=first, issued__lt=dt.date(asked.year + 1, 1, 1))
        return found

    @staticmethod
    def _labels(code: str) -> list[str]:
        """A type is chosen by the code of one of the types that share its word."""
        return list(DocumentType.objects.filter(code=code).values_list("label", flat=True))

    def rows(self, without: str = "") -> QuerySet:
        """Rows under all conditions but one."""
        rows = self.base
        for name, condition in self.conditions.items():
            if name != without:
                rows = rows.filter(condition)
        return rows

    def sorted_rows(self) -> QuerySet:
        order = SORTS[self.filters.sort][1]
        if not self.has_validity and "-in_force" in order:
            order = SORTS["moi"][1]
        return self.rows().select_related("identity", "type", "lead_issuer").order_by(*order)

    # --- facets ------------------------------------------------------------------------------

    def counted(self) -> tuple[int, list[Facet]]:
        """(number of rows, facets with their counts).

        What a stranger sees is kept until something is published or the day ends; counting
        reads many rows, and most visitors ask for the same few lists.
        """
        if not self.is_public:
            return self.rows().count(), self.facets()
        key = f"browse:{self.work_class}:{self.day}:{newest_number()}:{hash_of(self.filters)}"
        kept = cache.get(key)
        if kept is None:
            kept = self.rows().count(), self.facets()
            cache.set(key, kept, KEPT_SECONDS)
        return kept

    def facets(self) -> list[Facet]:
        """Facets with counts; each is one query."""
        facets = [self._doors(), self._types(), self._issuers()]
        if self.filters.door == "dia-phuong" or self.filters.province:
            facets.append(self._provinces())
        facets.append(self._fields())
        if self.has_validity:
            facets.append(self._statuses())
        if self.has_urgency:
            facets.append(self._urgencies())
        facets.append(self._years())
        return [facet for facet in facets if facet.choices]

    def _doors(self) -> Facet:
        counts = self.rows("cap").aggregate(
            local=Count("pk", filter=Q(lead_issuer__level__in=LOCAL_LEVELS)), every=Count("pk")
        )
        rows = (
            ("trung-uong", _("Central"), counts["every"] - counts["local"]),
            ("dia-phuong", _("Local"), counts["local"]),
        )
        choices = [
            Choice(value, str(label), count, value == self.filters.door)
            for value, label, count in rows
            if count or value == self.filters.door
        ]
        return Facet("cap", _("Level"), choices)

    def _types(self) -> Facet:
        rows = self.rows("loai").order_by().values("type").annotate(count=Count("pk"))
        types = DocumentType.objects.in_bulk()
        merged: dict[str, list] = {}
        for row in rows:
            kind = types[row["type"]]
            entry = merged.setdefault(kind.label, [kind.rank, kind.code, 0])
            entry[0] = min(entry[0], kind.rank)
            entry[2] += row["count"]
            if kind.code == self.filters.type:
                entry[1] = kind.code
        choices = [
            Choice(code, label, count, code == self.filters.type)
            for label, (_rank, code, count) in sorted(merged.items(), key=lambda item: item[1][0])
        ]
        return Facet("loai", _("Type of document"), choices)

    def _issuers(self) -> Facet:
        rows = (
            self.rows("co-quan")
            .order_by()
            .values("lead_issuer__slug", "lead_issuer__name")
            .annotate(count=Count("pk"))
            .order_by("-count", "lead_issuer__name")[: FACET_ROWS + 1]
        )
        choices = [
            Choice(
                row["lead_issuer__slug"],
                row["lead_issuer__name"],
                row["count"],
                row["lead_issuer__slug"] == self.filters.issuer,
            )
            for row in rows
        ]
        return Facet("co-quan", _("Issuer"), self._keep_chosen(choices, self.filters.issuer))

    def _provinces(self) -> Facet:
        rows = (
            self.rows("tinh")
            .order_by()
            .exclude(lead_issuer__area=None)
            .values("lead_issuer__area__slug", "lead_issuer__area__name")
            .annotate(count=Count("pk"))
            .order_by("lead_issuer__area__name")
        )
        choices = [
            Choice(
                row["lead_issuer__area__slug"],
                row["lead_issuer__area__name"],
                row["count"],
                row["lead_issuer__area__slug"] == self.filters.province,
            )
            for row in rows
        ]
        return Facet("tinh", _("Province"), self._keep_chosen(choices, self.filters.province))

    def _fields(self) -> Facet:
        through = self.model.fields.through.objects
        column = f"{self.model._meta.model_name}__in"
        rows = (
            through.filter(**{column: self.rows("linh-vuc").order_by().values("pk")})
            .values("field__slug", "field__name")
            .annotate(count=Count("pk"))
            .order_by("-count", "field__name")[: FACET_ROWS + 1]
        )
        choices = [
            Choice(
                row["field__slug"],
                row["field__name"],
                row["count"],
                row["field__slug"] == self.filters.field,
            )
            for row in rows
        ]
        return Facet("linh-vuc", _("Field of law"), choices)

    def _statuses(self) -> Facet:
        counts = dict(
            ValidityInterval.objects.filter(
                since__lte=self.day,
                until__gt=self.day,
                work__in=self.rows("hieu-luc").order_by().values("identity"),
            )
            .order_by()
            .values_list("status")
            .annotate(count=Count("pk"))
        )
        choices = [
            Choice(status.value, label, counts[status.value], status.value == self.filters.status)
            for status, label in STATUS_LABELS.items()
            if counts.get(status.value)
        ]
        return Facet("hieu-luc", _("Validity"), choices)

    def _urgencies(self) -> Facet:
        rows = self.rows("do-khan").order_by().values_list("urgency").annotate(count=Count("pk"))
        counts = dict(rows)
        choices = [
            Choice(value, str(label), counts[value], value == self.filters.urgency)
            for value, label in self.model._meta.get_field("urgency").choices
            if counts.get(value)
        ]
        return Facet("do-khan", _("Urgency"), choices)

    def _years(self) -> Facet:
        rows = (
            self.rows("nam")
            .order_by()
            .exclude(issued=None)
            .annotate(year=ExtractYear("issued"))
            .values("year")
            .annotate(count=Count("pk"))
            .order_by("-year")
        )
        choices = [
            Choice(
                str(row["year"]), str(row["year"]), row["count"], row["year"] == self.filters.year
            )
            for row in rows
        ]
        return Facet("nam", _("Year"), choices)

    @staticmethod
    def _keep_chosen(choices: list[Choice], slug: str) -> list[Choice]:
        """A body that was chosen by its successor's name shows, even when it has no row here."""
        if not slug or any(choice.chosen for choice in choices):
            return choices
        name = Organisation.objects.filter(slug=slug).values_list("name", flat=True).first()
        return [Choice(slug, name, 0, True), *choices] if name else choices


def _issuer_ids(slug: str) -> set[int]:
    """The body of a slug and all whose place it took."""
    return with_predecessors(Organisation.objects.filter(slug=slug))


def predecessors_of(organisation: Organisation) -> list[Succession]:
    return list(Succession.objects.filter(successor=organisation).select_related("predecessor"))
