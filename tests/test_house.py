"""Rules of the house that a review forgets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
ROOMS = ("portal", "legal_docs", "directives", "search")
MODULES = [path for room in ROOMS for path in (REPOSITORY / room).rglob("*.py")]
# The admin has a looser policy of its own (portal.core.middleware).
TEMPLATES = [
    path
    for path in sorted((REPOSITORY / "templates").rglob("*.html"))
    if path.parent.name != "admin_pages"
]


def long_ones(paths, limit: int) -> dict[str, int]:
    counted = {str(path.relative_to(REPOSITORY)): path.read_text().count("\n") for path in paths}
    return {name: count for name, count in counted.items() if count > limit}


def test_no_migration_is_long():
    assert long_ones([path for path in MODULES if path.parent.name == "migrations"], 300) == {}


def test_no_module_is_long():
    assert len(MODULES) > 100
    assert long_ones([path for path in MODULES if path.parent.name != "migrations"], 400) == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_public_template_has_no_inline_script_or_style(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", source)
    assert not re.search(r"\s(?:style|on[a-z]+)=[\"']", source)
    if path.name != "500.html":  # it stands alone when nothing else can be served
        assert "<style" not in source


def test_imports_run_one_way():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
