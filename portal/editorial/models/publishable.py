"""``Publishable``: the narrow waist through which everything that goes live must pass.

Wagtail has more than a dozen ways to make an object live, and most of them call neither
``publish()`` nor ``unpublish()``; all reach ``save()``. So the guard stands there, and under it
a database constraint (``live_needs_record``) for what skips ``save()``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from portal.editorial import guard
from portal.editorial.facts import Facts
from portal.editorial.freezing import approval_hash
from portal.editorial.pieces import Piece
from portal.editorial.restoring import hanging_rows, many_at_hand
from portal.editorial.states import IN_REVIEW, State

from .record import PublicationRecord
from .working_copy import WorkingCopy


def live_needs_record(model_name: str) -> models.CheckConstraint:
    """Constraint for the Meta of a publishable model: live ⇒ publication record."""
    return models.CheckConstraint(
        condition=Q(live=False) | Q(publication_record__isnull=False),
        name=f"{model_name}_live_needs_record",
    )


class Publishable(models.Model):
    """Abstract. Subclasses say in ``frozen_content`` what an approval covers.

    Drafts, revisions and workflow are Wagtail's: a row of its own takes its mixins by
    ``PublishableRow``, a page has them already.
    """

    #: Its class of content in roles, routes and delegations (``portal.organisations.roles``);
    #: empty for a class that only others stand on.
    content_code = ""
    #: The field that holds its owning unit (a page's ``owner`` is a person).
    unit_field = "owner"

    #: The line under which it is live now; empty while it is not, so that nothing comes back
    #: by a switch of ``live`` alone, and no line carries two items.
    publication_record = models.OneToOneField(
        PublicationRecord,
        verbose_name=_("publication record"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    #: Where it stands on its way (``portal.editorial.states``); written by the workflow alone.
    editorial_state = models.CharField(
        _("state"),
        max_length=16,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
        db_index=True,
    )

    #: The live item that this one is a working copy of (``portal.editorial.working_copies``): never
    #: live itself, and on no list. The class says by ``copy_rules`` how it is copied and merged.
    working_copy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="working_copies",
    )

    class Meta:
        abstract = True

    @property
    def cache_keys(self) -> tuple[str, ...]:
        """What pages that tell of it are marked with (``portal.core.cache_guard.share``)."""
        return (f"{self._meta.model_name}-{self.pk}",)

    def draft_response(self, request):
        """How a shared draft looks where it has a page of its own; None: attributes and text."""
        return

    @property
    def owning_unit(self):
        """The unit that answers for it (an ``Organisation``); None while nobody was named."""
        return getattr(self, self.unit_field)

    @property
    def route_kind(self) -> str:
        """Code by which routes tell kinds of content apart (the type of a document)."""
        return ""

    def get_workflow(self):
        """Wagtail asks which workflow it takes: that of the route that fits it."""
        from portal.editorial.workflow.routing import route_for

        named = getattr(self, f"{self.unit_field}_id")
        route = route_for(self) if named else None
        return route.workflow if route else None

    @classmethod
    def get_default_workflow(cls):
        """For a new item, whose unit is not known yet: any of its class."""
        from portal.editorial.models import Route

        route = Route.objects.filter(active=True, content__in=["", cls.content_code])
        found = route.select_related("workflow").first()
        return found.workflow if found else None

    def frozen_content(self, *, live: bool = False) -> dict[str, object]:
        """Everything an approval is for, as JSON values: what waits, or what is live."""
        raise TypeError(f"{type(self).__name__} does not say what its approval covers")

    def ledger_identity(self) -> dict[str, str]:
        """What the ledger calls it: class, name, number, day of issue, address. No subject: these
        words stay when the item is withdrawn."""
        return {"class": self._meta.model_name, "name": str(self)[:255], "number": "",
                "issued": "", "path": ""}  # fmt: skip

    def settle_identity(self) -> None:
        """Take number and address that it will have when it goes live; the ledger names them."""

    def facts(self, *, live: bool = False) -> Facts:
        """What it says, in the shape that review and checks read: what waits, or what is live."""
        raise TypeError(f"{type(self).__name__} does not say what it says")

    def facts_beside(self, draft) -> tuple[Facts, Facts]:
        """What readers see now, and what waits in ``draft``; a class may read both at once."""
        return self.facts(live=True) if self.live else Facts(), draft.facts()

    def review_file(self, sha256: str) -> tuple[object, str, str] | None:
        """A file that waits or is live, for who reviews it: (stored file, name, media type)."""
        return None

    def as_readers_see_it(self) -> list[tuple[str, str]]:
        """What waits as it is going to look: (label, sanitised HTML)."""
        return []

    def pieces(self) -> Iterable[Piece]:
        """What it says as checks read it, with HTML where it has some."""
        facts = self.facts()
        return [Piece(one.place, one.label, one.text) for one in facts.attributes + facts.passages]

    def file_heads(self) -> Iterable[Piece]:
        """How the attached files begin, as far as they could be read."""
        return ()

    def redact(self, strings: Collection[str], mark: str) -> int:
        """Put ``mark`` in the place of these strings in the draft; how often. The caller saves the
        revision."""
        return 0

    def approval_hash(self) -> str:
        """Hash of what would go live: this draft with the parts that wait."""
        return approval_hash(self.frozen_content())

    def live_hash(self) -> str:
        """Hash of what readers see: this row with its live parts."""
        return approval_hash(self.frozen_content(live=True))

    def get_lock(self):
        """The lock that somebody set, that review sets, or that ends a working copy which was brought
        in. Outside review nothing is asked of the database, so that a list spares a query for each
        row."""
        from portal.editorial.locks import ApprovedLock, BroughtInLock

        if self.working_copy_of_id and WorkingCopy.objects.brought_in(self):
            return BroughtInLock(self)
        if lock := LockableMixin.get_lock(self):
            return lock
        if self.editorial_state not in IN_REVIEW:
            return None
        task = self.current_workflow_task
        return task.lock_class(self, task) if task else ApprovedLock(self)

    def with_content_json(self, content):
        """A revision never brings back an old publication record, and makes nothing a working copy,
        nor a copy an item of its own.

        What the row itself refers to is there: only what a revision says otherwise is looked up.
        """
        own = ("publication_record", "latest_revision", "live_revision")
        same = [
            field
            for field in self._meta.concrete_fields
            if field.is_relation
            and (field.name in own or content.get(field.name) == getattr(self, field.attname))
        ]
        many = many_at_hand(self, content) | hanging_rows(type(self), content)
        known = {field.name for field in same} | many.keys()
        restored = super().with_content_json(
            {name: value for name, value in content.items() if name not in known}
        )
        for name, rows in many.items():
            setattr(restored, name, rows)
        for field in same:
            setattr(restored, field.attname, getattr(self, field.attname))
        restored.editorial_state = self.editorial_state
        restored.working_copy_of_id = self.working_copy_of_id
        for field in self._meta.concrete_fields:  # the same rows are not fetched again
            same = getattr(restored, field.attname) == getattr(self, field.attname)
            if same and field.is_relation and field.is_cached(self):
                field.set_cached_value(restored, field.get_cached_value(self))
        return restored

    def save_revision(self, *args, **kwargs):
        """Who changes what is live has begun a correction."""
        revision = super().save_revision(*args, **kwargs)
        if self.live and self.editorial_state in (State.LIVE, State.ARCHIVED):
            rows = type(self)._base_manager.filter(pk=self.pk)
            rows.update(editorial_state=State.CORRECTING)
            self.editorial_state = State.CORRECTING
        return revision

    def save(self, *args, **kwargs) -> None:
        guard.refuse_unapproved(self, kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        guard.refuse_deletion(self)
        return super().delete(*args, **kwargs)


class PublishableRow(
    Publishable, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model
):
    """Abstract: a publishable row of a table of its own, with Wagtail's drafts and workflow."""

    live = models.BooleanField(_("live"), default=False, editable=False)

    class Meta:
        abstract = True


def publishable_models() -> list[type[Publishable]]:
    """Every concrete class of publishable content."""
    models_ = (model for model in apps.get_models() if issubclass(model, Publishable))
    return [model for model in models_ if model.content_code]
