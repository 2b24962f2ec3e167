"""From an uploaded file to proposals, and from confirmed proposals to a draft."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from legal_docs import expressions, identities, structure
from legal_docs.importers import storing
from legal_docs.importers.applying import Conditions, new_work
from legal_docs.importers.proposing import complete
from legal_docs.importers.records import IncomingWork
from legal_docs.importers.resolving import Registers
from legal_docs.models import IntakeFile, Signer
from legal_docs.models.work import Work
from legal_docs.works import kind_of, work_of
from portal.core import text

#: Field of the form → name of the proposal whose excerpt stands beside it.
EXCERPTS = {
    "number": "number",
    "type": "type",
    "lead_issuer": "issuers",
    "issued": "issued",
    "in_force": "in_force",
    "subject": "subject",
    "signers": "signers",
}


def read(row: IntakeFile) -> None:
    """Read a file and keep what it says of itself; a broken one keeps the reason."""
    from legal_docs.importers.readers import UnreadableFile, read_file

    try:
        found = read_file(Path(row.file.path))
    except UnreadableFile as error:
        row.state, row.message = IntakeFile.State.FAILED, f"“{row.name}”: {error.message_vi}"
        row.save(update_fields=["state", "message"])
        return
    incoming = IncomingWork(blocks=found.blocks, warnings=list(found.warnings))
    complete(incoming)
    row.reading = _reading(incoming, found)
    row.state, row.message = IntakeFile.State.READ, ""
    row.save(update_fields=["reading", "state", "message"])


def _reading(incoming: IncomingWork, found) -> dict[str, object]:
    parsed = incoming.structure()
    registers = Registers()
    issuers = registers.names_of(incoming)
    return {
        "format": found.format,
        "media_type": found.media_type,
        "number": incoming.number,
        "type": registers.label_of(incoming),
        "issuers": issuers,
        "issued": incoming.issued.isoformat() if incoming.issued else "",
        "in_force": incoming.in_force.isoformat() if incoming.in_force else "",
        "subject": incoming.subject,
        "signers": [list(pair) for pair in incoming.signers],
        "excerpts": {
            field: incoming.excerpts[name]
            for field, name in EXCERPTS.items()
            if name in incoming.excerpts
        },
        "outline": list(structure.outline(parsed)) if parsed else [],
        "warnings": incoming.warnings
        + [warning.message_vi for warning in (parsed.warnings if parsed else ())],
    }


def initial(row: IntakeFile) -> dict[str, object]:
    """Initial values of the check form."""
    reading = row.reading
    if not reading:
        return {}
    registers = Registers()
    incoming = IncomingWork(
        number=reading["number"], type_name=reading["type"], issuers=tuple(reading["issuers"])
    )
    lead = next(
        (
            registers.organisations[text.slugify(name)]
            for name in reading["issuers"]
            if text.slugify(name) in registers.organisations
        ),
        None,
    )
    known_type = registers.type_of(incoming, lead) if reading["type"] or reading["number"] else None
    return {
        **{name: reading[name] for name in ("number", "issued", "in_force", "subject")},
        "type": known_type,
        "lead_issuer": lead,
        "signers": "\n".join(" – ".join(filter(None, pair)) for pair in reading["signers"]),
    }


@transaction.atomic
def make_draft(row: IntakeFile, data: dict, user) -> tuple[Work, list]:
    """Make the draft that a person confirmed; also the entries it may be a double of."""
    model = kind_of(data["type"].work_class).model
    incoming = IncomingWork(
        number=data["number"],
        issuers=(data["lead_issuer"].name,),
        type_code=data["type"].code,
        subject=data["subject"],
        issued=data["issued"],
        in_force=data["in_force"],
        audience=data["audience"],
    )
    work = new_work(incoming, Registers(), Conditions(owner=row.unit))
    work.type, work.lead_issuer, work.issuers = (
        data["type"],
        data["lead_issuer"],
        [data["lead_issuer"]],
    )
    signature = model._meta.get_field("signatures").related_model
    work.signatures = [
        signature(signer=_signer(name), title=title) for name, title in _signers(data["signers"])
    ]
    work.save()
    _attach(row, work)
    work.save_revision(user=user, clean=False)
    row.state, row.work = IntakeFile.State.DONE, work.identity
    row.save(update_fields=["state", "work"])
    return work, identities.same_documents(work)


@transaction.atomic
def replace_text(row: IntakeFile, user) -> Work:
    """Let the text of a file wait to take the place of a work's text."""
    work = work_of(row.work)
    _attach(row, work)
    work.get_latest_revision_as_object().save_revision(user=user, clean=False)
    row.state = IntakeFile.State.DONE
    row.save(update_fields=["state"])
    return work


def _attach(row: IntakeFile, work: Work) -> None:
    from legal_docs import tasks
    from legal_docs.importers.readers import read_file

    path = Path(row.file.path)
    expressions.replace_draft(work, read_file(path).blocks)
    role = "ban-goc" if row.reading.get("format") == "pdf" else "nguon"
    stored = storing.manifestation(work.identity_id, path, row.name, role)
    stored.save()
    transaction.on_commit(lambda: tasks.examine_file.enqueue(stored.sha256))


def _signers(lines: str) -> list[tuple[str, str]]:
    pairs = []
    for line in lines.splitlines():
        name, _dash, title = line.replace("–", "-").partition(" - ")
        if name.strip():
            pairs.append((name.strip()[:120], title.strip()[:200]))
    return pairs


def _signer(name: str) -> Signer:
    found = Signer.objects.filter(key=text.tone_key(name)[:120]).first()
    return found or Signer.objects.create(name=name)
