"""What happened to published content, told inside the transaction in which it happened.

Receivers write what must be true together with the change (the search outbox, cache keys to
purge); slow work belongs to whoever drains those. Each signal is sent by a model class and carries
``instances``, a list: one item as a rule, many when a collection is imported.
"""

from django.dispatch import Signal

#: An item went live, or a live item was replaced by a newer approved content.
went_live = Signal()
#: A live item was taken down.
withdrawn = Signal()
#: Somebody took an item down by himself; ``by`` and ``reason`` say who and why.
taken_down = Signal()
#: Items whose step of review is late; told once for each step.
overdue = Signal()
#: Who may read a live item changed.
audience_changed = Signal()
#: Edges at works appeared, changed or vanished; ``identity_ids`` names both ends.
relation_changed = Signal()
