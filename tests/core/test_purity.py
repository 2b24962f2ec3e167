"""Modules of text, law and search stand without Django, so that scripts and tests may use them."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "module",
    [
        "portal.core.text",
        "legal_docs.numbering",
        "legal_docs.citations",
        "legal_docs.following.rules",
        "legal_docs.validity",
        "search.plan",
        "search.understanding",
        "search.highlight",
        "search.engines.embedded",
    ],
)
def test_a_pure_module_brings_no_django(module: str) -> None:
    code = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0
