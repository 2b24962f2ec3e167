"""Rules over what happens to content: when, to what, if, then; and the log of what they did."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.tray import Letter
from portal.organisations.models import Organisation
from portal.organisations.roles import Content


class Event(models.TextChoices):
    """What a rule waits for."""

    SUBMITTED = "gui", _("Sent for review")
    RETURNED = "tra", _("Returned")
    APPROVED = "duyet", _("Approved")
    LIVE = "dang", _("Went live")
    CORRECTED = "dinh-chinh", _("Corrected")
    DOWN = "go", _("Taken down")
    OVERDUE = "qua-han", _("Overdue")


def _secret() -> str:
    return secrets.token_urlsafe(32)


class ContentRule(models.Model):
    """When ``event`` happens to content of this kind in this unit, and the conditions hold, its
    actions follow. A rule is switched off, never deleted: the log refers to it."""

    name = models.CharField(_("name"), max_length=200)
    event = models.CharField(_("when"), max_length=12, choices=Event.choices)
    content = models.CharField(_("content"), max_length=10, choices=Content.choices, blank=True)
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    kinds = models.JSONField(_("types"), default=list, blank=True)
    #: ``[{"field", "op", "value"}]``, all of which must hold (``rules.conditions``).
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    trial = models.BooleanField(
        _("on trial"), default=True, help_text=_("It only logs what it would do.")
    )
    #: Signs its webhooks.
    secret = models.CharField(max_length=64, default=_secret, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("content rule")
        verbose_name_plural = _("content rules")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class RuleAction(models.Model):
    """One thing that a rule does. None of them decides anything."""

    class Kind(models.TextChoices):
        PEOPLE = "vai-tro", _("Tell people of a role over the unit")
        MAIL = "thu", _("Send an e-mail")
        KEYWORD = "tu-khoa", _("Add a keyword to the draft")
        REVIEW = "gui-duyet", _("Send the draft for review")
        WEBHOOK = "webhook", _("Call an address (signed)")

    rule = models.ForeignKey(ContentRule, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(_("act"), max_length=10, choices=Kind.choices)
    #: The code of a role, an e-mail address, a keyword or a web address.
    target = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("action of a rule")
        verbose_name_plural = _("actions of rules")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}".strip()


class RuleRun(models.Model):
    """A rule that met its event. Written with the event, done after it."""

    class State(models.TextChoices):
        WAITING = "cho", _("Waits")
        DONE = "xong", _("Done")
        PARTLY = "mot-phan", _("Partly done")
        FAILED = "hong", _("Failed")

    rule = models.ForeignKey(ContentRule, on_delete=models.PROTECT, related_name="runs")
    event = models.CharField(max_length=12, choices=Event.choices)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    #: What may be said of it to whoever has no right over content.
    label = models.CharField(max_length=255)
    at = models.DateTimeField(default=timezone.now)
    dry = models.BooleanField(default=False)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    #: ``[{"action", "done", "said"}]``
    lines = models.JSONField(default=list)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("run of a rule")
        verbose_name_plural = _("runs of rules")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.label}"


class Delivery(Letter):
    """An e-mail or a webhook of a rule on its way out of the house."""

    run = models.ForeignKey(RuleRun, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=10, choices=RuleAction.Kind.choices)
    target = models.CharField(max_length=500)
    body = models.JSONField()

    class Meta:
        verbose_name = _("delivery of a rule")
        verbose_name_plural = _("deliveries of rules")
        indexes = [models.Index(fields=["sent_at", "next_try"], name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.run} → {self.target}"
