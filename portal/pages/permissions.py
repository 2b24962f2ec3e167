"""Who may do what to pages of the tree: roles over units decide, as for documents.

Wagtail asks a policy about pages in general and a tester about one page. Both answer here from
``access_of``; the superuser flag and groups count for nothing. No answer ever allows to publish,
unpublish, schedule or restrict: those acts are the editorial board's, on its own pages.
"""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from portal.organisations.access import access_of
from portal.organisations.models import User
from portal.organisations.roles import Ability, Content, roles_with

from .addresses import COPIES

PAGE_CONTENTS = (Content.PAGE, Content.NEWS)
_EDITING = frozenset({"add", "change", "lock", "unlock"})


class RolesTester(PagePermissionTester):
    """What somebody may do to one page of the portal. No ``super().__init__``: it reads groups."""

    def __init__(self, user, page) -> None:
        self.user, self.page = user, page
        self.page_is_root = page.depth == 1
        self.access = access_of(user)
        self.permissions: set[str] = set()
        if self._writes():
            self.permissions = {"add", "change", "lock", "unlock"}

    def _writes(self) -> bool:
        return self.access.may_edit(self.page.owning_unit, self.page.content_code)

    def _moves_live(self) -> bool:
        unit = self.page.owning_unit
        return unit is not None and any(
            self.access.can(one, unit, self.page.content_code)
            for one in (Ability.COORDINATE, Ability.APPROVE)
        )

    def can_add_subpage(self) -> bool:
        """Under a page add those who write for its unit, or for one under it; under a working copy
        nobody does."""
        if self.page.working_copy_of_id:
            return False
        kinds = [one for one in type(self.page).creatable_subpage_models()
                 if one.can_create_at(self.page)]  # fmt: skip
        unit = self.page.owning_unit
        for kind in kinds:
            for path in self.access.paths(Ability.WRITE, kind.content_code):
                if unit is None or path.startswith(unit.path) or unit.path.startswith(path):
                    return True
        return False

    def can_edit(self) -> bool:
        return self._writes() or (self.page.unit_id is None and self._is_unclaimed_home())

    def _is_unclaimed_home(self) -> bool:
        """The home page of a new portal belongs to no unit: who writes pages claims it."""
        return self.page.depth == 2 and self.access.can(Ability.WRITE, content=Content.PAGE)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Drafts that were never published, without pages under them."""
        return self._writes() and not self.page.live and self.page.is_leaf()

    def can_move(self) -> bool:
        if self.page.working_copy_of_id:
            return False
        return self._moves_live() if self._has_live() else self._writes()

    def _has_live(self) -> bool:
        return self.page.live or self.page.get_descendants().filter(live=True).exists()

    def can_move_to(self, destination) -> bool:
        """What readers use moves on the word of the secretary or the board, drafts on a writer's."""
        if self.page == destination or destination.is_descendant_of(self.page):
            return False
        specific = self.page.specific
        if not self.page.is_child_of(destination) and not specific.can_move_to(destination):
            return False
        return self.can_move() and destination.permissions_for_user(self.user).can_add_subpage()

    def can_copy(self) -> bool:
        return self.can_edit() and not self.page.working_copy_of_id

    def can_copy_to(self, destination, recursive: bool = False) -> bool:
        if recursive and (self.page == destination or destination.is_descendant_of(self.page)):
            return False
        if not self.can_copy() or not self.page.specific_class.can_create_at(destination):
            return False
        return destination.permissions_for_user(self.user).can_add_subpage()

    def can_reorder_children(self) -> bool:
        return self._moves_live()

    def can_submit_for_moderation(self) -> bool:
        return False  # our page sends it, after the checks

    def can_unpublish(self) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False  # the audience says who reads it

    def can_unschedule(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return self._writes()

    def can_unlock(self) -> bool:
        return self._writes()

    def can_view_revisions(self) -> bool:
        return not self.page_is_root and self.can_edit()


class PagesPolicy(BasePermissionPolicy):
    """What somebody may do to pages in general, and which ones he finds in the explorer."""

    def get_all_permissions_for_user(self, user):
        return []

    def get_cached_permissions_for_user(self, user):
        return []

    def user_has_permission(self, user, action: str) -> bool:
        return self.user_has_any_permission(user, {action})

    def user_has_any_permission(self, user, actions) -> bool:
        return bool(_EDITING & set(actions)) and _writes_pages(user)

    def user_has_any_permission_for_instance(self, user, actions, instance) -> bool:
        tester = instance.permissions_for_user(user)
        return bool(set(actions) & {"change", "lock", "unlock"}) and tester.can_edit()

    def user_has_permission_for_instance(self, user, action: str, instance) -> bool:
        return self.user_has_any_permission_for_instance(user, {action}, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        if not _EDITING & set(actions):
            return Page.objects.none()
        return Page.objects.filter(pk__in=own_pages(user).values("pk"))

    def users_with_any_permission(self, actions, include_superusers: bool = True):
        if not _EDITING & set(actions):
            return User.objects.none()
        return User.objects.filter(memberships__role__in=roles_with(Ability.WRITE)).distinct()

    def users_with_permission(self, action: str, include_superusers: bool = True):
        return self.users_with_any_permission({action})

    def users_with_any_permission_for_instance(
        self, actions, instance, include_superusers: bool = True
    ):
        return self.users_with_any_permission(actions)

    def users_with_permission_for_instance(
        self, action: str, instance, include_superusers: bool = True
    ):
        return self.users_with_any_permission({action})

    # --- the explorer -----------------------------------------------------------------------

    def explorable_root_instance(self, user):
        if not _writes_pages(user):
            return None
        return Page.objects.filter(depth=1).first()

    def instances_with_direct_explore_permission(self, user):
        root = self.explorable_root_instance(user)
        return [root] if root else []

    def explorable_instances(self, user):
        """Pages that he may read as published, those of his units, and the ways to them."""
        from portal.pages.models import PortalPage

        if not _writes_pages(user):
            return Page.objects.none()
        own = own_pages(user)
        seen = PortalPage.objects.visible_to(access_of(user).audience)
        ways = {path[:end] for path in own.values_list("path", flat=True)
                for end in range(4, len(path) + 1, 4)}  # fmt: skip
        return Page.objects.filter(
            Q(pk__in=own.values("pk"))
            | Q(pk__in=seen.values("pk"))
            | Q(path__in=ways)
            | Q(depth__lte=2)
        )


def own_pages(user, ability: Ability = Ability.WRITE):
    """Pages over whose unit somebody holds an ability."""
    from portal.pages.models import PortalPage

    access = access_of(user)
    paths = {path for content in PAGE_CONTENTS for path in access.paths(ability, content)}
    return PortalPage.objects.of_owners(paths)


def _writes_pages(user) -> bool:
    access = access_of(user)
    return any(access.can(Ability.WRITE, content=content) for content in PAGE_CONTENTS)


def explorable(user):
    """The pages that somebody may know of, working copies of his units among them."""
    return policy_registry.get_by_type(Page).explorable_instances(user)


def listed(user):
    """The pages that somebody finds in the explorer, in choosers and by searching: working copies
    stand on the page of their original only."""
    from portal.pages.models import PortalPage

    copies = PortalPage.objects.exclude(working_copy_of=None).values("pk")
    folder = Page.objects.filter(depth=2, slug=COPIES).values("pk")
    return explorable(user).exclude(pk__in=copies).exclude(pk__in=folder)
