"""Agencies and units (cơ quan, đơn vị): a tree through time.

An issuer is never renamed. When agencies merge, the new one gets a row of its own and a
``Succession`` says from which day it stands in the place of the old ones, so that a document of
UBND tỉnh Bến Tre stays so and is also found under Vĩnh Long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import text


class Level(models.TextChoices):
    """Cấp. Districts (huyện) ended on 01/07/2025 and stay for what they issued."""

    CENTRAL = "trung-uong", _("Central")
    PROVINCE = "tinh", _("Province")
    DISTRICT = "huyen", _("District (historical)")
    COMMUNE = "xa", _("Commune")
    UNIT = "don-vi", _("Unit")


LOCAL_LEVELS = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNE})


class Kind(models.TextChoices):
    """What sort of body it is; decides nothing but how lists are grouped."""

    ASSEMBLY = "quoc-hoi", _("National Assembly and its bodies")
    PRESIDENT = "chu-tich-nuoc", _("State President")
    GOVERNMENT = "chinh-phu", _("Government and Prime Minister")
    MINISTRY = "bo", _("Ministry or ministerial agency")
    JUDICIARY = "tu-phap", _("Court, procuracy, audit")
    PARTY = "dang", _("Party body")
    FRONT = "mat-tran", _("Front and mass organisation")
    COUNCIL = "hdnd", _("People's Council")
    COMMITTEE = "ubnd", _("People's Committee")
    AREA = "dia-ban", _("Area")
    DEPARTMENT = "so-ban-nganh", _("Department")
    OFFICE = "phong", _("Office or division")
    OTHER = "khac", _("Other")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def current(self, on: dt.date) -> OrganisationQuerySet:
        """Bodies that exist on a day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        )

    def beneath(self, organisation: Organisation) -> OrganisationQuerySet:
        """The body itself and everything under it."""
        return self.filter(path__startswith=organisation.path)


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    area = models.ForeignKey(
        "self",
        verbose_name=_("province"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bodies",
        help_text=_("The province that a local body belongs to."),
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(
        _("existed until"), null=True, blank=True, help_text=_("The first day it no longer exists.")
    )
    order = models.PositiveIntegerField(_("order"), default=1000)
    demo = models.BooleanField(_("demo"), default=False, editable=False)
    path = models.CharField(max_length=255, editable=False, db_index=True, default="")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=models.F("valid_from")),
                name="organisation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("The end must come after the beginning.")})
        if self.pk and self.parent and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("A body can't stand under itself.")})

    def save(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = free_slug(self.name)
        super().save(*args, **kwargs)
        self._place()

    def _place(self) -> None:
        """Keep ``path`` (ids from the root down) true here and below."""
        path = f"{self.parent.path if self.parent_id else '/'}{self.pk}/"
        if path == self.path:
            return
        self.path = path
        type(self).objects.filter(pk=self.pk).update(path=path)
        for child in self.children.all():
            child.parent = self
            child._place()

    @property
    def ancestor_ids(self) -> tuple[int, ...]:
        """Own id and the ids of everything above, from the root down."""
        return tuple(int(part) for part in self.path.split("/") if part)

    @property
    def is_local(self) -> bool:
        return self.level in LOCAL_LEVELS

    def exists_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


def free_slug(name: str) -> str:
    """A slug that no body has yet."""
    base = text.slugify(name)[:110] or "co-quan"
    slug, count = base, 1
    while Organisation.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    return slug


class OrganisationName(models.Model):
    """Another name by which texts and people call a body."""

    class Use(models.TextChoices):
        SHORT = "ngan", _("Short name")
        ABBREVIATION = "viet-tat", _("Abbreviation")
        SUFFIX = "ky-hieu", _("Number suffix")
        VARIANT = "khac", _("Other spelling")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=255)
    key = models.CharField(max_length=255, db_index=True, editable=False)
    use = models.CharField(_("use"), max_length=10, choices=Use.choices, default=Use.SHORT)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "use"], name="one_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.key = text.slugify(self.name)
        super().save(*args, **kwargs)


class Succession(models.Model):
    """From a day on, ``successor`` stands in the place of ``predecessor``."""

    predecessor = models.ForeignKey(
        Organisation,
        verbose_name=_("predecessor"),
        on_delete=models.CASCADE,
        related_name="successions",
    )
    successor = models.ForeignKey(
        Organisation,
        verbose_name=_("successor"),
        on_delete=models.CASCADE,
        related_name="inheritances",
    )
    since = models.DateField(_("since"))
    main = models.BooleanField(_("main successor"), default=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="no_self_succession"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class AgencyIdentifier(models.Model):
    """Mã định danh: both forms in use, each with its dates."""

    class Scheme(models.TextChoices):
        QCVN_102 = "qcvn-102", _("QCVN 102:2016 (000.00.01.H56)")
        QD_20 = "qd-20", _("Decision 20/2020/QĐ-TTg (H56.01)")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="identifiers",
    )
    code = models.CharField(_("code"), max_length=35)
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme.choices)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("agency identifier")
        verbose_name_plural = _("agency identifiers")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


def with_predecessors(organisations: Iterable[Organisation]) -> set[int]:
    """Ids of these bodies and of all that they stand in the place of, at any remove."""
    found = {organisation.pk for organisation in organisations}
    front = set(found)
    while front:
        front = (
            set(
                Succession.objects.filter(successor__in=front).values_list(
                    "predecessor_id", flat=True
                )
            )
            - found
        )
        found |= front
    return found
