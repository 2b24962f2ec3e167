"""The lists of words that editors keep."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core import text
from search.understanding.synonyms import Kind, is_rule

from .kept import Kept


class WordPair(Kept):
    """What is typed, and what it may stand for (``search.understanding.synonyms``)."""

    class Strength(models.TextChoices):
        SHORT = Kind.SHORT.value, _("Abbreviation: written out")
        SAME = Kind.SAME.value, _("Same meaning, both ways")
        EVERYDAY = Kind.EVERYDAY.value, _("Everyday word for words of the law")
        CONTEXT = Kind.CONTEXT.value, _("Same in its context only")
        OLD = Kind.OLD.value, _("Old name: found when the new one is typed")
        RELATED = Kind.RELATED.value, _("Related: ranks, never equates")

    typed = models.CharField(_("typed words"), max_length=160)
    meant = models.CharField(_("other words"), max_length=200)
    key = models.CharField(max_length=400, editable=False, unique=True)
    strength = models.CharField(_("strength"), max_length=12, choices=Strength.choices)
    rule = models.CharField(
        _("only where"),
        max_length=200,
        blank=True,
        help_text=_(
            "beside_number; beside:word|word; upper; short; before_roman – joined by semicolons."
        ),
    )

    class Meta:
        verbose_name = _("pair of words")
        verbose_name_plural = _("words: synonyms and abbreviations")
        ordering = ["typed", "meant"]

    def __str__(self) -> str:
        return f"{self.typed} → {self.meant}"

    def clean(self) -> None:
        super().clean()
        self.typed, self.meant = text.squash_spaces(self.typed), text.squash_spaces(self.meant)
        if not text.syllables(self.typed) or not text.syllables(self.meant):
            raise ValidationError(_("Both sides need words."))
        if text.tone_key(self.typed) == text.tone_key(self.meant):
            raise ValidationError(_("Both sides are the same words."))
        if not is_rule(self.rule):
            raise ValidationError({"rule": _("This rule is not known.")})
        if NeverEqual.objects.filter(key=pair_key(self.typed, self.meant), active=True).exists():
            raise ValidationError(_("These two are on the list of words that are never equated."))
        others = WordPair.objects.filter(key=self.make_key()).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError(_("This pair exists already."))

    def make_key(self) -> str:
        """The same pair in another spelling of tones has the same key."""
        return f"{text.tone_key(self.typed)}>{text.tone_key(self.meant)}>{self.strength}"[:400]

    def save(self, *args, **kwargs) -> None:
        self.key = self.make_key()
        super().save(*args, **kwargs)


class NeverEqual(Kept):
    """Two wordings that are never to stand for each other: khiếu nại, tố cáo."""

    one = models.CharField(_("one"), max_length=120)
    other = models.CharField(_("the other"), max_length=120)
    key = models.CharField(max_length=260, editable=False, unique=True)

    class Meta:
        verbose_name = _("words never equated")
        verbose_name_plural = _("words never equated")
        ordering = ["one", "other"]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"

    def clean(self) -> None:
        super().clean()
        self.one, self.other = text.squash_spaces(self.one), text.squash_spaces(self.other)
        if not text.syllables(self.one) or not text.syllables(self.other):
            raise ValidationError(_("Both sides need words."))
        if text.tone_key(self.one) == text.tone_key(self.other):
            raise ValidationError(_("Both sides are the same words."))
        if NeverEqual.objects.filter(key=self.make_key()).exclude(pk=self.pk).exists():
            raise ValidationError(_("This pair exists already."))

    def make_key(self) -> str:
        """The pair in either order and any spelling of tones has one key."""
        return pair_key(self.one, self.other)

    def save(self, *args, **kwargs) -> None:
        self.key = self.make_key()
        super().save(*args, **kwargs)


def pair_key(one: str, other: str) -> str:
    """A key of two wordings in either order."""
    return "|".join(sorted((text.tone_key(one), text.tone_key(other))))[:260]
