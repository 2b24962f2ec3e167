"""What pages tell search engines stands in schema.org's vocabulary.

``schema_org.csv`` holds the types and properties that we use, with the kinds of values that the
vocabulary (30.1) allows and we write. ``.ci/web-quality`` asks the whole vocabulary.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.utils import timezone

from legal_docs import schema as of_documents
from legal_docs.validity import Status
from portal.pages.models import HomePage, PortalSettings
from tests import factories as make

pytestmark = pytest.mark.django_db

with (Path(__file__).parent / "schema_org.csv").open() as file:
    VOCABULARY = {(row["type"], row["property"]): row["values"] for row in csv.DictReader(file)}
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def is_a(value, kind: str) -> bool:
    """Whether a value is of a kind that the vocabulary allows for its property."""
    if kind == "boolean":
        return isinstance(value, bool)
    if isinstance(value, dict):
        return value.get("@type") == kind
    if not isinstance(value, str) or not value.strip():
        return False
    if kind == "date":  # days and moments alike: schema.org takes both, in ISO 8601
        return bool(dt.datetime.fromisoformat(value))
    if kind == "url":
        return re.fullmatch(r"https?://[^\s]+", value) is not None
    if "|" in kind or "Force" in kind:
        return value.removeprefix("https://schema.org/") in kind.split("|")
    return kind == "text"


def faults(data: dict) -> list[str]:
    """What is not so in an object: unknown names, values of a wrong kind."""
    found = []
    for name, value in data.items():
        if name in ("@context", "@type"):
            continue
        kind = "url" if name == "@id" else VOCABULARY.get((data["@type"], name))
        values = value if isinstance(value, list) else [value]
        if kind is None or not values or not all(is_a(one, kind) for one in values):
            found.append(f"{data['@type']}.{name}: {value!r}")
        found += [fault for one in values if isinstance(one, dict) for fault in faults(one)]
    return found


def said(client, url: str) -> dict:
    (text,) = SCRIPT.findall(client.get(url).content.decode())
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return data


@pytest.fixture
def at():
    return make.house()


def test_the_rule_finds_what_is_wrong():
    assert faults({"@type": "Legislation", "legislationFoo": "x"})
    assert faults({"@type": "Legislation", "legislationPassedBy": "Sở Hạt Mít"})
    assert faults({"@type": "Legislation", "legislationLegalForce": "https://schema.org/Maybe"})
    assert faults({"@type": "NewsArticle", "author": {"@type": "Person", "name": ""}})
    assert faults({"@type": "NewsArticle", "keywords": []})
    assert faults({"@type": "NewsArticle", "url": "/tin-tuc/"})
    with pytest.raises(ValueError, match="isoformat"):
        faults({"@type": "NewsArticle", "datePublished": "hôm qua"})


@pytest.mark.parametrize("full", [True, False])
def test_the_agency(at, client, full):
    HomePage.objects.update(unit=at.a)
    make.home().save_revision(user=at.clerk_a, clean=False)
    make.publish(make.home(), at)
    if full:
        PortalSettings.objects.create(
            authority="Sở Hạt Mít", telephone="0200 9", email="mit@example.vn",
            address="1 Phố Mít", social="Mạng | https://example.vn/mang",
        )  # fmt: skip
    data = said(client, "/")
    assert faults(data) == []
    assert data["@type"] == "GovernmentOrganization"
    assert len(data) == (9 if full else 5)


@pytest.mark.parametrize("full", [True, False])
def test_a_news_item(at, client, full):
    rest = {"picture": make.picture(size=(1300, 700)), "picture_alt": "Hạt mít",
            "picture_caption": "Sân phơi", "picture_credit": "Mít", "topics": ["mít"]}  # fmt: skip
    article = make.news(at, "Tin có ảnh " * 20, **(rest if full else {}))
    article.author = "Lò Văn Mít" if full else ""
    article.save_revision(user=at.clerk_a, clean=False)
    article = make.publish(article, at)
    data = said(client, article.address)
    assert faults(data) == []
    assert data["@type"] == "NewsArticle"
    assert {"image", "author", "keywords"} <= set(data) or not full
    assert len(data["headline"]) <= 110


def test_a_document_with_the_terms_of_eli(at, client):
    today = timezone.localdate()
    work = make.document(at, "1/2031/TT-BTN", issued=today, in_force=today, live=True)
    data = said(client, work.get_absolute_url())
    assert faults(data) == []
    assert data["@type"] == "Legislation"
    eli = {name for name in data if name.startswith("legislation")}
    assert eli == {name for kind, name in VOCABULARY if name.startswith("legislation")}


@pytest.mark.parametrize("status", [*Status, ""])
def test_every_state_of_validity_is_a_word_of_the_vocabulary(at, status):
    work = make.document(at, "1/2031/TT-BTN", live=True)
    data = of_documents.legislation(work, status)
    assert faults(data) == []
    assert ("legislationLegalForce" in data) == (status not in ("", Status.UNKNOWN))
