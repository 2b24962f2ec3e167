"""What tests of working copies of pages share: bodies with named blocks, changes, bringing in."""

from __future__ import annotations

import json

from portal.editorial import working_copies
from tests import factories as make


def body(*texts: str) -> str:
    """Paragraphs, each with an id of its own letter: “a: lời” is block “a”."""
    rows = [text.partition(": ")[::2] for text in texts]
    return json.dumps(
        [{"type": "text", "value": f"<p>{said}</p>", "id": key} for key, said in rows]
    )


def said(page) -> list[str]:
    return [str(block.value).replace("<p>", "").replace("</p>", "") for block in page.body]


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def change(page, user, **fields):
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, clean=False)
    return fresh(page)


def live(at, *texts: str, **fields):
    return make.page(at, live=True, body=body(*texts or ("a: Một", "b: Hai", "c: Ba")), **fields)


def bring_in(copy, user, **choices):
    seen = working_copies.merge(copy, choices).seen
    return working_copies.bring_in(copy, user, choices, seen)


def draft(page):
    return fresh(page).get_latest_revision_as_object()


FORM = json.dumps(
    [
        {
            "type": "field",
            "value": {"help": "", "kind": "line", "label": "Tên", "needed": True, "choices": ""},
        }
    ]
)
