"""Rows of another unit can't be seen or touched, whatever Wagtail view is asked.

Wagtail 8.0.1 does not enforce a per-instance policy in most snippet views (list, edit, delete,
history, usage, inspect, unpublish, lock, revert). So each view class of a view set is wrapped:
before anything else happens, the ``pk`` of the address must be a row that this user may edit.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import Http404
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.organisations.access import access_of
from portal.organisations.models import User
from portal.organisations.roles import Ability, roles_with

#: What an editor may do with rows of his units. Publishing has its own door, deletion too.
EDITOR_ACTIONS = frozenset({"view", "add", "change"})


class OwnedRowsPolicy(BasePermissionPolicy):
    """Rights follow from roles over the owning unit; the superuser flag counts for nothing."""

    def user_has_permission(self, user, action: str) -> bool:
        return action in EDITOR_ACTIONS and access_of(user).can(
            Ability.WRITE, content=self.model.content_code
        )

    def user_has_permission_for_instance(self, user, action: str, instance) -> bool:
        return action in EDITOR_ACTIONS and access_of(user).may_edit(
            instance.owning_unit, self.model.content_code
        )

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        if not EDITOR_ACTIONS & set(actions):
            return self.model._default_manager.none()
        return rows_of(self.model, user)

    def users_with_any_permission(self, actions) -> QuerySet:
        if not EDITOR_ACTIONS & set(actions):
            return User.objects.none()
        return User.objects.filter(memberships__role__in=roles_with(Ability.WRITE)).distinct()


def rows_of(model, user, ability: Ability = Ability.WRITE) -> QuerySet:
    """Rows of a publishable model over whose owning unit a user holds an ability."""
    paths = access_of(user).paths(ability, model.content_code)
    return model._default_manager.of_owners(paths)


def listed(rows: QuerySet) -> QuerySet:
    """Rows as lists show them: working copies stand on the page of their original only."""
    if hasattr(rows.model, "working_copy_of"):
        return rows.filter(working_copy_of=None)
    return rows


class OwnRowsOnly:
    """View mixin: another unit's row answers as one that does not exist."""

    def setup(self, request, *args: Any, **kwargs: Any) -> None:
        pk = kwargs.get("pk")
        if pk is not None and not _is_own(self.model, request.user, pk):
            raise Http404
        super().setup(request, *args, **kwargs)


class OwnRowsIndex:
    """Index mixin: lists own rows only."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset() & listed(rows_of(self.model, self.request.user))


def _is_own(model, user, pk: object) -> bool:
    try:
        return rows_of(model, user).filter(pk=unquote(str(pk))).exists()
    except ValueError:
        return False


def _wrapped(view_class: type, *mixins: type) -> type:
    return type(view_class.__name__, (*mixins, view_class), {})


class _OwnChoices:
    def get_object_list(self) -> QuerySet:
        return super().get_object_list() & listed(rows_of(self.model_class, self.request.user))


class _OwnChosen:
    def get_object(self, pk):
        if not _is_own(self.model_class, self.request.user, pk):
            raise Http404
        return super().get_object(pk)

    def get_objects(self, pks):
        if not all(_is_own(self.model_class, self.request.user, pk) for pk in pks):
            raise Http404
        return super().get_objects(pks)


class OwnRowsChooserViewSet(SnippetChooserViewSet):
    """A chooser that offers, and names, own rows only."""

    choose_view_class = _wrapped(ChooseView, _OwnChoices)
    choose_results_view_class = _wrapped(ChooseResultsView, _OwnChoices)
    chosen_view_class = _wrapped(SnippetChosenView, _OwnChosen)
    chosen_multiple_view_class = _wrapped(SnippetChosenMultipleView, _OwnChosen)


class OwnedRowsViewSet(SnippetViewSet):
    """A snippet view set all of whose views refuse rows of other units."""

    copy_view_enabled = False
    chooser_viewset_class = OwnRowsChooserViewSet

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in dir(cls):
            if not name.endswith("_view_class") or not isinstance(getattr(cls, name), type):
                continue
            view_class = getattr(cls, name)
            if issubclass(view_class, OwnRowsOnly):
                continue
            mixins = (OwnRowsOnly, OwnRowsIndex) if name == "index_view_class" else (OwnRowsOnly,)
            setattr(cls, name, _wrapped(view_class, *mixins))
