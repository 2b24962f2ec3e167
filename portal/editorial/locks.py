"""Locks that review sets beside Wagtail's own."""

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class ApprovedLock(BaseLock):
    """What was approved and waits for its hour stands still; whoever must change it takes it back."""

    def for_user(self, user) -> bool:
        return True

    def get_message(self, user) -> str:
        return _("It is approved and waits for its hour. Take it back to change it.")

    def get_icon(self, user) -> str:
        return "clock"


class BroughtInLock(BaseLock):
    """A working copy that was brought into its original is a record of that."""

    def for_user(self, user) -> bool:
        return True

    def get_message(self, user) -> str:
        return _("This copy was brought in before.")

    def get_icon(self, user) -> str:
        return "lock"
