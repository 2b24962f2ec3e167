"""Run an import: records in batches by their place in the source, each batch or none of it.

Batches are cut by place, not by what is left to do, so that a run that was killed and begun
again meets the same batches and ends with the same database.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable, Iterator

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from legal_docs import numbering
from legal_docs.identities import IdentityBook
from legal_docs.models import ImportRecord, WorkIdentity
from portal.editorial.guard import NotApproved

from . import applying, reports, updating
from .applying import Conditions, Entry
from .records import IncomingWork, Rejected, SourceRecord
from .reports import CREATED, REJECTED, UNCHANGED, UPDATED, Report
from .resolving import Registers

logger = logging.getLogger(__name__)
BATCH = 100
REPEATED = "Mã của bản ghi lặp lại trong nguồn với nội dung khác; bản ghi đầu được giữ."


class Run:
    """One run: ``for count in run.records(...)`` yields how many records each batch had."""

    def __init__(self, under: Conditions | None, report: Report, dry_run: bool = False) -> None:
        self.under, self.report, self.dry_run = under, report, dry_run
        self.registers = Registers()
        self._seen: dict[tuple[str, str], str] = {}

    def records(self, records: Iterable[SourceRecord]) -> Iterator[int]:
        iterator = iter(records)
        while batch := list(itertools.islice(iterator, BATCH)):
            self._batch(batch)
            yield len(batch)

    def _batch(self, batch: list[SourceRecord]) -> None:
        known = _known(batch)
        fresh: list[Entry] = []
        later: list[tuple[SourceRecord, IncomingWork]] = []
        for record in batch:
            key = _key(record)
            if self._seen.setdefault(key, record.content_hash) != record.content_hash:
                self.report.add(record, REJECTED, REPEATED)
                continue
            standing = known.get(key)
            if standing and record.content_hash and standing.content_hash == record.content_hash:
                self.report.add(record, UNCHANGED)
                continue
            incoming = self._build(record)
            if incoming is None:
                continue
            if self.dry_run:
                self._rehearse(record, incoming, UPDATED if standing else CREATED)
            elif standing:
                later.append((record, incoming))
            elif any(_key(entry.record) == key for entry in fresh):
                self.report.add(record, UNCHANGED)  # the same record twice
            else:
                fresh.append(Entry(record, incoming))
        if not self.dry_run:
            self._write(fresh, later)

    def _build(self, record: SourceRecord) -> IncomingWork | None:
        try:
            return record.build()
        except Rejected as error:
            self.report.add(record, REJECTED, str(error))
        except Exception as error:  # whatever a broken record does, the others go on
            logger.exception("import %s:%s", record.source, record.source_id)
            self.report.add(record, REJECTED, f"Không đọc được bản ghi ({type(error).__name__}).")
        return None

    def _rehearse(self, record: SourceRecord, incoming: IncomingWork, result: str) -> None:
        issuers = self.registers.names_of(incoming)
        label = self.registers.label_of(incoming)
        extra = reports.rehearsal(incoming, issuers, label)
        self.report.add(record, result, "; ".join(incoming.warnings), incoming.number, extra)

    def _write(self, fresh: list[Entry], later: list[tuple[SourceRecord, IncomingWork]]) -> None:
        fresh, merging = self._split(fresh)
        if not self._create(fresh):
            for entry in fresh:  # find the one that spoils the batch
                self._create([Entry(entry.record, entry.incoming)], alone=True)
        for entry, identity in merging:
            self._update(entry.record, entry.incoming, identity, fill_only=True)
        for record, incoming in later:
            standing = ImportRecord.objects.filter(
                source=record.source, source_id=record.source_id
            ).select_related("work")
            row = standing.first()
            if row is None:
                self._create([Entry(record, incoming)], alone=True)
            elif row.content_hash == record.content_hash:
                self.report.add(record, UNCHANGED)
            else:
                self._update(record, incoming, row.work, fill_only=False)

    def _split(self, entries: list[Entry]) -> tuple[list[Entry], list[tuple[Entry, WorkIdentity]]]:
        """Apart what another source has brought already: it is filled, not doubled."""
        keys = [numbering.key(e.incoming.number) for e in entries if e.incoming.number]
        book = IdentityBook(keys)
        fresh, merging = [], []
        for entry in entries:
            identity = self._same_elsewhere(entry, book)
            if identity is None:
                fresh.append(entry)
            else:
                merging.append((entry, identity))
        return fresh, merging

    def _same_elsewhere(self, entry: Entry, book: IdentityBook) -> WorkIdentity | None:
        incoming = entry.incoming
        if not incoming.number or not incoming.issued:
            return None
        number = numbering.canonical(incoming.number)
        with transaction.atomic():
            lead = self.registers.issuers_of(incoming)[0]
        same = book.same(numbering.key(number), lead.pk, incoming.issued)
        if len(same) != 1:
            return None
        own = ImportRecord.objects.filter(work=same[0], source=entry.record.source)
        # vbpl has one record a language for the same work.
        if own.exists() and ":" not in entry.record.source_id:
            return None
        return same[0]

    def _create(self, entries: list[Entry], alone: bool = False) -> bool:
        if not entries:
            return True
        try:
            applying.create(entries, self.registers, self.under)
        except (Rejected, ValidationError, PermissionDenied, DatabaseError, ValueError) as error:
            self.registers = Registers()  # rows that it made in memory were rolled back
            if not alone:
                return False
            self.report.add(entries[0].record, REJECTED, _reason(error))
            if not isinstance(error, Rejected | ValidationError):
                logger.exception("import %s", entries[0].record.source_id)
            return True
        for entry in entries:
            warnings = "; ".join(entry.incoming.warnings)
            self.report.add(entry.record, CREATED, warnings, entry.work.number)
        return True

    def _update(
        self,
        record: SourceRecord,
        incoming: IncomingWork,
        identity: WorkIdentity,
        fill_only: bool,
    ) -> None:
        try:
            changed = updating.update(
                record, incoming, identity, self.registers, self.under, fill_only=fill_only
            )
        except (Rejected, ValidationError, NotApproved, DatabaseError) as error:
            self.registers = Registers()
            self.report.add(record, REJECTED, _reason(error))
            return
        reason = f"Bổ sung vào {identity} đã có" if fill_only else ""
        self.report.add(record, UPDATED if changed else UNCHANGED, reason, incoming.number)


def _key(record: SourceRecord) -> tuple[str, str]:
    return record.source, record.source_id


def _known(batch: list[SourceRecord]) -> dict[tuple[str, str], ImportRecord]:
    found: dict[tuple[str, str], ImportRecord] = {}
    for source in {record.source for record in batch}:
        ids = [record.source_id for record in batch if record.source == source]
        for row in ImportRecord.objects.filter(source=source, source_id__in=ids):
            found[source, row.source_id] = row
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(error.messages)
    return str(error) if isinstance(error, Rejected | PermissionDenied) else f"Lỗi ghi: {error}"
