"""Reference lists: they load, load again without a change, and hold what the rules need."""

from __future__ import annotations

import datetime as dt

import pytest

from legal_docs import reference as law
from legal_docs.models import DocumentType, Field, WorkClass
from legal_docs.works import kinds
from portal.organisations import reference as organisations
from portal.organisations.models import Organisation, OrganisationName, Succession
from portal.organisations.models.organisation import with_predecessors

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    organisations.load()
    law.load()


def counts() -> list[int]:
    models = (Organisation, OrganisationName, Succession, DocumentType, Field)
    return [model.objects.count() for model in models]


def test_a_second_load_adds_nothing(loaded):
    before = counts()
    organisations.load()
    law.load()
    assert counts() == before


def test_a_load_keeps_what_an_administrator_changed(loaded):
    DocumentType.objects.filter(code="nghi-dinh").update(rank=77)
    law.load()
    assert DocumentType.objects.get(code="nghi-dinh").rank == 77


def test_every_type_has_a_class_that_exists(loaded):
    registered = {kind.model.work_class for kind in kinds()}
    assert set(DocumentType.objects.values_list("work_class", flat=True)) <= registered
    assert set(WorkClass.values) == registered


def test_thirty_four_provinces_exist_today_and_sixty_three_before(loaded):
    areas = Organisation.objects.filter(kind="dia-ban")
    assert areas.current(dt.date(2026, 1, 1)).count() == 34
    assert areas.current(dt.date(2024, 1, 1)).count() == 64  # Huế keeps a row beside Thừa Thiên Huế


def test_ben_tre_is_found_under_vinh_long(loaded):
    committee = Organisation.objects.get(name="Ủy ban nhân dân tỉnh Vĩnh Long")
    reached = Organisation.objects.filter(pk__in=with_predecessors([committee]))
    assert "Ủy ban nhân dân tỉnh Bến Tre" in set(reached.values_list("name", flat=True))


def test_a_merged_ministry_ended_on_the_first_of_march(loaded):
    old = Organisation.objects.get(name="Bộ Giao thông vận tải")
    assert old.exists_on(dt.date(2025, 2, 28))
    assert not old.exists_on(dt.date(2025, 3, 1))
    assert old.successions.get().successor.name == "Bộ Xây dựng"
