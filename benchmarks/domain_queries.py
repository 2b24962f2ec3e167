"""Do the queries of people find the right document first, on a portal with real corpora?

    python -m benchmarks.domain_queries QUERIES.json [--folder DIR]

Imports the corpora beside the repository into a portal in ``--folder`` (kept; about ten minutes
the first time), then asks each query as a stranger, the way the search page does. A query counts
where a document that it expects is in the portal; a place in a document ("45/2019/QH14#dieu-35")
counts as its document. Filters of a query go the way of the page's address.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

CORPORA = ("phapdien", "congbao-meta", "congbao-text", "vbpl")


def prepare_portal(folder: Path) -> None:
    """Import what is not there yet."""
    from benchmarks.imports import CORPORA as PLACES
    from benchmarks.imports import DATA, mandate, prepare
    from benchmarks.imports import manage as run

    if not folder.exists():
        prepare(folder)
    run(folder, "migrate", "-v0")
    run(folder, "load_reference")
    for name in CORPORA:
        done = folder / f"{name}.done"
        path = DATA / "corpus" / PLACES[name]
        if done.exists() or not path.exists():
            continue
        number = mandate(folder, path)
        run(folder, "import_documents", str(path), "--mandate", number)
        done.touch()
        print(f"imported {name}", file=sys.stderr)
    run(folder, "search_drain")
    if not (folder / "index/model/language.npz").exists():
        run(folder, "search_train", "--language-only")


def wanted_keys(query: dict[str, Any]) -> list[str]:
    """Return the keys of the numbers that a query expects."""
    from legal_docs.numbering import key, parse

    numbers = [text.split("#")[0].split(" (")[0] for text in query["expected_top"]]
    return [key(number) for number in numbers if parse(number) is not None]


def ask(text: str) -> list[str]:
    """Return the keys of the numbers on the first page."""
    from dataclasses import replace

    from django.utils import timezone

    from legal_docs.models import LegalDocument
    from portal.organisations.audience import PUBLIC
    from search.lexicon import lexicon
    from search.second_stage import find
    from search.understanding import understand

    plan = understand(text, lexicon(), PUBLIC, timezone.localdate())
    hits = find(replace(plan, page_size=10)).hits
    ids = [hit.document_id for hit in hits if hit.kind == "legal"]
    keys = dict(LegalDocument.objects.filter(pk__in=ids).values_list("pk", "number_key"))
    return [keys.get(pk, "") for pk in ids]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("queries", type=Path)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.gettempdir()) / "portal-domain"
    prepare_portal(folder)
    os.environ |= {"PORTAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    import django

    django.setup()
    from legal_docs.models import LegalDocument
    from legal_docs.numbering import key

    here = set(LegalDocument.objects.filter(live=True).values_list("number_key", flat=True))
    first = asked = forbidden = 0
    for query in json.loads(options.queries.read_text(encoding="utf-8"))["queries"]:
        wanted = [one for one in wanted_keys(query) if one in here]
        never = {key(number) for number in query["must_not_be_first"]}
        if not query["query"] or not (wanted or never & here):
            continue
        found = ask(query["query"])
        wrong = bool(found) and found[0] in never
        forbidden += wrong
        mark = "never" if wrong else "-"
        if wanted:
            asked += 1
            right = bool(found) and found[0] in wanted
            first += right
            mark = (
                "never"
                if wrong
                else "first"
                if right
                else "later"
                if set(wanted) & set(found)
                else "none"
            )
        print(f"{mark:6} {query['id']:3} {query['query']}: {found[:3]} wanted {wanted}")
    print(f"right document first: {first} of {asked}; forbidden first: {forbidden}")


if __name__ == "__main__":
    main()
