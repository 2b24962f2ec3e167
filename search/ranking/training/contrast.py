"""Training of the encoder without questions: a heading should find its text, a piece the rest.

In-batch softmax over 256 pairs, most of a batch being runs of neighbouring provisions of one
document, which are the hard ones to tell apart. All in dense matrices over the units of a batch.
"""

from __future__ import annotations

import os
import secrets
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.encoder import DIMENSIONS, Encoder, Floats, normalised
from search.ranking.segment import Segment
from search.ranking.training.units import UnitTexts, choose_units, first_vectors, unit_texts

_BATCH: Final = 256
_RUN: Final = 16
_RATE: Final = 3e-3
_RATE_OF_MORE: Final = 5e-4
_TEXT: Final = 220
_EPSILON: Final = 0.1
_HELD_OUT: Final = 1500
_SAVE_EVERY: Final = 500

Progress = Callable[[int, int, float], None]
Ints = npt.NDArray[np.int64]


@dataclass
class State:
    """What is learned, with Adam's moments."""

    vectors: Floats
    query_weights: Floats
    text_weights: Floats
    scale: float
    moments: dict[str, tuple[Floats, Floats]]
    step: int = 0


def train(
    segments: Sequence[Segment],
    *,
    steps: int = 3000,
    base: Encoder | None = None,
    checkpoint: Path | None = None,
    progress: Progress = lambda step, steps, loss: None,
) -> Encoder:
    """Return an encoder trained on the rows of ``segments``.

    With ``base``, training begins at its units and vectors: a small portal begins with what
    others' law has taught. A run that was stopped goes on from ``checkpoint``.
    """
    if base is None:
        syllables, compounds = choose_units(segments)
        count = len(syllables) + len(compounds)
        empty = np.zeros((count, DIMENSIONS), dtype=np.float32)
        ones = np.ones(count, dtype=np.float32)
        encoder = Encoder(syllables, compounds, empty, ones, ones, "")
    else:
        encoder = base
    texts = unit_texts(segments, encoder)
    state = _resumed(checkpoint, encoder) or begin(texts, encoder, fresh=base is None)
    generator = np.random.default_rng(11 + state.step)
    while state.step < steps:
        queries, answers = self_taught_pairs(texts, generator)
        loss = learn(state, queries, answers, steps, rate=_RATE if base is None else _RATE_OF_MORE)
        progress(state.step, steps, loss)
        if checkpoint and state.step % _SAVE_EVERY == 0:
            _save(checkpoint, state, encoder)
    return replace(
        encoder,
        vectors=state.vectors,
        query_weights=state.query_weights,
        text_weights=state.text_weights,
        identity=secrets.token_hex(6),
    )


def evaluate(encoder: Encoder, segments: Sequence[Segment]) -> float:
    """Return how well headings find their own text among 1,500 (mean reciprocal rank)."""
    texts = unit_texts(segments, encoder)
    generator = np.random.default_rng(5)
    titled = np.flatnonzero((texts.titles >= 2) & (np.diff(texts.starts) - texts.titles >= 5))
    if not len(titled):
        return 0.0
    rows = generator.choice(titled, min(_HELD_OUT, len(titled)), replace=False)
    queries = np.zeros((len(rows), DIMENSIONS), dtype=np.float32)
    answers = np.zeros_like(queries)
    for at, row in enumerate(rows):
        start, end = texts.starts[row], texts.starts[row + 1]
        middle = start + texts.titles[row]
        title, body = texts.units[start:middle], texts.units[middle : min(end, middle + 400)]
        queries[at] = encoder.query_weights[title] @ encoder.vectors[title]
        answers[at] = encoder.text_weights[body] @ encoder.vectors[body]
    scores = normalised(queries) @ normalised(answers).T
    own = scores[np.arange(len(rows)), np.arange(len(rows))][:, None]
    return float((1 / (1 + (scores > own).sum(axis=1))).mean())


def begin(texts: UnitTexts, encoder: Encoder, *, fresh: bool) -> State:
    """Return the state before the first step: from the corpus, or from ``encoder``."""
    count = len(encoder.vectors)
    if fresh:
        vectors, idf = first_vectors(texts, count)
        weights, text_weights = np.log1p(idf), np.log1p(idf)
    else:
        vectors = encoder.vectors.copy()
        weights, text_weights = encoder.query_weights.copy(), encoder.text_weights.copy()
    state = State(vectors, weights.copy(), text_weights.copy(), 12.0, {})
    for name in ("vectors", "query_weights", "text_weights"):
        array = getattr(state, name)
        state.moments[name] = (np.zeros_like(array), np.zeros_like(array))
    return state


def self_taught_pairs(
    texts: UnitTexts, generator: np.random.Generator
) -> tuple[list[npt.NDArray[np.int32]], list[npt.NDArray[np.int32]]]:
    """Return a batch of pairs that the corpus itself gives: headings, pieces."""
    return _pairs(texts, _batch_rows(texts, generator), generator)


def _batch_rows(texts: UnitTexts, generator: np.random.Generator) -> Ints:
    """Return rows of a batch: runs of neighbours, and single rows of anywhere."""
    rows: list[int] = []
    runs = int(generator.integers(6, 15))
    for start in generator.integers(0, texts.rows, runs):
        document = texts.documents[start]
        run = np.arange(start, min(start + _RUN, texts.rows))
        rows += run[texts.documents[run] == document].tolist()
    rows += generator.integers(0, texts.rows, max(0, _BATCH - len(rows))).tolist()
    return np.unique(np.array(rows[:_BATCH], dtype=np.int64))


