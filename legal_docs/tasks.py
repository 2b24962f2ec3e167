"""Background work of documents. Every task may run twice."""

from django_tasks import task

from legal_docs import intake
from legal_docs.models import IntakeFile


@task()
def read_intake_file(pk: int) -> None:
    """Read one uploaded file; nothing to do when it was read or taken away meanwhile."""
    row = IntakeFile.objects.filter(pk=pk, state=IntakeFile.State.WAITING).first()
    if row is not None:
        intake.read(row)


@task()
def examine_file(sha256: str) -> None:
    """Read the signatures and the text of a stored file."""
    from legal_docs import examining

    examining.examine(sha256)
