"""The library of pictures and files: one for the house, open to all who write.

Everybody who writes adds to it and chooses from it, as far as the audience of a row lets him see
it; whoever brought a row in keeps its title and words, and takes it away while nothing uses it.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.models import Collection, ReferenceIndex
from wagtail.permission_policies import BasePermissionPolicy

from portal.organisations.access import access_of
from portal.organisations.models import AudienceKind, User
from portal.organisations.models.visible import ForAudienceQuerySet
from portal.organisations.roles import Ability, roles_with

from .models import Attachment, Picture

_OWNING = frozenset({"change", "delete"})
_SEEING = frozenset({"choose", "view", "add"})


class FoldersPolicy(BasePermissionPolicy):
    """There is one collection, and nobody manages it: neither the superuser flag nor groups count."""

    def user_has_permission(self, user, action: str) -> bool:
        return False

    def user_has_any_permission(self, user, actions) -> bool:
        return False

    def users_with_any_permission(self, actions):
        return User.objects.none()

    def instances_user_has_any_permission_for(self, user, actions):
        return Collection.objects.none()


class LibraryPolicy(BasePermissionPolicy):
    """Rights over pictures and files; the superuser flag and collections count for nothing."""

    def user_has_permission(self, user, action: str) -> bool:
        return action in _OWNING | _SEEING and access_of(user).can(Ability.WRITE)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action: str, instance) -> bool:
        rows = self.instances_user_has_any_permission_for(user, {action})
        return rows.filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user, actions, instance) -> bool:
        rows = self.instances_user_has_any_permission_for(user, actions)
        return rows.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        access, rows = access_of(user), self.model._default_manager.all()
        if not access.can(Ability.WRITE):
            return rows.none()
        own = Q(uploaded_by_user=user)
        if _SEEING & set(actions) or set(actions) >= _OWNING:
            # Wagtail's list asks for “change or delete”; it is the list of the library.
            return rows.filter(own | Q(pk__in=seen_by(self.model, access.audience).values("pk")))
        return rows.filter(own) if _OWNING & set(actions) else rows.none()

    def users_with_any_permission(self, actions):
        return User.objects.filter(memberships__role__in=roles_with(Ability.WRITE)).distinct()

    def collections_user_has_any_permission_for(self, user, actions):
        """There is one collection; audiences, not folders, say who sees what."""
        if not access_of(user).can(Ability.WRITE):
            return Collection.objects.none()
        return Collection.objects.filter(depth=1)

    def collections_user_has_permission_for(self, user, action):
        return self.collections_user_has_any_permission_for(user, {action})


def seen_by(model, audience):
    """Rows of the library that this reader may see: the one rule of visibility, without ``live``,
    which a row of the library has not."""
    rows = ForAudienceQuerySet(model)
    kinds = [AudienceKind.PUBLIC, *([AudienceKind.UNITS] if audience.member else [])]
    chosen = Q(audience=AudienceKind.CHOSEN, audience_units__in=audience.units)
    return rows.filter(Q(audience__in=kinds) | chosen).distinct()


def refuse_while_used(sender, instance, **kwargs) -> None:
    """A picture or file that a page uses is not taken away.

    Raises:
        PermissionDenied: something uses it.
    """
    if ReferenceIndex.get_references_to(instance).exists():
        raise PermissionDenied(
            _("“%(title)s” is in use and can't be deleted.") % {"title": instance.title}
        )


def connect() -> None:
    for model in (Picture, Attachment):
        pre_delete.connect(refuse_while_used, sender=model, dispatch_uid=f"used {model.__name__}")
