"""Imports: speed on the real corpora, the second run, and kill -9 at random moments.

    python -m benchmarks.imports [--kills 20] [--only phapdien,congbao,…]

Reads ``../shared/data/corpus`` (or ``PORTAL_SHARED_DATA``); databases lie in a temporary folder.
Each import is a real ``manage.py import_documents`` under an approved mandate, so that the figures
hold parsing, writing, the ledger and the index. MB are of unpacked source.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PORTAL_SHARED_DATA", ROOT.parent / "shared" / "data"))
CORPORA = {
    "phapdien": "phapdien/documents.jsonl.zst",
    "congbao-meta": "congbao_meta_2026/docs.jsonl.zst",
    "congbao-toc": "congbao_meta_2026/gazette_toc.jsonl.zst",
    "congbao-text": "congbao_fulltext_2026/docs.jsonl.zst",
    "vbpl": "vbpl_html_2026/docs.jsonl.zst",
    "vbpl-bodies": "vbpl_html_2026/content_html.tar.zst",
    "vbpl-pages": "vbpl_html_2026/raw_html_150.tar.zst",
}
SETUP = """
from portal.organisations.models import Membership, Organisation, User
unit = Organisation.objects.get(slug="ban-bien-tap-cong-thong-tin")
for name, role in (("a", "van-thu"), ("b", "lanh-dao-don-vi")):
    user = User.objects.create_user(name, password="x")
    Membership.objects.create(user=user, unit=unit, role=role)
"""
#: Content that two runs must share; ids and times of writing are left out.
DUMP = """
SELECT w.path, w.number, w.issued, w.title, d.subject, d.live, d.in_force, d.expires, e.text_hash,
       (SELECT COUNT(*) FROM legal_docs_provision p WHERE p.expression_id = e.id),
       (SELECT group_concat(k, ',') FROM (SELECT r.kind || ':' || t.number_key AS k
          FROM legal_docs_relation r JOIN legal_docs_workidentity t ON t.id = r.target_id
          WHERE r.stated_by_id = w.id ORDER BY k)),
       (SELECT group_concat(s, ',') FROM (SELECT i.source || ':' || i.source_id || i.content_hash AS s
          FROM legal_docs_importrecord i WHERE i.work_id = w.id ORDER BY s)),
       (SELECT COUNT(*) FROM wagtailcore_revision v JOIN django_content_type c
          ON c.id = v.content_type_id AND c.model = 'legaldocument' WHERE v.object_id = d.id)
FROM legal_docs_workidentity w
LEFT JOIN legal_docs_legaldocument d ON d.identity_id = w.id
LEFT JOIN legal_docs_expression e ON e.work_id = w.id
ORDER BY w.path, w.number_key, w.issued, e.text_hash
"""


def manage(folder: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PORTAL_VAR": str(folder), "LOG_LEVEL": "ERROR"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        **options,
    )


def prepare(folder: Path) -> None:
    folder.mkdir(parents=True)
    for command in (["migrate", "-v0"], ["createcachetable"], ["load_reference"]):
        manage(folder, *command)
    manage(folder, "shell", "-c", SETUP)


def mandate(folder: Path, path: Path) -> str:
    manage(
        folder,
        *("mandate", "propose", str(path), "--by", "a", "--title", "b", "--from", "b"),
        *("--authority", "b", "--until", "2100-01-01", "--unit", "ban-bien-tap-cong-thong-tin"),
    )
    number = manage(folder, "mandate", "list").stdout.count("\n")
    manage(folder, "mandate", "approve", str(number), "--by", "b")
    return str(number)


def megabytes(path: Path) -> float:
    size = subprocess.run(["zstd", "-dc", "--long=27", str(path)], capture_output=True, check=True)
    return len(size.stdout) / 1e6


def digest(folder: Path) -> str:
    with sqlite3.connect(folder / "portal.sqlite3") as database:
        rows = database.execute(DUMP).fetchall()
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def run_corpora(folder: Path, only: list[str]) -> None:
    for name, place in CORPORA.items():
        path = DATA / "corpus" / place
        if only and name not in only:
            continue
        if not path.exists():
            print(f"{name}: not here")
            continue
        number, report = mandate(folder, path), folder / "report.jsonl"
        began = time.monotonic()
        command = ("import_documents", str(path), "--mandate", number, "--report", str(report))
        manage(folder, *command)
        seconds = time.monotonic() - began
        lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
        counts = Counter(line["result"] for line in lines)
        size = megabytes(path)
        print(
            f"{name}: {len(lines)} records, {size:.0f} MB in {seconds:.0f} s: "
            f"{len(lines) / seconds:.0f}/s, {size / seconds:.1f} MB/s; {dict(counts)}"
        )
        for reason, count in Counter(
            line["reason"].split(": ")[-1] for line in lines if line["result"] == "rejected"
        ).most_common(4):
            print(f"    {count} × {reason}")
        before = digest(folder)
        began = time.monotonic()
        manage(folder, *command)
        again = Counter(json.loads(line)["result"] for line in report.open(encoding="utf-8"))
        same = "the same database" if digest(folder) == before else "A DIFFERENT DATABASE"
        print(f"    again: {time.monotonic() - began:.1f} s, {dict(again)}, {same}")


def run_kills(folder: Path, kills: int) -> None:
    """Kill one import at random moments until it has been killed so often; then let it end."""
    source = DATA / "corpus" / CORPORA["congbao-meta"]
    undisturbed, disturbed = folder / "undisturbed", folder / "disturbed"
    prepare(undisturbed)
    number = mandate(undisturbed, source)
    shutil.copytree(undisturbed, disturbed)
    began = time.monotonic()
    manage(undisturbed, "import_documents", str(source), "--mandate", number)
    whole = time.monotonic() - began
    environment = {**os.environ, "PORTAL_VAR": str(disturbed), "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "manage.py", "import_documents", str(source), "--mandate", number]
    done = 0
    for _kill in range(kills):
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(1.2 + random.random() * max(whole / 6, 1.5))
        done += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    manage(disturbed, "import_documents", str(source), "--mandate", number)
    same = digest(undisturbed) == digest(disturbed)
    ledger = manage(disturbed, "check_ledger").stdout.strip()
    manage(disturbed, "search_drain")
    index = manage(disturbed, "search_check").stdout.strip()
    print(f"killed {done} of {kills} times while it ran, then run to its end:")
    print(f"    the same database: {same}; ledger: {ledger}; index: {index}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        prepare(folder / "speed")
        run_corpora(folder / "speed", [name for name in options.only.split(",") if name])
        if options.kills:
            run_kills(folder, options.kills)


if __name__ == "__main__":
    main()
