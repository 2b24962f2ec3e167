"""What rules may know of an item, and what may be said of it to people without rights over it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from portal.editorial import guard
from portal.editorial.models import ContentRule, Remark

from .conditions import NO, YES, all_hold


def facts_of(item, fields: Iterable[str]) -> dict[str, str]:
    """The facts that are asked for, of those that this class of item has."""
    wanted, found = set(fields), {}
    for name in wanted & {"subject", "number", "urgency", "audience"}:
        if hasattr(item, name):
            found[name] = str(getattr(item, name) or "")
    if "level" in wanted and getattr(item, "lead_issuer_id", None):
        found["level"] = item.lead_issuer.level
    if "keyword" in wanted and hasattr(item, "keywords"):
        found["keyword"] = " | ".join(tag.name for tag in item.keywords.all())
    if "remark" in wanted:
        content_type = ContentType.objects.get_for_model(item)
        open_ones = Remark.objects.filter(content_type=content_type, object_id=item.pk)
        found["remark"] = YES if open_ones.filter(resolved_at=None).exists() else NO
    return found


def fits(rule: ContentRule, item) -> bool:
    """Whether a rule is for this item as it stands here, whatever happened to it."""
    if rule.content and rule.content != item.content_code:
        return False
    unit = item.owning_unit
    if unit is None or (rule.unit_id and not unit.path.startswith(rule.unit.path)):
        return False  # what belongs to nobody yet is in no place
    if rule.kinds and item.route_kind not in rule.kinds:
        return False
    fields = {str(one.get("field")) for one in rule.conditions}
    return all_hold(rule.conditions, facts_of(item, fields))


def is_public(item) -> bool:
    """Whether everybody reads it now."""
    return bool(item.live) and getattr(item, "audience", "public") == "public"


def plain_label(item) -> str:
    """Its name where everybody reads it, class and number of the row otherwise."""
    name = str(item) if is_public(item) else f"{item._meta.verbose_name} #{item.pk}"
    return name[:255]


def told_outside(item, event: str, at) -> dict[str, object]:
    """What a webhook tells. Of what is not public: which row, and no word of it."""
    line = guard.newest_line(item)
    public = is_public(item)
    return {
        "event": event,
        "id": f"{item._meta.label_lower}:{item.pk}",
        "item": str(item) if public else "",
        "url": f"{settings.PORTAL_URL}{item.get_absolute_url()}" if public else "",
        "line": line.number if line else None,
        "at": at.isoformat(),
    }
