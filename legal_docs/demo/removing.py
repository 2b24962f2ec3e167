"""Take the demo away again. The one module that deletes rows which once were published.

The guard refuses to delete what was published, because a real document leaves its trace for
ever. Demo works are the exception, and only after they were withdrawn like any other: each gets
its line in the ledger, in the name of a demo head, and then its row goes by ``_raw_delete``, the
only delete that asks no guard. The ledger, the approvals and the mandates stay as the proof of
what happened, and with them the accounts and units that they name, switched off.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CASCADE, SET_NULL, Model, Q, QuerySet
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision, WorkflowState

from legal_docs.models import (
    ImportRecord,
    IntakeFile,
    Manifestation,
    Relation,
    Signer,
    WorkIdentity,
)
from legal_docs.works import kinds
from portal.editorial.models import Remark
from portal.editorial.publishing import withdraw_by
from portal.organisations.access import access_of
from portal.organisations.models import Membership, Organisation, User
from portal.organisations.roles import Ability, roles_with

REASON = "Gỡ bộ văn bản trình diễn"


@dataclass(slots=True)
class Removed:
    """How many rows went, and what had to stay."""

    works: int = 0
    organisations: int = 0
    accounts: int = 0
    kept_organisations: int = 0
    kept_accounts: int = 0


@transaction.atomic
def remove() -> Removed:
    """Withdraw and delete everything that is flagged demo, or belongs to a demo unit.

    Raises:
        ValidationError: a live work has no demo head who could withdraw it.
    """
    removed = Removed()
    for kind in kinds():
        works = kind.model.objects.filter(Q(demo=True) | Q(owner__demo=True))
        for work in works.filter(live=True).select_related("owner"):
            withdraw_by(work, _head_over(work.owner), REASON)
    for kind in kinds():
        works = kind.model.objects.filter(Q(demo=True) | Q(owner__demo=True))
        removed.works += _delete_works(works)
    for file in IntakeFile.objects.filter(unit__demo=True):
        file.file.delete(save=False)
        file.delete()
    _remove_accounts(removed)
    _remove_organisations(removed)
    return removed


def _head_over(unit: Organisation) -> User:
    heads = User.objects.filter(
        demo=True, is_active=True, memberships__role__in=roles_with(Ability.TAKE_DOWN)
    ).distinct()
    for user in heads.order_by("pk"):
        if access_of(user).can(Ability.TAKE_DOWN, unit):
            return user
    raise ValidationError(
        f"Không có tài khoản trình diễn nào là lãnh đạo của {unit} để gỡ văn bản; "
        "chạy “manage.py demo load” rồi gỡ lại."
    )


def _delete_works(works: QuerySet) -> int:
    pks = list(works.values_list("pk", flat=True))
    if not pks:
        return 0
    model = works.model
    identities = list(works.values_list("identity_id", flat=True))
    signature = model._meta.get_field("signatures").related_model
    signers = set(signature.objects.filter(work__in=pks).values_list("signer_id", flat=True))
    tagged = model.keywords.through.objects.filter(content_object__in=pks)
    tags = set(tagged.values_list("tag_id", flat=True))
    _delete_what_hangs_on(model, pks)
    rows = model.objects.filter(pk__in=pks, live=False)
    rows._raw_delete(rows.db)  # see the top of this module
    _delete_identities(identities)
    Signer.objects.filter(pk__in=signers - _signers_in_use()).delete()
    for tag in Tag.objects.filter(pk__in=tags):
        if not any(
            kind.model.keywords.through.objects.filter(tag=tag).exists() for kind in kinds()
        ):
            tag.delete()
    return len(pks)


def _delete_what_hangs_on(model: type[Model], pks: list[int]) -> None:
    """What a delete that asks guards would have cascaded to.

    Raises:
        ProtectedError: a row that must not go refers to one of the works.
    """
    for many in model._meta.many_to_many:
        if many.remote_field.through._meta.auto_created:
            rows = many.remote_field.through.objects
            rows.filter(**{f"{many.m2m_field_name()}__in": pks}).delete()
    for relation in model._meta.related_objects:
        if relation.many_to_many:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks})
        if relation.on_delete is CASCADE:
            rows.delete()
        elif relation.on_delete is SET_NULL:
            rows.update(**{relation.field.name: None})
        elif rows.exists():
            raise ProtectedError(f"{rows.model._meta.verbose_name}: còn nhắc tới.", set(rows))
    content_type = ContentType.objects.get_for_model(model)
    keys = [str(pk) for pk in pks]
    Remark.objects.filter(content_type=content_type, object_id__in=pks).delete()
    # Demo drafts name nobody any more, so that they may go (``portal.editorial.authors``).
    Revision.objects.filter(content_type=content_type, object_id__in=keys).update(user=None)
    for generic in (WorkflowState, Revision, ModelLogEntry):
        generic.objects.filter(content_type=content_type, object_id__in=keys).delete()
    ReferenceIndex.objects.filter(content_type=content_type, object_id__in=keys).delete()


def _signers_in_use() -> set[int]:
    used: set[int] = set()
    for kind in kinds():
        rows = kind.model._meta.get_field("signatures").related_model.objects
        used |= set(rows.values_list("signer_id", flat=True))
    return used


def _delete_identities(ids: list[int]) -> None:
    """Parts, relations and import records go with their identity; one that a real document
    cites stays behind as a stub, as any document does that is not here."""
    own = Relation.objects.filter(stated_by__in=ids)
    ends = {pk for pair in own.values_list("source_id", "target_id") for pk in pair} - set(ids)
    files = list(Manifestation.objects.filter(work__in=ids))
    ImportRecord.objects.filter(work__in=ids).delete()
    own.delete()
    Manifestation.objects.filter(work__in=ids).delete()
    for file in files:
        if not Manifestation.objects.filter(sha256=file.sha256).exists():
            name, storage = file.file.name, file.file.storage
            transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))
    cited = {
        pk
        for pair in Relation.objects.filter(Q(source__in=ids) | Q(target__in=ids)).values_list(
            "source_id", "target_id"
        )
        for pk in pair
    } & set(ids)
    for identity in WorkIdentity.objects.filter(pk__in=cited):
        identity.expressions.all().delete()
        identity.validity.all().delete()
        identity.old_paths.all().delete()
        identity.work_class, identity.path, identity.issuer = "", None, None
        identity.save()
    WorkIdentity.objects.filter(pk__in=set(ids) - cited).delete()
    waiting = WorkIdentity.objects.filter(pk__in=ends, work_class="")
    waiting.filter(acts_on=None, acted_on_by=None).delete()


def _remove_accounts(removed: Removed) -> None:
    users = User.objects.filter(demo=True)
    Membership.objects.filter(Q(user__in=users) | Q(unit__demo=True)).delete()
    for user in users:
        try:
            with transaction.atomic():
                user.delete()
            removed.accounts += 1
        except (ProtectedError, RestrictedError):
            user.is_active = False
            user.set_unusable_password()
            user.save()
            removed.kept_accounts += 1


def _remove_organisations(removed: Removed) -> None:
    rows = sorted(Organisation.objects.filter(demo=True), key=lambda row: -len(row.ancestor_ids))
    for row in rows:
        try:
            with transaction.atomic():
                row.delete()
            removed.organisations += 1
        except (ProtectedError, RestrictedError):
            row.refresh_from_db()
            row.parent, row.area = None, None
            row.valid_to = row.valid_to or timezone.localdate()
            row.save()
            removed.kept_organisations += 1
