"""Tests of search; the contract of engines explains its failures like any test module."""

import pytest

pytest.register_assert_rewrite("tests.search.contract")
