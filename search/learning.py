"""What published answers to questions of the public teach the memory: which article answers what.

Only what everybody may read is learned, because the memory serves every reader; a page that is
corrected teaches anew, a page that is withdrawn takes back what it taught, and a question that an
editor put in by himself stays his.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from portal.organisations.audience import PUBLIC
from portal.pages import references
from search.models import AnsweredQuestion
from search.models.memory import Place, question_key


def origin_of(answer) -> str:
    """The name of a page in the memory."""
    return f"{answer._meta.label_lower}:{answer.pk}"


def learn(answer) -> None:
    """Remember which articles answer the question of a live page, in the place of what it taught
    before."""
    places = places_of(answer.references) if answer.is_public else []
    taught = AnsweredQuestion.objects.filter(learned_from=origin_of(answer))
    if not places:
        unlearn(answer)
        return
    for row in taught.exclude(key=question_key(answer.title)):
        row.delete()
    row, new = AnsweredQuestion.objects.remember(
        answer.title, places, source=AnsweredQuestion.Source.ASKED
    )
    if new:
        row.learned_from = origin_of(answer)
        row.save(update_fields=["learned_from"])
    if row.learned_from == origin_of(answer):
        row.answer_with(places)


def unlearn(answer) -> None:
    """Forget what a page taught."""
    for row in AnsweredQuestion.objects.filter(learned_from=origin_of(answer)):
        row.delete()


def places_of(text: str) -> list[Place]:
    """The places that the lines name; a line that names none, or several, teaches nothing."""
    from search.admin.places import read_place

    found: list[Place] = []
    for line in references.lines(text):
        try:
            found.append(read_place(line, PUBLIC))
        except ValidationError:
            continue
    return list(dict.fromkeys(found))
