"""What the tree model looks at, for all candidates of one query: one row each, named columns.

Scores are given with their share of the best, facts of documents so coarsely that they cannot name
one law. The order of columns is ``NAMES``; the weights file names the columns that it knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from portal.core.text import fold, syllables
from search.ranking.facts import FLAGS
from search.ranking.forward import View
from search.ranking.gathering import Cosines, Gathered
from search.ranking.matching import Found, Wanted, bm25, idf_of
from search.ranking.memory import Remembered
from search.ranking.tokens import token

Floats = npt.NDArray[np.float32]
Columns = dict[str, Any]

_ASKS: Final = {
    "asks_meaning": ("la gi", "nghia la", "the nao la", "duoc hieu", "khai niem"),
    "asks_amount": ("bao nhieu", "bao lau", "may thang", "may nam", "may ngay", "thoi han", "muc"),
    "asks_penalty": ("phat", "xu ly", "vi pham", "toi", "tu giam", "che tai"),
    "asks_how": (
        "thu tuc",
        "ho so",
        "trinh tu",
        "lam sao",
        "nhu the nao",
        "lam the nao",
        "giay to",
    ),
    "asks_who": ("ai ", "co quan nao", "tham quyen", "o dau"),
    "asks_whether": ("khong", "dung hay sai", "hay khong", "duoc khong"),
    "asks_conditions": ("dieu kien", "khi nao", "truong hop nao"),
}
_YEARS: Final = {token(str(year)): year for year in range(1945, 2060)}


@dataclass(frozen=True)
class Ask:
    """A query for the second stage: as typed, and without the phrases of asking."""

    words: str
    core: str


def features_of(
    view: View,
    ask: Ask,
    gathered: Gathered,
    stage_one: Floats,
    cosines: tuple[Cosines, Cosines],
    remembered: Remembered | None = None,
) -> tuple[list[str], Floats]:
    """Return (names, matrix) for the candidates; ``stage_one`` is the engine's score or 0."""
    columns: Columns = {}
    full = _text_columns(columns, view, Wanted.of(ask.words, view), gathered, "q")
    core = full
    if ask.core and ask.core != ask.words:
        core = _text_columns(columns, view, Wanted.of(ask.core, view), gathered, "c")
    else:
        columns |= {f"c{name[1:]}": column for name, column in columns.items()}
    _law_names(columns, ask, view, gathered)
    sparse = columns["q_sum"]
    columns["stage_one"] = stage_one
    columns["stage_one_share"] = _share(stage_one)
    columns["stage_one_rank"] = _reciprocal_rank(stage_one)
    _dense_columns(columns, cosines)
    mixed = np.asarray(
        _share(sparse) + _share(core) + 1.5 * np.maximum(cosines[0].whole, 0), dtype=np.float32
    )
    columns["mixed"] = mixed
    _law_evidence(columns, gathered, sparse, "sparse")
    _law_evidence(columns, gathered, mixed, "mixed")
    _facts(columns, gathered)
    _query_facts(columns, ask, gathered.count, sparse)
    zero = np.zeros(gathered.count, dtype=np.float32)
    columns["memory_article"] = remembered.article if remembered else zero
    columns["memory_total"] = remembered.total if remembered else zero
    columns["memory_law"] = remembered.law if remembered else zero
    columns["memory_share"] = remembered.share if remembered else zero
    columns["memory_law_share"] = remembered.law_share if remembered else zero
    columns["memory_near"] = zero + (remembered.nearest if remembered else 0.0)
    names = list(columns)
    matrix = np.stack([np.asarray(columns[name], dtype=np.float32) for name in names], axis=1)
    return names, matrix


