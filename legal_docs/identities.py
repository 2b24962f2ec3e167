"""Identities and addresses: which row stands for a document, and where it can be read.

The address of a document is for ever: a change of number, issuer or date of a published one
leaves its old address behind as a redirect. ``IdentityBook`` answers for many documents with a
few queries; the functions below it serve a single one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from portal.core import text
from portal.core.batching import batched

from . import numbering
from .models.identity import OldPath, WorkIdentity
from .works import kind_of


def key_of(number: str, title: str = "") -> str:
    """Key under which a reference is filed: of the number, else of the title."""
    return numbering.key(number)[:120] if number else text.slugify(title)[:120]


def number_slug(number: str, label: str, subject: str) -> str:
    """Last part of an address: the number's key, else the beginning of the subject."""
    return (
        numbering.key(number)[:120]
        if number
        else text.slugify(f"{label} {subject}")[:80].strip("-")
    )


class IdentityBook:
    """Identities of a set of keys, in memory; new ones are unsaved until ``save_new``."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_key: dict[str, list[WorkIdentity]] = defaultdict(list)
        self._paths: set[str] = set()
        self._free: set[str] = set()
        self._new: list[WorkIdentity] = []
        for chunk in batched(sorted(set(keys) - {""})):
            for row in WorkIdentity.objects.filter(number_key__in=chunk).order_by("pk"):
                self._by_key[row.number_key].append(row)

    def same(self, key: str, issuer_id: int, issued: dt.date | None) -> list[WorkIdentity]:
        """Documents here with this number, issuer and date (NĐ 30/2020, PL VI, III.1.h)."""
        return [
            row
            for row in self._by_key.get(key, ())
            if not row.is_stub and row.issuer_id == issuer_id and row.issued == issued
        ]

    def stub_for(self, key: str, issuer_id: int, issued: dt.date | None) -> WorkIdentity | None:
        """The stub that waits for this document, if exactly one fits."""
        fitting = [
            row
            for row in self._by_key.get(key, ())
            if row.is_stub
            and (row.issued is None or row.issued == issued)
            and (row.issuer_id is None or row.issuer_id == issuer_id)
        ]
        return fitting[0] if key and len(fitting) == 1 else None

    def identify(
        self,
        number: str,
        title: str = "",
        issuer_id: int | None = None,
        issued: dt.date | None = None,
    ) -> WorkIdentity:
        """The identity that a reference means: a document that is here, or a stub that waits.

        A number that several documents bear is not guessed: without issuer or date that tell
        them apart the reference stays a stub of its own.
        """
        key = key_of(number, title)
        fitting = [
            row
            for row in self._by_key[key]
            if (not issued or not row.issued or row.issued == issued)
            and (not issuer_id or not row.issuer_id or row.issuer_id == issuer_id)
        ]
        here = [row for row in fitting if not row.is_stub]
        if len(here) == 1:
            return here[0]
        stubs = [row for row in fitting if row.is_stub]
        if stubs:
            return stubs[0]
        return self.add(
            WorkIdentity(
                number=number[:120],
                number_key=key,
                issuer_id=issuer_id,
                issued=issued,
                title=title[:1000],
            )
        )

    def add(self, identity: WorkIdentity) -> WorkIdentity:
        """Remember a new identity; it is written by ``save_new``."""
        self._by_key[identity.number_key].append(identity)
        self._new.append(identity)
        return identity

    def save_new(self) -> None:
        WorkIdentity.objects.bulk_create(self._new, batch_size=200)
        self._new = []

    def free_path(self, plain: str, issued: dt.date | None, own: int | None = None) -> str:
        """The shortest free address: the date only where the number repeats."""
        dated = f"{plain}@{issued.isoformat()}" if issued else f"{plain}@"
        candidates = [plain, dated] if issued else [plain]
        count = 1
        while True:
            for path in candidates:
                if path not in self._paths and not self._is_taken(path, own):
                    self._paths.add(path)
                    return path
            count += 1
            candidates = [f"{dated}-{count}"]

    def know_paths(self, plain: Iterable[str]) -> None:
        """Read in one query which of these plain addresses are free."""
        wanted = set(plain)
        for chunk in batched(sorted(wanted)):
            wanted -= set(
                WorkIdentity.objects.filter(path__in=chunk).values_list("path", flat=True)
            )
            wanted -= set(OldPath.objects.filter(path__in=chunk).values_list("path", flat=True))
        self._free = wanted

    def _is_taken(self, path: str, own: int | None) -> bool:
        return path not in self._free and _is_taken(path, own)


def _is_taken(path: str, own: int | None) -> bool:
    return (
        WorkIdentity.objects.filter(path=path).exclude(pk=own).exists()
        or OldPath.objects.filter(path=path).exclude(identity=own).exists()
    )


def write_identity(work, identity: WorkIdentity) -> None:
    """Carry number, issuer, date and title of a work over to its identity (unsaved)."""
    identity.number, identity.number_key = work.number, work.number_key
    identity.issuer_id, identity.issued = work.lead_issuer_id, work.issued
    identity.title, identity.work_class = work.title[:1000], work.work_class


def plain_path(work) -> str:
    """The address of a work where its number does not repeat."""
    slug = number_slug(work.number, work.type.label, work.subject)
    return f"{kind_of(work.work_class).prefix}/{work.lead_issuer.slug}/{slug}"


def path_for(work, book: IdentityBook, own: int | None = None) -> str:
    return book.free_path(plain_path(work), work.issued, own)


def keep(work) -> None:
    """Give a work its identity, or carry its new number, issuer and date over to it.

    The identity of a working copy has no number, no key and no address: nothing finds it, and no
    check of doubles meets it.
    """
    if work.working_copy_of_id:
        if work.identity_id is None:
            work.identity = WorkIdentity.objects.create(
                number="", number_key="", title="", work_class=work.work_class
            )
        return
    book = IdentityBook([work.number_key])
    if work.identity_id is None:
        work.identity = (
            book.stub_for(work.number_key, work.lead_issuer_id, work.issued) or WorkIdentity()
        )
    identity = work.identity
    before = (identity.number_key, identity.issuer_id, identity.issued, identity.title)
    write_identity(work, identity)
    after = (identity.number_key, identity.issuer_id, identity.issued, identity.title)
    if identity.path and before == after:
        return
    moved = bool(identity.path) and before[:3] != after[:3]
    if moved and work.first_published_at:
        OldPath.objects.get_or_create(path=identity.path, defaults={"identity": identity})
    if moved or not identity.path:
        identity.path = path_for(work, book, identity.pk)
    identity.save()
    work.identity = identity


def identify(number: str, title: str = "", issued: dt.date | None = None) -> WorkIdentity:
    """The saved identity that a single reference means (see ``IdentityBook.identify``)."""
    book = IdentityBook([key_of(number, title)])
    identity = book.identify(number, title, issued=issued)
    book.save_new()
    return identity


def same_documents(work) -> list[WorkIdentity]:
    """Other entries with the same number, issuer and date."""
    if not work.number or work.working_copy_of_id:
        return []
    key = numbering.key(work.number)
    rows = IdentityBook([key]).same(key, work.lead_issuer_id, work.issued)
    return [row for row in rows if row.pk != work.identity_id]
