"""SIGKILL at random moments of publishing; do live content, ledger and outbox agree after each?

Usage: python -m benchmarks.kills_publishing [times]. On a database of its own (SQLite, or that of
DATABASE_URL) a writer publishes, corrects, withdraws and publishes again, and is killed at a
random moment; then all that ``check_ledger`` knows is checked, each live text must have its parts,
and the index, once the outbox is drained, must hold exactly what is live. The next writer goes on
from there.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()


def write() -> None:
    """Publish, correct, withdraw and publish again without end; a dot for each act."""
    start_django()
    from legal_docs.models import LegalDocument, Manifestation
    from portal.organisations.models import Organisation, User
    from tests import factories as make
    from tests.editorial.test_ledger_pages import revise

    at = make.house() if not User.objects.filter(username="lanh-dao-a").exists() else None
    if at is None:
        at = make.House(**{
            name: (Organisation.objects.get(pk=pk) if kind == "unit" else User.objects.get(pk=pk))
            for name, kind, pk in _house()
        })  # fmt: skip
    else:
        rows = [
            f"{name} {'unit' if isinstance(value, Organisation) else 'user'} {value.pk}"
            for name, value in ((field, getattr(at, field)) for field in at.__dataclass_fields__)
        ]
        _house_file().write_text("\n".join(rows))
    number = LegalDocument.objects.count()
    while True:
        number += 1
        text = "\n".join(f"Điều {n}. Tên\nNội dung {number} của điều {n}." for n in range(1, 30))
        work = make.document(at, f"{number}/2031/TT-BTN", text=text)
        make.attach_file(work, content=f"%PDF {number}".encode())
        assert Manifestation.objects.filter(work=work.identity_id).exists()
        for act in (
            lambda work: make.publish(work, at),
            lambda work, text=text: revise(work, at, subject="Sửa", text=f"{text} Thêm."),
            lambda work: make.withdraw(work, at),
            lambda work: make.publish(work, at),
        ):
            work = act(work)
            print(".", end="", flush=True)


def _house_file() -> Path:
    return Path(os.environ["PORTAL_VAR"]) / "house.txt"


def _house() -> list[tuple[str, str, int]]:
    rows = [row.split() for row in _house_file().read_text().splitlines()]
    return [(name, kind, int(pk)) for name, kind, pk in rows]


def check() -> None:
    """Print the counts; exit 1 with the faults when something does not agree."""
    start_django()
    from legal_docs.models import Expression, LegalDocument, Provision
    from portal.editorial import proof
    from portal.editorial.models import PublicationRecord
    from search.indexing import keeping, outbox

    faults = [*proof.chain_faults(), *proof.content_faults()]
    outbox.drain(timeout=20)
    found = keeping.drift()
    faults += [f"chỉ mục thiếu {ref}" for ref in found.missing]
    faults += [f"chỉ mục thừa {ref}" for ref in found.stale]
    for work in LegalDocument.objects.filter(live=True):
        texts = Expression.objects.filter(work=work.identity_id, state="dang")
        if texts.count() != 1 or not Provision.objects.filter(expression__in=texts).exists():
            faults.append(f"{work}: {texts.count()} bản văn đang đăng")
        if texts.exists() and [texts.get().text_hash] != work.publication_record.texts:
            faults.append(f"{work}: bản văn không phải bản của dòng sổ")
    print(PublicationRecord.objects.count(), LegalDocument.objects.filter(live=True).count())
    print("\n".join(faults), end="")
    sys.exit(1 if faults else 0)


def main(times: int) -> None:
    dice = random.Random(2031)
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "PORTAL_VAR": name, "LOG_LEVEL": "ERROR"}
        run = [sys.executable, "-m", "benchmarks.kills_publishing"]
        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        cache = [sys.executable, "manage.py", "createcachetable"]
        subprocess.run(cache, cwd=ROOT, env=environment, check=True)
        rebuild = [sys.executable, "manage.py", "search_rebuild"]
        subprocess.run(rebuild, cwd=ROOT, env=environment, check=True, capture_output=True)
        wrong = acts = kills = 0
        while kills < times:
            writer = subprocess.Popen([*run, "write"], cwd=ROOT, env=environment, stdout=subprocess.PIPE)  # fmt: skip
            assert writer.stdout is not None
            if not writer.stdout.read(1):  # a dot: it is at work; now any moment
                sys.exit("the writer failed by itself")
            acts += 1
            time.sleep(dice.uniform(0, 0.6))
            writer.send_signal(signal.SIGKILL)
            acts += len(writer.stdout.read())
            writer.wait()
            kills += 1
            checked = subprocess.run([*run, "check"], cwd=ROOT, env=environment, capture_output=True, text=True)  # fmt: skip
            if checked.returncode:
                wrong += 1
                print(checked.stdout, checked.stderr[-800:])
        print(f"{kills} kills, {acts} acts, after {wrong} of them something disagreed; "
              f"at the end (lines, live): {checked.stdout.strip()}")  # fmt: skip


if __name__ == "__main__":
    word = sys.argv[1] if len(sys.argv) > 1 else "50"
    {"write": write, "check": check}.get(word, lambda: main(int(word)))()
