"""Identities and addresses: which row stands for a document, and where it can be read.

The address of a document is for ever: a change of number, issuer or date of a published one
leaves its old address behind as a redirect.
"""

from __future__ import annotations

import datetime as dt

from portal.core import text
from portal.organisations.models import Organisation

from . import numbering
from .models.identity import OldPath, WorkIdentity
from .works import kind_of


def number_slug(number: str, label: str, subject: str) -> str:
    """Last part of an address: the number's key, else the beginning of the subject."""
    return numbering.key(number) if number else text.slugify(f"{label} {subject}")[:80].strip("-")


def keep(work) -> None:
    """Give a work its identity, or carry its new number, issuer and date over to it."""
    if work.identity_id is None:
        work.identity = adopt_stub(work) or WorkIdentity()
    identity = work.identity
    wanted = (work.number, work.number_key, work.lead_issuer_id, work.issued, work.title[:1000])
    before = (
        identity.number,
        identity.number_key,
        identity.issuer_id,
        identity.issued,
        identity.title,
    )
    if identity.path and wanted == before:
        return
    moved = identity.path and wanted[1:4] != before[1:4]
    identity.number, identity.number_key, identity.issuer_id = wanted[:3]
    identity.issued, identity.title = wanted[3:]
    identity.work_class = work.work_class
    if moved and work.publication_record_id:
        OldPath.objects.get_or_create(path=identity.path, defaults={"identity": identity})
    if moved or not identity.path:
        identity.path = free_path(
            kind_of(work.work_class).prefix,
            work.lead_issuer.slug,
            number_slug(work.number, work.type.label, work.subject),
            work.issued,
            identity.pk,
        )
    identity.save()
    work.identity = identity


def free_path(
    prefix: str, issuer: str, number: str, issued: dt.date | None, own: int | None = None
) -> str:
    """The shortest free address: the date only where the number repeats."""
    plain = f"{prefix}/{issuer}/{number}"
    dated = f"{plain}@{issued.isoformat()}" if issued else f"{plain}@"
    candidates = [plain, dated] if issued else [plain]
    taken = set(
        WorkIdentity.objects.filter(path__startswith=plain)
        .exclude(pk=own)
        .values_list("path", flat=True)
    ) | set(OldPath.objects.filter(path__startswith=plain).values_list("path", flat=True))
    for path in candidates:
        if path not in taken:
            return path
    count = 2
    while f"{dated}-{count}" in taken:
        count += 1
    return f"{dated}-{count}"


def adopt_stub(work) -> WorkIdentity | None:
    """A stub that waits for this document, if there is exactly one that fits."""
    if not work.number_key:
        return None
    stubs = WorkIdentity.objects.filter(number_key=work.number_key, work_class="")
    fitting = [
        stub
        for stub in stubs
        if (stub.issued is None or stub.issued == work.issued)
        and (stub.issuer_id is None or stub.issuer_id == work.lead_issuer_id)
    ]
    return fitting[0] if len(fitting) == 1 else None


def identify(
    number: str,
    title: str = "",
    issuer: Organisation | None = None,
    issued: dt.date | None = None,
) -> WorkIdentity:
    """The identity that a reference means: a document that is here, or a stub that waits.

    A number that several documents bear is not guessed: without issuer or date that tell them
    apart the reference stays a stub of its own.
    """
    key = numbering.key(number) if number else text.slugify(title)[:120]
    rows = list(WorkIdentity.objects.filter(number_key=key)) if number else []
    fitting = [
        row
        for row in rows
        if (not issued or not row.issued or row.issued == issued)
        and (not issuer or not row.issuer_id or row.issuer_id == issuer.pk)
    ]
    here = [row for row in fitting if not row.is_stub]
    if len(here) == 1:
        return here[0]
    stubs = [row for row in fitting if row.is_stub]
    if stubs:
        return stubs[0]
    return WorkIdentity.objects.create(
        number=number, number_key=key, issuer=issuer, issued=issued, title=title[:1000]
    )


def same_documents(work) -> list[WorkIdentity]:
    """Other entries with the same number, issuer and date (NĐ 30/2020, PL VI, III.1.h)."""
    if not work.number:
        return []
    return list(
        WorkIdentity.objects.filter(
            number_key=numbering.key(work.number), issuer=work.lead_issuer_id, issued=work.issued
        )
        .exclude(work_class="")
        .exclude(pk=work.identity_id)
    )
