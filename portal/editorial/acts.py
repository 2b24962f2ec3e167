"""Acts of the ledger (sổ công bố), and which of them leave an item live or down."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Act(TextChoices):
    PUBLISH = "dang", _("Published")
    CORRECT = "dinh-chinh", _("Replaced (correction of the posting)")
    REPUBLISH = "dang-lai", _("Published again")
    WITHDRAW = "go", _("Withdrawn")
    TAKE_DOWN = "go-khan", _("Taken down in an emergency")


#: After these the item is live, after those it is not.
UP = frozenset({Act.PUBLISH, Act.CORRECT, Act.REPUBLISH})
DOWN = frozenset({Act.WITHDRAW, Act.TAKE_DOWN})


def act_after(previous: str | None) -> Act:
    """The act by which an item goes live, from its newest act until now.

    >>> act_after(None), act_after("dang"), act_after("go-khan")
    (Act.PUBLISH, Act.CORRECT, Act.REPUBLISH)
    """
    if previous is None:
        return Act.PUBLISH
    return Act.CORRECT if previous in UP else Act.REPUBLISH