def _text_columns(
    columns: Columns, view: View, wanted: Wanted, gathered: Gathered, key: str
) -> Floats:
    """Add the columns of one form of the query; return its weighted sum of field scores."""
    found = Found.of(gathered.texts, wanted)
    lengths = np.diff(gathered.texts.starts)
    in_title = found.inside < gathered.titles[found.owner]
    in_chapter = ~in_title & (found.inside < (gathered.titles + gathered.chapters)[found.owner])
    in_body = ~in_title & ~in_chapter
    everywhere = np.ones(len(found.at), dtype=bool)
    mean, mean_title = 270.0, 9.0
    title, body = found.frequencies(in_title), found.frequencies(in_body)
    every = title + body + found.frequencies(in_chapter)
    pair_title = found.pair_frequencies(in_title)
    pair_every = found.pair_frequencies(everywhere)
    idf, pair_idf = wanted.idf, wanted.pair_idf
    scores = {
        "title": bm25(title, idf, gathered.titles, mean_title, 0.5),
        "title_pairs": bm25(pair_title, pair_idf, gathered.titles, mean_title, 0.5),
        "body": bm25(body, idf, lengths - gathered.titles, mean, 0.75),
        "all": bm25(every, idf, lengths, mean, 0.75),
        "pairs": bm25(pair_every, pair_idf, lengths, mean, 0.75),
    }
    total = scores["title_pairs"] * 0.5 + scores["body"] * 0.75 + scores["all"] + scores["pairs"]
    for name, score in scores.items():
        columns[f"{key}_{name}"] = score
        columns[f"{key}_{name}_share"] = _share(score)
    columns[f"{key}_sum"] = total
    columns[f"{key}_sum_share"] = _share(total)
    columns[f"{key}_sum_rank"] = _reciprocal_rank(total)
    weight, pair_weight = max(float(idf.sum()), 1e-6), max(float(pair_idf.sum()), 1e-6)
    columns[f"{key}_cover"] = (every > 0) @ idf / weight
    columns[f"{key}_cover_title"] = (title > 0) @ idf / weight
    columns[f"{key}_cover_pairs"] = (
        (pair_every > 0) @ pair_idf / pair_weight if len(pair_idf) else np.zeros(gathered.count)
    )
    if len(idf):
        present = every > 0
        columns[f"{key}_missing"] = np.where(present, 0, idf).max(axis=1) / max(
            float(idf.max()), 1e-6
        )
        rare = np.argsort(-idf)[:3]
        columns[f"{key}_cover_rare"] = present[:, rare] @ idf[rare] / float(idf[rare].sum())
    else:
        columns[f"{key}_missing"] = columns[f"{key}_cover_rare"] = np.zeros(gathered.count)
    columns[f"{key}_run"] = found.longest_runs(everywhere)
    columns[f"{key}_run_title"] = found.longest_runs(in_title)
    columns[f"{key}_window"] = found.best_windows()
    columns[f"{key}_title_covered"] = _title_covered(view, gathered, found, in_title)
    return total


def _title_covered(view: View, gathered: Gathered, found: Found, in_title: Any) -> Floats:
    """Return how much of each title's weight the query has."""
    texts = gathered.texts
    inside = np.arange(len(texts.tokens)) - texts.starts[texts.owner]
    of_title = inside < gathered.titles[texts.owner]
    tokens, owner = texts.tokens[of_title], texts.owner[of_title]
    known, where = np.unique(tokens, return_inverse=True)
    idf = idf_of(view.frequency(known, "uni"), view.rows)
    whole = np.bincount(owner, weights=idf[where], minlength=gathered.count)
    own = np.bincount(
        found.owner[in_title],
        weights=found.wanted.idf[found.term[in_title]],
        minlength=gathered.count,
    )
    return (own / np.maximum(whole, 1e-6)).astype(np.float32)


def _law_names(columns: Columns, ask: Ask, view: View, gathered: Gathered) -> None:
    """Add whether the query says the name of the law, and its year."""
    wanted = Wanted.of(ask.words, view)
    found = Found.of(gathered.names, wanted)
    everywhere = np.ones(len(found.at), dtype=bool)
    lengths = np.maximum(np.diff(gathered.names.starts), 1)
    run = found.longest_runs(everywhere)
    of = gathered.document
    columns["law_run"] = run[of]
    columns["law_run_share"] = (run / lengths)[of]
    present = found.frequencies(everywhere) > 0
    columns["law_words"] = (present.sum(axis=1) / lengths)[of]
    columns["law_cover"] = (present @ wanted.idf / max(float(wanted.idf.sum()), 1e-6))[of]
    said = [_YEARS[int(term)] for term in wanted.terms if int(term) in _YEARS]
    columns["law_year"] = (
        np.isin(gathered.year, said).astype(np.float32) if said else np.full(gathered.count, -1.0)
    )


