"""Learn from the portal's own texts: spelling and accents, and what words mean."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search.indexing import training


class Command(BaseCommand):
    help = (
        "Học từ văn bản của chính cổng: chính tả và dấu (từ văn bản công khai), rồi bộ mã hóa nghĩa"
        " (vài phút, dừng giữa chừng thì lần sau học tiếp). Bản mới chỉ thay bản cũ khi tốt hơn."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--steps", type=int, default=1500, help="số bước học bộ mã hóa")
        parser.add_argument("--language-only", action="store_true", help="chỉ học chính tả và dấu")
        parser.add_argument("--force", action="store_true", help="dùng bản mới dù không tốt hơn")

    def handle(self, *args, **options) -> None:
        known = training.learn_language(force=options["force"])
        self.stdout.write(
            f"Chính tả và dấu: {known} âm tiết."
            if known
            else f"Chính tả và dấu: chưa đủ {training.LEAST_FOR_LANGUAGE} điều khoản, bộ đi kèm vẫn dùng."
        )
        if options["language_only"]:
            return
        steps = options["steps"]
        with tqdm(total=steps, unit=" bước", disable=not sys.stderr.isatty()) as bar:

            def progress(step: int, _steps: int, loss: float) -> None:
                bar.n = step
                bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
                bar.update(0)

            found = training.train_encoder(steps, progress, force=options["force"])
        if found is None:
            self.stdout.write(
                f"Chưa đủ {training.LEAST_ROWS} điều khoản để học: bộ mã hóa đi kèm vẫn được dùng."
            )
            return
        verdict = "thay bản cũ" if found.used else "KHÔNG thay bản cũ"
        self.stdout.write(f"Bộ mã hóa: {found.before:.3f} → {found.after:.3f}, {verdict}.")
