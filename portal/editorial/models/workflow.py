"""Routes of review on Wagtail's workflows: tasks of ours, one state of a task for each turn."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, Workflow, WorkflowState

from portal.editorial.states import STEPS, Step
from portal.editorial.working_days import add_working_days
from portal.organisations.access import access_of
from portal.organisations.models import Delegation, Level, Organisation
from portal.organisations.roles import Content, Role


class CalendarException(models.Model):
    """A day that is not what the calendar of holidays says."""

    day = models.DateField(_("day"), unique=True)
    works = models.BooleanField(_("offices work"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("exception of the working calendar")
        verbose_name_plural = _("exceptions of the working calendar")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    @staticmethod
    def deadline(days: int, start: dt.date | None = None) -> dt.date:
        """The day ``days`` working days from ``start`` (default today)."""
        exceptions = dict(CalendarException.objects.values_list("day", "works"))
        return add_working_days(start or timezone.localdate(), days, exceptions)


class Route(models.Model):
    """Which steps content of a kind takes. A changed route is a new row with a new workflow, so
    that what is under way finishes on its own."""

    name = models.CharField(_("name"), max_length=200)
    content = models.CharField(_("content"), max_length=10, choices=Content.choices, blank=True)
    kinds = models.JSONField(
        _("types"), default=list, blank=True, help_text=_("Codes of types; empty for all.")
    )
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, blank=True)
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    workflow = models.OneToOneField(Workflow, on_delete=models.PROTECT, related_name="route")
    version = models.PositiveIntegerField(_("version"), default=1)
    active = models.BooleanField(_("in use"), default=True)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("route of review")
        verbose_name_plural = _("routes of review")
        ordering = ["content", "name", "-version"]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def tasks(self) -> QuerySet[ReviewTask]:
        """Its steps in their order."""
        return ReviewTask.objects.filter(workflow_tasks__workflow=self.workflow_id).order_by(
            "workflow_tasks__sort_order"
        )


class ReviewTask(Task):
    """One step of a route. Every door to a decision, ours or Wagtail's, ends in ``on_action``."""

    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    days = models.PositiveSmallIntegerField(
        _("working days"), default=1, help_text=_("0: on the same day.")
    )

    class Meta:
        verbose_name = _("step of review")
        verbose_name_plural = _("steps of review")

    @classmethod
    def get_task_state_class(cls):
        return ReviewState

    def start(self, workflow_state, user=None):
        from portal.editorial.workflow import reviewing

        return reviewing.begin(self, workflow_state, super().start(workflow_state, user), user)

    def on_action(self, task_state, user, action_name, **kwargs):
        from portal.editorial.workflow import reviewing

        if action_name == "approve":
            return reviewing.pass_on(task_state, user, **kwargs)
        if action_name == "reject":
            return reviewing.send_back(task_state, user, **kwargs)
        raise PermissionDenied(_("There is no such act."))

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        """The acts that this person may do at this step, as Wagtail asks for them."""
        from portal.editorial.workflow import reviewing

        if reviewing.refusal(obj, user, self):
            return []
        return [("reject", _("Return"), True), ("approve", _("Pass on"), True)]

    def locked_for_user(self, obj, user) -> bool:
        """What is under review stands still; editors touch it at their step."""
        ability, _state = STEPS[Step(self.step)]
        editing = self.step == Step.EDIT
        return not (editing and access_of(user).can(ability, obj.owning_unit, obj.content_code))

    def get_task_states_user_can_moderate(self, user, **kwargs):
        return TaskState.objects.filter(
            pk__in=ReviewState.objects.waiting_for(user).filter(task=self).values("pk")
        )


class ReviewStateQuerySet(models.QuerySet["ReviewState"]):
    def open(self) -> ReviewStateQuerySet:
        return self.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        )

    def waiting_for(self, user) -> ReviewStateQuerySet:
        """Open steps that one of a user's rights reaches; whether he may act is asked apiece."""
        condition = Q(pk__in=())
        if not user.is_superuser:
            for grant in access_of(user).grants:
                for step, (ability, _state) in STEPS.items():
                    if grant.covers(ability, None, ""):
                        one = Q(step=step, owner__path__startswith=grant.path)
                        condition |= one & Q(content=grant.content) if grant.content else one
        return self.open().filter(condition)


class ReviewState(TaskState):
    """One turn of an item at a step: until when, who decided on which content, as what."""

    step = models.CharField(max_length=10, choices=Step.choices, default=Step.CHECK)
    due = models.DateField(_("due"), null=True)
    # What a list of work shows, so that five thousand rows ask no item.
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.CharField(max_length=10, blank=True)
    label = models.CharField(max_length=255, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    acting_as = models.CharField(max_length=20, choices=Role.choices, blank=True)
    delegation = models.ForeignKey(
        Delegation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: What the public is told of a correction; it travels with the item from turn to turn.
    public_note = models.TextField(blank=True)
    checklist = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    #: What it said when it was returned; empty otherwise.
    snapshot = models.JSONField(default=dict)
    reminded_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)

    objects = ReviewStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn of review")
        verbose_name_plural = _("turns of review")
        indexes = [models.Index(fields=["step", "due"], name="review_by_due")]

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to decide; its ``workflow_state`` is at hand."""
        return self.status == self.STATUS_IN_PROGRESS and (
            self.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        )

    @property
    def overdue(self) -> bool:
        """Late only after the day itself."""
        return self.due is not None and self.due < timezone.localdate()


class Remark(models.Model):
    """A comment at a place of an item: a field, a provision, a file."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    place = models.CharField(_("place"), max_length=160, blank=True)
    place_label = models.CharField(max_length=255, blank=True)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    content_hash = models.CharField(max_length=64, blank=True)
    #: The turn that returned the item for this, if it did.
    turn = models.ForeignKey(
        ReviewState, null=True, on_delete=models.SET_NULL, related_name="remarks"
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="remark_of_item")]

    def __str__(self) -> str:
        return self.text[:80]


class Criterion(models.Model):
    """A line of the checklist that whoever approves answers (tiêu chí)."""

    text = models.CharField(_("criterion"), max_length=300)
    content = models.CharField(_("content"), max_length=10, choices=Content.choices, blank=True)
    step = models.CharField(_("step"), max_length=10, choices=Step.choices, default=Step.APPROVE)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("criterion of review")
        verbose_name_plural = _("criteria of review")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
