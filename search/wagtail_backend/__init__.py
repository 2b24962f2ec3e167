"""Wagtail's own search (admin lists, choosers, pages, images) on the embedded engine.

A backend as modelsearch asks for one: words by the same rules as the portal's search, so that
"quyet dinh" finds "Quyết định", and a quote is a sign like any other.
"""

from typing import Any

from modelsearch.backends.base import BaseSearchBackend

from search.wagtail_backend.compiler import BeginningCompiler, WordCompiler
from search.wagtail_backend.index import Rebuilder, WordIndex
from search.wagtail_backend.results import WordResults


class WordBackend(BaseSearchBackend):
    """The backend; ``DIRECTORY`` may say where its files are."""

    query_compiler_class = WordCompiler
    autocomplete_query_compiler_class = BeginningCompiler
    index_class = WordIndex
    results_class = WordResults
    rebuilder_class = Rebuilder
    # A list that cannot follow for a moment is no reason to refuse what an editor saves.
    catch_indexing_errors = True

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.directory = params.get("DIRECTORY")


SearchBackend = WordBackend
