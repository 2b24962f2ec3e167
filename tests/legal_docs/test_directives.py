"""Directives: urgency and expiry. All are fiction."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def test_directives_are_listed_by_urgency(at, client):
    make.directive(at, "1/CT-BTN", urgency="hoa-toc", subject="Phơi gấp", live=True)
    make.directive(at, "2/CT-BTN", subject="Phơi thường", live=True)
    every = client.get("/chi-dao/").content.decode()
    assert "do-khan=hoa-toc" in every
    some = client.get("/chi-dao/?do-khan=hoa-toc").content.decode()
    assert "Phơi gấp" in some
    assert "Phơi thường" not in some
    assert client.get("/chi-dao/?do-khan=%00'x").status_code in (200, 400)
    assert client.get("/van-ban/?do-khan=hoa-toc").status_code == 200


def test_the_end_of_a_directive_is_approved_with_it(at, client):
    work = make.directive(at, expires=dt.date(2031, 12, 31))
    before = work.approval_hash()
    draft = work.get_latest_revision_as_object()
    draft.expires = dt.date(2032, 1, 1)
    assert draft.approval_hash() != before
    live = make.publish(work, at)
    page = client.get(f"{live.get_absolute_url()}thuoc-tinh/").content.decode()
    assert "31/12/2031" in page


def test_a_directive_does_not_end_before_it_begins(at):
    work = make.directive(at)
    work.expires = work.issued
    with pytest.raises(ValidationError):
        work.clean()
