"""Accounts in Wagtail's admin: kept by administrators, who can't step into somebody's shoes."""

from __future__ import annotations

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from portal.core.admin_search import with_words
from portal.organisations import audit, granting
from portal.organisations.models import User

#: Who can change these can sign in as that person.
CREDENTIALS = frozenset({"username", "email", "password1", "password2"})
#: Flags and groups bring no right here, so that nobody is led to think they do.
_USELESS = ("is_superuser", "groups")


class _NoFlags(forms.Form):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in _USELESS:
            self.fields.pop(name, None)


class AccountCreationForm(_NoFlags, UserCreationForm):
    """A new account; what it may do is given as a role."""


class AccountEditForm(_NoFlags, UserEditForm):
    """An account; a change of how its owner signs in makes its roles wait again."""


class PeopleIndex(IndexView):
    """Accounts by name, whole or in part."""

    def search_queryset(self, queryset):
        return with_words(queryset, sorted(self.search_fields), self.search_query)


class AccountEdit(EditView):
    def save_instance(self) -> User:
        changed = set(self.form.changed_data)
        person = super().save_instance()
        if person != self.request.user and changed & CREDENTIALS:
            granting.credentials_changed(self.request.user, person)
        elif changed:
            names = {name: ["", ""] for name in sorted(changed - CREDENTIALS)}
            audit.record(self.request.user, "account.changed", person, changes=names)
        return person


class PeopleViewSet(UserViewSet):
    """Wagtail's accounts with our search box, without flags and groups."""

    index_view_class = PeopleIndex
    edit_view_class = AccountEdit

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountCreationForm
