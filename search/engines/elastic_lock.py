"""One writer at a time for a portal on several machines: a lease kept in the cluster itself.

The holder renews it; one who waits takes it over when it has stood still for the whole lease by
his own clock, so that no two machines' clocks are compared. A holder who was frozen and lost it
notices at the next renewal, and before every batch.
"""

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, TransportError

from search.engines.base import EngineBusyError, EngineError
from search.engines.elastic_client import translated

_RENEWED_EVERY: Final = 4.0
_LOOKS: Final = 0.05
_ID: Final = "writer"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A lease as it stood, and since when it stands so."""

    version: tuple[int, int]
    since: float


class Lease:
    """The right to write to the indices of one prefix."""

    def __init__(self, client: Elasticsearch, index: str, lease: float) -> None:
        self._client = client
        self._index = index
        self._lease = lease
        self._seen: _Seen | None = None
        self._held: dict[str, int] = {}
        self._renewed = 0.0
        self._guard = threading.RLock()

    @contextmanager
    def held(self, timeout: float) -> Iterator[None]:
        """Hold the right; raises EngineBusyError when another keeps it for ``timeout``."""
        deadline = time.monotonic() + timeout
        with translated():
            while not self._try():
                if time.monotonic() >= deadline:
                    raise EngineBusyError("another process is writing")
                time.sleep(_LOOKS)
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(done,), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            done.set()
            keeper.join()
            self._release()

    def check(self) -> None:
        """Raise EngineError when the right was lost."""
        if time.monotonic() - self._renewed > self._lease * 0.8:
            self.renew()
        if not self._held:
            raise EngineError("the right to write was lost to another process")

    def _try(self) -> bool:
        began = time.monotonic()
        try:
            made = self._write(op_type="create")
        except ConflictError:
            made = self._take_over()
        if made is None:
            return False
        self._own(made, began)
        return True

    def _take_over(self) -> Any:
        """Take a lease that stands still; None when it moves or was just seen first."""
        try:
            found = self._client.get(index=self._index, id=_ID, realtime=True)
        except NotFoundError:
            return None
        version = (found["_seq_no"], found["_primary_term"])
        now = time.monotonic()
        if self._seen is None or self._seen.version != version:
            self._seen = _Seen(version, now)
        if now - self._seen.since < self._lease:
            return None
        with suppress(ConflictError):
            return self._write(if_seq_no=version[0], if_primary_term=version[1])
        return None

    def _write(self, **conditions: Any) -> Any:
        holder = {"holder": f"{socket.gethostname()}:{os.getpid()}", "turn": uuid.uuid4().hex}
        return self._client.index(index=self._index, id=_ID, document=holder, **conditions)

    def _own(self, answer: Any, began: float) -> None:
        with self._guard:
            self._held = {
                "if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]
            }  # fmt: skip
            self._renewed = began

    def _keep(self, done: threading.Event) -> None:
        while not done.wait(min(_RENEWED_EVERY, self._lease / 4)):
            self.renew()

    def renew(self) -> None:
        """Say that the holder lives; a lease that another took is gone."""
        with self._guard:
            began, held = time.monotonic(), self._held
            if not held:
                return
            try:
                self._own(self._write(**held), began)
            except (ConflictError, NotFoundError):
                self._held = {}
            except (ApiError, TransportError):
                # The cluster is away: if it stays away, nobody writes at all.
                return

    def _release(self) -> None:
        held, self._held = self._held, {}
        if held:
            with suppress(ApiError, TransportError):
                self._client.delete(index=self._index, id=_ID, **held)
