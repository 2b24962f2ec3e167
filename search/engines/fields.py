"""Fields of a record that both engines index alike."""

from typing import Any

from legal_docs.numbering import key, loose_key, parse
from legal_docs.numbering.queries import bare_serial
from search.engines.records import DocumentRecord
from search.engines.weights import NEVER, UNKNOWN, day_number, ref_number, ref_text


def shared_fields(record: DocumentRecord) -> dict[str, Any]:
    """Return what a document and its provisions share: who sees it, filters, days."""
    ref = (record.kind, record.id)
    fields = {
        "ref": ref_text(ref),
        "ref_no": ref_number(ref),
        "visible": list(record.visible_to),
        "kind": record.kind,
        "type": record.type,
        "issuer": [str(issuer) for issuer in record.issuers],
        "level": record.level,
        "province": list(record.provinces),
        "field": [str(field) for field in record.fields],
        "year": record.issued.year if record.issued else UNKNOWN,
        "issued": day_number(record.issued, UNKNOWN),
        "in_force": day_number(record.in_force, UNKNOWN),
        "expires": day_number(record.expires, NEVER),
        "partly_from": day_number(record.partly_from, NEVER),
        "suspended_from": day_number(record.suspended_from, NEVER),
        "suspended_until": day_number(record.suspended_until, NEVER),
    }
    return {name: value for name, value in fields.items() if value not in ("", [])}


def number_fields(record: DocumentRecord) -> dict[str, str]:
    """Return the fields by which a number is found, whole or in part."""
    if not record.number:
        return {}
    fields = {"number_key": key(record.number), "number_loose": loose_key(record.number)}
    parsed = parse(record.number)
    if parsed is None:
        return fields
    if parsed.issuer:
        fields["number_issuer"] = parsed.issuer
    year = parsed.year or (record.issued.year if record.issued else None)
    fields["number_serial"] = bare_serial(parsed.serial)
    fields["number_type"] = parsed.type_abbr or parsed.form
    return {**fields, "number_year": str(year)} if year else fields
