"""Publication checks on real documents and on seeded errors.

    python -m benchmarks.checks [--show N] [--only CODE]

Imports the pages of vbpl.vn and the gazette of ``../shared/data/corpus`` as drafts into a
database of its own (``PORTAL_VAR``, or a temporary folder), runs every check on each document,
then puts one known error after the other into a sample and counts what is found. A check whose
findings on published law are many and mostly no mistakes "cries wolf" and is set to inform.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PORTAL_SHARED_DATA") or ROOT.parent / "shared" / "data") / "corpus"
SOURCES = ("vbpl_html_2026/docs.jsonl.zst", "congbao_fulltext_2026/docs.jsonl.zst")
RELATIONS = ("congbao_meta_2026/docs.jsonl.zst",)
SAMPLE = 40


def prepare(folder: Path) -> None:
    """Migrate, load the registers, import as drafts; nothing when that was done."""
    if (folder / "ready").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PORTAL_VAR": str(folder), "LOG_LEVEL": "ERROR"}
    paths = [str(DATA / name) for name in (*SOURCES, *RELATIONS)]
    for command in (
        ["migrate", "-v0"],
        ["createcachetable"],
        ["load_reference"],
        ["import_documents", *paths],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
        )
    (folder / "ready").touch()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="findings of each check to show")
    parser.add_argument("--only", default="", help="code of one check")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("PORTAL_VAR") or temporary)
        prepare(folder)
        os.environ |= {"PORTAL_VAR": str(folder), "LOG_LEVEL": "ERROR"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
        import django

        django.setup()
        from django.utils.translation import activate

        activate("vi")
        report(options.show, options.only)


def report(show: int, only: str) -> None:
    from benchmarks.seeded_errors import SEEDS, seed_all
    from legal_docs.models import LegalDocument
    from legal_docs.publication_checks import citations, own_links, relations
    from portal.editorial import checks

    # Imported as drafts: every document of the corpus counts as published.
    modules = (citations, own_links, relations)
    really_live = relations.live_identities
    for module in modules:
        module.live_identities = lambda rows: {row.pk for row in rows if not row.is_stub}

    rows = LegalDocument.objects.select_related("type", "lead_issuer", "identity").order_by("pk")
    looked: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    times: list[float] = []
    wanted = [one for one in checks.all_checks() if only in ("", one.code)]
    for document in rows.iterator(chunk_size=200):
        begun = time.perf_counter()
        found = checks.run(document)
        times.append(time.perf_counter() - begun)
        for check in wanted:
            looked[check.code] += 1
            mine = [one for one in found if one.code == check.code]
            documents[check.code] += bool(mine)
            findings[check.code] += len(mine)
            shown[check.code] += [
                f"{document.number or document.pk}: {one.message} [{one.place_label}]"
                for one in mine[:2]
            ]
    for module in modules:
        module.live_identities = really_live
    seeded = seed_all(rows, SAMPLE)
    print(
        "| phép kiểm | mức | văn bản xem | văn bản có phát hiện | phát hiện | lỗi gài: thấy/tổng |"
    )
    print("|---|---|---|---|---|---|")
    standing = checks.severities()
    for check in sorted(wanted, key=lambda one: one.code):
        caught, total = seeded.get(check.code, (0, 0))
        recall = f"{caught}/{total}" if total else "–"
        print(
            f"| `{check.code}` | {standing[check.code]} | {looked[check.code]} | "
            f"{documents[check.code]} | {findings[check.code]} | {recall} |"
        )
    print(
        f"\n{len(times)} văn bản, mỗi lượt chạy mọi phép kiểm: trung vị "
        f"{statistics.median(times) * 1000:.0f} ms, p95 "
        f"{sorted(times)[int(len(times) * 0.95)] * 1000:.0f} ms, lâu nhất {max(times) * 1000:.0f} ms"
    )
    missing = {one.code for one in checks.all_checks()} - set(SEEDS)
    print(f"không gài lỗi: {', '.join(sorted(missing)) or '–'}")
    random.seed(5)
    for code, lines in shown.items():
        if show and lines:
            print(f"\n== {code}")
            for line in random.sample(lines, min(show, len(lines))):
                print("  ", line[:260])


if __name__ == "__main__":
    main()
