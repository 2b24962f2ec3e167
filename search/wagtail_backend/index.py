"""Writing Wagtail's own index: one writer by the kernel's lock, readers that follow.

The files are kept as those of the portal's search (``search.engines.storage``): a process that is
killed leaves the last commit, and a rebuild stands beside until it is complete.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import tantivy
from django.conf import settings
from django.db import models
from modelsearch.backends.base import BaseIndex
from modelsearch.index import class_is_indexed

from search.engines.storage import Reader, Storage, writer_at
from search.wagtail_backend.schema import SCHEMA_VERSION, build_schema, document, key_of

_HEAP: Final = 32_000_000
_WAIT: Final = 20.0


class Files:
    """The index in one directory, shared by all backends of the process."""

    def __init__(self, directory: Path) -> None:
        self.storage = Storage(directory, SCHEMA_VERSION)
        self.reader = Reader(self.storage, build_schema)

    @contextmanager
    def writing(self) -> Iterator[tantivy.IndexWriter]:
        """Hold the right to write and a writer that commits at the end."""
        with self.storage.lock(_WAIT):
            directory = self.storage.current()
            if directory is None:
                directory = self.storage.new_directory()
                made = tantivy.Index(build_schema(), str(directory))
                made.writer(heap_size=_HEAP, num_threads=1).commit()
                self.storage.use(directory)
            writer = writer_at(directory, _HEAP)
            yield writer
            writer.commit()
            writer.wait_merging_threads()


@lru_cache(maxsize=8)
def _files(directory: str) -> Files:
    return Files(Path(directory))


@lru_cache(maxsize=1)
def _temporary() -> str:
    return tempfile.mkdtemp(prefix="wagtail-index-")


def files_of(directory: str | Path | None) -> Files:
    """Return the files of a backend; without a directory beside the portal's own index."""
    if directory is None:
        root = getattr(settings, "SEARCH_INDEX_DIR", None)
        directory = Path(root) / "wagtail" if root else _temporary()
    return _files(str(directory))


def put(writer: tantivy.IndexWriter, items: Iterable[models.Model]) -> None:
    """Put objects in, in the place of their older selves."""
    for item in items:
        writer.delete_documents_by_term("key", key_of(item))
        writer.add_document(document(item))


class WordIndex(BaseIndex):
    """The one index of all models."""

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)
        self._files = files_of(backend.directory)

    def is_there(self) -> bool:
        """Tell whether the index was ever built."""
        return self._files.storage.current() is not None

    def add_items(self, model: type[models.Model], items: Iterable[models.Model]) -> None:
        """Put objects in."""
        items = list(items)
        if items and class_is_indexed(model):
            with self._files.writing() as writer:
                put(writer, items)

    def delete_item(self, item: models.Model) -> None:
        """Take an object out."""
        if class_is_indexed(type(item)) and self._files.storage.current() is not None:
            with self._files.writing() as writer:
                writer.delete_documents_by_term("key", key_of(item))

    def reset(self) -> None:
        """Take everything out."""
        if self._files.storage.current() is not None:
            with self._files.writing() as writer:
                writer.delete_all_documents()

    def __str__(self) -> str:
        return str(self._files.storage.root)


class _Draft(BaseIndex):
    """An index under construction, which nobody reads."""

    def __init__(self, backend: Any, writer: tantivy.IndexWriter) -> None:
        super().__init__(backend)
        self._writer = writer

    def add_items(self, model: type[models.Model], items: Iterable[models.Model]) -> None:
        """Put objects in."""
        if class_is_indexed(model):
            put(self._writer, items)


class Rebuilder:
    """Builds a new index beside the one in use; one that is not finished changes nothing."""

    def __init__(self, index: WordIndex) -> None:
        self._index = index
        self._storage = index._files.storage
        self._held = ExitStack()

    def start(self) -> _Draft:
        """Return the index to fill; the right to write is held until ``finish``."""
        self._held.enter_context(self._storage.lock(_WAIT))
        self._directory = self._storage.new_directory()
        made = tantivy.Index(build_schema(), str(self._directory))
        self._writer = made.writer(heap_size=_HEAP, num_threads=1)
        return _Draft(self._index.backend, self._writer)

    def finish(self) -> None:
        """Put the new index in the place of the old one, at once."""
        with self._held:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._storage.use(self._directory)

    def __del__(self) -> None:
        self._held.close()
