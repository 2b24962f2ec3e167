"""The second stage: its forward index, its features, its obedience. All documents are fiction."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.organisations.audience import PUBLIC, Audience
from search.engines.embedded import EmbeddedEngine
from search.engines.records import DocumentRecord, ProvisionRecord
from search.plan import Expansion, SearchPlan, Strength
from search.ranking.encoder import DIMENSIONS, Encoder
from search.ranking.facts import FLAGS, level_of, row_flags
from search.ranking.features import Ask, features_of
from search.ranking.forward import VERSION, ForwardIndex, Manifest
from search.ranking.gathering import Cosines, gather
from search.ranking.matching import Found, Wanted
from search.ranking.memory import Answered, Memory, remembered
from search.ranking.segment import SegmentBuilder
from search.ranking.stage import SecondStage, ask_of
from search.ranking.tokens import BREAK, pair_numbers, query_tokens, tokens_of
from search.ranking.training.contrast import evaluate, train
from search.ranking.trees import Trees

from .contract import TODAY, law, library

WEIGHTS = Path(__file__).resolve().parents[2] / "search/ranking/weights"


def plan(words: str, **changes) -> SearchPlan:
    return SearchPlan(text=words, words=words, visible_to=PUBLIC, today=TODAY, **changes)


@pytest.fixture
def forward(tmp_path: Path) -> ForwardIndex:
    index = ForwardIndex(tmp_path / "forward")
    index.update(library())
    return index


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    found = EmbeddedEngine(tmp_path / "engine")
    found.index(library())
    return found


def stage() -> SecondStage:
    return SecondStage(Trees.load(WEIGHTS / "trees.json"))


# Tokens


@given(st.text())
def test_any_text_has_tokens(text: str) -> None:
    tokens = tokens_of(text)
    assert (tokens != BREAK).all()
    assert len(pair_numbers(tokens)) == max(len(tokens) - 1, 0)


def test_tokens_forgive_the_place_of_the_tone_and_no_more() -> None:
    assert (tokens_of("Hoà bình") == tokens_of("hòa BÌNH")).all()
    assert (tokens_of("má") != tokens_of("mà")).all()


def test_a_bar_keeps_neighbours_apart() -> None:
    assert pair_numbers(query_tokens("cây xanh | đô thị")).astype(bool).tolist() == [
        True, False, False, True,
    ]  # fmt: skip


# Forward index


def test_finds_what_was_put_in(forward: ForwardIndex) -> None:
    view = forward.view()
    places = view.find([(("legal", 1), "dieu-5"), (("legal", 1), "dieu-99"), (("news", 1), "")])
    assert [place[0] >= 0 for place in places] == [True, False, True]
    assert view.refs() == {(record.kind, record.id) for record in library()}


def test_an_update_replaces_and_takes_out(forward: ForwardIndex) -> None:
    forward.update([law(provisions=(ProvisionRecord("dieu-1", "Điều 1", "Hồ", "Hồ nước."),))])
    forward.update([], [("legal", 3)])
    view = forward.view()
    assert view.find([(("legal", 1), "dieu-5"), (("legal", 3), "dieu-1")]) == [(-1, -1)] * 2
    assert view.find([(("legal", 1), "dieu-1")])[0][0] >= 0
    assert ("legal", 3) not in view.refs()


def test_many_updates_leave_few_segments(forward: ForwardIndex) -> None:
    for number in range(100, 130):
        forward.update([law(id=number)])
    view = forward.view()
    assert len(view.segments) < 8
    assert len(view.refs()) == len(library()) + 30
    assert all(
        place[0] >= 0 for place in view.find([(("legal", n), "dieu-2") for n in range(100, 130)])
    )


def test_frequencies_survive_merging(forward: ForwardIndex) -> None:
    words = tokens_of("cổ thụ")
    before = forward.view().frequency(words, "uni")
    assert before.tolist() == [3, 3]
    forward.update([law(id=50)])
    assert forward.view().frequency(words, "uni").tolist() == [4, 4]


def test_a_rebuild_that_fails_changes_nothing(forward: ForwardIndex) -> None:
    def broken():
        yield law(id=77)
        raise RuntimeError("source failed")

    with pytest.raises(RuntimeError):
        list(forward.rebuild(broken()))
    assert len(forward.view().refs()) == len(library())
    assert len(list(forward.rebuild([law()]))) == 1
    assert forward.view().refs() == {("legal", 1)}


def test_a_writer_that_died_leaves_the_old_state(forward: ForwardIndex, tmp_path: Path) -> None:
    builder = SegmentBuilder()
    builder.add(law(id=9))
    builder.write(forward.root / f"segment-v{VERSION}-1")  # and then it was killed
    (forward.root / f"forward-v{VERSION}.json.123").write_text("{", encoding="ascii")
    assert len(ForwardIndex(forward.root).view().refs()) == len(library())
    forward.update([law(id=10)])
    assert not (forward.root / f"segment-v{VERSION}-1").exists()


def test_a_broken_manifest_counts_as_none(forward: ForwardIndex) -> None:
    next(forward.root.glob("forward-v*.json")).write_text("{", encoding="ascii")
    assert Manifest.read(forward.root) is None
    assert ForwardIndex(forward.root).view() is None


def test_without_an_index_there_is_no_view(tmp_path: Path) -> None:
    assert ForwardIndex(tmp_path / "nothing").view() is None


# Encoder


def toy_corpus() -> list[DocumentRecord]:
    """Return laws about trees and about water, with words that go together."""
    trees = ("trồng cây xanh", "chặt hạ cây cổ thụ", "chăm sóc cây hoa", "tỉa cành cây già")
    water = ("cấp nước sạch", "thoát nước mưa", "giếng nước ngầm", "đường ống nước thải")
    return [
        law(
            id=number,
            provisions=tuple(
                ProvisionRecord(
                    f"dieu-{at}", f"Điều {at}", topic[at % 4],
                    f"Việc {topic[at % 4]} số {number} theo {topic[(at + 1) % 4]} của phường.",
                )
                for at in range(1, 20)
            ),
        )
        for number in range(1, 12)
        for topic in [trees if number % 2 else water]
    ]  # fmt: skip


def test_an_encoder_learns_what_belongs_together(tmp_path: Path) -> None:
    index = ForwardIndex(tmp_path / "forward", tmp_path / "encoder.npz")
    index.update(toy_corpus())
    assert index.view().encoder is None
    trained = train(index.view().segments, steps=60, checkpoint=tmp_path / "run.npz")
    assert 0 < evaluate(trained, index.view().segments) <= 1
    trained.save(tmp_path / "encoder.npz")
    assert index.view().encoder is None, "vectors of another encoder are never mixed in"
    index.encode()
    view = index.view()
    assert view.encoder.identity == trained.identity
    assert view.vectors[0].whole.shape == (view.rows, DIMENSIONS)
    tree, water = (view.encoder.encode_query(tokens_of(t)) for t in ("cành cây", "ống nước"))
    rows, cosines = view.vectors[0].nearest(tree, view.rows_alive(0), 10)
    documents = view.segments[0].doc_id[view.segments[0].doc[rows]]
    assert (documents % 2 == 1).all()
    assert (np.diff(cosines) <= 0).all()
    assert tree @ water < 0.9


def test_a_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    index = ForwardIndex(tmp_path / "forward")
    index.update(toy_corpus())
    steps = []
    checkpoint = tmp_path / "run.npz"

    def stop(step: int, _steps: int, _loss: float) -> None:
        steps.append(step)
        if step == 501:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(index.view().segments, steps=510, checkpoint=checkpoint, progress=stop)
    train(
        index.view().segments,
        steps=510,
        checkpoint=checkpoint,
        progress=lambda s, *_: steps.append(s),
    )
    assert steps[501] == 501
    assert steps[-1] == 510


def test_what_is_no_encoder_is_none(tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    assert Encoder.load(path) is None
    path.write_bytes(b"PK\x03\x04 no")
    assert Encoder.load(path) is None


def test_the_encoder_that_the_portal_comes_with_opens() -> None:
    encoder = Encoder.load(WEIGHTS / "encoder.npz")
    assert encoder.encode_query(tokens_of("hợp đồng lao động")).any()
    assert not encoder.encode_query(tokens_of("zzzz")).any()


# Features and trees


def features(forward: ForwardIndex, words: str, core: str = "") -> dict[str, np.ndarray]:
    view = forward.view()
    gathered = gather(view, view.find([(("legal", 1), f"dieu-{n}") for n in (1, 2, 5)]))
    nothing = Cosines.of(view, gathered, np.zeros(1, dtype=np.float32))
    ask = Ask(words, core)
    names, matrix = features_of(view, ask, gathered, np.zeros(3, dtype=np.float32), (nothing,) * 2)
    return dict(zip(names, matrix.T, strict=True))


def test_features_say_where_the_words_stand(forward: ForwardIndex) -> None:
    found = features(forward, "chặt hạ cây cổ thụ")
    assert found["q_run"].tolist() == [1.0, 1.0, 5.0]
    assert found["q_run_title"][2] == 3.0
    assert found["q_cover"][2] == pytest.approx(1.0)
    assert found["q_sum"].argmax() == 2
    assert found["q_missing"].tolist()[2] == 0.0
    assert found["article"].tolist() == [1.0, 2.0, 4.0]


def test_a_run_does_not_cross_a_break(forward: ForwardIndex) -> None:
    assert features(forward, "chặt hạ | cây cổ thụ")["q_run"][2] < 5


def test_features_of_a_query_without_words_are_numbers(forward: ForwardIndex) -> None:
    for words in ("", "|", "zzz qqq", "a" * 3000, "cây " * 300):
        assert all(np.isfinite(column).all() for column in features(forward, words).values())


def test_the_name_of_the_law_is_seen(forward: ForwardIndex) -> None:
    said = features(forward, "luật cây xanh quy định gì về chặt cây")
    assert said["law_run_share"][0] == pytest.approx(1.0)
    assert features(forward, "chặt cây")["law_run_share"][0] < 1


def test_flags_and_levels() -> None:
    assert row_flags("Giải thích từ ngữ", "") & 1 << FLAGS.index("definition")
    assert [level_of(t, "") for t in ("Luật", "nghi_dinh", "Thông tư", "")] == [1, 3, 4, 6]


def test_matching_counts_pairs_of_one_text_only(forward: ForwardIndex) -> None:
    view = forward.view()
    gathered = gather(view, view.find([(("legal", 1), "dieu-5"), (("legal", 3), "dieu-1")]))
    found = Found.of(gathered.texts, Wanted.of("giấy phép", view))
    every = np.ones(len(found.at), dtype=bool)
    assert found.pair_frequencies(every).sum(axis=1).tolist() == [1.0, 2.0]


def test_trees_go_left_at_the_threshold() -> None:
    trees = Trees.of(
        {
            "columns": ["a", "b"],
            "trees": [
                {"column": [0, 1], "threshold": [1.0, 5.0], "left": [-1, -2], "right": [1, -3],
                 "leaves": [10.0, 20.0, 30.0]},
                {"column": [], "threshold": [], "left": [], "right": [], "leaves": [0.5]},
            ],
        }
    )  # fmt: skip
    rows = np.array([[5.0, 1.0], [5.0, 2.0], [6.0, 2.0]], dtype=np.float32)
    assert trees.predict(["b", "a"], rows).tolist() == [10.5, 20.5, 30.5]
    assert trees.predict(["b"], rows).tolist() == [10.5] * 3


def test_weights_that_are_none_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "trees.json"
    path.write_text(json.dumps({"columns": []}), encoding="utf-8")
    with pytest.raises(ValueError, match="no weights"):
        Trees.load(path)


def test_the_weights_know_their_columns(forward: ForwardIndex) -> None:
    known = features(forward, "cây")
    assert set(Trees.load(WEIGHTS / "trees.json").columns) <= set(known)


# The stage


def test_ranks_the_right_article_first(forward: ForwardIndex, engine: EmbeddedEngine) -> None:
    ranked = stage().rank(engine, forward.view(), plan("chặt hạ cây cổ thụ cần giấy phép gì"))
    assert ranked.provisions[0] == (("legal", 1), "dieu-5")
    leading = ranked.leading()
    assert leading[0].document == ("legal", 1)
    assert len({one.document for one in leading}) == len(leading)


def test_what_has_ended_stands_below(forward: ForwardIndex, engine: EmbeddedEngine) -> None:
    asked = plan("chặt hạ cây cổ thụ cần giấy phép gì")
    order = [one.document for one in stage().rank(engine, forward.view(), asked).leading()]
    assert order.index(("legal", 1)) < order.index(("legal", 2))
    before = replace(asked, today=date(2030, 1, 1))
    assert not stage().rank(engine, forward.view(), before).ended


def test_nobody_is_led_to_what_is_not_for_him(
    forward: ForwardIndex, engine: EmbeddedEngine
) -> None:
    asked = plan("kiểm kê cây cổ thụ nội bộ")
    memory = Memory([Answered(1, asked.words, ((("directive", 1), ""),))], forward.view())
    for reader, sees in ((PUBLIC, False), (Audience(member=True, units=(7,)), True)):
        ranked = stage().rank(engine, forward.view(), replace(asked, visible_to=reader), memory)
        assert (("directive", 1) in {ref for ref, _ in ranked.provisions}) is sees


def test_over_its_budget_it_has_no_opinion(forward: ForwardIndex, engine: EmbeddedEngine) -> None:
    assert stage().rank(engine, forward.view(), plan("cây xanh"), budget=-1.0) is None


def test_words_that_the_corpus_lacks_are_replaced(forward: ForwardIndex) -> None:
    same = Expansion(0, 1, "chặt hạ", Strength.SAME, 1.0)
    assert ask_of(plan("đốn cây", expansions=(same,)), forward.view()).words == "chặt hạ cây"
    known = replace(same, words="cây trồng", start=1, end=2)
    assert "| cây trồng" in ask_of(plan("tỉa cây", expansions=(known,)), forward.view()).words


# Memory


def test_memory_lifts_what_answered_a_question_like_it(forward: ForwardIndex) -> None:
    answer = (("legal", 3), "dieu-1")
    memory = Memory(
        [Answered(1, "muốn đốn cây cổ thụ thì xin phép ở đâu", (answer,))], forward.view()
    )
    recalled = memory.recall("đốn cây cổ thụ xin phép ở đâu ạ")
    told = remembered(recalled, [answer, (("legal", 1), "dieu-5")])
    assert told.article[0] > 0.4
    assert told.article[1] == 0
    assert memory.recall("đốn cây cổ thụ xin phép ở đâu ạ", without=1) == []


def test_memory_keeps_silent_when_little_is_alike(forward: ForwardIndex) -> None:
    memory = Memory([Answered(1, "cây hoa giấy", ((("legal", 1), "dieu-2"),))], forward.view())
    assert memory.recall("nghỉ lễ được mấy ngày") == []
    assert Memory([], forward.view()).recall("cây") == []
