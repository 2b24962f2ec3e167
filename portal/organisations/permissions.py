"""Which permissions a role brings. The only place where permission names are written.

Django's groups are not asked: a right follows from a membership that is current today, and ends
with it. Superusers have no content rights here (see ``OwnedRowsPolicy``).
"""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from .access import access_of
from .models import User
from .roles import ABILITIES, Ability

ACCESS_ADMIN = "wagtailadmin.access_admin"
EDITED = ("legal_docs.legaldocument", "directives.directive", "legal_docs.intakefile")
LIBRARY = ("pages.picture", "pages.attachment")
#: Old addresses that lead to new ones; names, colours and footer of the portal.
REDIRECTS = ("wagtailredirects.redirect",)
SETTINGS = ("pages.portalsettings",)
REGISTERS = (
    "legal_docs.documenttype",
    "legal_docs.field",
    "legal_docs.signer",
    "organisations.organisation",
    "organisations.organisationname",
    "organisations.agencyidentifier",
    "organisations.succession",
    "organisations.user",
)
#: What lifts documents in search: kept by whoever answers for documents, and by administrators.
LIFTED = ("search.answeredquestion", "search.promotion")
#: Word lists: an administrator puts a pair in use, editors propose it.
WORDS = ("search.wordpair", "search.neverequal")
COUNTS = ("search.querycount", "search.clickcount")
LEDGERS = ("editorial.publicationrecord",)
MANDATES = ("editorial.mandate",)


def permission(model: str, action: str) -> str:
    """“legal_docs.field”, “change” → “legal_docs.change_field”."""
    app, name = model.split(".")
    return f"{app}.{action}_{name}"


def _all(models: tuple[str, ...], *actions: str) -> frozenset[str]:
    return frozenset(permission(model, action) for model in models for action in actions)


#: What an ability brings among Wagtail's permissions; the rest is asked of ``Access`` by our pages.
ABILITY_PERMISSIONS: dict[Ability, frozenset[str]] = {
    Ability.READ: frozenset({ACCESS_ADMIN}) | _all((*LEDGERS, *COUNTS, *MANDATES), "view"),
    Ability.WRITE: (
        _all(EDITED, "view", "add", "change")
        | _all(LIBRARY, "add", "change", "choose", "view")
        | _all(MANDATES, "add")
        | _all(LIFTED, "view", "add", "change")
        | _all(WORDS[:1], "view", "add")
    ),
    Ability.ADMINISTER: frozenset({ACCESS_ADMIN})
    | _all((*REGISTERS, *LIFTED, *WORDS), "view", "add", "change")
    | _all((*COUNTS, *LEDGERS), "view")
    | _all(REDIRECTS, "view", "add", "change", "delete")
    | _all(SETTINGS, "change"),
    Ability.COORDINATE: _all(REDIRECTS, "view", "add", "change", "delete"),
    Ability.AUDIT: frozenset({ACCESS_ADMIN}) | _all(LEDGERS, "view"),
}
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    role: frozenset().union(*(ABILITY_PERMISSIONS.get(one, frozenset()) for one in brought))
    for role, brought in ABILITIES.items()
}


class RoleBackend(ModelBackend):
    """Permissions of a user: what his current memberships bring."""

    def get_user(self, user_id):
        """The account of a session with its settings in the admin, which every page there asks."""
        rows = User._default_manager.select_related("wagtail_userprofile")
        user = rows.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        access = access_of(user_obj)
        return {
            name
            for grant in access.grants
            for name in ROLE_PERMISSIONS.get(grant.role, frozenset())
        }

    def get_group_permissions(self, user_obj, obj=None) -> set[str]:
        return set()

    def get_user_permissions(self, user_obj, obj=None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj, app_label) -> bool:
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))
