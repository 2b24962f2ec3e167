"""The API: exactly the promised parts, faults as problems, nothing that a stranger may not see."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.utils.html import strip_tags

from search import limits, suggesting
from search.api.params import NAMES
from search.api.views import described
from search.indexing import outbox
from tests import factories as make

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search"


@pytest.fixture(autouse=True)
def fresh():
    suggesting.forget()
    limits._counts.clear()


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def stock(at):
    text = "Điều 1. Phạm vi <b>&\nQuy định về rơm & <script>alert(1)</script> rạ."
    for number in range(1, 6):
        make.document(
            at, f"{number}/2031/TT-BTN", subject=f"Về rơm rạ {number}", text=text, live=True
        )
    outbox.drain()
    return at


def asked(client, **query) -> dict:
    response = client.get(SEARCH, query)
    assert response.status_code == 200, response.content
    return response.json()


def test_the_parts_are_exactly_these(stock, client):
    body = asked(client, q="rơm rạ", size=2)
    assert list(body) == [
        "query", "understood", "total", "results", "facets", "suggestion", "direct",
    ]  # fmt: skip
    assert body["query"] == "rơm rạ" and body["total"] == 5 and len(body["results"]) == 2
    row = body["results"][0]
    assert list(row) == [
        "number", "type", "title", "issuers", "date", "status", "url", "provisions",
    ]  # fmt: skip
    assert row["issuers"] == ["Bộ Thử nghiệm"] and row["date"] == "2031-01-05"
    assert row["url"].startswith("http") and row["status"] == "chua_co_hieu_luc"
    part = row["provisions"][0]
    assert list(part) == ["id", "label", "heading", "snippet", "url"]
    assert set(body["facets"]) == {
        "type", "issuer", "level", "province", "field", "year", "status",
    }  # fmt: skip
    assert body["facets"]["year"] == [{"value": "2031", "label": "2031", "count": 5}]


def test_a_snippet_is_safe(stock, client):
    for row in asked(client, q="rơm rạ")["results"]:
        for part in row["provisions"]:
            assert set(re.findall(r"</?(\w+)", part["snippet"])) <= {"mark"}
            assert "<script" not in part["snippet"] and strip_tags(part["snippet"])


def test_parameters_narrow(stock, client):
    assert asked(client, q="rơm", type="Luật")["total"] == 0
    assert asked(client, q="rơm", issuer="bo-thu-nghiem", year="2031")["total"] == 5
    assert asked(client, q="rơm", **{"from": "2031-01-05", "to": "2031-01-05"})["total"] == 5
    assert asked(client, q="rơm", to="2031-01-04")["total"] == 0
    assert asked(client, q="rơm", status="con_hieu_luc")["total"] == 0
    assert asked(client, q="rơm", status="con_hieu_luc", as_at="2031-03-01")["total"] == 5
    assert asked(client, q="rơm", sort="newest", page=2, size=2)["results"]
    assert asked(client)["total"] == 0
    direct = asked(client, q="3/2031/TT-BTN")["direct"]
    assert direct["number"] == "3/2031/TT-BTN" and list(direct) == [
        "number",
        "type",
        "title",
        "url",
    ]


def test_a_parameter_may_be_repeated(stock, client):
    make.document(
        stock, "9/2030/TT-BTN", subject="Về rơm rạ cũ", issued=dt.date(2030, 1, 5), live=True
    )
    outbox.drain()
    both = asked(client, q="rơm", year=["2030", "2031"])
    assert both["total"] == 6
    one = asked(client, q="rơm", year="2030")
    assert one["total"] == 1 and one["facets"]["year"] == both["facets"]["year"]
    assert asked(client, q="rơm", type=["Luật", "Thông tư"])["total"] == 6
    said = asked(client, q="thông tư về rơm năm 2031", year="2030")
    assert said["total"] == 1 and "nam" not in {step["code"] for step in said["understood"]}


@pytest.mark.parametrize(
    "query",
    [
        {"year": [str(year) for year in range(2000, 2021)]}, {"issuer": ["bo-thu-nghiem", "khong-co"]},
        {"status": ["con_hieu_luc", "x"]},
        {"page": "0"}, {"page": "x"}, {"size": "101"}, {"size": "-1"}, {"as_at": "mai"},
        {"from": "2024-13-01"}, {"from": "2024-02-01", "to": "2024-01-01"}, {"sort": "best"},
        {"level": "sao-hoa"}, {"status": "x"}, {"issuer": "khong-co"}, {"year": "²²²²"},
        {"page": "100", "size": "100"}, {"province": "../"}, {"field": "999999999999"},
    ],
)  # fmt: skip
def test_a_fault_is_a_problem(client, query):
    response = client.get(SEARCH, {"q": "rơm", **query})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "errors"} == set(body)
    assert body["errors"][0]["name"] in query and body["status"] == 400


def test_reading_only_and_from_anywhere(stock, client):
    response = client.get(SEARCH, {"q": "rơm"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert client.options(SEARCH).status_code == 204
    assert client.post(SEARCH).status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/tim-kiem/", {"q": "rơm"})
    tag = response["ETag"]
    again = client.get(SEARCH, {"q": "rơm"}, headers={"if-none-match": tag})
    assert again.status_code == 304 and not again.content


def test_too_many_are_asked_to_wait(client, settings):
    settings.SEARCH_LIMITS = {"search": 5, "suggest": 3}
    answers = [client.get(SEARCH, {"q": "x"}).status_code for _ in range(8)]
    assert answers == [200] * 5 + [429] * 3
    response = client.get(SEARCH, {"q": "x"})
    assert response["Content-Type"] == "application/problem+json"
    assert 0 < int(response["Retry-After"]) <= 60
    limits._counts.clear()  # another process: the shared count stands
    answers = [client.get(SEARCH, {"q": "x"}).status_code for _ in range(6)]
    assert answers[-1] == 429
    assert client.get(SEARCH, {"q": "x"}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_session_sees_its_own_and_no_cache_does(stock, at, client):
    make.document(at, "88/2031/TT-BTN", subject="Về rơm rạ kín", audience="units", live=True)
    outbox.drain()
    assert asked(client, q="rơm rạ")["total"] == 5
    client.force_login(at.member_b)
    response = client.get(SEARCH, {"q": "rơm rạ"})
    assert response.json()["total"] == 6
    assert response["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response and "ETag" not in response


def test_the_description_fits(client):
    body = client.get("/api/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    operation = body["paths"][SEARCH]["get"]
    assert [row["name"] for row in operation["parameters"]] == list(NAMES)
    answer = body["components"]["schemas"]["SearchAnswer"]["required"]
    assert answer == list(client.get(SEARCH).json())
    page = client.get("/api/").content.decode()
    for name in NAMES:
        assert f"<code>{name}</code>" in page
    assert json.dumps(described())


def test_the_answers_fit_the_description(stock, client):
    from jsonschema import Draft202012Validator

    schemas = json.loads(json.dumps(described()).replace("#/components/schemas/", "#/$defs/"))
    defs = schemas["components"]["schemas"]
    for url, name in ((f"{SEARCH}?q=1/2031/TT-BTN+rơm", "SearchAnswer"),
                      ("/api/v1/suggest?q=bo", "SuggestAnswer"),
                      (f"{SEARCH}?page=0", "Problem")):  # fmt: skip
        validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": defs})
        assert not list(validator.iter_errors(client.get(url).json())), url
