"""Work (văn bản): what a legal document and a directive share. Abstract."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from legal_docs import numbering
from portal.core import text
from portal.editorial.models import PublishableRow
from portal.organisations.models import ForAudience, ForAudienceQuerySet, Organisation

from .identity import WorkIdentity
from .registers import DocumentType, Field, Signer


def copies_never_live(model_name: str) -> models.CheckConstraint:
    """Constraint for the Meta of a class of works: a working copy is not live."""
    return models.CheckConstraint(
        condition=models.Q(live=False) | models.Q(working_copy_of__isnull=True),
        name=f"{model_name}_copy_not_live",
    )


class WorkQuerySet(ForAudienceQuerySet):
    """Named readings of the table; none of them loads a text."""

    def for_listing(self):
        return self.select_related("identity", "type", "lead_issuer").order_by(
            models.F("issued").desc(nulls_last=True), "-pk"
        )

    def for_review(self):
        """Rows with what a page of the admin says of each."""
        return self.select_related("identity", "type", "lead_issuer", "owner", "latest_revision")

    def of_owners(self, paths):
        """Rows owned under one of these unit paths."""
        condition = models.Q(pk__in=[])
        for path in paths:
            condition |= models.Q(owner__path__startswith=path)
        return self.filter(condition)


class Work(PublishableRow, ForAudience, ClusterableModel):
    identity = models.OneToOneField(
        WorkIdentity, editable=False, on_delete=models.PROTECT, related_name="%(class)s"
    )
    number = models.CharField(
        _("number and notation"),
        max_length=120,
        blank=True,
        help_text=_("As printed: 168/2024/NĐ-CP. Empty when the document has none."),
    )
    number_key = models.CharField(max_length=120, editable=False, db_index=True, default="")
    search_key = models.TextField(editable=False, default="")
    type = models.ForeignKey(
        DocumentType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    lead_issuer = models.ForeignKey(
        Organisation,
        verbose_name=_("issuer"),
        on_delete=models.PROTECT,
        related_name="led_%(class)ss",
        help_text=_("The first one, when several issue it together."),
    )
    issuers = ParentalManyToManyField(
        Organisation,
        verbose_name=_("joint issuers"),
        blank=True,
        related_name="%(class)ss",
        help_text=_("All who issue it; the first one is added by itself."),
    )
    subject = models.CharField(_("subject (trích yếu)"), max_length=2000)
    issued = models.DateField(_("issued"), null=True, blank=True)
    fields = ParentalManyToManyField(
        Field, verbose_name=_("fields and topics"), blank=True, related_name="%(class)ss"
    )
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("owning unit"),
        on_delete=models.PROTECT,
        related_name="owned_%(class)ss",
        help_text=_("The unit that answers for the entry."),
    )
    source = models.CharField(_("source"), max_length=255, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    demo = models.BooleanField(_("demo"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkQuerySet.as_manager()

    #: Relations say who refers to whom; Wagtail's index of references would be one more, slowly.
    wagtail_reference_index_ignore = True

    #: Fields that an approval covers, beside issuers, signers, text, files and relations.
    FROZEN = (
        "number",
        "type_id",
        "lead_issuer_id",
        "subject",
        "issued",
        "owner_id",
        "audience",
        "source",
        "source_url",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        if self.working_copy_of_id:
            return gettext("%(work)s – working copy") % {"work": self.title}
        return self.title

    @property
    def own_identity_id(self) -> int:
        """The identity that its relations speak of: that of the original for a working copy."""
        if self.working_copy_of_id:
            return self.working_copy_of.identity_id
        return self.identity_id

    @property
    def title(self) -> str:
        """“Nghị định 168/2024/NĐ-CP”, or type and subject where there is no number."""
        if self.number:
            return f"{self.type.label} {self.number}"
        return f"{self.type.label}: {self.subject}"[:250]

    @property
    def cache_keys(self) -> tuple[str, ...]:
        return (f"work-{self.identity_id}",)

    @property
    def short_subject(self) -> str:
        """The subject as a list shows it."""
        return self.subject if len(self.subject) < 120 else f"{self.subject[:117]}…"

    @property
    def route_kind(self) -> str:
        """Routes of review tell works apart by their type."""
        return self.type.code

    def derive(self) -> None:
        """Set what follows from number and subject; nobody finds a working copy by either."""
        if self.working_copy_of_id:
            self.number_key = self.search_key = ""
            return
        self.number_key = numbering.key(self.number)[:120] if self.number else ""
        self.search_key = f"{self.number_key} {text.slugify(self.subject)}"

    @property
    def title_short(self) -> str:
        """Type and number, or the type alone."""
        return f"{self.type.label} {self.number}".strip()

    @property
    def mention_key(self) -> str:
        """By what pages that speak of it know it, wherever it moves."""
        return f"work:{self.identity_id}"

    def get_absolute_url(self) -> str:
        return self.identity.url

    def clean(self) -> None:
        super().clean()
        self.number = numbering.canonical(self.number) if self.number else ""
        today_limit = dt.date(2100, 1, 1)
        if self.issued and not dt.date(1945, 9, 2) <= self.issued < today_limit:
            raise ValidationError({"issued": _("This date can't be right.")})

    def save(self, *args, **kwargs) -> None:
        from legal_docs import identities

        self.derive()
        with transaction.atomic():  # a refused save must not move the identity
            if kwargs.get("update_fields") is None:
                identities.keep(self)
            super().save(*args, **kwargs)

    @property
    def copy_rules(self):
        from legal_docs import copying

        return copying

    def frozen_content(self, *, live: bool = False) -> dict[str, object]:
        from legal_docs import freezing

        return freezing.content_of(self, live=live)

    def ledger_identity(self) -> dict[str, str]:
        return {
            "class": self.work_class,
            "name": self.title_short[:255],
            "number": self.number,
            "issued": self.issued.isoformat() if self.issued else "",
            "path": self.identity.path or "",
        }

    def settle_identity(self) -> None:
        from legal_docs import identities

        self.derive()
        identities.keep(self)

    def facts(self, *, live: bool = False):
        from legal_docs.facts import facts_of

        return facts_of(self, live=live)

    def review_file(self, sha256: str):
        from .manifestation import Manifestation

        row = Manifestation.objects.filter(work=self.identity_id, sha256=sha256).first()
        return (row.file, row.name, row.media_type) if row else None

    def as_readers_see_it(self) -> list[tuple[str, str]]:
        from legal_docs.freezing import current_expressions

        from .expression import Expression

        rows = current_expressions(Expression.objects.filter(work=self.identity_id).draft())
        return [(f"{row.get_kind_display()} ({row.language})", row.html) for row in rows]

    def facts_beside(self, draft):
        from legal_docs.facts import both

        return both(self, draft)

    def pieces(self):
        from legal_docs.pieces import pieces_of

        return pieces_of(self)

    def file_heads(self):
        from legal_docs.publication_checks.original import heads

        return heads(self)

    def redact(self, strings, mark: str) -> int:
        from legal_docs.redaction import redact

        return redact(self, strings, mark)

    def put_parts_live(self) -> None:
        from legal_docs import expressions

        expressions.put_live(self)


class Signature(models.Model):
    """Chữ ký: a signer with the title he signed under. Abstract: one table per class of work."""

    signer = models.ForeignKey(
        Signer, verbose_name=_("signer"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200, blank=True)

    #: What ``str`` says, for ``related_words``.
    WORDS = Case(
        When(title="", then=F("signer__name")),
        default=Concat("signer__name", Value(" ("), "title", Value(")")),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.signer} ({self.title})" if self.title else str(self.signer)
