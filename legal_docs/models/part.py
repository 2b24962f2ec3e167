"""Part: what belongs to a work and is published with it – its text, files and relations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.editorial import guard


class PartQuerySet(models.QuerySet):
    def live(self):
        """What readers may see, when they may see the work."""
        return self.filter(state=Part.State.LIVE)

    def draft(self):
        """What stands when the present draft goes live."""
        return self.filter(state__in=[Part.State.LIVE, Part.State.DRAFT], drop=False)


class Part(models.Model):
    """Abstract. A live part changes only while its work is being published."""

    class State(models.TextChoices):
        DRAFT = "nhap", _("Draft")
        LIVE = "dang", _("Live")
        PAST = "cu", _("Past")

    state = models.CharField(
        max_length=4, choices=State.choices, default=State.DRAFT, editable=False, db_index=True
    )
    drop = models.BooleanField(default=False, help_text=_("Goes with the next publication."))

    objects = PartQuerySet.as_manager()

    #: Name of the field that holds the identity of the owning work.
    owner_field = "work"

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        self.refuse_change()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.refuse_change()
        return super().delete(*args, **kwargs)

    def refuse_change(self) -> None:
        """Raises NotApproved for a part that is live, or is to be, outside publishing."""
        from legal_docs.works import work_of

        if self.state == self.State.LIVE:
            guard.refuse_part_change(work_of(getattr(self, self.owner_field)))
        for standing in type(self)._base_manager.filter(pk=self.pk, state=self.State.LIVE):
            guard.refuse_part_change(work_of(getattr(standing, self.owner_field)))
