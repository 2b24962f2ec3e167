"""The ledger with all that proves it, written to a folder for a stranger's machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from portal.core.batching import batched
from portal.organisations.audience import PUBLIC

from . import telling
from .evidence import all_evidence
from .freezing import canonical
from .models import Checkpoint, FrozenContent, PublicationRecord, SigningKey

CHUNK = 2000
Item = tuple[int, int]
#: What a line names: content, texts, files.
Named = tuple[str, list[str], list[str]]


@dataclass(slots=True)
class Exported:
    """How much was written."""

    lines: int = 0
    contents: int = 0
    texts: int = 0
    files: int = 0


def export(folder: Path, *, with_files: bool = True) -> Exported:
    """Write the public view: all lines (those about internal items sealed), keys, checkpoints,
    and contents, texts and files of what may still be read. The folder must be empty."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    done = Exported()
    shown: dict[Item, list[Named]] = {}
    _write_rows(folder / "ledger.jsonl", _lines(done, shown))
    _write_rows(folder / "checkpoints.jsonl", _signed(Checkpoint.objects.order_by("pk")))
    _write_rows(folder / "keys.jsonl", _signed(SigningKey.objects.order_by("pk")))
    published = [named for item in shown.values() for named in item]
    texts = {digest for _content, texts, _files in published for digest in texts}
    files = {digest for _content, _texts, files in published for digest in files}
    contents = sorted({content for content, _texts, _files in published})
    done.contents = _write_contents(folder / "contents", contents)
    names: dict[str, dict[str, str]] = {}
    for evidence in all_evidence():
        for digest, text in evidence.texts(texts):
            done.texts += _write(folder / "texts" / f"{digest}.html", text)
        for digest, path in evidence.files(files) if with_files else ():
            done.files += _copy(path, folder / "files" / digest)
        for table, rows in evidence.names().items():
            names.setdefault(table, {}).update(rows)
    _write(folder / "names.json", json.dumps(names, ensure_ascii=False, indent=1, sort_keys=True))
    shutil.copy(Path(settings.BASE_DIR) / "verify_ledger.py", folder / "verify_ledger.py")
    return done


def _lines(done: Exported, shown: dict[Item, list[Named]]) -> Iterator[dict[str, object]]:
    """All lines in order; ``shown`` takes up what may be read now (``telling.readable``): a
    withdrawal takes all before it away."""
    after = 0
    while chunk := list(
        PublicationRecord.objects.filter(number__gt=after).order_by("number")[:CHUNK]
    ):
        seen = telling.told(chunk, PUBLIC)
        for line in chunk:
            if line.number in seen:
                item = shown.setdefault((line.content_type_id, line.object_id), [])
                if line.is_down:
                    item.clear()
                else:
                    item.append((line.content_hash, line.texts, line.files))
            yield telling.exported(line, line.number in seen)
        done.lines += len(chunk)
        after = chunk[-1].number


def _signed(rows: Iterable[Checkpoint | SigningKey]) -> Iterator[dict[str, object]]:
    return ({**row.statement(), "signature": row.signature} for row in rows)


def _write_rows(path: Path, rows: Iterable[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(canonical(row) + "\n" for row in rows)


def _write_contents(folder: Path, hashes: list[str]) -> int:
    count = 0
    for some in batched(hashes):
        for row in FrozenContent.objects.filter(hash__in=some):
            count += _write(folder / f"{row.hash}.json", row.text)
    return count


def _write(path: Path, text: str) -> int:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return 1


def _copy(source: Path, target: Path) -> int:
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, target)
    return 1
