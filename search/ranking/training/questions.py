"""Tuning of the encoder on answered questions, mixed with more of what it learned without any.

Two steps of three show questions with the texts that answer them, against texts that the first
stage took for the answer; the third is one of ``contrast``, so that nothing is forgotten. The end
is a mean with the weights of the beginning: tuned alone, the encoder knows the kinds of questions
that it was shown and forgets what helps with others (figures in ``docs/search.md``).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.encoder import Encoder, Floats
from search.ranking.tokens import Tokens
from search.ranking.training.contrast import begin, learn, self_taught_pairs
from search.ranking.training.units import UnitTexts

_QUESTIONS: Final = 64
_WRONG: Final = 4
_TEXT: Final = 400
_DROPPED: Final = 0.1
#: How much of the tuned weights there is in the mean.
TUNED: Final = 0.8


@dataclass(frozen=True)
class Example:
    """A question, texts that answer it, texts that seem to; ``weight`` is how often it is shown."""

    question: Tokens
    right: tuple[Tokens, ...]
    wrong: tuple[Tokens, ...]
    weight: float = 1.0


def tune(
    encoder: Encoder,
    texts: UnitTexts,
    examples: Sequence[Example],
    *,
    steps: int,
    rate: float,
    seed: int = 3,
    progress: Callable[[int, int, float], None] = lambda step, steps, loss: None,
) -> Encoder:
    """Return ``encoder`` tuned by ``steps`` on ``examples`` and on the corpus ``texts``, and then
    taken back towards where it began (``TUNED``)."""
    generator = np.random.default_rng(seed)
    state = begin(texts, encoder, fresh=False)
    known = [_Known.of(encoder, example) for example in examples]
    known = [example for example in known if len(example.question) and example.right]
    chances = np.array([example.weight for example in known])
    chances /= chances.sum()
    for step in range(steps):
        if step % 3 == 2:
            queries, answers = self_taught_pairs(texts, generator)
        else:
            queries, answers = _batch(known, chances, generator)
        progress(step, steps, learn(state, queries, answers, steps, rate=rate))
    return replace(
        encoder,
        vectors=_between(encoder.vectors, state.vectors),
        query_weights=_between(encoder.query_weights, state.query_weights),
        text_weights=_between(encoder.text_weights, state.text_weights),
        identity=secrets.token_hex(6),
    )


def _between(before: Floats, tuned: Floats) -> Floats:
    return before + TUNED * (tuned - before)


@dataclass(frozen=True)
class _Known:
    """An example in units."""

    question: npt.NDArray[np.int64]
    right: tuple[npt.NDArray[np.int64], ...]
    wrong: tuple[npt.NDArray[np.int64], ...]
    weight: float

    @classmethod
    def of(cls, encoder: Encoder, example: Example) -> _Known:
        right, wrong = (
            tuple(found for text in some if len(found := encoder.units(text[:_TEXT])[0]))
            for some in (example.right, example.wrong)
        )
        return cls(encoder.units(example.question)[0], right, wrong, example.weight)


def _batch(
    known: Sequence[_Known], chances: npt.NDArray[Any], generator: np.random.Generator
) -> tuple[list[Any], list[Any]]:
    queries, answers, wrong = [], [], []
    size = min(_QUESTIONS, len(known))
    shown: set[bytes] = set()
    for number in generator.choice(len(known), size, replace=False, p=chances):
        example = known[number]
        right = example.right[generator.integers(len(example.right))]
        question = example.question[generator.random(len(example.question)) > _DROPPED]
        if not len(question) or right.tobytes() in shown:
            continue
        shown |= {text.tobytes() for text in example.right}
        queries.append(question)
        answers.append(right)
        if example.wrong:
            chosen = generator.choice(
                len(example.wrong), min(_WRONG, len(example.wrong)), replace=False
            )
            wrong += [example.wrong[i] for i in chosen]
    # A text that is wrong for one question may be right for another.
    others = {key: text for text in wrong if (key := text.tobytes()) not in shown}
    return queries, [*answers, *others.values()]