def _dense_columns(columns: Columns, cosines: tuple[Cosines, Cosines]) -> None:
    for key, found in zip(("q", "c"), cosines, strict=True):
        for name in ("whole", "title", "piece", "centre"):
            values = getattr(found, name)
            columns[f"{key}_dense_{name}"] = values
            if name in ("whole", "piece"):
                columns[f"{key}_dense_{name}_gap"] = values - _most(values)
                columns[f"{key}_dense_{name}_rank"] = _reciprocal_rank(values)


def _law_evidence(columns: Columns, gathered: Gathered, score: Floats, key: str) -> None:
    """Add what the other candidates of the same law, and the neighbours, say."""
    of, count = gathered.document, gathered.count
    laws = gathered.names.count
    top = _most(score)
    best = np.zeros(laws)
    np.maximum.at(best, of, score)
    total = np.bincount(of, weights=score, minlength=laws)
    number = np.bincount(of, minlength=laws)
    order = np.lexsort((-score, of))
    rank_inside = np.empty(count)
    starts = np.searchsorted(of[order], np.arange(laws))
    rank_inside[order] = np.arange(count) - starts[of[order]]
    best_three = np.bincount(of, weights=score * (rank_inside < 3), minlength=laws)
    columns[f"{key}_law_best"] = (best / max(top, 1e-6))[of]
    columns[f"{key}_law_sum"] = (total / max(_most(total), 1e-6))[of]
    columns[f"{key}_law_three"] = (best_three / max(_most(best_three), 1e-6))[of]
    columns[f"{key}_law_count"] = (number / max(count, 1))[of]
    columns[f"{key}_law_rank"] = (np.argsort(np.argsort(-best_three)))[of]
    columns[f"{key}_below_best"] = (best[of] - score) / max(top, 1e-6)
    columns[f"{key}_rank_in_law"] = rank_inside
    columns[f"{key}_neighbours"] = _neighbours(gathered, score) / max(top, 1e-6)


def _neighbours(gathered: Gathered, score: Floats) -> Floats:
    """Return the better score of the provisions before and behind, 0 when none is a candidate."""
    key = gathered.document * 1_000_000 + gathered.place
    order = np.argsort(key)
    ordered, values = key[order], score[order]
    beside = np.zeros(gathered.count, dtype=np.float32)
    if gathered.count > 1:
        next_to = np.diff(ordered) == 1
        before, behind = np.zeros(gathered.count), np.zeros(gathered.count)
        before[1:][next_to] = values[:-1][next_to]
        behind[:-1][next_to] = values[1:][next_to]
        beside[order] = np.maximum(before, behind)
    return beside


def _facts(columns: Columns, gathered: Gathered) -> None:
    columns["level"] = gathered.level
    columns["years"] = np.where(gathered.year > 0, gathered.year // 5, 0)
    columns["article"] = np.minimum(gathered.article, 4)
    columns["fifth"] = gathered.place * 5 // np.maximum(gathered.size, 1)
    columns["log_size"] = np.log1p(gathered.size)
    columns["log_length"] = np.log1p(np.diff(gathered.texts.starts))
    for bit, name in enumerate(FLAGS):
        columns[f"is_{name}"] = (gathered.flags >> bit) & 1


def _query_facts(columns: Columns, ask: Ask, count: int, score: Floats) -> None:
    folded = f" {fold(ask.words)} "
    ordered = np.sort(score)[::-1]
    facts = {
        "asked_words": len(syllables(ask.words)),
        "asked_core": len(syllables(ask.core or ask.words)),
        "gap": (ordered[0] - ordered[1]) / max(ordered[0], 1e-6) if count > 1 else 1.0,
        **{name: any(sign in folded for sign in signs) for name, signs in _ASKS.items()},
    }
    for name, value in facts.items():
        columns[name] = np.full(count, float(value))


def _most(values: Any) -> float:
    return float(values.max()) if len(values) else 0.0


def _share(values: Floats) -> Floats:
    return np.asarray(values / max(_most(values), 1e-6), dtype=np.float32)


def _reciprocal_rank(values: Floats) -> Floats:
    found = np.empty(len(values), dtype=np.float32)
    found[np.argsort(-values, kind="stable")] = 1 / (1 + np.arange(len(values)))
    return found
