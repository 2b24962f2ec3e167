"""The embedded index on disk: one directory in use, one writer at a time, readers that follow.

``CURRENT`` names the directory in use and is replaced at once, so that a reader sees the old
index or the new one and nothing between. The lock is the kernel's (``flock``): it ends with its
holder, even when that is killed.
"""

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import tantivy

from search.engines.base import EngineBusyError
from search.engines.tantivy_schema import SCHEMA_VERSION, build_schema

_CURRENT: Final = "CURRENT"
_LOCK: Final = "writer.lock"
_ANY: Final = "index-*"
_ATTEMPTS: Final = 5

Signature = tuple[int, ...]


class Storage:
    """The files of one embedded index under ``root``."""

    def __init__(self, root: Path, version: int = SCHEMA_VERSION) -> None:
        self.root = root
        self._prefix = f"index-v{version}-"

    def current(self) -> Path | None:
        """Return the directory in use; None before the first write and for another schema."""
        try:
            name = (self.root / _CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        return self.root / name if name.startswith(self._prefix) else None

    def new_directory(self) -> Path:
        """Return a fresh directory that nobody reads yet."""
        path = self.root / f"{self._prefix}{time.time_ns()}"
        path.mkdir(parents=True)
        return path

    def use(self, directory: Path) -> None:
        """Make ``directory`` the one in use, at once for all readers; remove all others."""
        draft = self.root / f"{_CURRENT}.{os.getpid()}"
        with draft.open("w", encoding="ascii") as file:
            file.write(directory.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / _CURRENT)
        for other in self.root.glob(_ANY):
            if other.name != directory.name:
                shutil.rmtree(other, ignore_errors=True)

    def signature(self) -> Signature | None:
        """Return what changes when a reader must look again, None without an index."""
        current = self.current()
        if current is None:
            return None
        with suppress(FileNotFoundError):
            pointer = (self.root / _CURRENT).stat()
            meta = (current / "meta.json").stat()
            return (pointer.st_ino, pointer.st_mtime_ns, meta.st_ino, meta.st_mtime_ns)
        return ()

    @contextmanager
    def lock(self, timeout: float) -> Iterator[None]:
        """Hold the right to write; raises EngineBusyError when another keeps it."""
        self.root.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + timeout
        with (self.root / _LOCK).open("a") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise EngineBusyError("another process is writing") from None
                    time.sleep(0.02)
            yield


def writer_at(directory: Path, heap: int) -> tantivy.IndexWriter:
    """Return a writer on an index that exists.

    A writer that was killed while it committed may have left files that no commit knows; the next
    one, which numbers its own alike, would find their names taken for ever.
    """
    writer = tantivy.Index.open(str(directory)).writer(heap_size=heap, num_threads=1)
    writer.garbage_collect_files()
    return writer


class Reader:
    """Follows the index: looks at two file stamps per search and opens again when they change."""

    def __init__(
        self, storage: Storage, schema: Callable[[], tantivy.Schema] = build_schema
    ) -> None:
        self._storage = storage
        self._schema = schema
        self._lock = threading.Lock()
        self._seen: Signature | None = None
        self._path: Path | None = None
        self._index: tantivy.Index | None = None
        self._searcher: tantivy.Searcher | None = None

    @property
    def schema(self) -> tantivy.Schema:
        """Return the schema of the open index."""
        return self._index.schema if self._index is not None else self._schema()

    def searcher(self) -> tantivy.Searcher | None:
        """Return a searcher on the newest commit, None before the first write."""
        with self._lock:
            signature = self._storage.signature()
            if signature is None:
                return None
            if signature != self._seen or self._searcher is None:
                self._open(signature)
            return self._searcher

    def _open(self, signature: Signature) -> None:
        for attempt in range(_ATTEMPTS):
            path = self._storage.current()
            try:
                if self._index is None or path != self._path:
                    self._index = tantivy.Index.open(str(path))
                    self._index.config_reader("manual")
                self._index.reload()
            except (ValueError, OSError):
                # A rebuild may have taken the directory away between two looks.
                self._index = None
                if attempt + 1 == _ATTEMPTS:
                    raise
                time.sleep(0.02)
                continue
            self._path, self._seen = path, signature
            self._searcher = self._index.searcher()
            return
