"""Make the weights that the portal ships: the encoder tuned on questions, and the trees.

    python -m benchmarks.train_ranking FOLDER --base ENCODER [--steps 1800] [--leave-out SET]

A command for developers (needs LightGBM: ``requirements-train.txt``). Works on the development
questions beside the repository; every figure is of questions whose fold was left out of both the
encoder and the trees. Rerun it after every change of tokens, features or candidates.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from benchmarks.corpora import DATA, Question, questions_of
from benchmarks.portal_like import ENCODER, Portal, portal_of
from search.plan import SearchPlan
from search.ranking.encoder import Encoder
from search.ranking.features import features_of
from search.ranking.gathering import Cosines, gather
from search.ranking.memory import Answered, Memory, remembered
from search.ranking.pool import Provision, pool_of
from search.ranking.stage import answers_of, ask_of
from search.ranking.tokens import query_tokens
from search.ranking.training.questions import Example, tune
from search.ranking.training.units import UnitTexts, unit_texts

SETS = {
    "alqac_2023_2025": "alqac_2023_2025",
    "drill2025_on_alqac2026": "drill2025_on_alqac2026",
    "drill2025_on_unified": "unified_phapdien_2023",
    "hngd_giaothong_qa": "unified_phapdien_2023",
    "sme_ld2020_colloquial": "unified_phapdien_2023",
}
FOLDS = 5
RATE = 1.5e-3
TREES = {
    "objective": "lambdarank",
    "num_leaves": 7,
    "learning_rate": 0.08,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "lambda_l2": 5,
    "lambdarank_truncation_level": 20,
    "num_threads": 1,
    "seed": 3,
    "deterministic": True,
    "verbose": -1,
}
ROUNDS = 350
TOP, RANDOM = 60, 25


@dataclass
class Item:
    """A question with its plan, and with what was found for it."""

    set: str
    question: Question
    plan: SearchPlan
    gold: list[Provision]
    wrong: list[Provision] = field(default_factory=list)
    rows: dict[bool, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    """With memory or without → (which are right, features)."""

    @property
    def fold(self) -> int:
        return zlib.crc32(self.question.id.encode()) % FOLDS


def family(name: str) -> str:
    """Return the family of a set; the two corpora of one collection are one."""
    return name.split("_")[0]


class Study:
    """All sets with their portals."""

    def __init__(self, folder: Path, left_out: str) -> None:
        self.folder = folder
        self.names: list[str] = []
        self.items: list[Item] = []
        for name, corpus in SETS.items():
            if left_out and family(name) == left_out:
                continue
            portal = self.portal(corpus, ENCODER)
            back = {article: place for place, article in portal.corpus.article_of.items()}
            for question in questions_of(DATA / "retrieval" / name):
                gold = [(("legal", back[g][0]), back[g][1]) for g in question.gold if g in back]
                self.items.append(Item(name, question, portal.plan(question.text), gold))
        sizes = defaultdict(int)
        for item in self.items:
            sizes[item.set] += 1
        self.weight = {name: 1 / math.sqrt(size) for name, size in sizes.items()}
        self._memory: dict[str, list[Answered]] = {}

    def portal(self, corpus: str, encoder: Path) -> Portal:
        path = DATA / "retrieval" / corpus / "corpus.jsonl.zst"
        return portal_of(path, encoder=encoder, folder=self.folder / "portals")

    def of_corpus(self, corpus: str) -> list[Item]:
        return [item for item in self.items if SETS[item.set] == corpus]

    def find_wrong(self, encoder: Path) -> None:
        """Note for each question what seems to answer it and does not."""
        for corpus in dict.fromkeys(SETS.values()):
            portal = self.portal(corpus, encoder)
            for item in self.of_corpus(corpus):
                provisions, matrix, _ = self.features(portal, item, None)
                mixed = matrix[:, self.names.index("mixed")]
                order = np.argsort(-mixed)[:40]
                item.wrong = [provisions[i] for i in order if provisions[i] not in item.gold]

    def features(
        self, portal: Portal, item: Item, memory: Memory | None
    ) -> tuple[list[Provision], np.ndarray, np.ndarray]:
        view = portal.forward.view()
        recalled = memory.recall(item.plan.words) if memory else []
        ask = ask_of(item.plan, view)
        pool = pool_of(portal.engine, view, item.plan, ask, answers_of(recalled))
        gathered = gather(view, pool.places)
        cosines = tuple(Cosines.of(view, gathered, sense) for sense in pool.senses)
        self.names, matrix = features_of(
            view, ask, gathered, pool.stage_one, cosines, remembered(recalled, pool.provisions)
        )
        right = np.array([provision in item.gold for provision in pool.provisions])
        return pool.provisions, matrix, right

    def examples(self, items: list[Item]) -> list[Example]:
        """Return what the encoder learns from."""
        found = []
        for corpus in dict.fromkeys(SETS.values()):
            view = self.portal(corpus, ENCODER).forward.view()

            def text(provisions: list[Provision], view: Any = view) -> tuple[np.ndarray, ...]:
                places = [p for p in view.find([(r, e) for r, e in provisions]) if p[0] >= 0]
                return tuple(
                    np.array(s.tokens[s.starts[row] : min(s.starts[row + 1], s.starts[row] + 400)])
                    for s, row in ((view.segments[at], row) for at, row in places)
                )

            found += [
                Example(
                    query_tokens(item.plan.words),
                    text(item.gold),
                    text(item.wrong),
                    self.weight[item.set],
                )
                for item in items
                if SETS[item.set] == corpus
            ]
        return found

    def fill(self, encoder: Path, items: list[Item], known: list[Item]) -> None:
        """Compute the features of ``items`` with an encoder and a memory of ``known`` alone."""
        for corpus in dict.fromkeys(SETS.values()):
            here = [item for item in items if SETS[item.set] == corpus]
            portal = self.portal(corpus, encoder)
            answered = [
                Answered(number, item.plan.words, tuple(item.gold))
                for number, item in enumerate(known)
                if SETS[item.set] == corpus and item.gold
            ]
            memory = Memory(answered, portal.forward.view())
            for item in here:
                for one in (None, memory):
                    _, matrix, right = self.features(portal, item, one)
                    item.rows[one is not None] = (right, matrix)


def ndcg(right: np.ndarray, gold: int, scores: np.ndarray) -> float:
    """Return nDCG@10 with binary gains."""
    order = np.argsort(-scores, kind="stable")[:10]
    gain = sum(1 / math.log2(at + 2) for at, i in enumerate(order) if right[i])
    return gain / sum(1 / math.log2(at + 2) for at in range(min(gold, 10)))


def fit(study: Study, items: list[Item]) -> lightgbm.Booster:
    """Return trees trained on ``items``, each with memory and without."""
    generator = np.random.default_rng(0)
    mixed = study.names.index("mixed")
    rows, labels, groups, weights = [], [], [], []
    for item in items:
        for right, matrix in item.rows.values():
            if not right.any():
                continue
            order = np.argsort(-matrix[:, mixed])
            rest = order[TOP:]
            some = generator.choice(rest, min(RANDOM, len(rest)), replace=False)
            kept = np.unique(np.concatenate([order[:TOP], some, np.flatnonzero(right)]))
            rows.append(matrix[kept])
            labels.append(right[kept].astype(int))
            groups.append(len(kept))
            weights.append(np.full(len(kept), study.weight[item.set]))
    data = lightgbm.Dataset(
        np.concatenate(rows),
        np.concatenate(labels),
        group=groups,
        weight=np.concatenate(weights),
    )
    return lightgbm.train(TREES, data, ROUNDS)


def cross_validate(study: Study) -> dict[str, dict[str, list[float]]]:
    """Return nDCG@10 of every question, of sets without and with memory."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for fold in range(FOLDS):
        trees = fit(study, [item for item in study.items if item.fold != fold])
        for item in study.items:
            if item.fold == fold:
                for with_memory, (right, matrix) in item.rows.items():
                    score = ndcg(right, len(item.question.gold), trees.predict(matrix))
                    found["memory" if with_memory else "alone"][item.set].append(score)
    return found


