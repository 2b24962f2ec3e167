"""The sources that can be imported, and how a file is recognised as one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from legal_docs.importers.lines import json_lines
from legal_docs.importers.records import SourceRecord, bad_record

from . import congbao, files, phapdien, portal, vbpl

BY_RECORD = {
    "portal": portal.from_record,
    "phapdien": phapdien.from_record,
    "congbao": congbao.from_record,
    "vbpl": vbpl.from_record,
}
SOURCES = ("auto", "portal", "phapdien", "congbao", "vbpl", "files")


def recognise(record: dict) -> str | None:
    """The source whose shape a JSON record has."""
    keys = record.keys()
    if "loai_ban_ghi" in keys or {"vbpl_id", "toan_van"} <= keys:
        return "vbpl"
    if {"vbpl_id", "dieu"} <= keys:
        return "phapdien"
    if {"slug", "full_text"} <= keys or {"cong_bao", "so_ky_hieu"} <= keys:
        return "congbao"
    if {"id", "type", "issuers"} <= keys or "portal" in keys:
        return "portal"
    return None


def read(path: Path, source: str = "auto") -> Iterator[SourceRecord]:
    """All records of a file or folder, in a fixed order."""
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if not child.name.startswith("."):
                yield from (
                    _read_file(child, source, path) if child.is_file() else read(child, source)
                )
        return
    yield from _read_file(path, source, path.parent)


def _read_file(path: Path, source: str, root: Path) -> Iterator[SourceRecord]:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if ".jsonl" in suffixes or ".ndjson" in suffixes:
        yield from _read_lines(path, source)
    elif ".tar" in suffixes:
        yield from vbpl.from_archive(path)
    elif source == "vbpl":
        yield vbpl.from_page(path.name, path.read_bytes)
    elif source in ("auto", "files"):
        yield files.from_file(path, root)
    else:
        yield bad_record(source, path.name, f"“{path.name}” không phải là tệp của nguồn {source}.")


def _read_lines(path: Path, source: str) -> Iterator[SourceRecord]:
    for number, record, problem in json_lines(path):
        where = f"{path.name}:{number}"
        if record is None:
            yield bad_record(source, where, f"{path.name}, dòng {number}: {problem}")
            continue
        shape = source if source in BY_RECORD else recognise(record)
        if shape is None:
            yield bad_record(
                source, where, f"{path.name}, dòng {number}: không nhận ra dạng của bản ghi."
            )
            continue
        if shape == "portal":  # its files lie beside the lines
            yield portal.from_record(record, where, path.parent)
        else:
            yield BY_RECORD[shape](record, where)
