"""The ledger of publications (sổ công bố): append-only, each line bound to the one before.

A line has three layers. What everybody may read (number, act, time) stands in the chain itself;
what is told of the item and what stays inside the house are bound by a salted hash each. So the
chain can be proved by anybody, line by line, while a line about an internal document betrays
nothing, not even to somebody who guesses its text.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.editorial.acts import DOWN, UP, Act
from portal.editorial.freezing import chain, sealed

from .approval import Approval
from .mandate import Mandate

#: Lines written now. Lines of format 1 are older, and bind all they say in one hash.
FORMAT = 2


class PublicationRecord(models.Model):
    """One line: what went live or down, when, by whose authority."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    format = models.PositiveSmallIntegerField(default=1)
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    label = models.CharField(_("item"), max_length=255)
    identity = models.JSONField(default=dict, help_text="class, name, number, issued, path")
    content_hash = models.CharField(_("content hash"), max_length=64)
    texts = models.JSONField(default=list, help_text="text hashes of its expressions")
    files = models.JSONField(default=list, help_text="SHA-256 of its files")
    audience = models.JSONField(default=list, help_text="tokens of which a reader needs one")
    roles = models.JSONField(default=list, help_text="[role, unit] that approved; no names")
    note = models.TextField(_("public note"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approval = models.ForeignKey(
        Approval, verbose_name=_("approval"), null=True, on_delete=models.PROTECT
    )
    mandate = models.ForeignKey(
        Mandate,
        verbose_name=_("mandate"),
        null=True,
        on_delete=models.PROTECT,
        related_name="records",
    )
    authority = models.JSONField(default=dict, help_text="the approval or mandate as it was")
    reason = models.TextField(_("reason"), blank=True)
    salt = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("publication record")
        verbose_name_plural = _("ledger of publications")
        ordering = ["-number"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(approval__isnull=False) | Q(mandate__isnull=False),
                name="record_names_its_authority",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.label}"

    def save(self, *args, **kwargs) -> None:
        raise PermissionDenied("The ledger is written by portal.editorial.ledger only.")

    def delete(self, *args, **kwargs):
        raise PermissionDenied("The ledger is append-only.")

    @property
    def is_up(self) -> bool:
        return self.act in UP

    @property
    def is_down(self) -> bool:
        return self.act in DOWN

    def facts(self) -> dict[str, object]:
        """What is told of the item to those who may know of it."""
        return {
            "type": self.content_type_id,
            "object": self.object_id,
            "label": self.label,
            "identity": self.identity,
            "content": self.content_hash,
            "texts": self.texts,
            "files": self.files,
            "audience": self.audience,
            "roles": self.roles,
            "mandate": self.mandate_id,
            "note": self.note,
        }

    def inner_facts(self) -> dict[str, object]:
        """What stays inside the house: persons and remarks."""
        return {
            "by": self.by_id,
            "approval": self.approval_id,
            "authority": self.authority,
            "reason": self.reason,
        }

    @property
    def facts_salt(self) -> str:
        """Told together with the facts."""
        return self.salt[:32]

    def chained_content(self) -> dict[str, object]:
        """What the hash of this line covers."""
        head = {"number": self.number, "act": self.act, "at": self.at.isoformat()}
        if self.format == 1:
            return head | {
                "type": self.content_type_id,
                "object": self.object_id,
                "label": self.label,
                "content": self.content_hash,
                "by": self.by_id,
                "approval": self.approval_id,
                "mandate": self.mandate_id,
                "reason": self.reason,
            }
        return head | {
            "format": self.format,
            "item": sealed(self.facts_salt, self.facts()),
            "inner": sealed(self.salt[32:], self.inner_facts()),
        }

    def expected_hash(self, previous: str) -> str:
        """The hash that this line must have after the line ``previous``."""
        return chain(previous, self.chained_content())


class FrozenContent(models.Model):
    """A published content in its canonical form, so that it can be read and proved years later.

    The row is named by its own hash; lines of the ledger name it as their ``content_hash``.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("published content")
        verbose_name_plural = _("published contents")

    def __str__(self) -> str:
        return self.hash[:12]

    def save(self, *args, **kwargs) -> None:
        raise PermissionDenied("Contents are written by portal.editorial.ledger only.")

    def delete(self, *args, **kwargs):
        raise PermissionDenied("The ledger is append-only.")
