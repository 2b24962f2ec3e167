#!/usr/bin/env python3
"""Prove an exported publication ledger and its documents, on any machine (docs/ledger.md).

Usage: python verify_ledger.py FOLDER [--witness FILE ...] [--key HEX]

FOLDER is what “manage.py export_ledger” wrote. A witness file holds checkpoints as the portal
sent them, one line of JSON each. --key is the public key that you know from elsewhere (the first
one, or any later one). Python's standard library does all but the signatures, which need the
package “cryptography”. Exit status: 0 all proved, 1 faults found (each is named), 2 not readable.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
GENESIS = "0" * 64
UP = {"dang", "dinh-chinh", "dang-lai"}
HEAD = ("number", "act", "at", "format", "item", "inner")
ROWS = {
    "ledger": {"number", "format", "act", "at", "previous", "hash"},
    "keys": {"key", "public", "since", "introduced_by", "signature"},
    "checkpoints": {"portal", "lines", "hash", "at", "key", "signature"},
}


def canonical(value: object) -> bytes:
    """The one form in which things are hashed and signed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def digest(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def rows(path: Path, faults: list[str]) -> Iterator[Row]:
    """The rows of a file; one that is not in canonical form was changed after it was written."""
    for place, raw in enumerate(path.read_bytes().split(b"\n"), 1):
        if not raw:
            continue
        try:
            row = json.loads(raw)
            if canonical(row) != raw or not is_row(row, path.stem):
                raise ValueError
        except (ValueError, AttributeError, RecursionError):
            faults.append(f"{path.name}, row {place}: not as it was written")
            continue
        yield row


def is_row(row: Row, kind: str) -> bool:
    """Whether a row has all that its kind has: whole numbers, words, nothing else."""
    return ROWS[kind] <= row.keys() and all(
        isinstance(row[name], int if name in ("number", "format", "lines") else str)
        for name in ROWS[kind]
    )


class Verifier:
    """Collects faults; ``lines`` keeps what later steps need of the ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.hashes: list[str] = []
        self.told: dict[tuple[int, int], list[Row]] = {}
        self.keys: dict[str, str] = {}

    def chain(self) -> None:
        """Each line follows from the one before, and says what its seals bind."""
        previous = GENESIS
        for line in rows(self.folder / "ledger.jsonl", self.faults):
            number = line["number"]
            if number != len(self.hashes) + 1:
                self.fault(f"line {number}: line {len(self.hashes) + 1} is missing")
                self.hashes += [""] * (max(0, int(number) - 1 - len(self.hashes)))
            if line["previous"] != previous:
                self.fault(f"line {number}: does not follow from the line before it")
            previous = line["hash"]
            self.hashes.append(previous)
            if line["format"] >= 2:
                self.sealed(line)

    def sealed(self, line: Row) -> None:
        number = line["number"]
        head = {name: line.get(name) for name in HEAD}
        if digest({"previous": line["previous"], "content": head}) != line["hash"]:
            self.fault(f"line {number}: changed")
        facts = line.get("facts")
        if facts is None:
            return
        if digest({"salt": line.get("salt"), "facts": facts}) != line["item"]:
            self.fault(f"line {number}: what it says of its item was changed")
        else:
            self.told.setdefault((facts["type"], facts["object"]), []).append(line)

    def signatures(self, known: str, witnesses: list[Path]) -> int:
        """Keys introduce one another; checkpoints are signed and the ledger still agrees."""
        for row in rows(self.folder / "keys.jsonl", self.faults):
            name = row["key"]
            signer = self.keys.get(row["introduced_by"]) if self.keys else row["public"]
            if name != key_name(row["public"]):
                self.fault(f"key {name}: its name is not that of the key")
            if signer is None or not self.is_signed(signer, row):
                self.fault(f"key {name}: not introduced by the key before it")
            self.keys[name] = row["public"]
        if known and known not in self.keys.values():
            self.fault("the key that you know is none of the ledger's keys")
        count = 0
        for path in [self.folder / "checkpoints.jsonl", *witnesses]:
            before = 0
            for row in rows(path, self.faults) if path not in witnesses else letters(path):
                count += 1
                self.checkpoint(path.name, row)
                if row["lines"] < before and path not in witnesses:
                    self.fault(f"{path.name}: the ledger was shorter at {row['at']} than before")
                before = max(before, row["lines"])
        return count

    def checkpoint(self, where: str, row: Row) -> None:
        name = f"{where}, checkpoint of line {row['lines']}"
        if row["key"] not in self.keys or not self.is_signed(self.keys[row["key"]], row):
            self.fault(f"{name}: the signature is wrong")
        elif not 0 < row["lines"] <= len(self.hashes):
            self.fault(f"{name}: the ledger has no such line any more")
        elif self.hashes[row["lines"] - 1] != row["hash"]:
            self.fault(f"{name}: the line is not what was signed")

    def is_signed(self, public: str, row: Row) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        statement = {name: value for name, value in row.items() if name != "signature"}
        try:
            signature = bytes.fromhex(row["signature"])
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
            key.verify(signature, canonical(statement))
        except (InvalidSignature, ValueError):
            return False
        return bool(signature.hex() == row["signature"])

    def documents(self) -> int:
        """Contents, texts and files are there and are what the lines say."""
        wanted: dict[str, set[str]] = {"contents": set(), "texts": set(), "files": set()}
        for lines in self.told.values():
            if lines[-1]["act"] not in UP:
                continue
            down = max((row["number"] for row in lines if row["act"] not in UP), default=0)
            for line in lines:
                if line["number"] > down:
                    self.content(line, wanted)
        found = 0
        for kind, hashes in wanted.items():
            names = {path.name.split(".")[0]: path for path in (self.folder / kind).glob("*")}
            for name in sorted(hashes - names.keys()):
                self.fault(f"{kind}/{name}: missing")
            for name in sorted(names.keys() - hashes):
                self.fault(f"{kind}/{name}: no line of the ledger speaks of it")
            for name in sorted(hashes & names.keys()):
                found += 1
                with names[name].open("rb") as stream:
                    if hashlib.file_digest(stream, "sha256").hexdigest() != name:
                        self.fault(f"{kind}/{name}: changed")
        return found

    def content(self, line: Row, wanted: dict[str, set[str]]) -> None:
        facts = line["facts"]
        wanted["contents"].add(facts["content"])
        wanted["texts"] |= set(facts["texts"])
        if (self.folder / "files").is_dir():
            wanted["files"] |= set(facts["files"])
        try:
            content = json.loads(
                (self.folder / "contents" / f"{facts['content']}.json").read_bytes()
            )
            texts = {row[-1] for row in content.get("expressions", ())}
            files = {row[1] for row in content.get("files", ())}
        except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
            return  # named above as missing or changed
        if texts != set(facts["texts"]) or files != set(facts["files"]):
            self.fault(f"line {line['number']}: its content names other texts or files")

    def fault(self, text: str) -> None:
        self.faults.append(text)


def key_name(public: str) -> str:
    try:
        return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]
    except ValueError:
        return ""


def letters(path: Path) -> Iterator[Row]:
    """Checkpoints in a file of a witness: each line that is one; mail headers are passed over."""
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if raw.lstrip().startswith("{"):
            row = json.loads(raw)
            if is_row(row, "checkpoints"):
                yield row


def verify(
    folder: Path, known: str = "", witnesses: list[Path] | None = None
) -> tuple[list[str], str]:
    """All faults, and one line that says what was proved."""
    verifier = Verifier(folder)
    verifier.chain()
    checkpoints = verifier.signatures(known, witnesses or [])
    documents = verifier.documents()
    return verifier.faults, (
        f"{len(verifier.hashes)} lines, {len(verifier.keys)} keys, {checkpoints} checkpoints, "
        f"{documents} contents, texts and files; {len(verifier.faults)} faults"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--witness", type=Path, action="append", default=[])
    parser.add_argument("--key", default="")
    options = parser.parse_args()
    try:
        faults, said = verify(options.folder, options.key, options.witness)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        print(f"not readable: {error!r}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    print(said)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
