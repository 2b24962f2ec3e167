"""What answers which question, and what stands first for which words.

Rows point to identities, not to works: a document that is withdrawn and comes back keeps its
place in memory, and meanwhile counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from legal_docs.models import WorkIdentity
from legal_docs.templatetags.law import eid_label
from portal.core import text

from .kept import Dated, DatedQuerySet

Place = tuple[int, str]
"""(id of the identity, id of the provision or nothing for the whole document)."""

#: What a choice that readers made counts against the word of an editor.
CLICKED = 0.6


class AnsweredQuestionQuerySet(DatedQuerySet):
    """Answered questions."""

    def remember(
        self, question: str, places: Iterable[Place], *, source: str, user=None, weight: float = 1.0
    ) -> tuple[AnsweredQuestion, bool]:
        """Add places to what answers a question; return (row, whether it is new)."""
        question = text.squash_spaces(text.clean(question))[:500]
        with transaction.atomic():
            row = self.filter(key=question_key(question)).first()
            new = row is None
            row = row or AnsweredQuestion(text=question, source=source, weight=weight)
            row.active, row.changed_by = True, user
            row.save()
            for identity, eid in places:
                row.answers.get_or_create(identity_id=identity, eid=eid)
        return row, new


class AnsweredQuestion(Dated):
    """A question with what answers it: questions like it lift the same articles."""

    class Source(models.TextChoices):
        ASKED = "hoi-dap", _("Question and answer")
        EDITOR = "bien-tap", _("Editor")
        CLICKS = "luot-chon", _("Choices of readers")

    text = models.CharField(_("question"), max_length=500)
    key = models.CharField(max_length=700, editable=False, unique=True)
    source = models.CharField(
        _("source"), max_length=10, choices=Source.choices, default=Source.EDITOR, editable=False
    )
    weight = models.FloatField(
        _("weight"),
        default=1.0,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text=_("0 to 1; 1 is the word of an editor."),
    )

    #: The page from which it was learned (“pages.answerpage:12”), so that it goes with the page.
    learned_from = models.CharField(
        max_length=60, blank=True, default="", editable=False, db_index=True
    )

    objects = AnsweredQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("answered question")
        verbose_name_plural = _("memory: answered questions")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        self.text = text.squash_spaces(text.clean(self.text))
        if not text.syllables(self.text):
            raise ValidationError({"text": _("A question needs words.")})
        others = AnsweredQuestion.objects.filter(key=question_key(self.text)).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError({"text": _("This question is in the memory already.")})

    def save(self, *args, **kwargs) -> None:
        self.key = question_key(self.text)
        super().save(*args, **kwargs)

    def answer_with(self, places: Iterable[Place]) -> None:
        """Make these places, and no others, the answer."""
        wanted = set(places)
        for row in self.answers.all():
            if (row.identity_id, row.eid) in wanted:
                wanted.discard((row.identity_id, row.eid))
            else:
                row.delete()
        for identity, eid in sorted(wanted):
            self.answers.create(identity_id=identity, eid=eid)


class AnswerPlace(models.Model):
    """A document, or a provision of it, that answers a question."""

    question = models.ForeignKey(AnsweredQuestion, on_delete=models.CASCADE, related_name="answers")
    identity = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="+")
    eid = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "identity", "eid"], name="answer_once")
        ]

    def __str__(self) -> str:
        return place_label(self.identity, self.eid)


class Promotion(Dated):
    """A document, or a provision of it, that stands first for some words for some time."""

    words = models.CharField(_("words"), max_length=200)
    alone = models.BooleanField(
        _("only when nothing else is typed"),
        default=False,
        help_text=_("Otherwise also where these words stand together in a longer query."),
    )
    identity = models.ForeignKey(
        WorkIdentity, on_delete=models.CASCADE, related_name="+", editable=False
    )
    eid = models.CharField(max_length=120, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=255)

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions: first for these words")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return self.words  # logs show it, and the document may not be everybody's

    def clean(self) -> None:
        super().clean()
        self.words = text.squash_spaces(text.clean(self.words))
        if not text.syllables(self.words):
            raise ValidationError({"words": _("A promotion needs words.")})


def question_key(question: str) -> str:
    """The same question in another spelling of tones or other signs has the same key."""
    return " ".join(map(text.syllable_key, text.syllables(question)))[:700]


def place_label(identity: WorkIdentity, eid: str) -> str:
    """“khoản 2 Điều 5 168/2024/NĐ-CP”: what a form reads again as the same place."""
    return f"{eid_label(eid)} {identity}" if eid else str(identity)
