"""Which route an item takes, and how an administrator changes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowTask

from portal.editorial.models import Criterion, ReviewTask, Route
from portal.editorial.states import STEPS, Step, route_problems
from portal.organisations import audit
from portal.organisations.models import Membership
from portal.organisations.roles import Content, roles_with


@dataclass(frozen=True, slots=True)
class Stage:
    """A step with the working days that it may take."""

    step: Step
    days: int


#: What a new portal begins with; an administrator changes it.
DEFAULTS: tuple[tuple[str, str, tuple[Stage, ...]], ...] = (
    (
        "Văn bản quy phạm pháp luật",
        Content.LEGAL,
        (Stage(Step.CHECK, 1), Stage(Step.EDIT, 2), Stage(Step.LEGAL, 3), Stage(Step.APPROVE, 1)),
    ),
    (
        "Văn bản chỉ đạo, điều hành",
        Content.DIRECTIVE,
        (Stage(Step.CHECK, 0), Stage(Step.EDIT, 1), Stage(Step.APPROVE, 0)),
    ),
    ("Tin, bài", Content.NEWS, (Stage(Step.EDIT, 1), Stage(Step.APPROVE, 1))),
    ("Trang", Content.PAGE, (Stage(Step.EDIT, 2), Stage(Step.APPROVE, 2))),
)


def route_for(instance) -> Route | None:
    """The route in use that fits an item best: by unit, then level, type, class of content."""
    fitting = [route for route in _in_use() if _fits(route, instance)]
    return max(fitting, key=_closeness, default=None)


def _in_use() -> Sequence[Route]:
    return Route.objects.filter(active=True).select_related("workflow", "unit")


def _fits(route: Route, instance) -> bool:
    owner = instance.owning_unit
    return (
        route.content in ("", instance.content_code)
        and (not route.kinds or instance.route_kind in route.kinds)
        and (not route.level or route.level == owner.level)
        and (route.unit is None or owner.path.startswith(route.unit.path))
    )


def _closeness(route: Route) -> tuple[int, bool, bool, bool, int]:
    depth = len(route.unit.path) if route.unit else 0
    return depth, bool(route.level), bool(route.kinds), bool(route.content), route.pk


def problems(stages: Sequence[Stage], *, content: str, unit=None) -> list[str]:
    """Why these steps can't be a route: rules of ``states``, and steps that nobody can do."""
    normative = content in ("", Content.LEGAL)
    found = route_problems([stage.step for stage in stages], normative=normative)
    for stage in stages:
        ability, _state = STEPS[stage.step]
        holders = Membership.objects.filter(role__in=roles_with(ability))
        if unit is not None:
            holders = holders.filter(unit__in=unit.ancestor_ids)
        if not holders.exists():
            found.append(
                _("Nobody holds a role for the step “%(step)s”.") % {"step": stage.step.label}
            )
    return found


@transaction.atomic
def save_route(user, stages: Sequence[Stage], *, replaces: Route | None = None, **fields) -> Route:
    """Make a route, or the next version of one; what is under way finishes on the old one.

    Raises:
        ValidationError: it would lead to live without a second person, or nowhere.
    """
    found = problems(stages, content=fields.get("content", ""), unit=fields.get("unit"))
    if found:
        raise ValidationError(found)
    route = _make(user, stages, replaces.version + 1 if replaces else 1, fields)
    if replaces is not None:
        replaces.active, replaces.replaced_by = False, route
        replaces.save(update_fields=["active", "replaced_by"])
        Workflow.objects.filter(pk=replaces.workflow_id).update(active=False)
    before = [[task.step, task.days] for task in replaces.tasks] if replaces else []
    after = [[stage.step, stage.days] for stage in stages]
    audit.record(user, "route.saved", route, changes={"steps": [before, after]})
    return route


def _make(user, stages: Sequence[Stage], version: int, fields: dict) -> Route:
    workflow = Workflow.objects.create(name=f"{fields['name']} ({version})")
    for order, stage in enumerate(stages):
        task = ReviewTask.objects.create(
            name=str(stage.step.label), step=stage.step, days=stage.days
        )
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return Route.objects.create(workflow=workflow, version=version, made_by=user, **fields)


#: What whoever approves answers (quy chế hoạt động của ban biên tập: bảy tiêu chí của tin, bài).
CRITERIA = (
    "Đúng đường lối, chủ trương của Đảng",
    "Đúng chính sách, pháp luật của Nhà nước",
    "Chính xác: khớp với bản gốc về số, ngày, chữ",
    "Trung thực",
    "Khách quan",
    "Kịp thời",
    "Hữu ích cho người đọc",
)


def load_defaults() -> None:
    """A portal without any route gets the usual ones; called after migrations."""
    if Route.objects.exists():
        return
    Criterion.objects.bulk_create(
        [Criterion(text=text, order=order) for order, text in enumerate(CRITERIA)]
    )
    for name, content, stages in DEFAULTS:
        _make(None, stages, 1, {"name": name, "content": content})
