"""Compile the translations without GNU gettext, which many servers do not have."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.reloader import translation_file_changed


class Command(BaseCommand):
    help = "Biên dịch các tệp .po trong locale/ thành .mo; tệp không đổi thì bỏ qua."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--force", action="store_true", help="biên dịch cả tệp không đổi")

    def handle(self, *args, **options) -> None:
        for root in settings.LOCALE_PATHS:
            for source in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
                self._compile(source, options["force"])

    def _compile(self, source: Path, force: bool) -> None:
        import polib

        target = source.with_suffix(".mo")
        if not force and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            return
        try:
            catalogue = polib.pofile(str(source), encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{source}: {error}") from None
        # A reader never meets a half-written file: other processes may be starting up.
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        catalogue.save_as_mofile(str(draft))
        draft.replace(target)
        translation_file_changed(self, target)  # this process may have read it before
        self.stdout.write(
            f"{source.parent.parent.name}/{source.stem}: {len(catalogue.translated_entries())} câu."
        )
