"""“Việc của tôi” with 5,000 open items, and the review page of 300 changed articles.

    python -m benchmarks.review

Processor time of a request through the whole stack, best and middle of some runs. Runs on a database of its own that is thrown away.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
os.environ.setdefault("PORTAL_VAR", tempfile.mkdtemp(prefix="bench-review-"))

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

OPEN = 5_000
ARTICLES = 300
RUNS = 7


def seconds(client, url: str) -> tuple[float, float]:
    """Best and middle processor time (s) of GETs."""
    assert client.get(url).status_code == 200
    times = []
    for _run in range(RUNS):
        start = time.process_time()
        client.get(url)
        times.append(time.process_time() - start)
    return min(times), statistics.median(times)


def text(mark: str) -> str:
    return "\n".join(
        f"Điều {number}. Điều thử {number}\nĐoạn của điều {number} {mark}, dài thêm vài chữ cho đủ."
        for number in range(1, ARTICLES + 1)
    )


def open_turns(at, work) -> None:
    """Many open turns of copies of one workflow state; lists ask the turns alone."""
    from wagtail.models import WorkflowState

    from portal.editorial.models import ReviewState
    from portal.editorial.workflow import reviewing

    turn = reviewing.turn_of(work)
    state = turn.workflow_state
    for number in range(OPEN):
        copy = WorkflowState(
            content_type=state.content_type, base_content_type=state.base_content_type,
            object_id=str(1_000_000 + number), workflow=state.workflow,
            requested_by=at.clerk_a, status="in_progress",
        )  # fmt: skip
        WorkflowState.objects.bulk_create([copy])
        row = ReviewState(
            workflow_state=copy, revision=turn.revision, task=turn.task, status="in_progress",
            content_type=turn.content_type, step=turn.step, due=turn.due, owner=work.owner,
            content="legal", label=f"Thông tư {number}/2031/TT-BTN",
        )  # fmt: skip
        row.save()


def main() -> None:
    from legal_docs import expressions
    from legal_docs.structure import blocks_from_text
    from portal.editorial.workflow import reviewing
    from tests import factories as make

    setup_test_environment()
    call_command("migrate", verbosity=0)
    at = make.house()
    work = make.document(at, live=True, text=text("cũ"))
    expressions.replace_draft(work, blocks_from_text(text("mới")))
    work.get_latest_revision_as_object().save_revision(user=at.clerk_a, clean=False)
    work = type(work).objects.get(pk=work.pk)
    reviewing.submit(work, at.clerk_a, public_note="Sửa")
    client = Client()
    client.force_login(at.office_head_a)
    best, middle = seconds(client, f"/admin/duyet/legal_docs.legaldocument/{work.pk}/")
    print(f"review, {ARTICLES} changed articles: {best * 1000:.0f} / {middle * 1000:.0f} ms")
    open_turns(at, work)
    best, middle = seconds(client, "/admin/viec-cua-toi/")
    print(f"my work, {OPEN} open: {best * 1000:.0f} / {middle * 1000:.0f} ms")


if __name__ == "__main__":
    main()
