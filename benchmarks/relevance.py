"""How often the right article is found: any set of questions, through what the search page uses.

    python -m benchmarks.relevance SET_DIR [--corpus FILE] [--engine embedded|elasticsearch]
        [--fold-accents] [--run FILE] [--memory SET_DIR ...] [--stage-one] [--folder DIR]

``SET_DIR`` holds queries.jsonl and qrels.tsv, and the corpus unless ``--corpus`` names it.
``--memory`` feeds the memory with the questions of other folders over the same corpus; a question
that is asked is never in its own memory. ``SEARCH_URL`` names the cluster for ``elasticsearch``. Prints R@1, R@10, R@100, MRR@10 and nDCG@10, and the
milliseconds of a whole ranking. The name of the set plays no part.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora import Question, questions_of
from benchmarks.portal_like import ENCODER, Portal, portal_of
from portal.core.text import fold
from search.ranking.memory import Answered, Memory
from search.ranking.stage import SecondStage
from search.ranking.trees import Trees

LIMIT = 100
UNIFIED = "unified_phapdien_2023"


class Finder:
    """Answers questions with articles, best first."""

    def __init__(self, portal: Portal, *, stage_one: bool = False) -> None:
        self.portal = portal
        self.stage = None if stage_one else SecondStage(Trees.load(ENCODER.parent / "trees.json"))
        self.memory: Memory | None = None
        self.seconds: list[float] = []

    def remember(self, questions: list[Question]) -> None:
        """Feed the memory."""
        back = {article: place for place, article in self.portal.corpus.article_of.items()}
        answered = []
        for number, question in enumerate(questions):
            places = [back[article] for article in sorted(question.gold) if article in back]
            gold = tuple((("legal", document), eid) for document, eid in places)
            plan = self.portal.plan(question.text)
            answered.append(Answered(number, plan.words, gold))
        self.memory = Memory(answered, self.portal.forward.view())
        self._known = {fold(question.text): number for number, question in enumerate(questions)}

    def find(self, text: str) -> list[str]:
        """Return the ids of articles."""
        began = time.perf_counter()
        plan = self.portal.plan(text)
        places = self._ranked(plan, text)
        self.seconds.append(time.perf_counter() - began)
        ids = (self.portal.corpus.article_of.get((ref[1], eid), "") for ref, eid in places)
        return list(dict.fromkeys(one for one in ids if one))[:LIMIT]

    def _ranked(self, plan, text: str) -> list:
        view = self.portal.forward.view()
        memory = self.memory
        if memory and fold(text) in self._known:
            memory = _Without(memory, self._known[fold(text)])
        ranked = self.stage and self.stage.rank(self.portal.engine, view, plan, memory)
        if ranked:
            found = list(ranked.provisions)
        else:
            candidates = self.portal.engine.candidates(plan, LIMIT)
            if not candidates:
                candidates = self.portal.engine.candidates(replace(plan, words=text), LIMIT)
            found = [(one.document, one.eid) for one in candidates]
        return found


class _Without:
    """A memory that does not know one question."""

    def __init__(self, memory: Memory, number: int) -> None:
        self._memory, self._number = memory, number

    def recall(self, text: str) -> list:
        return self._memory.recall(text, without=self._number)


def measure(found: dict[str, list[str]], questions: list[Question]) -> dict[str, float]:
    """Return the figures; binary gains, recall is the share of what is right, macro means."""
    sums = dict.fromkeys(("R@1", "R@10", "R@100", "MRR@10", "nDCG@10"), 0.0)
    for question in questions:
        gold, ids = question.gold, found.get(question.id, [])
        for depth in (1, 10, 100):
            sums[f"R@{depth}"] += len(gold & set(ids[:depth])) / len(gold)
        hits = [at for at, one in enumerate(ids[:10]) if one in gold]
        sums["MRR@10"] += 1 / (hits[0] + 1) if hits else 0.0
        best = sum(1 / math.log2(at + 2) for at in range(min(len(gold), 10)))
        sums["nDCG@10"] += sum(1 / math.log2(at + 2) for at in hits) / best
    return {name: round(total / len(questions), 4) for name, total in sums.items()}


def corpus_path(folder: Path) -> Path:
    """Return the corpus of a set: in its folder, or the unified one beside it."""
    for place in (folder, folder.parent / UNIFIED):
        for name in ("corpus.jsonl", "corpus.jsonl.zst"):
            if (place / name).exists():
                return place / name
    raise SystemExit(f"no corpus in {folder}: name it with --corpus")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("set", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--fold-accents", action="store_true", help="ask without accents")
    parser.add_argument("--run", type=Path, help="write question, article, tab-separated")
    parser.add_argument("--memory", type=Path, nargs="*", default=[])
    parser.add_argument("--stage-one", action="store_true", help="without the second stage")
    parser.add_argument("--folder", type=Path, help="keep the indexes here")
    options = parser.parse_args()
    corpus = options.corpus or corpus_path(options.set)
    portal = portal_of(corpus, engine=options.engine, folder=options.folder)
    finder = Finder(portal, stage_one=options.stage_one)
    if options.memory:
        finder.remember([q for folder in options.memory for q in questions_of(folder)])
    questions = [question for question in questions_of(options.set) if question.gold]
    found = {
        question.id: finder.find(fold(question.text) if options.fold_accents else question.text)
        for question in questions
    }
    if options.run:
        with options.run.open("w", encoding="utf-8") as file:
            file.writelines(f"{q}\t{one}\n" for q, ids in found.items() for one in ids)
    times = sorted(finder.seconds)
    print(json.dumps({"n": len(questions), **measure(found, questions)}))
    print(
        f"ms: p50 {statistics.median(times) * 1000:.1f}  p95 {times[int(len(times) * 0.95)] * 1000:.1f}"
    )


if __name__ == "__main__":
    main()
