"""News and pages beside documents, on both engines: found, closed, gone at once, never in the way."""

from __future__ import annotations

import json
import os
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import suggesting
from search.engine import engine, page_engine
from search.indexing import keeping, outbox
from search.indexing.pages import live_page_refs
from tests import factories as make
from tests.conftest import absent

pytestmark = pytest.mark.django_db
PAGE = "/tim-kiem/"
API = "/api/v1/search"


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def at(request, settings):
    suggesting.forget()
    settings.SEARCH_STAGE_BUDGET = 60.0  # a busy machine would now and then leave stage one's order
    if request.param == "embedded":
        yield make.house()
        return
    if not (url := os.environ.get("TEST_SEARCH_URL", "")):
        absent("TEST_SEARCH_URL")
    settings.SEARCH_URL, settings.SEARCH_INDEX_PREFIX = url, f"thu-{uuid.uuid4().hex[:12]}"
    yield make.house()
    for one in (engine(), page_engine()):
        for name in (*one.indices.names(), one.indices.lock):
            one.client.indices.delete(index=name, ignore_unavailable=True)
        one.client.options(ignore_status=404).indices.delete_index_template(name=one.indices.alias)


def beside(client, words="hat mit", **query) -> list[str]:
    found = client.get(PAGE, {"q": words} | query).context.get("beside")
    return [one.row.title for one in found.results] if found else []


def listed(client, words="hat mit", **query) -> list[str]:
    context = client.get(PAGE, {"q": words, "muc": "tin"} | query).context
    return [one.row.title for one in context["found"].results]


def documents(client, words="hat mit") -> tuple:
    body = client.get(API, {"q": words}).json()
    return body["total"], [row["number"] for row in body["results"]], body["facets"]


def test_documents_are_as_without_news(at, client):
    for number in (1, 2, 3):
        make.document(at, f"{number}/2031/TT-BTN", subject=f"Rang hạt mít {number}", live=True)
    outbox.drain()
    before = documents(client)
    page = client.get(PAGE, {"q": "hat mit"}).context
    shown = page["total"], [one.work.number for one in page["results"]], page["facets"]
    for number in range(5):
        make.news(at, f"Hạt mít hạt mít {number}", live=True)
    make.page(at, "Hạt mít", live=True)
    outbox.drain()
    assert documents(client) == before and before[0] == 3
    page = client.get(PAGE, {"q": "hat mit"}).context
    assert shown == (
        page["total"], [one.work.number for one in page["results"]], page["facets"]
    )  # fmt: skip
    assert len(page["beside"].results) == 3 and page["beside"].total >= 6
    assert engine().count() == 3


def test_each_kind_is_found_with_its_place_and_day(at, client):
    body = [
        make.pages.paragraph("Lời đầu."),
        {"type": "heading", "value": "Cách rang"},
        make.pages.paragraph("Rang lửa nhỏ đến khi thơm lừng."),
    ]
    make.page(at, "Trang hạt mít", body=json.dumps(body), live=True)
    make.section(at, "Chuyên mục hạt mít", live=True)
    make.collection(at, "Bộ sưu tập hạt mít", live=True)
    make.news(at, "Hạt mít vào mùa", live=True)
    outbox.drain()
    assert {kind for kind, _pk in page_engine().refs()} == {
        "page", "section", "collection", "news", "news-index",
    }  # fmt: skip
    assert len(listed(client)) >= 4
    response = client.get(PAGE, {"q": "rang lua nho", "muc": "tin"})
    (one,) = response.context["found"].results
    assert one.url.endswith("#cach-rang") and "<mark>" in response.content.decode()
    assert one.row.day is not None
    (row,) = client.get(API, {"q": "rang lửa nhỏ", "kind": "pages"}).json()["results"]
    assert row["kind"] == "page" and row["url"].endswith("#cach-rang")


