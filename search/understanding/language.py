"""A bigram model of syllables: restores accents, knows which words stand beside which.

It is built from texts that everybody may read – the caller feeds public texts only, because its
vocabulary shows in suggestions – and kept in one file of plain arrays that processes share by
memory mapping. Probabilities are those of absolute discounting with continuation counts (Ney,
Essen and Kneser 1994); the best reading is found by Viterbi's algorithm.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from portal.core.text import clean, fold, syllable_key
from search.understanding.everyday import EVERYDAY, SPOKEN
from search.understanding.syllable import is_syllable

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.uint32]

_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|[.,;:()!?\n]")
_BREAK: Final = 0
_RAREST: Final = 5
_RAREST_FOREIGN: Final = 40
_MOST_WORDS: Final = 1 << 15
_DISCOUNT: Final = 0.75
_CHUNK: Final = 4_000_000
_EVERYDAY_TIMES: Final = 60
_MOST_CANDIDATES: Final = 24
# How much of the chance of a word in no known company goes to those of speech.
_SPOKEN_SHARE: Final = 0.25


class LanguageModel:
    """Syllables of the portal's language, how often they occur and what follows them."""

    def __init__(self, words: Sequence[str], arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Take the syllables by id (0 is the break) and the arrays of ``build``."""
        self._words = list(words)
        self._arrays = arrays
        self._counts = arrays["counts"]
        self._keys: Ids = arrays["keys"]
        self._pairs = arrays["pairs"]
        self._followed: Floats = arrays["followed"]
        self._continued: Floats = arrays["continued"]
        self._ids = {syllable_key(word): at for at, word in enumerate(self._words) if at}
        self._readings: dict[str, list[int]] = {}
        for at, word in enumerate(self._words):
            if at and (is_syllable(word) or fold(word) == word):
                self._readings.setdefault(fold(word), []).append(at)
        for ids in self._readings.values():
            ids.sort(key=lambda at: -int(self._counts[at]))
            del ids[_MOST_CANDIDATES:]

    @classmethod
    def build(cls, texts: Iterable[str], *, everyday: Sequence[str] = EVERYDAY) -> "LanguageModel":
        """Count syllables and pairs of ``texts``: public ones only, see the module.

        >>> model = LanguageModel.build(["Luật đất đai quy định về đất đai."] * 9)
        >>> model.restore(["luat", "dat", "dai"])
        ['luật', 'đất', 'đai']
        """
        surfaces: dict[str, Counter[str]] = {}
        ids: dict[str, int] = {}
        counting = _Pairs()
        for text in texts:
            counting.add(_read(text, ids, surfaces))
        for _ in range(_EVERYDAY_TIMES):
            counting.add(_read("\n".join(everyday), ids, surfaces))
        return cls(*_prune(counting, ids, surfaces))

    def save(self, path: Path) -> None:
        """Write the model as one file, put in place at once."""
        names = np.frombuffer("\n".join(self._words).encode(), dtype=np.uint8)
        fresh = path.with_name(path.name + ".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as stream:
            np.savez(stream, allow_pickle=False, words=names, **self._arrays)
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path) -> "LanguageModel | None":
        """Map the file into memory; None when there is none or it is no model."""
        try:
            arrays = _mapped(path)
            words = arrays.pop("words").tobytes().decode().split("\n")
            return cls(words, arrays)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
            return None

    @property
    def size(self) -> int:
        """Return how many syllables it knows."""
        return len(self._words) - 1

    def count(self, word: str) -> int:
        """Return how often a syllable occurs, in any spelling of its tone."""
        at = self._ids.get(syllable_key(word), _BREAK)
        return int(self._counts[at]) if at else 0

    def pair_count(self, first: str, second: str) -> int:
        """Return how often the second syllable follows the first; rare pairs count as none."""
        one = self._ids.get(syllable_key(first), _BREAK)
        two = self._ids.get(syllable_key(second), _BREAK)
        return self._pair(one, two) if one and two else 0

    def spelling(self, word: str) -> str:
        """Return the usual spelling of a syllable (``hoà`` or ``hòa``), itself when unknown."""
        at = self._ids.get(syllable_key(word), _BREAK)
        return self._words[at] if at else word

    def readings(self, bare: str) -> list[str]:
        """Return the syllables that are typed as ``bare`` without marks, most frequent first."""
        return [self._words[at] for at in self._readings.get(fold(bare), ())]

    def bare_count(self, bare: str) -> int:
        """Return how often all readings of ``bare`` occur together."""
        return sum(int(self._counts[at]) for at in self._readings.get(fold(bare), ()))

    def bare_pair(self, first: str, second: str) -> int:
        """Return how often the most frequent pair of readings occurs."""
        one, two = self._readings.get(fold(first)), self._readings.get(fold(second))
        if not one or not two:
            return 0
        pairs = self._pair_counts(np.repeat(one, len(two)), np.tile(two, len(one)))
        return int(pairs.max())

    def restore(self, words: Sequence[str]) -> list[str]:
        """Return ``words`` (small letters) with the marks that make them most likely.

        A word that has marks or is unknown stays as it is.
        """
        options = [self._options(word) for word in words]
        best = self._viterbi(options, [[0.0] * len(ids) for ids in options])
        return [
            self._words[at] if at and fold(word) == word else word
            for word, at in zip(words, best, strict=True)
        ]

    def best(self, options: Sequence[Sequence[tuple[str, float]]]) -> list[str]:
        """Return the likeliest way through (word, cost) options, one of them for each place.

        Costs are natural logarithms of how much likelier a word must be than one without cost.
        """
        ids = [
            [self._ids.get(syllable_key(word), _BREAK) for word, _ in group] for group in options
        ]
        chosen = self._viterbi(ids, [[cost for _word, cost in group] for group in options])
        return [
            group[places.index(at)][0]
            for group, places, at in zip(options, ids, chosen, strict=True)
        ]

    def _options(self, word: str) -> list[int]:
        own = self._ids.get(syllable_key(word), _BREAK)
        if fold(word) != word:
            return [own]
        return self._readings.get(word) or [own]

    def _viterbi(
        self, options: Sequence[Sequence[int]], costs: Sequence[Sequence[float]]
    ) -> list[int]:
        """Return the likeliest id of each place; all transitions are looked up at once."""
        groups = [[_BREAK], *map(list, options), [_BREAK]]
        first: list[int] = []
        second: list[int] = []
        for one, two in pairwise(groups):
            first += [at for at in one for _ in two]
            second += two * len(one)
        steps = self._transitions(np.array(first), np.array(second))
        score = np.zeros(1, dtype=np.float32)
        ways, begun = [], 0
        for one, two, cost in zip(groups, groups[1:], [*costs, (0.0,)], strict=False):
            width = len(one) * len(two)
            step = steps[begun : begun + width].reshape(len(one), len(two))
            begun += width
            total = score[:, None] + step
            chosen = total.argmax(axis=0)
            score = total.max(axis=0) - np.array(cost, dtype=np.float32)
            ways.append(chosen.tolist())
        found, at = [], 0
        for group, chosen in zip(reversed(groups), reversed(ways), strict=False):
            found.append(group[at])
            at = chosen[at]
        return found[::-1][:-1]

    def _transitions(self, first: npt.NDArray[Any], second: npt.NDArray[Any]) -> Floats:
        """Return log P(second | first) for each pair."""
        pairs = self._pair_counts(first, second)
        total = np.maximum(self._counts[first].astype(np.float32), 1.0)
        seen = np.maximum(pairs - _DISCOUNT, 0.0) / total
        left = np.minimum(_DISCOUNT * np.maximum(self._followed[first], 1.0) / total, 1.0)
        result: Floats = np.log(seen + left * self._continued[second])
        return result

    def _pair_counts(self, first: npt.NDArray[Any], second: npt.NDArray[Any]) -> Floats:
        if not len(self._keys):
            return np.zeros(len(first), dtype=np.float32)
        wanted = (first.astype(np.uint32) << 15) | second.astype(np.uint32)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        known = self._keys[at] == wanted
        result: Floats = np.where(known, np.exp2(self._pairs[at].astype(np.float32)), 0.0)
        return result

    def _pair(self, one: int, two: int) -> int:
        return round(float(self._pair_counts(np.array([one]), np.array([two]))[0]))


class _Pairs:
    """Counts pairs of ids, a chunk at a time, so that memory stays bounded."""

    def __init__(self) -> None:
        self._waiting: list[int] = []
        self.counted: dict[str, npt.NDArray[Any]] = {}

    def add(self, ids: list[int]) -> None:
        self._waiting += ids
        self._waiting.append(_BREAK)
        if len(self._waiting) > _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Merge what waits into the counts."""
        if not self._waiting:
            return
        ids = np.array(self._waiting, dtype=np.uint64)
        self._waiting = [_BREAK]
        pairs = (ids[:-1] << np.uint64(32)) | ids[1:]
        keys, counts = np.unique(pairs, return_counts=True)
        if self.counted:
            keys = np.concatenate([self.counted["keys"], keys])
            counts = np.concatenate([self.counted["counts"], counts])
            keys, inverse = np.unique(keys, return_inverse=True)
            counts = np.bincount(inverse, weights=counts).astype(np.int64)
        self.counted = {"keys": keys, "counts": counts}


def _read(text: str, ids: dict[str, int], surfaces: dict[str, Counter[str]]) -> list[int]:
    """Return the ids of a text's syllables; numbers and signs are breaks."""
    found = []
    for token in _TOKEN.findall(clean(text).lower()):
        if not token[0].isalpha() or len(token) > 12:
            found.append(_BREAK)
            continue
        at = ids.get(token)
        if at is None:
            key = syllable_key(token)
            if key not in surfaces:
                surfaces[key] = Counter()
                ids[key] = len(surfaces)
            at = ids[token] = ids[key]
        found.append(at)
        surfaces[syllable_key(token)][token] += 1
    return found


def _prune(
    counting: _Pairs, ids: dict[str, int], surfaces: dict[str, Counter[str]]
) -> tuple[list[str], dict[str, npt.NDArray[Any]]]:
    """Keep frequent syllables and pairs seen twice; number the syllables anew."""
    counting.flush()
    keys, counts = counting.counted["keys"], counting.counted["counts"]
    totals = {key: sum(seen.values()) for key, seen in surfaces.items()}
    kept = sorted(
        (key for key, count in totals.items() if _is_kept(surfaces[key], count)),
        key=lambda key: -totals[key],
    )[: _MOST_WORDS - 1]
    renumbered = np.zeros(max(ids.values(), default=0) + 1, dtype=np.uint32)
    for at, key in enumerate(kept, 1):
        renumbered[ids[key]] = at
    first = renumbered[(keys >> np.uint64(32)).astype(np.int64)]
    second = renumbered[(keys & np.uint64(0xFFFFFFFF)).astype(np.int64)]
    pairs, inverse = np.unique((first << 15) | second, return_inverse=True)
    times = np.bincount(inverse, weights=counts)
    return _arrays(kept, totals, surfaces, pairs, times)


def _arrays(
    kept: list[str],
    totals: dict[str, int],
    surfaces: dict[str, Counter[str]],
    pairs: npt.NDArray[Any],
    times: npt.NDArray[Any],
) -> tuple[list[str], dict[str, npt.NDArray[Any]]]:
    first, second = pairs >> 15, pairs & np.uint32(_MOST_WORDS - 1)
    size = len(kept) + 1
    continued = np.bincount(second, minlength=size).astype(np.float32)
    unigram = np.array([0, *(totals[key] for key in kept)], dtype=np.float64)
    unigram[0] = times[first == 0].sum() if len(times) else 1
    # Half from the number of neighbours, half from plain frequency: names follow few words.
    mixed = 0.5 * continued / max(continued.sum(), 1) + 0.5 * unigram / max(unigram.sum(), 1)
    spoken = np.zeros(size)
    rank = {syllable_key(word): at for at, word in reversed(list(enumerate(SPOKEN)))}
    for at, key in enumerate(kept, 1):
        spoken[at] = 1 / (rank[key] + 20) if key in rank else 0
    mixed = (1 - _SPOKEN_SHARE) * mixed + _SPOKEN_SHARE * spoken / max(spoken.sum(), 1e-9)
    lasting = times >= 2
    arrays = {
        "counts": unigram.astype(np.uint32),
        "followed": np.bincount(first, minlength=size).astype(np.float32),
        "continued": np.maximum(mixed, 1e-9).astype(np.float32),
        "keys": pairs[lasting].astype(np.uint32),
        "pairs": np.log2(times[lasting]).astype(np.float16),
    }
    return ["", *(surfaces[key].most_common(1)[0][0] for key in kept)], arrays


def _is_kept(seen: Counter[str], count: int) -> bool:
    word = seen.most_common(1)[0][0]
    return count >= (_RAREST if is_syllable(word) else _RAREST_FOREIGN)


def _mapped(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Map the arrays of an uncompressed npz; numpy itself reads such files into memory."""
    found: dict[str, npt.NDArray[Any]] = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
        for entry in archive.infolist():
            if entry.compress_type != zipfile.ZIP_STORED:
                raise ValueError("the model is compressed")
            stream.seek(entry.header_offset + 26)
            lengths = stream.read(4)
            name, extra = (int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2))
            stream.seek(entry.header_offset + 30 + name + extra)
            version = np.lib.format.read_magic(stream)
            if version != (1, 0):
                raise ValueError("an unknown form of array")
            shape, _order, dtype = np.lib.format.read_array_header_1_0(stream)
            array = np.memmap(path, dtype, "r", stream.tell(), shape)
            found[entry.filename.removesuffix(".npy")] = np.asarray(array)
    return found
