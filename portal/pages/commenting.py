"""Comments on drafts and on news: taken while the page takes them, shown when a moderator read
them."""

from __future__ import annotations

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.guarded_form import GuardedForm
from portal.core.page_cache import shelf
from portal.editorial.models import publishable_models
from portal.editorial.workflow import notifying
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability, Content

from .front_cache import purging
from .models import Comment, PortalPage


class CommentForm(GuardedForm):
    place = forms.ChoiceField(label=gettext_lazy("On what"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Your comment"), min_length=5, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    by = forms.CharField(
        label=gettext_lazy("Name shown beside it, if you wish"), required=False, max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip

    field_order = ["place", "text", "by"]

    def __init__(self, data=None, *, articles=(), wanted: str = "") -> None:
        super().__init__(data)
        self.labels = {one.eid: one.label for one in articles if one.eid}
        choices = [(one.eid, f"{one.label}. {one.title}".rstrip(". "))
                   for one in articles if one.eid]  # fmt: skip
        self.fields["place"].choices = [("", _("the whole draft")), *choices]
        if not self.labels:
            del self.fields["place"]
        if wanted in self.labels:
            self.initial["place"] = wanted

    @property
    def kept(self) -> dict[str, str]:
        """What is kept of a valid form."""
        data = self.cleaned_data
        eid = data.get("place", "")
        return {"eid": eid, "place": self.labels.get(eid, ""), "text": data["text"],
                "by": data["by"]}  # fmt: skip


@transaction.atomic
@notifying.in_house_language
def take(page: PortalPage, text: str, eid: str = "", place: str = "", by: str = "") -> Comment:
    """Keep a comment for the moderators of the page's unit, who are told of the first that waits."""
    waited = page.comments.filter(state=Comment.State.WAITS).exists()
    row = Comment.objects.create(page=page, eid=eid, place=place, text=text, by=by)
    if not waited:
        people = notifying.able(Ability.WRITE, page.unit, content_of(page))
        said = _("Comments wait for moderation: %(page)s") % {"page": page.title}
        notifying.tell(people, said, reverse("comments"), "comment")
    return row


def content_of(page: PortalPage) -> str:
    """The class of content by which rights over the comments of a page go."""
    return page.specific_class.content_code


def comments_of(user):
    """Comments on pages of units whose pages, or news, somebody writes, reviews or audits."""
    access = access_of(user)
    rows = Comment.objects.select_related("page__content_type", "page__unit", "moderated_by")
    if access.can(Ability.AUDIT):
        return rows
    mine = Q(pk__in=())
    for content in (Content.PAGE, Content.NEWS):
        types = [model for model in publishable_models() if model.content_code == content]
        kinds = ContentType.objects.get_for_models(*types).values()
        units = access.units(Ability.READ, content)
        mine |= Q(page__unit__in=units, page__content_type__in=list(kinds))
    return rows.filter(mine)


def may_moderate(user, comment: Comment) -> bool:
    """Who writes pages for the unit that asks for comments."""
    page = comment.page
    return not user.is_superuser and access_of(user).may_edit(page.unit, content_of(page))


@transaction.atomic
def moderate(comment: Comment, user, state: str, reason: str = "") -> None:
    """Show a comment, or keep it back with a reason; either may be undone.

    Raises:
        PermissionDenied: he writes no pages for this unit.
        ValidationError: no such state, or no reason to keep it back.
    """
    if not may_moderate(user, comment):
        raise PermissionDenied(_("You moderate nothing for this unit."))
    if state not in (Comment.State.SHOWN, Comment.State.KEPT_BACK):
        raise ValidationError(_("Show it, or keep it back."))
    if state == Comment.State.KEPT_BACK and not reason.strip():
        raise ValidationError(_("Say why it is not shown."))
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    before = comment.state
    comment.state, comment.reason = state, reason.strip()[:500]
    comment.moderated_by, comment.moderated_at = user, timezone.now()
    comment.save()
    right = access_of(user).grant(Ability.WRITE, comment.page.unit, content_of(comment.page))
    audit.record(user, "comment.moderated", comment, right=right, unit=comment.page.unit,
                 states=(before, state), reason=comment.reason)  # fmt: skip
    transaction.on_commit(shelf.clear)
    purging.note(comment.page.specific.cache_keys[:1])
