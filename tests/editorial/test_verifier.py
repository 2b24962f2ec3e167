"""The stand-alone verifier: it knows the same forms, and finds and names every change."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

import verify_ledger
from portal.editorial import checkpoints, freezing, signing
from portal.editorial.models import Checkpoint
from portal.editorial.witnesses import letter_text
from tests import factories as make

pytestmark = pytest.mark.django_db

CODE = Path(verify_ledger.__file__)


@pytest.fixture
def folder(tmp_path):
    """A ledger with public, internal, corrected, withdrawn and returned items, two keys."""
    at = make.house()
    for number in range(1, 5):
        work = make.document(at, f"{number}/2031/TT-BTN")
        make.attach_file(work, content=f"%PDF {number}".encode())
        work = make.publish(work, at)
    checkpoints.sign(None)
    make.document(at, "5/2031/TT-BTN", subject="Về con cua", audience="units", live=True)
    make.withdraw(work, at)
    other = make.withdraw(make.document(at, "6/2031/TT-BTN", live=True), at)
    make.publish(other, at)
    signing.rotate()
    checkpoints.sign(Checkpoint.objects.first())
    target = tmp_path / "so"
    call_command("export_ledger", target, stdout=StringIO())
    return target


def faults(folder: Path) -> list[str]:
    return verify_ledger.verify(folder)[0]


def test_an_honest_ledger_is_proved(folder):
    found, said = verify_ledger.verify(folder)
    assert found == []
    assert said.startswith("9 lines, 2 keys, 2 checkpoints")


def test_it_runs_alone_where_nothing_of_the_portal_is(folder, tmp_path):
    alone = tmp_path / "elsewhere"
    shutil.copytree(folder, alone)
    done = subprocess.run(
        [sys.executable, "verify_ledger.py", "."], cwd=alone, capture_output=True, text=True,
        check=False, env={},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    source = CODE.read_text(encoding="utf-8")
    imports = {line.split()[1].split(".")[0] for line in source.splitlines()
               if line.lstrip().startswith(("import ", "from "))}  # fmt: skip
    assert imports - set(sys.stdlib_module_names) == {"cryptography"}


def test_it_hashes_as_the_portal_does():
    content = {"b": [1, "ô", None, True], "a": {"đ": "\u2028"}}
    assert verify_ledger.digest(content) == freezing.approval_hash(content)


def test_the_export_tells_nothing_internal_and_nothing_withdrawn(folder):
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for trace in ("5/2031", "con cua", "van-thu", "lanh-dao", "truong-ban-a"):
        assert trace.encode() not in everything, trace
    assert b"%PDF 3" in everything and b"%PDF 4" not in everything


def test_every_single_bit_is_guarded(folder):
    """A sample; ``benchmarks/ledger.py`` takes a thousand."""
    dice = random.Random(5)
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and
             path.name not in ("names.json", "verify_ledger.py")]  # fmt: skip
    missed = []
    for _ in range(150):
        path = dice.choice(paths)
        honest = path.read_bytes()
        bit = dice.randrange(len(honest) * 8)
        changed = bytearray(honest)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(bytes(changed))
        if not faults(folder):
            missed.append((path.name, bit))
        path.write_bytes(honest)
    assert missed == []
    assert faults(folder) == []


def edit(folder: Path, name: str, place: int, **changes) -> None:
    path = folder / name
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    rows[place] |= changes
    write(path, rows)


def write(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(freezing.canonical(row) + "\n" for row in rows), encoding="utf-8")


def drop(folder: Path, name: str, place: int) -> None:
    path = folder / name
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del rows[place]
    path.write_text("".join(rows), encoding="utf-8")


CHANGES = {
    "act": (lambda f: edit(f, "ledger.jsonl", 1, act="go"), "line 2: changed"),
    "time": (lambda f: edit(f, "ledger.jsonl", 1, at="2031-01-01"), "line 2: changed"),
    "facts": (lambda f: edit(f, "ledger.jsonl", 1, facts={}), "line 2: what it says"),
    "salt": (lambda f: edit(f, "ledger.jsonl", 1, salt=""), "line 2: what it says"),
    "line cut out": (lambda f: drop(f, "ledger.jsonl", 1), "line 2 is missing"),
    "end cut off": (lambda f: drop(f, "ledger.jsonl", -1), "no such line any more"),
    "checkpoint": (lambda f: edit(f, "checkpoints.jsonl", 0, lines=3), "signature is wrong"),
    "key": (lambda f: edit(f, "keys.jsonl", 1, introduced_by=""), "not introduced"),
    "capitals": (
        lambda f: edit(f, "checkpoints.jsonl", 0, signature="AB" * 64),
        "signature is wrong",
    ),
    "text": (lambda f: next((f / "texts").iterdir()).write_text("x"), "changed"),
    "file": (lambda f: next((f / "files").iterdir()).unlink(), "missing"),
    "one too many": (lambda f: (f / "texts" / "0.html").write_text("x"), "no line of the ledger"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_is_named(folder, name):
    change, words = CHANGES[name]
    change(folder)
    assert any(words in fault for fault in faults(folder)), faults(folder)


def test_a_ledger_forged_with_a_new_key_disagrees_with_a_witness(folder, tmp_path):
    letter = tmp_path / "thu.eml"
    letter.write_text("Subject: mốc\n\n" + letter_text(Checkpoint.objects.last()))
    assert verify_ledger.verify(folder, witnesses=[letter])[0] == []
    rows = [json.loads(row) for row in (folder / "ledger.jsonl").read_text().splitlines()]
    previous = freezing.GENESIS
    for row in rows:  # the forger computes the whole chain anew
        row["at"], row["previous"] = "2020-01-01T00:00:00+00:00", previous
        head = {name: row[name] for name in verify_ledger.HEAD}
        row["hash"] = previous = freezing.chain(previous, head)
    write(folder / "ledger.jsonl", rows)
    (folder / "checkpoints.jsonl").write_text("")
    assert faults(folder) == [], "a chain alone proves nothing against its owner"
    assert any("not what was signed" in fault
               for fault in verify_ledger.verify(folder, witnesses=[letter])[0])  # fmt: skip


def test_a_key_known_from_elsewhere_must_be_among_the_keys(folder):
    assert any("key that you know" in fault for fault in verify_ledger.verify(folder, "00" * 32)[0])


def test_a_folder_that_holds_something_is_not_written_over(folder):
    from django.core.management import CommandError

    with pytest.raises(CommandError):
        call_command("export_ledger", folder)
