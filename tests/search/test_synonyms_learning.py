"""Pairs that texts declare become proposals, never rules by themselves."""

import io

import pytest
from django.core.management import call_command

from search.models import WordPair
from search.understanding.learning import proposals
from search.understanding.synonyms import Kind
from tests import factories as make

TEXT = "Điều 1. Quỹ\nNgười đóng quỹ chăm sóc cây (QCSC) được hưởng quỹ chăm sóc cây (QCSC)."


def test_declared_abbreviations() -> None:
    texts = [TEXT, "Theo quỹ chăm sóc cây (QCSC).", "Quỹ chăm sóc của cây (QCSX)."]
    assert [(one.typed, one.meant, one.count) for one in proposals(texts, least=2)] == [
        ("qcsc", "quỹ chăm sóc cây", 2)
    ]


def test_short_names() -> None:
    text = "Lập quỹ của hội người trồng cây cảnh (sau đây gọi tắt là Hội cây cảnh) tại xã."
    found = proposals([text] * 3)
    assert [(one.typed, one.meant, one.kind) for one in found] == [
        ("hội cây cảnh", "hội người trồng cây cảnh", Kind.RELATED)
    ]


def test_two_meanings_are_no_rule() -> None:
    texts = ["quỹ chăm sóc cây (QCSC)", "quy chế sân chơi (QCSC)"] * 3
    assert proposals(texts) == []


@pytest.mark.django_db
def test_the_command_proposes_once_and_public_texts_only():
    at = make.house()
    for number in range(1, 4):
        make.document(at, f"{number}/2031/TT-BTN", text=TEXT, live=True)
        hidden = "Điều 1. Mật\nTheo kế hoạch vỏ quýt khô (KHVQK)."
        make.document(at, f"1{number}/2031/TT-BTN", text=hidden, live=True, audience="units")
    call_command("search_learn_pairs", "--dry-run", stdout=io.StringIO())
    assert not WordPair.objects.exists()
    call_command("search_learn_pairs", stdout=io.StringIO())
    pair = WordPair.objects.get()
    assert (pair.typed, pair.strength, pair.active) == ("qcsc", "viet_tat", False)
    call_command("search_learn_pairs", stdout=io.StringIO())
    assert WordPair.objects.count() == 1
