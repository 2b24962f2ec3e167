"""How many queries a page takes, and that twenty more rows take not one more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.page_cache import shelf
from search.indexing import outbox
from tests import factories as make

pytestmark = pytest.mark.django_db

LONG = "\n".join(f"Điều {n}. Tên điều {n}\nNội dung của điều thứ {n}." for n in range(1, 301))


@pytest.fixture
def at():
    return make.house()


def queries(client, url: str) -> int:
    client.get(url)  # content types and the like are read once for a process
    shelf.clear()  # the page itself is made, not taken from the shelf
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_document_of_300_articles(at, client):
    work = make.document(at, text=LONG, live=True)
    other = make.document(at, "09/2031/TT-BTN")
    make.relate(other, "sua_doi_bo_sung", work, whole=False, target_provision="dieu-7")
    make.publish(other, at)
    assert work.identity.expressions.get().provisions.count() >= 300
    assert 0 < queries(client, work.get_absolute_url()) <= 8
    assert 0 < queries(client, f"{work.get_absolute_url()}dieu-7/") <= 8


@pytest.mark.parametrize(
    ("url", "limit"), [("/van-ban/", 10), ("/tim-kiem/?q=quy+dinh", 6), ("/", 10)]
)
def test_a_public_list(at, client, url, limit):
    def fill(numbers):
        for number in numbers:
            make.document(at, f"{number}/2031/TT-BTN", live=True)
        outbox.drain()

    fill(range(1, 4))
    few = queries(client, url)
    fill(range(4, 24))
    assert queries(client, url) <= few <= limit


@pytest.mark.parametrize("kind", ["document", "directive"])
def test_the_list_of_the_admin(at, client, kind):
    factory = getattr(make, kind)
    works = [factory(at, f"{number}/2031/TT-BTN") for number in range(1, 4)]
    client.force_login(at.clerk_a)
    url = reverse(type(works[0]).snippet_viewset.get_url_name("list"))
    few = queries(client, url)
    for number in range(4, 24):
        factory(at, f"{number}/2031/TT-BTN")
    assert queries(client, url) <= few
