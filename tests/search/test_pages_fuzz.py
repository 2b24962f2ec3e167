"""Nasty queries on page, API and completions: whatever is typed, never an answer of 500."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_search import SURFACES, queries
from search import limits
from search.indexing import outbox
from tests import factories as make

pytestmark = pytest.mark.django_db
FINE = {200, 302, 400, 404}


@pytest.fixture
def stock(settings):
    settings.SEARCH_LIMITS = dict.fromkeys(limits.LIMITS, 10**9)
    at = make.house()
    make.document(at, "7/2031/QH17", type=make.document_type("luat"), live=True)
    make.document(at, live=True)
    outbox.drain()
    return at


def test_three_hundred_nasty_queries(stock, client):
    wrong = []
    for at, (surface, parameters) in enumerate(queries(seed=7, count=300)):
        url = f"{surface}?{urlencode(parameters, doseq=True, errors='surrogatepass')}"
        response = client.get(url)
        if response.status_code not in FINE:
            wrong.append((at, response.status_code, url[:200]))
    assert not wrong


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    text=st.text(max_size=120), name=st.sampled_from(("q", "trong", "bo", "co-quan", "vb", "xep"))
)
def test_any_text_in_any_parameter(stock, client, text, name):
    query = {"q": "hoa", name: text}
    for surface in SURFACES[:2]:
        assert client.get(surface, query).status_code in FINE


@pytest.mark.parametrize("surface", SURFACES)
def test_a_megabyte(stock, client, surface):
    for text in ("a" * 1_000_000, "ộ " * 300_000, '"' * 1_000_000, "%00" * 1000):
        response = client.get(surface, {"q": text})
        assert response.status_code in FINE and len(response.content) < 200_000


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(
    "raw", ["q=%ED%A0%80", "q=%FF%FE", "q=%00%00", "q=%E2%80%AE%E2%81%A6", "q", "&&=;"]
)
def test_broken_encodings(stock, client, surface, raw):
    assert client.get(f"{surface}?{raw}").status_code in FINE
