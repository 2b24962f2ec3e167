"""The page of results: what it says of the query, its filters, days, order, depth, and exports."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legal_docs.models import Field
from search import second_stage, suggesting
from search.engines.base import EngineError
from search.indexing import outbox
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = "/tim-kiem/"


@pytest.fixture(autouse=True)
def new_book():
    suggesting.forget()


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def stock(at):
    """A law that replaced another one, circulars of three years, a directive."""
    law = {
        "type": make.document_type("luat"),
        "text": "Điều 1. Hoa\nHoa giấy nở.\nĐiều 5. Chăm sóc\nHoa giấy cần nắng.",
    }
    field = Field.objects.create(name="Trồng trọt")
    old = make.document(
        at, "2/2019/QH14", subject="Hoa giấy", issued=dt.date(2019, 1, 2),
        in_force=dt.date(2019, 3, 1), live=True, **law,
    )  # fmt: skip
    new = make.document(
        at, "7/2024/QH15", subject="Hoa giấy", issued=dt.date(2024, 1, 2),
        in_force=dt.date(2024, 3, 1), **law,
    )  # fmt: skip
    make.relate(new, "thay_the", old)
    make.publish(new, at)
    for year in (2020, 2021, 2022):
        make.document(
            at, f"{year - 2000}/{year}/TT-BTN", subject=f"Quy định chăm sóc hoa giấy đợt {year}",
            issued=dt.date(year, 5, 6), in_force=dt.date(year, 6, 1), fields=[field], live=True,
        )  # fmt: skip
    make.directive(
        at, "3/CT-BTN", subject="Về trồng hoa giấy", issued=dt.date(2025, 1, 5), live=True
    )
    outbox.drain()
    return at


def shown(client, **query) -> list[str]:
    context = client.get(PAGE, query).context
    return [result.work.number for result in context["results"]]


def body_of(client, **query) -> str:
    return client.get(PAGE, query).content.decode()


def test_a_public_page_takes_six_queries(stock, client):
    url = f"{PAGE}?q=hoa+giay"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    found = {result.work.work_class for result in response.context["results"]}
    assert found == {"legal", "directive"}
    assert any(result.ended_by for result in response.context["results"])
    assert 3 <= len(captured) <= 5, "made anew each time; a sixth is for news and pages beside"


def test_an_ended_document_says_what_replaced_it(stock, client):
    results = client.get(PAGE, {"q": "hoa giay"}).context["results"]
    old = next(result for result in results if result.work.number == "2/2019/QH14")
    assert old.ended_by.title == "Luật 7/2024/QH15"
    assert old.ended_by.url.endswith("/7-2024-qh15/")
    results = client.get(PAGE, {"q": "hoa giay", "ngay": "1/6/2020"}).context["results"]
    old = next(result for result in results if result.work.number == "2/2019/QH14")
    assert old.ended_by is None and old.work.status_code == "con_hieu_luc"


def test_headings_are_not_said_twice(stock, client):
    results = client.get(PAGE, {"q": "hoa giay can nang"}).context["results"]
    part = next(p for result in results for p in result.parts if p.eid == "dieu-5")
    assert (part.label, part.heading) == ("Điều 5", "Chăm sóc")
    assert "".join(text for text, _m in part.excerpt) == "Hoa giấy cần nắng."


def test_what_was_understood_can_be_undone(stock, client):
    response = client.get(PAGE, {"q": "thông tư về hoa giấy năm 2021"})
    chips = {chip.text: chip.link for chip in response.context["understood"].chips}
    assert len(chips) == 2
    assert [r.work.number for r in response.context["results"]] == ["21/2021/TT-BTN"]
    year = next(link for text, link in chips.items() if "2021" in text)
    again = client.get(PAGE + year)
    assert len(again.context["results"]) > 1 or again.context["ways_on"] is None
    assert not any("2021" in chip.text for chip in again.context["understood"].chips)
    exact = client.get(PAGE + response.context["understood"].verbatim_link)
    assert exact.context["understood"].chips == ()
    assert exact.context["understood"].plain_link


def test_a_number_alone_opens_and_with_words_leads(stock, client):
    response = client.get(PAGE, {"q": "21/2021/TT-BTN"})
    assert response.status_code == 302 and response["Location"].endswith("/21-2021-tt-btn/")
    response = client.get(PAGE, {"q": "21/2021", "ngay": "1/1/2022"})
    assert response["Location"].endswith("/21-2021-tt-btn/?ngay=2022-01-01")
    response = client.get(PAGE, {"q": "điều 5 luật hoa giấy"})
    assert response["Location"].endswith("/7-2024-qh15/dieu-5/")
    response = client.get(PAGE, {"q": "điều 999 luật hoa giấy"})
    assert response["Location"].endswith("/7-2024-qh15/"), "no page of that article: the document"
    response = client.get(PAGE, {"q": "21/2021/TT-BTN chăm sóc hoa"})
    assert response.status_code == 200
    assert response.context["direct"].work.number == "21/2021/TT-BTN"
    assert len(response.context["results"]) > 1
    assert client.get(PAGE, {"q": "21/2021/TT-BTN", "nguyen-van": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"nam": "2021"}, {"21/2021/TT-BTN"}),
        ({"loai": "Chỉ thị"}, {"3/CT-BTN"}),
        ({"hieu-luc": "het_hieu_luc_toan_bo"}, {"2/2019/QH14"}),
        ({"tu": "2021", "den": "2022"}, {"21/2021/TT-BTN", "22/2022/TT-BTN"}),
        ({"tu": "07/05/2021", "den": "31/12/2022"}, {"22/2022/TT-BTN"}),
        ({"linh-vuc": "trong-trot", "nam": "2020"}, {"20/2020/TT-BTN"}),
        ({"co-quan": "bo-thu-nghiem", "nam": "2020"}, {"20/2020/TT-BTN"}),
        ({"trong": "đợt 2022"}, {"22/2022/TT-BTN"}),
    ],
)
def test_filters(stock, client, query, numbers):
    assert set(shown(client, q="hoa giay", **query)) == numbers


def test_facets_carry_counts_and_links(stock, client):
    facets = {f.name: f for f in client.get(PAGE, {"q": "hoa giay"}).context["facets"]}
    assert set(facets) == {"loai", "co-quan", "cap", "linh-vuc", "nam", "hieu-luc"}
    counts = {choice.value: choice.count for choice in facets["loai"].choices}
    assert counts == {"Luật": 2, "Thông tư": 3, "Chỉ thị": 1}
    assert [c.value for c in facets["nam"].choices] == [
        "2025",
        "2024",
        "2022",
        "2021",
        "2020",
        "2019",
    ]
    chosen = client.get(PAGE, {"q": "hoa giay", "loai": "Luật", "xep": "cu"})
    assert "xep=cu" in chosen.context["understood"].chips[0].link, "the order stays"


def _facets(client, **query):
    return {f.name: f for f in client.get(PAGE, query).context["facets"]}


def _choice(facet, label):
    return next(one for one in facet.choices if one.label == label)


def test_several_values_of_a_facet_are_or(stock, client):
    types = _facets(client, q="hoa giay", loai="Luật")["loai"]
    assert {(c.label, c.count, c.chosen) for c in types.choices} == {
        ("Luật", 2, True), ("Thông tư", 3, False), ("Chỉ thị", 1, False),
    }, "its own choice does not restrict its counts"  # fmt: skip
    both = client.get(PAGE + _choice(types, "Chỉ thị").link)
    found = {result.work.number for result in both.context["results"]}
    assert found == {"2/2019/QH14", "7/2024/QH15", "3/CT-BTN"}
    chips = {chip.text: chip.link for chip in both.context["understood"].chips}
    assert list(chips) == ["Loại văn bản: Luật", "Loại văn bản: Chỉ thị"]
    years = {c.value: c.count for f in both.context["facets"] if f.name == "nam" for c in f.choices}
    assert years == {"2025": 1, "2024": 1, "2019": 1}, "the others are restricted by both"
    left = client.get(PAGE + chips["Loại văn bản: Luật"])
    assert [result.work.number for result in left.context["results"]] == ["3/CT-BTN"]
    types = {f.name: f for f in left.context["facets"]}["loai"]
    assert "loai" not in _choice(types, "Chỉ thị").link


def test_one_choice_has_one_address(stock, client):
    one = client.get(f"{PAGE}?q=hoa&loai=Lu%E1%BA%ADt&loai=Ch%E1%BB%89+th%E1%BB%8B&loai=")
    two = client.get(
        f"{PAGE}?q=hoa&loai=Ch%E1%BB%89+th%E1%BB%8B&loai=Lu%E1%BA%ADt&loai=Lu%E1%BA%ADt"
    )
    for a, b in zip(one.context["facets"], two.context["facets"], strict=True):
        assert [c.link for c in a.choices] == [c.link for c in b.choices]


def test_what_was_said_can_be_widened_and_taken_back(stock, client):
    asked = {"q": "thông tư về hoa giấy"}
    types = _facets(client, **asked)["loai"]
    assert _choice(types, "Thông tư").chosen and not _choice(types, "Luật").chosen
    wider = client.get(PAGE + _choice(types, "Luật").link)
    assert {r.work.type.label for r in wider.context["results"]} == {"Thông tư", "Luật"}
    texts = [chip.text for chip in wider.context["understood"].chips]
    assert sorted(texts) == ["Loại văn bản: Luật", "Loại văn bản: Thông tư"], "said once, not twice"
    undone = client.get(PAGE + _choice(types, "Thông tư").link)
    assert not any(c.chosen for f in undone.context["facets"] for c in f.choices)
    replaced = client.get(PAGE, {**asked, "loai": "Luật"})
    assert [chip.text for chip in replaced.context["understood"].chips] == ["Loại văn bản: Luật"]


def test_a_chosen_year_stands_for_days_that_were_said(stock, client):
    context = client.get(PAGE, {"q": "thông tư về hoa giấy năm 2021", "nam": "2020"}).context
    assert [r.work.number for r in context["results"]] == ["20/2020/TT-BTN"]
    assert sum("20" in chip.text for chip in context["understood"].chips) == 1


def test_too_many_values_are_said(stock, client):
    query = {"q": "hoa giay", "nam": [str(year) for year in range(2000, 2021)]}
    response = client.get(PAGE, query)
    assert set(response.context["errors"]) == {"nam"}
    assert (
        'href="#loc-nam"' in response.content.decode()
        and 'id="loc-nam"' in response.content.decode()
    )
    assert response.context["total"] == 1, "the first twenty count"
    for kind in ("csv", "atom", "rss"):
        assert client.get(f"{PAGE}ket-qua.{kind}", query).status_code == 400
    query["nam"].pop()
    assert not client.get(PAGE, query).context["errors"]


def test_many_values_cost_no_more_queries(stock, client):
    names = [make.unit(f"Sở Thử {number}") for number in range(12)]
    url = f"{PAGE}?q=hoa+giay&co-quan=bo-thu-nghiem&" + "&".join(f"co-quan={o.slug}" for o in names)
    client.get(f"{PAGE}?q=hoa+giay")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert len(response.context["results"]) == 6 and len(captured) <= 6, "one more for the names"
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert len(captured) <= 5


def test_a_chosen_value_is_seen_however_far_down(stock, client):
    for number in range(1, 16):
        make.document(
            stock, f"{number}/{1950 + number}/TT-BTN", subject="Hoa giấy xưa",
            issued=dt.date(1950 + number, 1, 1), live=True,
        )  # fmt: skip
    outbox.drain()
    facet = _facets(client, q="hoa giay", nam="1951")["nam"]
    assert "1951" in [c.value for c in facet.first] and _choice(facet, "1951").count == 1
    assert "1952" in [c.value for c in facet.rest]
    assert len(facet.first) + len(facet.rest) == len(facet.choices)


def test_orders(stock, client):
    newest = shown(client, q="hoa giay", xep="moi")
    assert newest[0] == "3/CT-BTN" and newest[-1] == "2/2019/QH14"
    assert shown(client, q="hoa giay", xep="cu")[0] == "2/2019/QH14"
    assert shown(client, q="hoa giay", xep="hieu-luc")[0] == "7/2024/QH15"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"tu": "mai"}, "tu"),
        ({"den": "31/2/2020"}, "den"),
        ({"ngay": "0/0/0"}, "ngay"),
        ({"tu": "2022", "den": "2020"}, "den"),
    ],
)
def test_a_day_that_cannot_be_read_is_said(stock, client, query, field):
    response = client.get(PAGE, {"q": "hoa giay", **query})
    body = response.content.decode()
    assert response.status_code == 200
    assert set(response.context["errors"]) == {field}
    assert f'href="#loc-{field}"' in body and f'id="loi-{field}"' in body
    assert response.context["results"], "the list without that limit is better than none"


def test_depth_has_a_clear_end(stock, client):
    response = client.get(PAGE, {"q": "hoa giay", "trang": "101"})
    assert response.status_code == 200
    assert response.context["question"].too_deep and not response.context["results"]
    response = client.get(PAGE, {"q": "hoa giay", "trang": "7"})
    assert response.context["past_the_end"]


def test_nothing_found_offers_ways_on(stock, client):
    response = client.get(PAGE, {"q": "thông tư về hoa giấy qwertz", "nam": "1999"})
    ways = response.context["ways_on"]
    assert response.context["total"] == 0
    assert any("1999" in chip.text for chip in ways.filters)
    assert ways.shorter and "q=" in ways.shorter.link
    assert "/van-ban/" in response.content.decode()
    ways = client.get(PAGE, {"q": "luat hoa giai xyz", "nam": "1999"}).context["ways_on"]
    assert [one.value for one in ways.near] == ["Luật Hoa giấy"]


def test_the_table_is_harmless_and_complete(stock, at, client):
    make.document(at, "77/2031/TT-BTN", subject="=1+1 hoa giấy", live=True)
    outbox.drain()
    response = client.get(f"{PAGE}ket-qua.csv", {"q": "hoa giay"})
    assert response["Content-Type"].startswith("text/csv")
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert len(rows) == 1 + 7
    assert any(row[2] == "'=1+1 hoa giấy" for row in rows)
    assert any(row[7] == "Luật 7/2024/QH15" for row in rows)


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_lists_the_newest(stock, client, kind):
    response = client.get(f"{PAGE}ket-qua.{kind}", {"q": "hoa giay"})
    tree = ElementTree.fromstring(response.content)
    titles = [node.text for node in tree.iter() if node.tag.endswith("title")]
    assert len(titles) == 7 and titles[1].startswith("Chỉ thị 3/CT-BTN")
    assert "s-maxage" in response["Cache-Control"]
    page = body_of(client, q="hoa giay", nam="2021")
    assert re.search(r'rel="alternate"[^>]+ket-qua\.atom\?q=hoa\+giay&amp;nam=2021', page)


def test_why_says_words_and_state(stock, client):
    results = client.get(PAGE, {"q": "hoa giấy"}).context["results"]
    old = next(result for result in results if result.work.number == "2/2019/QH14")
    response = client.get(f"{PAGE}vi-sao/", {"q": "hoa giấy", "vb": old.key})
    assert response.status_code == 200 and not response.context["keeps"]
    reasons = " ".join(response.context["why"].reasons)
    assert "hoa" in reasons and "Hết hiệu lực toàn bộ" in reasons
    for wrong in ("", "legal-", "legal-999999", "x-1", "legal-²", "legal--1"):
        assert client.get(f"{PAGE}vi-sao/", {"q": "hoa", "vb": wrong}).status_code == 404
    client.force_login(stock.administrator)
    response = client.get(f"{PAGE}vi-sao/", {"q": "hoa giấy", "vb": old.key})
    assert response.context["keeps"]


def test_the_guide_has_examples_that_work(stock, client):
    body = client.get(f"{PAGE}tro-giup/").content.decode()
    links = re.findall(r'href="(/tim-kiem/\?q=[^"]+)"', body)
    assert len(links) >= 20
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code in (200, 302), link


@pytest.fixture
def broken(monkeypatch):
    class Engine:
        def __getattr__(self, name):
            raise EngineError("down")

    for module in ("search.engine", "search.second_stage", "search.exports"):
        monkeypatch.setattr(f"{module}.engine", Engine)
    assert second_stage.engine is Engine


def test_without_an_engine_numbers_are_still_found(stock, client, broken):
    response = client.get(PAGE, {"q": "hoa giay"})
    assert response.status_code == 503 and "/linh-vuc/" in response.content.decode()
    for typed in ("21/2021/TT-BTN", "tt 21/2021", "21/2021"):
        response = client.get(PAGE, {"q": typed})
        assert response.status_code == 302 and "21-2021" in response["Location"], typed
    response = client.get(PAGE, {"q": "21/2021/TT-BTN hoa giấy"})
    assert response.status_code == 503 and response.context["direct"].work.number.startswith("21/")
    for name in ("ket-qua.csv", "ket-qua.atom"):
        assert client.get(f"{PAGE}{name}?q=hoa").status_code == 503
    assert client.get("/api/v1/search?q=hoa").status_code == 503
    assert client.get("/tim-kiem/goi-y/?q=21/2021").json()["suggestions"]


def test_what_the_index_does_not_have_yet_is_found_by_number(stock, at, client):
    work = make.document(at, "55/2026/TT-BTN", live=True)  # not drained
    assert client.get(PAGE, {"q": work.number}).status_code == 302


def test_parameters_of_others_do_not_come_back(client):
    body = body_of(client, q="x" * 50_000, utm_source="bad", trong="y" * 9_000)
    assert "utm_source" not in body and len(body) < 120_000


def test_the_day_of_the_page_is_today(stock, client):
    context = client.get(PAGE, {"q": "hoa giay"}).context
    assert context["plan"].today == timezone.localdate()
    assert not context["question"].day_asked


# --- inside one document ----------------------------------------------------------------------


@pytest.fixture
def work(at):
    text = (
        "Chương I\nCHUNG\nĐiều 1. Hoa\nHoa giấy nở. Hoa giấy tàn.\n"
        "Chương II\nRIÊNG\nĐiều 2. Giấy\nGiấy làm từ hoa.\nĐiều 3. Cây\nCây cao."
    )
    return make.document(at, "8/2031/TT-BTN", text=text, live=True)


@pytest.mark.parametrize(
    ("typed", "eids", "together"),
    [
        ("hoa giấy", ["dieu-1"], True),
        ("hoa giay", ["dieu-1"], True),
        ("HOA", ["dieu-1", "dieu-2"], True),
        ("làm giấy hoa", ["dieu-2"], False),
        ("hòa giấy", [], True),
        ("xe máy", [], False),
    ],
)
def test_search_inside_a_document(work, client, typed, eids, together):
    response = client.get(f"{work.get_absolute_url()}tim/", {"q": typed})
    found = response.context["found"]
    assert [place.eid for place in found.places] == eids
    if eids:
        assert found.together is together


def test_places_are_counted_in_the_contents(work, client):
    response = client.get(f"{work.get_absolute_url()}tim/", {"q": "hoa giay"})
    counts = {row["eid"]: row["count"] for row in response.context["tree"]}
    assert counts["dieu-1"] == 2 and counts["chuong-1"] == 2 and not counts["dieu-3"]
    body = response.content.decode()
    assert "<mark>Hoa giấy</mark>" in body
    assert (
        f'action="{work.get_absolute_url()}tim/"'
        in client.get(work.get_absolute_url()).content.decode()
    )
    assert client.get(f"{work.get_absolute_url()}tim/").status_code == 200
