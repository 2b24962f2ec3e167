"""The leak on every surface of search: to a stranger, an internal document is not there.

For each surface the answer with an internal document in the house is compared, byte by byte, with
the answer of a house without it.
"""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from legal_docs.models import LegalDocument
from portal.organisations.models import Organisation
from search import limits, suggesting
from search.engine import engine
from search.indexing import outbox
from tests import factories as make

pytestmark = pytest.mark.django_db
SECRET = "ốc bươu vàng"
SURFACES = (
    "/tim-kiem/?q={words}",
    "/tim-kiem/?q={words}&nguyen-van=1",
    "/tim-kiem/?q={number}",
    "/tim-kiem/?q={number}+{words}",
    "/tim-kiem/?q=tt+987/2031",
    "/tim-kiem/?q=quy+dinh&trong={words}",
    "/tim-kiem/?q=quy+dinh",
    "/tim-kiem/?q=quy+dinh&nam=2031&xep=moi",
    "/tim-kiem/?q=thong+tu+ve+oc+buou+vang",
    "/tim-kiem/?q=oc+buou+vangg",
    "/tim-kiem/?q=%22{words}%22",
    "/tim-kiem/?loai=Th%C3%B4ng+t%C6%B0",
    "/tim-kiem/?co-quan={issuer}",
    "/tim-kiem/goi-y/?q=oc+buou",
    "/tim-kiem/goi-y/?q=987",
    "/tim-kiem/goi-y/?q=bo+kin",
    "/tim-kiem/ket-qua.csv?q=quy+dinh",
    "/tim-kiem/ket-qua.csv?q={words}",
    "/tim-kiem/ket-qua.atom?q=quy+dinh",
    "/tim-kiem/ket-qua.rss?q={words}",
    "/tim-kiem/vi-sao/?q={words}&vb=legal-{pk}",
    "/tim-kiem/vi-sao/?q=quy+dinh&vb=legal-{public}",
    "/api/v1/search?q={words}",
    "/api/v1/search?q={number}",
    "/api/v1/search?q=quy+dinh",
    "/api/v1/suggest?q=oc",
    "/api/v1/suggest?q=987/2031",
    "{path}tim/?q=oc+buou",
    "{public_path}tim/?q=oc+buou",
)


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.SEARCH_LIMITS = dict.fromkeys(limits.LIMITS, 10**9)


@pytest.fixture
def at():
    return make.house()


def answers(client, **names) -> dict[str, tuple]:
    outbox.drain()
    suggesting.forget()
    found = {}
    for surface in SURFACES:
        response = client.get(surface.format(**names))
        body = re.sub(rb"<(updated|lastBuildDate)>[^<]+<", b"", response.content)
        found[surface] = (response.status_code, response.headers.get("Location"), body)
    return found


AUDIENCES = ("units", "chosen", "draft", "withdrawn")


def _says_where_it_stood(audience: str, surface: str) -> bool:
    """The address of what was withdrawn says so itself, to everybody; no other page does."""
    return audience == "withdrawn" and surface.startswith("{path}")


def hide(at, audience: str, issuer, acts_on=None):
    """A document that strangers may not read."""
    hidden = make.document(
        at,
        "987/2031/TT-BTN",
        subject=f"Quy định về {SECRET}",
        audience=audience if audience in ("units", "chosen") else "public",
        units=[at.a] if audience == "chosen" else [],
        lead_issuer=issuer,
    )
    if acts_on:
        make.relate(hidden, "thay_the", acts_on)
    if audience != "draft":
        hidden = make.publish(hidden, at)
    return make.withdraw(hidden, at) if audience == "withdrawn" else hidden


@pytest.fixture
def names(at):
    issuer = make.unit("Bộ Kín Tiếng", level="trung-uong", kind="bo")
    public = make.document(at, "1/2031/TT-BTN", subject="Quy định về phơi rơm", live=True)
    return {
        "words": "oc+buou+vang",
        "number": "987/2031/TT-BTN",
        "issuer": issuer.slug,
        "public": public.pk,
        "public_path": public.get_absolute_url(),
    }


@pytest.mark.parametrize("audience", AUDIENCES)
def test_with_it_and_without_it_a_stranger_reads_the_same(at, names, client, audience):
    issuer = Organisation.objects.get(slug=names["issuer"])
    mark = transaction.savepoint()
    hidden = hide(at, audience, issuer)
    names |= {"pk": hidden.pk, "path": hidden.get_absolute_url()}
    with_it = answers(client, **names)
    if audience in ("units", "chosen"):  # the questions are such that a reader finds it
        client.force_login(at.member_a)
        assert hidden.number in client.get("/tim-kiem/?q=oc+buou+vang").content.decode()
        assert hidden.number in client.get(f"{names['path']}tim/?q=oc+buou").content.decode()
        assert (
            hidden.number in client.get("/api/v1/suggest?q=987").json()["suggestions"][0]["value"]
        )
        client.logout()
    transaction.savepoint_rollback(mark)
    engine().delete([("legal", hidden.pk)])
    without = answers(client, **names)
    for surface, answer in without.items():
        assert _says_where_it_stood(audience, surface) or with_it[surface] == answer, surface


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_it_does_to_others_names_it_to_nobody(at, names, client, audience):
    issuer = Organisation.objects.get(slug=names["issuer"])
    hidden = hide(at, audience, issuer, LegalDocument.objects.get(pk=names["public"]))
    names |= {"pk": hidden.pk, "path": hidden.get_absolute_url()}
    for surface, (_status, _location, body) in answers(client, **names, ngay="2033").items():
        if _says_where_it_stood(audience, surface):
            continue
        text = body.decode()
        assert SECRET not in text.lower() and "987-2031" not in text, surface
        typed = "{number}" in surface or "987" in surface
        assert typed or "987/2031" not in text, surface
        assert "Bộ Kín Tiếng" not in text or "{issuer}" in surface, surface
    page = client.get("/tim-kiem/?q=phoi+rom&ngay=2033-01-01")
    assert all(result.ended_by is None for result in page.context["results"])
