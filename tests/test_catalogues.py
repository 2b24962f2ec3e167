"""Translations are compiled by the portal itself, and the process that does it speaks by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

WORD = "a word of this test"
SOURCE = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "%s"\nmsgstr "%s"\n'
)


@pytest.fixture
def forget():
    yield
    translation_file_changed(None, Path("x.mo"))


def test_who_compiles_speaks_by_what_he_compiled(settings, tmp_path, forget):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(SOURCE % (WORD, "chữ của phép thử"))
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("vi"):
        assert translation.gettext(WORD) == WORD
        call_command("compile_catalogues", verbosity=0)
    with translation.override("vi"):
        assert translation.gettext(WORD) == "chữ của phép thử"


def test_the_language_of_the_house_is_there_before_anything_is_written():
    from django.conf import settings

    steps = (settings.BASE_DIR / "portal/core/management/commands/run_portal.py").read_text()
    assert steps.index('_once("catalogues"') < steps.index('_once("database"')
