"""How fast an exported ledger is proved, and whether any changed bit is missed.

Usage: python -m benchmarks.ledger [lines] [bits]. A ledger of 10,000 lines (fiction, one text
and one file for each hundredth line) is written as ``export_ledger`` writes it, then proved by
``verify_ledger.py`` in a process of its own; then 1,000 single bits, drawn over rows, texts and
files, are changed one at a time in a ledger of 200 lines.
"""

import hashlib
import random
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import verify_ledger
from portal.core.difference import difference
from portal.editorial.freezing import GENESIS, approval_hash, canonical, chain, sealed

ROOT = Path(__file__).resolve().parents[1]


def put(folder: Path, kind: str, data: bytes, ending: str = "") -> str:
    name = hashlib.sha256(data).hexdigest()
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / f"{name}{ending}").write_bytes(data)
    return name


def facts(folder: Path, number: int) -> dict[str, object]:
    """What a line tells; each hundredth item has its content, text and file beside it."""
    text = f"<p>Văn bản thử số {number}. {'Trồng cây. ' * 200}</p>".encode()
    texts = [put(folder, "texts", text, ".html")]
    files = [put(folder, "files", f"%PDF {number}".encode() * 300)]
    content = {
        "expressions": [["goc", "vi", "None", "None", texts[0]]],
        "files": [["ban-goc", files[0], "a.pdf"]],
        "subject": f"Về việc thử {number}",
    }
    put(folder, "contents", canonical(content).encode(), ".json")
    identity = {"class": "legal", "name": f"Thông tư {number}/2031/TT-BTN"}
    return {
        "type": 1, "object": number, "label": identity["name"], "identity": identity,
        "content": approval_hash(content), "texts": texts, "files": files,
        "audience": ["public"], "roles": [["truong-ban", "Sở Thử"]], "mandate": None, "note": "",
    }  # fmt: skip


def write(folder: Path, lines: int, every: int) -> None:
    """An export of so many lines; the lines between are internal, sealed and told of nothing."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    name = hashlib.sha256(public).hexdigest()[:16]
    at = "2031-01-05T07:00:00+00:00"
    previous, rows, signed = GENESIS, [], []
    for number in range(1, lines + 1):
        salt, said = secrets.token_hex(16), None
        if number % every == 1:
            said = facts(folder, number)
        seal = sealed(salt, said or {"object": number})
        inner = sealed(secrets.token_hex(16), {"by": number})
        head = {
            "number": number,
            "act": "dang",
            "at": at,
            "format": 2,
            "item": seal,
            "inner": inner,
        }
        digest = chain(previous, head)
        row = head | {"previous": previous, "hash": digest}
        rows.append(row | ({"salt": salt, "facts": said} if said else {}))
        previous = digest
        if number % 1000 == 0 or number == lines:
            row = {
                "portal": "https://thu.example.vn",
                "lines": number,
                "hash": digest,
                "at": at,
                "key": name,
            }
            signed.append(row | {"signature": private.sign(canonical(row).encode()).hex()})
    key = {"key": name, "public": public.hex(), "since": at, "introduced_by": ""}
    key["signature"] = private.sign(canonical(key).encode()).hex()
    for file, content in (("ledger", rows), ("checkpoints", signed), ("keys", [key])):
        text = "".join(canonical(row) + "\n" for row in content)
        (folder / f"{file}.jsonl").write_text(text, encoding="utf-8")


def missed_bits(folder: Path, bits: int) -> tuple[int, dict[str, int]]:
    """Change one bit at a time; returns how many were not found, and where bits were drawn."""
    dice = random.Random(2031)
    kinds = {"row": ["ledger.jsonl", "checkpoints.jsonl", "keys.jsonl"], "text": ["texts/*"],
             "file": ["files/*", "contents/*"]}  # fmt: skip
    paths = {
        kind: sorted(p for glob in globs for p in folder.glob(glob))
        for kind, globs in kinds.items()
    }
    missed, drawn = 0, dict.fromkeys(kinds, 0)
    for _ in range(bits):
        kind = dice.choice(sorted(kinds))
        path = dice.choice(paths[kind])
        drawn[kind] += 1
        honest = path.read_bytes()
        bit = dice.randrange(len(honest) * 8)
        changed = bytearray(honest)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(bytes(changed))
        missed += not verify_ledger.verify(folder)[0]
        path.write_bytes(honest)
    return missed, drawn


def time_difference() -> None:
    """A law of 300 articles, each tenth one changed by some words."""
    old = [f"Điều {n}. Tên điều {n}" if k == 0 else f"{k}. Khoản {k} của điều {n}: " + "người nộp đơn phải gửi hồ sơ hợp lệ đến cơ quan có thẩm quyền " * 4
           for n in range(1, 301) for k in range(5)]  # fmt: skip
    new = [
        text.replace("hồ sơ", "đơn và hồ sơ", 1) if i % 50 == 7 else text
        for i, text in enumerate(old)
    ]
    start = time.perf_counter()
    changes = difference(old, new)
    taken = time.perf_counter() - start
    start = time.perf_counter()
    every = difference(old, [f"{text} nữa" for text in old])
    whole = time.perf_counter() - start
    print(f"difference of 300 articles: {len(changes)} changes {taken * 1000:.0f} ms; "
          f"every paragraph changed ({len(every)}): {whole * 1000:.0f} ms")  # fmt: skip


def main(lines: int, bits: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, lines, 100)
        command = [sys.executable, str(ROOT / "verify_ledger.py"), str(folder)]
        times = []
        for _ in range(3):
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            times.append(time.perf_counter() - start)
        print(done.stdout.strip())
        print(f"proved in {min(times):.2f} s (start of Python included; {times[-1]:.2f} last)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, 200, 20)
        missed, drawn = missed_bits(folder, bits)
        print(f"single bits: {bits} drawn {drawn}, {missed} not found")
    time_difference()


if __name__ == "__main__":
    main(*([int(word) for word in sys.argv[1:]] or (10_000, 1000)))
