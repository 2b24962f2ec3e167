"""Editors keep the lists of words in the admin; what makes no sense is refused with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from search.models import NeverEqual, WordPair
from tests import factories as make

pytestmark = pytest.mark.django_db
PAIR = {"typed": "giấy hồng", "meant": "giấy chứng nhận", "strength": "doi_thuong", "rule": ""}


@pytest.fixture
def admin(client):
    at = make.house()
    client.force_login(at.superuser)
    client.person = at.superuser
    return client


def test_a_pair_is_added_with_the_name_of_who_did_it(admin):
    url = reverse("search_wordpair_modeladmin_create")
    answer = admin.post(url, PAIR | {"active": "on", "note": ""})
    assert answer.status_code == 302
    pair = WordPair.objects.get()
    assert (pair.changed_by, pair.active) == (admin.person, True)
    edit = reverse("search_wordpair_modeladmin_edit", args=[pair.pk])
    assert admin.get(edit).status_code == 200
    admin.post(edit, PAIR | {"meant": "giấy xanh", "note": "nhầm"})
    pair.refresh_from_db()
    assert (pair.meant, pair.active) == ("giấy xanh", False)
    assert admin.get(reverse("search_wordpair_modeladmin_index")).status_code == 200


def test_a_rule_that_nobody_knows_is_refused(admin):
    url = reverse("search_wordpair_modeladmin_create")
    answer = admin.post(url, PAIR | {"active": "on", "rule": "đôi khi"})
    assert answer.status_code == 200
    assert not WordPair.objects.exists()


def test_never_equated_words_are_added(admin):
    url = reverse("search_neverequal_modeladmin_create")
    admin.post(url, {"one": "khiếu nại", "other": "tố cáo", "active": "on", "note": ""})
    assert str(NeverEqual.objects.get()) == "khiếu nại ≠ tố cáo"
    assert admin.get(reverse("search_neverequal_modeladmin_index")).status_code == 200


@pytest.mark.parametrize("role", ["member_a"])
def test_a_reader_has_no_way_in(client, role):
    at = make.house()
    client.force_login(getattr(at, role))
    url = reverse("search_wordpair_modeladmin_create")
    assert client.post(url, PAIR).status_code in (302, 403, 404)
    assert not WordPair.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"typed": "…"},
        {"meant": " – "},
        {"typed": "giấy hồng", "meant": "Giấy  Hồng"},
        {"typed": "hoà giải", "meant": "hòa giải"},
        {"rule": "beside"},
        {"typed": "Tố cáo", "meant": "khiếu nại"},
        {"typed": "sổ đỏ", "meant": "giấy đỏ"},
    ],
)
def test_a_pair_without_sense_is_refused(changes):
    NeverEqual.objects.create(one="khiếu nại", other="tố cáo")
    WordPair.objects.create(typed="Sổ đỏ", meant="giấy đỏ", strength="doi_thuong")
    with pytest.raises(ValidationError):
        WordPair(**(PAIR | changes)).full_clean()


def test_the_same_pair_of_opposites_is_refused_in_either_order():
    NeverEqual.objects.create(one="khiếu nại", other="tố cáo")
    with pytest.raises(ValidationError):
        NeverEqual(one="tố cáo", other="Khiếu nại").full_clean()
