"""The connection to Elasticsearch: hosts, credentials, time limits, and errors in our own words.

Readers give up quickly (a page waits for them), writers try again: what they carry must arrive.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

import urllib3
from elastic_transport import Urllib3HttpNode
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, TransportError

from search.engines.base import EngineError

Answer = TypeVar("Answer")

_CONNECT_SECONDS: Final = 1.0
_BUSY: Final = (429, 502, 503, 504)
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class Access:
    """Where the cluster is and how long to wait for it.

    ``url`` may name several hosts, separated by commas; the first with a user names the user.
    ``lease`` is how long a writer that was killed keeps others waiting.
    """

    url: str
    api_key: str = ""
    ca_file: str = ""
    prefix: str = "portal"
    shards: int = 1
    replicas: int = 0
    timeout: float = 5.0
    write_timeout: float = 60.0
    lease: float = 15.0


class _Node(Urllib3HttpNode):
    """A node that is away is noticed long before a slow answer is given up."""

    def perform_request(  # type: ignore[override]
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Any = None,
        request_timeout: Any = None,
    ) -> Any:
        if isinstance(request_timeout, int | float):
            connect = min(_CONNECT_SECONDS, request_timeout)
            request_timeout = urllib3.Timeout(connect=connect, read=request_timeout)
        return super().perform_request(method, target, body, headers, request_timeout)


def connect(access: Access) -> Elasticsearch:
    """Return a client; nothing is asked of the cluster yet."""
    parts = [urlsplit(url.strip()) for url in access.url.split(",") if url.strip()]
    options: dict[str, Any] = {}
    user = next((part for part in parts if part.username), None)
    if access.api_key:
        options["api_key"] = access.api_key
    elif user is not None:
        options["basic_auth"] = (unquote(user.username or ""), unquote(user.password or ""))
    if access.ca_file:
        options["ca_certs"] = access.ca_file
    hosts = []
    for part in parts:
        port = part.port or (443 if part.scheme == "https" else 9200)
        name = f"[{part.hostname}]" if ":" in (part.hostname or "") else part.hostname
        hosts.append(f"{part.scheme}://{name}:{port}{part.path.rstrip('/')}")
    return Elasticsearch(
        hosts,
        node_class=_Node,
        request_timeout=access.timeout,
        # Another node is asked at once; the same one is not asked again and again.
        max_retries=min(2, len(hosts) - 1),
        retry_on_timeout=False,
        retry_on_status=_BUSY,
        dead_node_backoff_factor=0.5,
        max_dead_node_backoff=5.0,
        connections_per_node=32,
        **options,
    )


def is_absent(error: Exception) -> bool:
    """Tell whether the cluster answered that there is no such index or document."""
    return isinstance(error, ApiError) and error.meta.status == 404


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the client raises into ``EngineError``."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise EngineError(f"Elasticsearch: {_told(error)}") from error


def persistently(call: Callable[[], Answer]) -> Answer:
    """Return what ``call`` returns, trying again while the cluster is away or has no room.

    Only for calls that may be made twice.
    """
    for pause in (*_PAUSES, None):
        try:
            return call()
        except (ApiError, TransportError) as error:
            passing = (
                error.meta.status in _BUSY
                if isinstance(error, ApiError)
                else not isinstance(error, ConnectionTimeout) or pause != _PAUSES[-1]
            )
            if pause is None or not passing:
                raise
        time.sleep(pause)
    raise AssertionError("unreachable")


def _told(error: ApiError | TransportError) -> str:
    if isinstance(error, ApiError):
        return f"{error.meta.status} {error.error}"
    return f"{type(error).__name__}: {error.message}"[:300]
