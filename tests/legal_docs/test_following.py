"""The feed of one document: what a follower is told, and what he is not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from lxml import etree

from portal.organisations.models import AudienceKind
from tests import factories as make

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def at():
    return make.house()


def titles(client, work) -> list[str]:
    response = client.get(f"{work.identity.url}atom.xml")
    assert response.status_code == 200 and "atom+xml" in response["Content-Type"]
    tree = etree.fromstring(response.content)
    links = tree.xpath("//a:entry/a:link/@href", namespaces=ATOM)
    assert all(link.startswith(settings.PORTAL_URL) for link in links)
    marks = tree.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert len(marks) == len(set(marks)), "an entry is told apart from the others"
    return tree.xpath("//a:entry/a:title/text()", namespaces=ATOM)


def corrected(work, at):
    draft = work.get_latest_revision_as_object()
    draft.subject = "Trích yếu đã đính chính"
    draft.save_revision(user=at.contributor_a, clean=False)
    return make.publish(type(work).objects.get(pk=work.pk), at)


@pytest.mark.parametrize("kind", ["document", "directive"])
def test_publication_correction_and_withdrawal_are_told(at, client, kind):
    work = getattr(make, kind)(at, live=True)
    assert len(titles(client, work)) == 1
    work = corrected(work, at)
    told = titles(client, work)
    assert len(told) == 2 and "đính chính" in told[0] and "đính chính" not in told[1]
    make.withdraw(work, at)
    assert client.get(work.identity.url).status_code == 410
    told = titles(client, work)
    assert len(told) == 3 and "ỡ" in told[0], "followers are those who must learn of it"


def test_what_acts_on_it_is_told_by_name_when_it_is_public(at, client):
    law = make.document(at, live=True)
    newer = make.document(at, "05/2031/TT-BTN", audience=AudienceKind.UNITS)
    make.relate(newer, "sua_doi_bo_sung", law, effective=dt.date(2031, 5, 1))
    make.publish(newer, at)
    assert not [title for title in titles(client, law) if "05/2031" in title]
    draft = newer.get_latest_revision_as_object()
    draft.audience = AudienceKind.PUBLIC
    draft.save_revision(user=at.contributor_a, clean=False)
    make.publish(type(newer).objects.get(pk=newer.pk), at)
    assert [title for title in titles(client, law) if "05/2031" in title]
    assert not [title for title in titles(client, newer) if "01/2031" in title], "it acts itself"


@pytest.mark.parametrize("reader", ["stranger", "clerk_a"])
def test_what_is_internal_has_no_feed(at, client, reader):
    """A feed reader carries nobody's rights: not even an editor's address opens one."""
    inner = make.document(at, audience=AudienceKind.UNITS, live=True)
    draft = make.document(at, "06/2031/TT-BTN")
    if reader != "stranger":
        client.force_login(getattr(at, reader))
    for work in (inner, draft):
        assert client.get(f"{work.identity.url}atom.xml").status_code == 404
    body = client.get(inner.identity.url).content.decode()
    assert "atom.xml" not in body


def test_an_old_address_leads_on(at, client):
    work = make.document(at, live=True)
    before = work.identity.url
    draft = work.get_latest_revision_as_object()
    draft.number = "09/2031/TT-BTN"
    draft.save_revision(user=at.contributor_a, clean=False)
    work = make.publish(type(work).objects.get(pk=work.pk), at)
    work.identity.refresh_from_db()
    assert work.identity.url != before
    response = client.get(f"{before}atom.xml")
    assert response.status_code == 301 and response["Location"] == f"{work.identity.url}atom.xml"


def test_the_page_names_its_feed_and_it_costs_few_queries(
    at, client, django_assert_max_num_queries
):
    work = make.document(at, live=True)
    assert f'href="{work.identity.url}atom.xml"' in client.get(work.identity.url).content.decode()
    client.get(f"{work.identity.url}atom.xml")
    with django_assert_max_num_queries(14):
        client.get(f"{work.identity.url}atom.xml")
