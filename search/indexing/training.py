"""What the search learns from the portal's own texts: its language, its encoder.

Spelling and accents are learned from what everybody may read, because they are shown to everybody.
The encoder keeps numbers only, from which no text can be read; it sees what is indexed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from legal_docs.models import Provision
from legal_docs.models.part import Part
from legal_docs.works import kinds
from portal.organisations.audience import PUBLIC
from search.engine import engine
from search.lexicon import model_path
from search.ranking.encoder import Encoder
from search.ranking.training.contrast import evaluate, train
from search.second_stage import BASE_ENCODER, forward
from search.understanding.language import LanguageModel

Progress = Callable[[int, int, float], None]
#: An encoder that was trained on fewer provisions knows too little: ours goes on alone.
LEAST_ROWS = 2000
LEAST_FOR_LANGUAGE = 20_000
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training came to: scores are mean reciprocal ranks of headings finding their text."""

    before: float
    after: float
    used: bool


def encoder_path() -> Path:
    """Where the portal's own encoder is kept."""
    return Path(settings.SEARCH_INDEX_DIR) / "model" / "encoder.npz"


def learn_language(*, force: bool = False) -> int:
    """Build the model of spelling and accents; return how many syllables it knows.

    A small portal knows less of the language than the model that it comes with: then 0.
    """
    view = forward().view()
    if (view is None or view.rows < LEAST_FOR_LANGUAGE) and not force:
        return 0
    model = LanguageModel.build(public_texts())
    model.save(model_path())
    return model.size


def public_texts() -> Iterator[str]:
    """Yield subjects and provisions that everybody may read."""
    for kind in kinds():
        works = kind.model.objects.visible_to(PUBLIC)
        yield from works.values_list("subject", flat=True).iterator(_CHUNK)
        rows = Provision.objects.filter(
            expression__work__in=works.values("identity"),
            expression__state=Part.State.LIVE,
            expression__language="vi",
        )
        for heading, text in rows.values_list("heading", "text").iterator(_CHUNK):
            yield f"{heading}\n{text}"


def train_encoder(steps: int, progress: Progress, *, force: bool = False) -> Trained | None:
    """Train on the index, from where the present encoder stands; None when there is too little.

    The new one takes the place of the old one only when headings find their texts better by it.
    A training that was stopped goes on where it was.
    """
    view = forward().view()
    if view is None or (view.rows < LEAST_ROWS and not force):
        return None
    present = Encoder.load(encoder_path()) or Encoder.load(BASE_ENCODER)
    checkpoint = encoder_path().with_name("training.npz")
    fresh = train(
        view.segments, steps=steps, base=present, checkpoint=checkpoint, progress=progress
    )
    before = evaluate(present, view.segments) if present else 0.0
    after = evaluate(fresh, view.segments)
    used = after > before or force
    if used:
        fresh.save(encoder_path())
        with engine().writer(timeout=600.0):
            forward().encode()
    checkpoint.unlink(missing_ok=True)
    return Trained(before, after, used)
