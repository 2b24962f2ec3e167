"""The indices of a portal in the cluster: names, alias, template, making and swapping.

Readers and writers know the alias only. Each index behind it has a name of its own, so that a
rebuild stands beside the one in use until the alias moves, at once for everybody.
"""

import time
from contextlib import suppress
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.engines.elastic_client import Access, is_absent, persistently
from search.engines.elastic_schema import (
    SCHEMA_VERSION,
    Lengths,
    mapping,
    template,
    title_similarities,
)

_LOCK_SETTINGS: Final = {"number_of_shards": 1, "auto_expand_replicas": "0-2", "hidden": True}
_SHARES_KEPT: Final = 30.0


class Indices:
    """What stands in the cluster under one prefix."""

    def __init__(self, client: Elasticsearch, access: Access) -> None:
        self._client = client
        self._access = access
        self.alias = f"{access.prefix}-v{SCHEMA_VERSION}"
        self.lock = f"{access.prefix}-lock"
        self._shares: tuple[float, float] | None = None
        self._asked = 0.0

    def ready(self) -> None:
        """Make what a writer needs: the index of the lease, the template, an index in use."""
        if not self._client.indices.exists(index=self.lock):
            with suppress(ApiError):  # another writer made it first
                self._client.indices.create(
                    index=self.lock, settings=_LOCK_SETTINGS, mappings={"dynamic": False}
                )

    def ensure(self) -> None:
        """Make an empty index when there is none."""
        if not self._client.indices.exists_alias(name=self.alias):
            self.use(self.new(loading=False))

    def current(self) -> str | None:
        """Return the index in use."""
        try:
            found = self._client.indices.get_alias(name=self.alias)
        except NotFoundError:
            return None
        return next(iter(found), None)

    def new(self, *, loading: bool) -> str:
        """Make an index that nobody reads yet; replicas wait while it is being loaded."""
        made = template(f"{self.alias}-*", self._access.shards, self._access.replicas)
        self._client.indices.put_index_template(name=self.alias, **made)
        name = f"{self.alias}-{time.time_ns()}"
        replicas = {"number_of_replicas": 0} if loading else None
        self._client.indices.create(index=name, settings=replicas)
        return name

    def finish(self, name: str, lengths: Lengths) -> None:
        """Give a loaded index the measures of its corpus and its replicas."""
        similarities, shares = title_similarities(*lengths.per_provision())
        indices = self._client.indices
        persistently(lambda: indices.flush(index=name, wait_if_ongoing=True))
        # Similarities change on a closed index only; it is not in use yet.
        persistently(lambda: indices.close(index=name))
        persistently(
            lambda: indices.put_settings(index=name, settings={"similarity": similarities})
        )
        persistently(lambda: indices.open(index=name))
        kept = mapping(shares)["_meta"]
        persistently(lambda: indices.put_mapping(index=name, meta=kept))
        replicas = {"number_of_replicas": self._access.replicas}
        persistently(lambda: indices.put_settings(index=name, settings=replicas))
        self._client.cluster.health(index=name, wait_for_status="yellow", timeout="60s")
        persistently(lambda: indices.refresh(index=name))

    def use(self, name: str) -> None:
        """Put ``name`` in the place of the index in use, at once; remove all others."""
        old = [other for other in self.names() if other != name]
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
        actions += [{"remove_index": {"index": other}} for other in old]
        self._client.indices.update_aliases(actions=actions)

    def drop(self, name: str) -> None:
        """Remove an index that did not get ready."""
        with suppress(ApiError, TransportError):
            self._client.indices.delete(index=name, ignore_unavailable=True)

    def names(self) -> list[str]:
        """Return all indices of the portal, of older versions too."""
        try:
            found = self._client.indices.get(
                index=f"{self._access.prefix}-v*-*", features=["aliases"], allow_no_indices=True,
                expand_wildcards=["open", "closed"],
            )  # fmt: skip
        except NotFoundError:
            return []
        return sorted(found)

    def forget(self) -> None:
        """Ask anew for what is kept of the index in use."""
        self._shares = None

    def title_shares(self) -> tuple[float, float]:
        """Return what scores of titles are multiplied by, asked now and then."""
        now = time.monotonic()
        if self._shares is None or now - self._asked > _SHARES_KEPT:
            try:
                found = self._client.indices.get_mapping(index=self.alias)
            except ApiError as error:
                if is_absent(error):
                    return 1.0, 1.0
                raise
            first = next(iter(found.values()))
            words, pairs = first["mappings"]["_meta"]["title_shares"]
            self._shares, self._asked = (words, pairs), now
        return self._shares
