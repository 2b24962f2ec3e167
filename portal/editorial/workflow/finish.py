"""The function that Wagtail is told to call when a review is through; it loads while models do."""


def finish(workflow_state, user=None) -> None:
    """Publish what was approved, now or at its hour (see ``reviewing.finish``)."""
    from .reviewing import finish as finish_review

    finish_review(workflow_state, user)
