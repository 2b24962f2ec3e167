"""What happened to published content, told inside the transaction in which it happened.

Receivers write what must be true together with the change (the search outbox, cache keys to
purge); slow work belongs to whoever drains those. Each signal carries ``instance``.
"""

from django.dispatch import Signal

#: An item went live, or a live item was replaced by a newer approved content. ``record``.
went_live = Signal()
#: A live item was taken down. ``record``.
withdrawn = Signal()
#: Who may read a live item changed. ``record``.
audience_changed = Signal()
#: An edge to or from ``instance`` appeared, changed or vanished.
relation_changed = Signal()
