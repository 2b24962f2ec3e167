"""The item behind a review, as its own class."""

from __future__ import annotations


def subject_of(workflow_state):
    """What is under review; of a page Wagtail gives the bare page, and we its own class."""
    item = workflow_state.content_object
    return getattr(item, "specific", item)
