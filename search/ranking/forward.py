"""The forward index: for each provision its tokens and vectors, beside the engine and like it.

A directory of segments that never change and a manifest that names those in use and which of
their documents are gone. The manifest is replaced at once: a reader sees the state before a write
or after it, and a writer that is killed leaves at most an unused directory, which the next one
removes. Writers hold the engine's writer lock.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.engines.records import DocumentRecord
from search.ranking.encoder import Encoder
from search.ranking.merging import merge
from search.ranking.segment import Ref, Segment, SegmentBuilder, kind_number, row_key
from search.ranking.vectors import Vectors, write_vectors

#: Raise it with every change of arrays or tokens: an index of another version counts as none.
VERSION: Final = 2
_MANIFEST: Final = f"forward-v{VERSION}.json"
_PREFIX: Final = f"segment-v{VERSION}-"
_NEAR: Final = 0.8
_FULL: Final = 40_000_000
"""Tokens of a segment that is not merged any more (about 150,000 articles)."""

#: Kinds of documents; a new one is added here.
KINDS: Final = {kind_number(kind): kind for kind in ("legal", "directive", "news", "page")}

Ints = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in use: its name and the documents in it that are gone."""

    name: str
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which segments are in use."""

    parts: tuple[Part, ...] = ()

    @classmethod
    def read(cls, root: Path) -> Manifest | None:
        """Return the manifest in use, None when there is none that this version reads."""
        try:
            stored = json.loads((root / _MANIFEST).read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None
        return cls(tuple(Part(part["name"], tuple(part["gone"])) for part in stored["parts"]))

    def write(self, root: Path) -> None:
        """Put this manifest in use, at once for all readers."""
        parts = [{"name": part.name, "gone": list(part.gone)} for part in self.parts]
        draft = root / f"{_MANIFEST}.{os.getpid()}"
        with draft.open("w", encoding="ascii") as file:
            json.dump({"parts": parts}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(root / _MANIFEST)


@dataclass
class View:
    """The forward index at one moment, as a reader sees it."""

    segments: list[Segment]
    alive: list[npt.NDArray[np.bool_]]
    """Per segment, which documents are not gone."""
    vectors: list[Vectors] | None
    encoder: Encoder | None
    kinds: dict[int, str]
    """Kinds of documents by their numbers in the arrays."""
    rows: int = field(default=0)
    _rows_alive: dict[int, npt.NDArray[np.bool_]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = sum(segment.rows for segment in self.segments)

    def rows_alive(self, number: int) -> npt.NDArray[np.bool_]:
        """Return which rows of a segment are not gone."""
        if number not in self._rows_alive:
            self._rows_alive[number] = self.alive[number][self.segments[number].doc]
        return self._rows_alive[number]

    def documents(self, refs: Sequence[Ref]) -> list[tuple[int, int]]:
        """Return (segment, number) of those of ``refs`` that are here."""
        return [
            (at, number)
            for at, segment in enumerate(self.segments)
            for number in segment.document_numbers(refs)
            if self.alive[at][number]
        ]

    def refs(self) -> set[Ref]:
        """Return the documents that are here."""
        return set(self.digests())

    def digests(self) -> dict[Ref, int]:
        """Return what of every document is here, as the engine does."""
        return {
            (self.kinds.get(int(kind), ""), int(number)): int(digest)
            for segment, alive in zip(self.segments, self.alive, strict=True)
            for kind, number, digest in zip(
                segment.doc_kind[alive],
                segment.doc_id[alive],
                segment.doc_digest[alive],
                strict=True,
            )
        }

    def levels(self, refs: Sequence[Ref]) -> dict[Ref, int]:
        """Return the rank in the order of legal force of those of ``refs`` that are here."""
        return {
            (
                self.kinds[int(self.segments[at].doc_kind[number])],
                int(self.segments[at].doc_id[number]),
            ): int(self.segments[at].doc_level[number])
            for at, number in self.documents(refs)
        }

    def find(self, wanted: Iterable[tuple[Ref, str]]) -> list[tuple[int, int]]:
        """Return (segment, row) of each provision, (-1, -1) for one that is not here."""
        keys = np.array([row_key(ref, eid) for ref, eid in wanted], dtype=np.uint64)
        places = np.full((len(keys), 2), -1, dtype=np.int64)
        for number, segment in enumerate(self.segments):
            rows = segment.find(keys)
            here = rows >= 0
            here[here] = self.alive[number][segment.doc[rows[here]]]
            places[here] = np.stack([np.full(here.sum(), number), rows[here]], axis=1)
        return [(int(a), int(b)) for a, b in places]

    def frequency(self, values: Ints, table: str) -> Ints:
        """Return in how many rows each syllable ("uni") or pair ("bi") stands."""
        total = np.zeros(len(values), dtype=np.int64)
        for segment in self.segments:
            total += segment.frequency(values, table)
        return total


class ForwardIndex:
    """Reads and writes the forward index under ``root``.

    Of ``encoders`` the first that exists is used; without any, there are no vectors.
    """

    def __init__(self, root: Path, *encoders: Path) -> None:
        self.root = root
        self._encoders = encoders
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._view: View | None = None

    # Reading

    def view(self) -> View | None:
        """Return the present state, None when nothing was written yet."""
        with self._lock:
            stamp = self._stamp()
            if stamp is None:
                return None
            if stamp != self._seen:
                self._view = self._open()
                self._seen = stamp
            return self._view

    def _encoder(self) -> Encoder | None:
        return next((found for path in self._encoders if (found := Encoder.load(path))), None)

    def _stamp(self) -> tuple[int, ...] | None:
        try:
            manifest = (self.root / _MANIFEST).stat()
        except FileNotFoundError:
            return None
        stamp = [manifest.st_ino, manifest.st_mtime_ns]
        for path in self._encoders:
            if path.exists():
                stamp += [path.stat().st_ino, path.stat().st_mtime_ns]
        return tuple(stamp)

    def _open(self) -> View | None:
        manifest = Manifest.read(self.root)
        if manifest is None:
            return None
        segments = [Segment(self.root / part.name) for part in manifest.parts]
        alive = []
        for part, segment in zip(manifest.parts, segments, strict=True):
            mask = np.ones(segment.documents, dtype=bool)
            mask[list(part.gone)] = False
            alive.append(mask)
        encoder = self._encoder()
        vectors = [Vectors.open(segment, encoder) for segment in segments] if encoder else []
        complete = [found for found in vectors if found is not None]
        usable = encoder is not None and len(complete) == len(segments)
        return View(
            segments, alive, complete if usable else None, encoder if usable else None, KINDS
        )

    # Writing

    def update(self, records: Iterable[DocumentRecord], gone: Iterable[Ref] = ()) -> None:
        """Put documents in, in the place of those with the same ref, and take ``gone`` out."""
        self.root.mkdir(parents=True, exist_ok=True)
        kept = list(records)
        manifest = Manifest.read(self.root) or Manifest()
        refs = {(record.kind, record.id) for record in kept} | set(gone)
        parts = [self._without(part, refs) for part in manifest.parts]
        parts += [part for part in self._written(iter(kept)) if part]
        self._use(Manifest(tuple(self._merged(parts))))

    def rebuild(self, records: Iterable[DocumentRecord]) -> Iterator[DocumentRecord]:
        """Yield ``records`` through and put them in the place of everything at the end.

        The index in use stays as it is when the source fails or the caller stops.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        parts: list[Part] = []
        builder = SegmentBuilder()
        for record in records:
            builder.add(record)
            yield record
            if builder.tokens >= _FULL // 4:
                parts.append(self._write(builder))
                builder = SegmentBuilder()
        if builder.rows:
            parts.append(self._write(builder))
        self._use(Manifest(tuple(parts)))

    def encode(self) -> None:
        """Write vectors of the present encoder for segments that have none of it.

        The manifest is written anew at the end, so that every reader looks again.
        """
        manifest = Manifest.read(self.root)
        encoder = self._encoder()
        if manifest and encoder:
            for part in manifest.parts:
                write_vectors(Segment(self.root / part.name), encoder)
            manifest.write(self.root)

    def _written(self, records: Iterator[DocumentRecord]) -> Iterator[Part]:
        builder = SegmentBuilder()
        for record in records:
            builder.add(record)
        if builder.rows:
            yield self._write(builder)

    def _write(self, builder: SegmentBuilder) -> Part:
        part = Part(f"{_PREFIX}{time.time_ns()}")
        builder.write(self.root / part.name)
        encoder = self._encoder()
        if encoder:
            write_vectors(Segment(self.root / part.name), encoder)
        return part

    def _without(self, part: Part, refs: set[Ref]) -> Part:
        segment = Segment(self.root / part.name)
        gone = set(segment.document_numbers(list(refs)))
        return Part(part.name, tuple(sorted(gone | set(part.gone)))) if gone else part

    def _merged(self, parts: list[Part]) -> list[Part]:
        """Merge small segments at the end, so that there are few and each row moves rarely."""
        sizes = [len(Segment(self.root / part.name).tokens) for part in parts]
        encoder = self._encoder() if len(parts) > 1 else None
        while len(parts) > 1 and sizes[-1] >= sizes[-2] * _NEAR and sum(sizes[-2:]) < _FULL:
            sources = []
            for part in parts[-2:]:
                segment = Segment(self.root / part.name)
                kept = np.ones(segment.documents, dtype=bool)
                kept[list(part.gone)] = False
                sources.append((segment, kept))
            part = Part(f"{_PREFIX}{time.time_ns()}")
            rows = merge(sources, self.root / part.name, encoder)
            parts = parts[:-2] + ([part] if rows else [])
            sizes = sizes[:-2] + ([len(Segment(self.root / part.name).tokens)] if rows else [])
        return parts

    def _use(self, manifest: Manifest) -> None:
        manifest.write(self.root)
        used = {part.name for part in manifest.parts}
        for other in self.root.glob("segment-*"):
            if other.name not in used:
                shutil.rmtree(other, ignore_errors=True)
