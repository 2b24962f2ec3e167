"""The examples in the pure modules, and texts that want to be expensive."""

from __future__ import annotations

import doctest
import importlib
import time

import pytest

from legal_docs import matching
from portal.core.difference import difference


@pytest.mark.parametrize(
    "name",
    [
        "legal_docs.following.rules",
        "legal_docs.matching",
        "portal.core.batching",
        "portal.core.difference",
        "portal.core.foreign_html",
        "portal.editorial.acts",
        "portal.editorial.freezing",
    ],
)
def test_the_examples_hold(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted and not found.failed


def test_the_same_text_has_no_difference():
    assert difference(["a", "b"], ["a", "b"]) == []
    assert difference([], []) == []


@pytest.mark.parametrize(("old", "new"), [([], ["a b"]), (["a b"], []), (["a"], ["b", "c"])])
def test_nothing_is_left_out_of_a_difference(old, new):
    changes = difference(old, new)
    words = {kind: " ".join(p.text for c in changes for p in c.pieces if p.kind == kind)
             for kind in ("out", "in")}  # fmt: skip
    assert words == {"out": " ".join(old), "in": " ".join(new)}


def test_texts_that_want_to_be_expensive_are_cheap():
    start = time.perf_counter()
    one = ["x " * 150_000]
    assert difference(one, ["y " * 150_000])
    assert difference(["a"] * 25_000, ["b"] * 25_000)
    assert matching.key("\u0301" * 100_000)
    assert matching.key("\ud800 lone") == matching.key("? lone")
    assert matching.paragraphs("<p" * 50_000)
    assert time.perf_counter() - start < 8