@pytest.mark.parametrize("audience", ["units", "chosen"])
def test_an_internal_item_is_for_members_alone(at, client, audience):
    units = [at.a] if audience == "chosen" else []
    make.news(at, "Hạt mít nội bộ", audience=audience, units=units, live=True)
    outbox.drain()
    surfaces = ({"q": "hat mit noi bo"}, {"q": "hat mit noi bo", "muc": "tin"})
    for query in surfaces:
        text = client.get(PAGE, query).content.decode()
        assert "Hạt mít nội bộ" not in text and "hat-mit-noi-bo" not in text
    assert client.get(API, {"q": "hat mit noi bo", "kind": "pages"}).json()["total"] == 0
    client.force_login(at.member_a)
    assert beside(client) == ["Hạt mít nội bộ"] == listed(client)


def test_a_withdrawn_item_is_gone_before_the_index_follows(at, client):
    article = make.news(at, "Hạt mít vào mùa", live=True)
    outbox.drain()
    assert beside(client) == ["Hạt mít vào mùa"]
    make.withdraw(article, at)
    assert ("news", article.pk) in page_engine().refs()
    assert beside(client) == [] == listed(client)
    outbox.drain()
    assert ("news", article.pk) not in page_engine().refs()


def test_drift_is_seen_and_healed_and_a_rebuild_holds_all(at, client):
    article = make.news(at, "Hạt mít vào mùa", live=True)
    outbox.drain()
    page_engine().delete([("news", article.pk)])
    assert keeping.drift().missing == {("news", article.pk)}
    assert keeping.heal() == 1
    outbox.drain()
    assert not keeping.drift()
    keeping.rebuild()
    assert page_engine().refs() == live_page_refs() and not keeping.drift()
    assert beside(client) == ["Hạt mít vào mùa"]


def test_one_query_more_than_without(at, client):
    make.document(at, "1/2031/TT-BTN", subject="Rang hạt mít", live=True)
    make.news(at, live=True)
    make.page(at, live=True)
    outbox.drain()
    url = f"{PAGE}?q=hat+mit"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert len(client.get(url).context["beside"].results) == 2
    assert len(captured) <= 6


def test_filters_of_documents_are_not_for_pages(at, client):
    make.news(at, live=True)
    outbox.drain()
    assert beside(client, nam="2031") == []
    assert beside(client, trang="2") == []
    response = client.get(API, {"q": "hat mit", "kind": "pages", "status": "con_hieu_luc"})
    assert response.status_code == 400
    assert [one["name"] for one in response.json()["errors"]] == ["status"]
    assert client.get(API, {"kind": "bao"}).status_code == 400


def test_every_kind_of_page_is_registered_and_its_own_words_find_it(at, client):
    from django.utils import timezone

    from portal.editorial.models import publishable_models
    from portal.pages.models import (
        ConsultationPage,
        HomePage,
        PortalPage,
        ProcedurePage,
        ProceduresPage,
    )
    from portal.pages.registry import searchables

    kinds = {one for one in publishable_models() if issubclass(one, PortalPage)} - {HomePage}
    assert {one.model for one in searchables()} == kinds
    assert all(len(one.code) <= 10 for one in searchables())
    index = make.page(at, "Thủ tục", ProceduresPage, live=True)
    make.page(at, "Cấp thẻ phơi", ProcedurePage, parent=index, field="Nông sản", code="9.000777",
              live=True)  # fmt: skip
    today = timezone.localdate()
    make.page(at, "Quy chế chợ", ConsultationPage, opens=today, closes=today, live=True,
              draft_text="Điều 1. Sàng sảy vỏ trấu")  # fmt: skip
    make.answer(at, "Phơi rơm ở đâu?", live=True)
    outbox.drain()
    assert "Cấp thẻ phơi" in beside(client, "cap the phoi")
    assert "Quy chế chợ" in beside(client, "sang say vo trau")
    assert "Phơi rơm ở đâu?" in beside(client, "phoi rom o dau")
