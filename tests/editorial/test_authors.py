"""Nobody gets rid of the trace that he wrote a draft, to approve it himself."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import ProtectedError
from wagtail.models import Revision

from portal.editorial import publishing
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = pytest.mark.parametrize("kind", ["document", "directive", "page", "news"])


@pytest.fixture
def at():
    return make.house()


def co_written(at, kind):
    """A draft that the head began and the clerk went on with; the head's turn to approve."""
    item = getattr(make, kind)(at, author=at.head_a)
    item.save_revision(user=at.clerk_a, clean=False)
    return type(item)._base_manager.get(pk=item.pk)


@KINDS
def test_the_trace_of_an_author_is_not_purged(at, kind):
    item = co_written(at, kind)
    before = item.revisions.count()
    call_command("purge_revisions")
    call_command("purge_revisions", days=0)
    assert item.revisions.count() == before
    with pytest.raises(ProtectedError):
        item.revisions.filter(user=at.head_a).delete()
    with pytest.raises(ProtectedError):
        Revision.objects.get(pk=item.revisions.filter(user=at.head_a)[0].pk).delete()
    seen = item.get_latest_revision_as_object().approval_hash()
    with pytest.raises(PermissionDenied):
        publishing.approve(item, at.head_a, seen)


@KINDS
def test_what_was_published_may_be_purged(at, kind):
    item = getattr(make, kind)(at, live=True)
    item.save_revision(user=at.clerk_a, clean=False)
    item = make.publish(type(item)._base_manager.get(pk=item.pk), at)
    before = item.revisions.count()
    call_command("purge_revisions")
    assert item.revisions.count() < before


def test_a_draft_that_goes_takes_its_versions_along(at):
    page = make.page(at)
    page.delete()
    assert not Revision.objects.filter(object_id=str(page.pk), user=at.clerk_a).exists()
