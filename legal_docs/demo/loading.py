"""Load the demo through the ordinary import, under mandates that one demo account proposes and
another approves. A second run finds everything there and writes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from legal_docs.importers.applying import Conditions
from legal_docs.importers.records import SourceRecord
from legal_docs.importers.reports import Report
from legal_docs.importers.running import Run
from legal_docs.importers.sources import read
from portal.core.locks import file_lock
from portal.editorial.models import Mandate
from portal.organisations.models import Organisation, User

from . import accounts, organisations

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE / "documents.jsonl"
LABEL = "Bộ văn bản trình diễn (hư cấu)"
DAYS_OF_MANDATE = 365

#: system in the file → owning unit, who proposes, who approves
COLLECTIONS = {
    "demo-bkts": (organisations.MINISTRY_OFFICE, "vanthu.bo", "lanhdao.bo"),
    "demo-hoa-ban": (organisations.PROVINCE_OFFICE, "vanthu", "lanhdao"),
}


def records() -> list[dict]:
    """The documents as the file has them."""
    return [json.loads(line) for line in DOCUMENTS.read_text(encoding="utf-8").splitlines()]


def load() -> Report:
    """Agencies, accounts, mandates, documents; what the import did with each document.

    Raises:
        PermissionDenied: demo accounts are not meant to exist here.
        ValidationError: a real row bears one of the names.
        portal.core.locks.Busy: another import is running.
    """
    accounts.refuse_unless_meant()
    with transaction.atomic():
        organisations.load()
        accounts.load()
    report = Report(None)
    with file_lock(settings.VAR_DIR / "import.lock"):
        for system in COLLECTIONS:
            mandate = _mandate(system)
            under = Conditions(mandate.owner, LABEL, mandate, demo=True)
            for _count in Run(under, report).records(_of_system(system)):
                pass
    return report


def _of_system(system: str) -> Iterator[SourceRecord]:
    return (record for record in read(DOCUMENTS, "portal") if record.source == system)


@transaction.atomic
def _mandate(system: str) -> Mandate:
    """The approved mandate of a collection, made when there is none that still holds."""
    unit, proposer, approver = COLLECTIONS[system]
    owner = Organisation.objects.get(name=unit, demo=True)
    today = timezone.localdate()
    for standing in Mandate.objects.filter(demo=True, owner=owner, folder=str(HERE)):
        if standing.is_approved and standing.valid_until >= today:
            return standing
    mandate = Mandate(
        title=f"Đăng văn bản trình diễn ({unit})",
        source=LABEL,
        authority="Không có căn cứ thật: chỉ để trình diễn phần mềm.",
        folder=str(HERE),
        owner=owner,
        valid_until=today + dt.timedelta(days=DAYS_OF_MANDATE),
        proposed_by=User.objects.get(username=proposer, demo=True),
        demo=True,
    )
    mandate.full_clean()
    mandate.save()
    mandate.approve(User.objects.get(username=approver, demo=True))
    return mandate