def _pairs(
    texts: UnitTexts, rows: Ints, generator: np.random.Generator
) -> tuple[list[npt.NDArray[np.int32]], list[npt.NDArray[np.int32]]]:
    queries, answers = [], []
    by_heading = generator.random() < 0.5
    for row in rows:
        start, end = int(texts.starts[row]), int(texts.starts[row + 1])
        middle = start + int(texts.titles[row])
        title, body = texts.units[start:middle], texts.units[middle:end]
        if len(body) < 6:
            continue
        if by_heading and len(title) >= 2:
            query = title[generator.random(len(title)) > 0.15]
            if generator.random() < 0.4:
                query = np.concatenate([query, texts.names[texts.documents[row]]])
            answer = body
        else:
            size = int(generator.integers(4, 25))
            at = int(generator.integers(0, max(1, len(body) - size)))
            query = body[at : at + size]
            query = query[generator.random(len(query)) > 0.15]
            answer = np.concatenate([title, body[:at], body[at + size :]])
        if len(answer) > _TEXT:
            offset = int(generator.integers(0, len(answer) - _TEXT))
            answer = answer[offset : offset + _TEXT]
        if len(query) and len(answer):
            queries.append(query)
            answers.append(answer)
    return queries, answers


def learn(
    state: State, queries: list[Any], answers: list[Any], steps: int, *, rate: float = _RATE
) -> float:
    """Take one step and return the loss; answer i is right for query i, all others are wrong."""
    every = np.unique(np.concatenate(queries + answers))
    count = _counts(queries, every), _counts(answers, every)
    vectors = state.vectors[every]
    weights = state.query_weights[every], state.text_weights[every]
    sums = [(c * w) @ vectors for c, w in zip(count, weights, strict=True)]
    lengths = [np.sqrt((s * s).sum(axis=1, keepdims=True)) for s in sums]
    query, text = normalised(sums[0]), normalised(sums[1])
    logits = state.scale * (query @ text.T)
    logits -= logits.max(axis=1, keepdims=True)
    chances = np.exp(logits)
    chances /= chances.sum(axis=1, keepdims=True)
    size = len(queries)
    loss = float(-np.log(chances[np.arange(size), np.arange(size)].clip(1e-9)).mean())
    error = chances.copy()
    error[np.arange(size), np.arange(size)] -= 1
    error /= size
    d_scale = float((error * (query @ text.T)).sum())
    d_outs = [state.scale * (error @ text), state.scale * (error.T @ query)]
    d_vectors = np.zeros_like(vectors)
    d_weights = []
    for c, w, s, length, d_out in zip(count, weights, sums, lengths, d_outs, strict=True):
        d_sum = _back(s, length, d_out)
        d_vectors += w[:, None] * (c.T @ d_sum)
        d_weights.append(((c.T @ d_sum) * vectors).sum(axis=1))
    state.step += 1
    rate *= 0.5 * (1 + np.cos(np.pi * min(1.0, state.step / steps)))
    rate *= min(1.0, state.step / 100)
    _adam(state, "vectors", every, d_vectors, rate)
    _adam(state, "query_weights", every, d_weights[0], rate)
    _adam(state, "text_weights", every, d_weights[1], rate)
    state.scale = float(np.clip(state.scale - 10 * rate * d_scale, 5, 40))
    return loss


def _counts(texts: list[Any], every: Ints) -> Floats:
    flat = np.searchsorted(every, np.concatenate(texts))
    row = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    cells = np.bincount(row * len(every) + flat, minlength=len(texts) * len(every))
    # What stands often in a text counts less each time.
    return np.sqrt(cells.reshape(len(texts), len(every))).astype(np.float32)


def _back(sums: Floats, length: Floats, d_out: Floats) -> Floats:
    """Return the gradient before ``normalised``."""
    along = (sums * d_out).sum(axis=1, keepdims=True)
    found: Floats = d_out / (length + _EPSILON) - sums * along / (
        length.clip(1e-6) * (length + _EPSILON) ** 2
    )
    return found


def _adam(state: State, name: str, rows: Ints, gradient: Floats, rate: float) -> None:
    first, second = state.moments[name]
    first[rows] = 0.9 * first[rows] + 0.1 * gradient
    second[rows] = 0.99 * second[rows] + 0.01 * gradient * gradient
    corrected = first[rows] / (1 - 0.9**state.step)
    spread = np.sqrt(second[rows] / (1 - 0.99**state.step)) + 1e-8
    getattr(state, name)[rows] -= rate * corrected / spread


def _save(path: Path, state: State, encoder: Encoder) -> None:
    arrays: dict[str, Any] = {
        f"{name}_{order}": moment
        for name, moments in state.moments.items()
        for order, moment in zip(("first", "second"), moments, strict=True)
    }
    arrays |= {name: getattr(state, name) for name in state.moments}
    draft = path.with_suffix(f".{os.getpid()}.npz")
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        draft,
        step=state.step,
        scale=state.scale,
        syllables=encoder.syllables,
        compounds=encoder.compounds,
        **arrays,
    )
    draft.replace(path)


def _resumed(path: Path | None, encoder: Encoder) -> State | None:
    """Return the state of a run that was stopped, if it was on the same units."""
    try:
        with np.load(path or "", allow_pickle=False) as stored:
            same = np.array_equal(stored["syllables"], encoder.syllables) and np.array_equal(
                stored["compounds"], encoder.compounds
            )
            if not same:
                return None
            names = ("vectors", "query_weights", "text_weights")
            moments = {n: (stored[f"{n}_first"], stored[f"{n}_second"]) for n in names}
            vectors, query_weights, text_weights = (stored[name] for name in names)
            scale, step = float(stored["scale"]), int(stored["step"])
            return State(vectors, query_weights, text_weights, scale, moments, step)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return None
