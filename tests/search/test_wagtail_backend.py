"""Wagtail's own search on the embedded engine: Vietnamese, safe signs, kills, and the suite."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from modelsearch.backends import get_search_backend
from modelsearch.query import Fuzzy, Phrase, PlainText
from wagtail.models import Page

from search.wagtail_backend.index import files_of

REPOSITORY = Path(__file__).resolve().parents[2]
TITLES = ["Quyết định về đất đai", "Hoà giải ở cơ sở", "Dat nen", "Má hồng", "Mạ non"]


@pytest.fixture
def backend(db):
    return get_search_backend()


@pytest.fixture
def pages(backend) -> list[Page]:
    root = Page.objects.get(depth=1)
    return [
        root.add_child(instance=Page(title=title, slug=f"t{n}")) for n, title in enumerate(TITLES)
    ]


def found(backend, query, how="search", **options) -> set[str]:
    return {page.title for page in getattr(backend, how)(query, Page.objects.all(), **options)}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("quyet dinh", {TITLES[0]}),
        ("QUYẾT ĐỊNH", {TITLES[0]}),
        ("dat", {TITLES[0], TITLES[2]}),
        ("đất", {TITLES[0]}),
        ("hòa giải", {TITLES[1]}),
        ("hoa giai co so", {TITLES[1]}),
        ("ma", {TITLES[3], TITLES[4]}),
        ("má", {TITLES[3]}),
        ("đất nền", set()),
    ],
)
def test_words_with_and_without_accents(backend, pages, typed, expected):
    assert found(backend, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("quyê", {TITLES[0]}), ("quye d", {TITLES[0]}), ("hồ", {TITLES[3]}), ("hôn", {TITLES[3]}),
     ("hò", {TITLES[1]}), ("gia", {TITLES[1]}), ("giả", {TITLES[1]}), ("già", set())],
)  # fmt: skip
def test_beginnings_of_words(backend, pages, typed, expected):
    assert found(backend, typed, "autocomplete") == expected


@pytest.mark.parametrize("how", ["search", "autocomplete"])
@pytest.mark.parametrize(
    "typed",
    ['"', "'", '"quyết', "quyết'; DROP", "(đất", "đất*", "đất:", "\\", "-đất", "AND OR", "🌳"],
)
def test_signs_are_signs(backend, pages, how, typed):
    assert found(backend, typed, how) <= set(TITLES)
    if "đất" in typed:
        assert TITLES[0] in found(backend, typed, how)


def test_phrases_and_slips(backend, pages):
    assert found(backend, Phrase("về đất")) == {TITLES[0]}
    assert found(backend, Phrase("đất về")) == set()
    assert found(backend, Phrase("ve dat dai")) == {TITLES[0]}
    assert found(backend, Fuzzy("quyte dnih", operator="and")) == {TITLES[0]}
    assert found(backend, Fuzzy("quanh dinh", operator="and")) == set()
    assert found(backend, ~PlainText("dat")) >= {TITLES[1], TITLES[3]}


def test_what_the_database_has_lost_is_not_shown_or_counted(backend, pages):
    Page.objects.filter(pk=pages[0].pk)._raw_delete("default")
    results = backend.search("dat", Page.objects.all())
    assert (results.count(), [page.title for page in results]) == (1, [TITLES[2]])


def test_a_rebuild_that_stops_changes_nothing(backend, pages):
    index = backend.get_index_for_model(Page)
    rebuilder = backend.rebuilder_class(index)
    draft = rebuilder.start()
    draft.add_items(Page, pages[:1])
    assert found(backend, "dat") == {TITLES[0], TITLES[2]}
    del rebuilder
    backend.add(pages[1])
    assert found(backend, "dat") == {TITLES[0], TITLES[2]}


def test_rebuild_by_command(backend, pages):
    backend.reset_indexes()
    assert found(backend, "dat") == set()
    call_command("wagtail_update_index", verbosity=0)
    assert found(backend, "dat") == {TITLES[0], TITLES[2]}


def test_a_killed_writer_leaves_the_last_commit(tmp_path):
    code = (
        "import sys, tantivy\n"
        "from pathlib import Path\n"
        "from django.conf import settings; settings.configure()\n"
        "from search.wagtail_backend.index import Files\n"
        "files = Files(Path(sys.argv[1]))\n"
        "for number in range(1, 10_000):\n"
        "    with files.writing() as writer:\n"
        "        for n in range(20):\n"
        "            writer.add_document(tantivy.Document(key=f'a:{number}:{n}', type=['a']))\n"
        "    print(number, flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdout=subprocess.PIPE, text=True, cwd=REPOSITORY,
    )  # fmt: skip
    try:
        assert writer.stdout is not None
        done = next(int(line) for line in writer.stdout if int(line) >= 5)
        os.kill(writer.pid, signal.SIGKILL)
    finally:
        writer.kill()
        writer.wait()
    files = files_of(tmp_path)
    held = files.reader.searcher().num_docs
    assert held >= done * 20
    assert held % 20 == 0
    with files.writing():
        pass


def test_the_suite_that_modelsearch_installs():
    done = subprocess.run(
        [sys.executable, "-m", "django", "test", "tests.search.modelsearch_suite.suite"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.search.modelsearch_suite.settings",
            "PYTHONPATH": str(REPOSITORY),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]


def test_a_portal_builds_both_indices_when_they_are_not_there(backend, db, capsys):
    call_command("search_rebuild", "--if-missing")
    assert backend.get_index_for_model(Page).is_there()
    assert "Đã dựng chỉ mục" in capsys.readouterr().out
    call_command("search_rebuild", "--if-missing")
    assert capsys.readouterr().out == ""
