"""Tests of search; the contract of engines explains its failures like any test module.

Property tests are bounded by examples and not by a clock, which lies on busy machines.
"""

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.search.contract")
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
