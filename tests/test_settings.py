"""Production refuses to start unsafe, and every setting from outside stands in the table."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SAFE = {
    "SECRET_KEY": "kX3-vR8_pQ1zW6mN4bT9cY2hJ7dL5fG0aS8eU3iO6rBwZ1q",
    "ALLOWED_HOSTS": "cong.example.vn",
}
SAFE["SECRET_KEY"] += "MnVxTy47"


def start(**changes: str) -> subprocess.CompletedProcess:
    environment = {
        key: os.environ[key] for key in ("PATH", "HOME", "PORTAL_VAR") if key in os.environ
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings.production"} | SAFE | changes
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_starts_when_all_is_safe():
    assert start().returncode == 0


@pytest.mark.parametrize(
    "change",
    [
        {"DEBUG": "1"},
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "django-insecure-" + SAFE["SECRET_KEY"]},
        {"SECRET_KEY": "a" * 60},
        {"SECRET_KEY": "ngan"},
        {"ALLOWED_HOSTS": "*"},
        {"ALLOWED_HOSTS": ""},
        {"ALLOWED_HOSTS": "cong.example.vn, *"},
    ],
    ids=lambda change: "-".join(change) + ":" + next(iter(change.values()))[:10],
)
def test_production_refuses_to_start_unsafe(change):
    done = start(**change)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr


def test_every_variable_is_in_the_table():
    code = "".join(path.read_text() for path in (REPOSITORY / "portal" / "settings").glob("*.py"))
    names = set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", code))
    assert len(names) > 10
    table = (REPOSITORY / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in table} == set()