def written(trees: lightgbm.Booster, names: list[str], note: str) -> dict[str, Any]:
    """Return the trees as the weights file has them."""
    stored = []
    for tree in trees.dump_model()["tree_info"]:
        one: dict[str, list[Any]] = {
            "column": [], "threshold": [], "left": [], "right": [], "leaves": [],
        }  # fmt: skip

        def walk(node: dict[str, Any], one: dict[str, list[Any]] = one) -> int:
            if "leaf_value" in node:
                one["leaves"].append(round(node["leaf_value"], 6))
                return -len(one["leaves"])
            at = len(one["column"])
            one["column"].append(node["split_feature"])
            one["threshold"].append(float(f"{node['threshold']:.9g}"))
            one["left"].append(0)
            one["right"].append(0)
            one["left"][at] = walk(node["left_child"])
            one["right"][at] = walk(node["right_child"])
            return at

        walk(tree["tree_structure"])
        stored.append(one)
    return {"note": note, "columns": names, "trees": stored}


def report(found: dict[str, dict[str, list[float]]]) -> str:
    """Return the figures as lines."""
    lines = []
    for way, sets in found.items():
        for name, scores in sets.items():
            error = 1.96 * np.std(scores) / math.sqrt(len(scores))
            lines.append(f"{way:7} {name:26} {np.mean(scores):.3f} ± {error:.3f} ({len(scores)})")
    return "\n".join(lines)


def texts_of(study: Study, base: Encoder) -> UnitTexts:
    portal = study.portal("unified_phapdien_2023", ENCODER)
    return unit_texts(portal.forward.view().segments, base)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--leave-out", default="", help="a family of sets, for the figures of it")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    study = Study(options.folder, options.leave_out)
    base = Encoder.load(options.base)
    texts = texts_of(study, base)
    study.find_wrong(options.base)
    for fold in range(FOLDS):
        known = [item for item in study.items if item.fold != fold]
        path = options.folder / f"fold-{fold}{options.leave_out}.npz"
        tune(base, texts, study.examples(known), steps=options.steps, rate=RATE).save(path)
        study.fill(path, [item for item in study.items if item.fold == fold], known)
        print(f"fold {fold}", flush=True)
    with (options.folder / f"features{options.leave_out}.pkl").open("wb") as file:
        pickle.dump((study.names, [(i.set, i.question, i.rows) for i in study.items]), file)
    figures = report(cross_validate(study))
    print(figures, flush=True)
    tuned = tune(base, texts, study.examples(study.items), steps=options.steps, rate=RATE)
    trees = fit(study, study.items)
    note = (
        "Trained by benchmarks.train_ranking on the development questions of five sets; nDCG@10 "
        f"by {FOLDS} folds, encoder and trees both without the fold:\n{figures}"
    )
    target = ENCODER.parent if options.write else options.folder / f"final{options.leave_out}"
    target.mkdir(parents=True, exist_ok=True)
    tuned.save(target / "encoder.npz")
    weights = written(trees, study.names, note)
    with (target / "trees.json").open("w", encoding="utf-8") as file:
        json.dump(weights, file, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
