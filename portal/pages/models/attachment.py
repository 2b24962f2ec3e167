"""Files that pages offer. Their bytes never change: another version is another file, so that what
was approved stays what is served."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from portal.organisations.models import ForAudience, Organisation


class Attachment(ForAudience, AbstractDocument):
    live = True  # a file in the library is there; its audience decides who gets it
    audience_units = models.ManyToManyField(
        Organisation, verbose_name=_("chosen units"), blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, editable=False, default="", db_index=True)

    admin_form_fields = (*Document.admin_form_fields, "audience", "audience_units")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = [("choose_attachment", "Can choose file")]

    def clean(self) -> None:
        super().clean()
        refuse_other_bytes(self)

    def save(self, *args, **kwargs) -> None:
        refuse_other_bytes(self)
        if self.file and not self.sha256:
            self.sha256 = sha256_of(self.file)
        super().save(*args, **kwargs)


def sha256_of(stored) -> str:
    """Checksum (hex) of a stored file; its position is put back to the beginning."""
    digest = hashlib.sha256()
    stored.open("rb")
    for chunk in stored.chunks(1 << 20):
        digest.update(chunk)
    stored.seek(0)
    return digest.hexdigest()


def refuse_other_bytes(row) -> None:
    """The bytes under a picture or file that is in the library stay what they are.

    Raises:
        ValidationError: another file was put in the place of the old one.
    """
    if row.pk is None:
        return
    standing = type(row)._base_manager.filter(pk=row.pk).values_list("file", flat=True).first()
    if standing is not None and str(row.file) != standing:
        raise ValidationError(
            {"file": _("A file is not replaced: upload the new one and choose it on the page.")}
        )
