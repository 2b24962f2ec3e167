"""What every engine must answer, said in answers and not in requests.

An engine's test module subclasses ``EngineContract`` and gives the fixture ``engine``, empty.
All documents are fiction.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.organisations.audience import PUBLIC, Audience
from search.engines.base import Hits, SearchEngine
from search.engines.records import DocumentRecord, ProvisionRecord, digest_of
from search.plan import Expansion, Filters, Leading, SearchPlan, Sort, Strength
from search.understanding import Lexicon, understand

TODAY = date(2031, 6, 1)
LEXICON = Lexicon.of(
    [("Luật Cây xanh", 2031, "7/2031/QH17"), ("Luật Cây xanh", 2019, "2/2019/QH14")]
)


def _article(number: int, heading: str, text: str) -> ProvisionRecord:
    return ProvisionRecord(f"dieu-{number}", f"Điều {number}", heading, text)


def law(**changes: Any) -> DocumentRecord:
    """Return the law on trees, changed as a test needs it."""
    record = DocumentRecord(
        kind="legal",
        id=1,
        title="Luật Cây xanh",
        name="Luật Cây xanh",
        number="7/2031/QH17",
        type="luat",
        issuers=(10,),
        level="trung_uong",
        fields=(3,),
        issued=date(2031, 1, 10),
        in_force=date(2031, 3, 1),
        visible_to=("public",),
        provisions=(
            _article(1, "Phạm vi điều chỉnh", "Luật này quy định về cây xanh trong thành phố."),
            _article(2, "Trồng cây", "Mỗi hộ gia đình trồng ít nhất một cây hoa giấy trước nhà."),
            _article(5, "Chặt hạ cây", "Người chặt hạ cây cổ thụ phải có giấy phép của phường."),
        ),
    )
    return replace(record, **changes)


def library() -> list[DocumentRecord]:
    """Return the small library on which the contract is checked."""
    return [
        law(),
        law(
            id=2,
            number="2/2019/QH14",
            issued=date(2019, 5, 1),
            in_force=date(2019, 7, 1),
            expires=date(2031, 3, 1),
        ),
        DocumentRecord(
            kind="legal",
            id=3,
            title="Nghị định quy định chi tiết Luật Cây xanh",
            number="12/2031/NĐ-CP",
            type="nghi_dinh",
            issuers=(11, 12),
            level="trung_uong",
            issued=date(2031, 4, 1),
            in_force=date(2031, 9, 1),
            visible_to=("public",),
            provisions=(_article(1, "Giấy phép", "Giấy phép chặt hạ cây có thời hạn một năm."),),
        ),
        DocumentRecord(
            kind="legal",
            id=4,
            title="Quyết định về tưới nước",
            number="05/2030/QĐ-UBND",
            type="quyet_dinh",
            level="tinh",
            provinces=("vinh_long",),
            issued=date(2030, 2, 2),
            visible_to=("public",),
            provisions=(_article(1, "Tưới", "Tưới má hồng vào buổi sáng."),),
        ),
        DocumentRecord(
            kind="legal",
            id=5,
            title="Quyết định về mạ non",
            number="06/2030/QĐ-UBND",
            type="quyet_dinh",
            level="tinh",
            issued=date(2030, 2, 3),
            in_force=date(2030, 3, 1),
            partly_from=date(2031, 1, 1),
            visible_to=("public",),
            provisions=(_article(1, "Mạ", "Chăm mạ hồng vào buổi chiều."),),
        ),
        DocumentRecord(
            kind="directive",
            id=1,
            title="Chỉ thị nội bộ về kiểm kê cây cổ thụ",
            number="15/CT-UBND",
            type="chi_thi",
            level="tinh",
            issued=date(2031, 5, 1),
            in_force=date(2031, 5, 1),
            visible_to=("unit:7",),
            body="Các phòng kiểm kê cây cổ thụ trước ngày 30 tháng 6.",
        ),
        DocumentRecord(
            kind="news",
            id=1,
            title="Ngày hội trồng cây",
            issued=date(2031, 5, 20),
            visible_to=("public",),
            body="Sáng chủ nhật, phường Hoà Bình tổ chức ngày hội trồng cây hoa giấy.",
        ),
    ]


def ids(hits: Hits) -> list[tuple[str, int]]:
    """Return the documents of a page in order."""
    return [(hit.kind, hit.document_id) for hit in hits.hits]


class EngineContract:
    """The contract; each test is one promise."""

    @pytest.fixture
    def full(self, engine: SearchEngine) -> SearchEngine:
        engine.index(library())
        return engine

    @staticmethod
    def ask(engine: SearchEngine, text: str, reader: Audience = PUBLIC, **changes: Any) -> Hits:
        return engine.search(replace(understand(text, LEXICON, reader, TODAY), **changes))

    def test_an_engine_without_an_index_answers_nothing(self, engine: SearchEngine) -> None:
        assert self.ask(engine, "cây") == Hits(0, ())
        assert engine.count() == 0

    def test_counts_documents_and_not_provisions(self, full: SearchEngine) -> None:
        assert full.count() == len(library())
        assert self.ask(full, "cây xanh").total == 3
        assert full.ping()

    def test_it_says_what_of_each_document_it_has(self, full: SearchEngine) -> None:
        before = full.digests()
        assert set(before) == full.refs() and all(before.values())
        changed = law(title="Luật khác hẳn")
        full.index([changed])
        after = full.digests()
        assert after[("legal", 1)] == digest_of(changed) != before[("legal", 1)]
        del after[("legal", 1)], before[("legal", 1)]
        assert after == before

    def test_the_matching_provision_comes_with_its_words_marked(self, full: SearchEngine) -> None:
        hit = self.ask(full, "chặt hạ cây cổ thụ").hits[0]
        best = hit.provisions[0]
        assert (hit.document_id, best.eid, best.label) == (1, "dieu-5", "Điều 5")
        assert ("chặt hạ cây cổ thụ", True) in best.excerpt

    @pytest.mark.parametrize("typed", ["hoa giấy", "hoa giay", "HOA GIẤY", "hoá giay"])
    def test_words_are_found_with_and_without_accents(self, full: SearchEngine, typed: str) -> None:
        assert ("news", 1) in ids(self.ask(full, typed))

    def test_the_place_of_the_tone_does_not_matter(self, full: SearchEngine) -> None:
        assert ids(self.ask(full, "Hoà Bình")) == ids(self.ask(full, "hòa bình")) == [("news", 1)]

    def test_accents_that_are_typed_count(self, full: SearchEngine) -> None:
        assert ids(self.ask(full, "má hồng")) == [("legal", 4)]
        assert ids(self.ask(full, "mạ hồng")) == [("legal", 5)]
        assert set(ids(self.ask(full, "ma hong"))) == {("legal", 4), ("legal", 5)}

    def test_wrong_accents_are_forgiven_when_nothing_else_matches(self, full: SearchEngine) -> None:
        hits = self.ask(full, "mã hồng")
        assert set(ids(hits)) == {("legal", 4), ("legal", 5)}
        assert hits.loosened

    @pytest.mark.parametrize(
        "typed",
        ["12/2031/NĐ-CP", "12/2031/nd-cp", "12-2031-nd-cp", "Số: 012/2031/NĐ–CP", "122031NDCP",
         "nghị định 12", "nđ 12/2031", "12/2031"],
    )  # fmt: skip
    def test_a_number_leads_to_its_document(self, full: SearchEngine, typed: str) -> None:
        assert ids(self.ask(full, typed))[0] == ("legal", 3)

    def test_the_year_of_a_partial_number_is_that_of_the_number(self, engine: SearchEngine) -> None:
        letter = law(id=8, number="15/CT-TTg", issued=date(2030, 5, 5))
        engine.index([law(id=7, number="15/2030/QH17", issued=None), letter])
        assert set(ids(self.ask(engine, "15/2030"))) == {("legal", 7), ("legal", 8)}
        assert ids(self.ask(engine, "chỉ thị 15 2030"))[0] == ("legal", 8)

    def test_leading_zeros_are_forgiven(self, full: SearchEngine) -> None:
        assert ids(self.ask(full, "5/2030/QĐ-UBND"))[0] == ("legal", 4)

    @pytest.mark.parametrize(
        "typed",
        ["điều 5 luật cây xanh", "dieu 5 luat cay xanh 2031", "Luật Cây xanh năm 2031 điều 5",
         "khoản 2 điều 5 luật cây xanh"],
    )  # fmt: skip
    def test_an_article_of_a_law_stands_first(self, full: SearchEngine, typed: str) -> None:
        hit = self.ask(full, typed).hits[0]
        assert (hit.document_id, hit.provisions[0].eid) == (1, "dieu-5")

    def test_the_year_chooses_among_laws_of_one_name(self, full: SearchEngine) -> None:
        assert ids(self.ask(full, "luật cây xanh 2019"))[0] == ("legal", 2)
        assert ids(self.ask(full, "luật cây xanh"))[:2] == [("legal", 1), ("legal", 2)]

    def test_what_has_ended_stands_below_what_is_in_force(self, full: SearchEngine) -> None:
        found = ids(self.ask(full, "chặt hạ cây cổ thụ phải có giấy phép"))
        assert found.index(("legal", 1)) < found.index(("legal", 2))

    def test_nobody_sees_what_is_not_for_him(self, full: SearchEngine) -> None:
        inside = ("directive", 1)
        for typed in ("kiểm kê cây cổ thụ", "15/CT-UBND", ""):
            assert inside not in ids(self.ask(full, typed))
            assert inside not in ids(self.ask(full, typed, Audience(member=True, units=(8,))))
            assert inside in ids(self.ask(full, typed, Audience(member=True, units=(7,))))

    def test_totals_and_facets_do_not_betray_what_is_hidden(self, full: SearchEngine) -> None:
        hits = self.ask(full, "cổ thụ", facets=("kind", "type"))
        assert hits.total == 2
        assert {facet.field: facet.counts for facet in hits.facets} == {
            "kind": (("legal", 2),),
            "type": (("luat", 2),),
        }

    def test_a_document_for_nobody_is_found_by_nobody(self, engine: SearchEngine) -> None:
        engine.index([law(visible_to=())])
        assert self.ask(engine, "cây xanh", Audience(member=True, units=(1,))).total == 0

    @pytest.mark.parametrize(
        "typed",
        ['"', "'cây", "cây: AND", "cây) OR (xanh", "\\", "*", "title:cây", "+cây -xanh", "[1 TO 2]",
         "cây^9", "cây~2", "\x00", "🌳", "a" * 5000, "cây " * 500],
    )  # fmt: skip
    def test_signs_are_signs_and_never_commands(self, full: SearchEngine, typed: str) -> None:
        assert self.ask(full, typed).total >= 0

    def test_a_query_of_signs_only_lists_everything(self, full: SearchEngine) -> None:
        assert self.ask(full, "").total == 6

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            (Filters(kinds=("news",)), {("news", 1)}),
            (Filters(types=("luat", "nghi_dinh")), {("legal", 1), ("legal", 2), ("legal", 3)}),
            (Filters(issuers=(12,)), {("legal", 3)}),
            (Filters(levels=("tinh",), provinces=("vinh_long",)), {("legal", 4)}),
            (Filters(fields=(3,), years=(2019,)), {("legal", 2)}),
            (
                Filters(issued_from=date(2030, 2, 3), issued_to=date(2031, 1, 10)),
                {("legal", 1), ("legal", 5)},
            ),
            (Filters(statuses=("con_hieu_luc",)), {("legal", 1)}),
            (Filters(statuses=("het_hieu_luc_toan_bo",)), {("legal", 2)}),
            (Filters(statuses=("chua_co_hieu_luc",)), {("legal", 3)}),
            (Filters(statuses=("khong_xac_dinh",)), {("legal", 4), ("news", 1)}),
            (Filters(statuses=("het_hieu_luc_mot_phan",)), {("legal", 5)}),
            (Filters(statuses=("khong_con_phu_hop",)), set()),
        ],
    )
    def test_filters(
        self, full: SearchEngine, filters: Filters, expected: set[tuple[str, int]]
    ) -> None:
        hits = self.ask(full, "", filters=filters)
        assert (set(ids(hits)), hits.total) == (expected, len(expected))

    def test_the_status_follows_the_day_without_indexing_again(self, full: SearchEngine) -> None:
        in_force = Filters(statuses=("con_hieu_luc",), types=("nghi_dinh",))
        assert self.ask(full, "", filters=in_force).total == 0
        later = self.ask(full, "", filters=in_force, today=date(2031, 9, 1))
        assert ids(later) == [("legal", 3)]

    def test_a_suspension_runs_and_ends(self, engine: SearchEngine) -> None:
        days = {"suspended_from": date(2031, 5, 1), "suspended_until": date(2031, 7, 1)}
        engine.index([law(**days)])
        suspended = Filters(statuses=("ngung_hieu_luc",))
        assert self.ask(engine, "", filters=suspended).total == 1
        assert self.ask(engine, "", filters=suspended, today=date(2031, 7, 1)).total == 0

    def test_order_by_day(self, full: SearchEngine) -> None:
        newest = ids(self.ask(full, "cây", sort=Sort.NEWEST))
        assert newest[0] == ("news", 1)
        assert newest == list(reversed(ids(self.ask(full, "cây", sort=Sort.OLDEST))))

    def test_pages_neither_repeat_nor_skip(self, engine: SearchEngine) -> None:
        engine.index(law(id=number, number=f"{number}/2031/QH17") for number in range(1, 48))
        for sort in (Sort.RELEVANCE, Sort.NEWEST):
            seen = [
                ref
                for page in (1, 2, 3, 4, 5)
                for ref in ids(self.ask(engine, "trồng cây", page=page, page_size=10, sort=sort))
            ]
            assert len(seen) == len(set(seen)) == 47

    def test_indexing_again_replaces(self, full: SearchEngine) -> None:
        full.index([law(title="Luật Hồ nước", name="Luật Hồ nước", provisions=())])
        assert full.count() == len(library())
        assert ("legal", 1) not in ids(self.ask(full, "cổ thụ"))
        assert ("legal", 1) in ids(self.ask(full, "hồ nước"))

    def test_deleting_takes_a_document_with_all_its_provisions(self, full: SearchEngine) -> None:
        full.delete([("legal", 1), ("legal", 999)])
        assert full.count() == len(library()) - 1
        assert ("legal", 1) not in ids(self.ask(full, "cổ thụ"))
        assert ("directive", 1) in ids(self.ask(full, "cổ thụ", Audience(member=True, units=(7,))))

    def test_a_rebuild_replaces_everything(self, full: SearchEngine) -> None:
        assert full.rebuild([law()]) == 1
        assert full.count() == 1
        full.index([law(id=9)])
        assert full.count() == 2

    def test_a_rebuild_that_fails_changes_nothing(self, full: SearchEngine) -> None:
        def broken() -> Iterable[DocumentRecord]:
            yield law(id=77)
            raise RuntimeError("source failed")

        with pytest.raises(RuntimeError, match="source failed"):
            full.rebuild(broken())
        assert full.count() == len(library())
        full.index([law(id=78)])
        assert full.count() == len(library()) + 1

    def test_a_batch_that_fails_leaves_nothing_behind(self, full: SearchEngine) -> None:
        def half() -> None:
            with full.writer():
                full.index([law(id=78)], commit=False)
                raise RuntimeError("stopped")

        with pytest.raises(RuntimeError):
            half()
        assert full.count() == len(library())

    def test_writes_in_one_turn_appear_together(self, engine: SearchEngine) -> None:
        with engine.writer():
            engine.index([law(id=1)], commit=False)
            engine.index([law(id=2)], commit=False)
            assert engine.count() == 0
        assert engine.count() == 2

    def test_a_phrase_stands_together_in_one_place(self, full: SearchEngine) -> None:
        assert ids(self.ask(full, "", phrases=("cây hoa giấy",), filters=Filters(kinds=("news",))))
        assert self.ask(full, "", phrases=("giấy cây hoa",)).total == 0
        assert self.ask(full, "", phrases=("cay hoa giay",)).total == 3
        assert self.ask(full, "", phrases=("cây hoá giấy",)).total == 0

    def test_a_phrase_does_not_run_from_one_article_into_the_next(self, full: SearchEngine) -> None:
        assert self.ask(full, "", phrases=("trong thành phố Trồng cây",)).total == 0

    def test_what_is_excluded_stands_nowhere(self, full: SearchEngine) -> None:
        found = ids(self.ask(full, "cây", excluded=("cổ thụ",)))
        assert found
        assert not {("legal", 1), ("legal", 2)} & set(found)
        assert ("legal", 3) not in ids(self.ask(full, "giấy phép", excluded=("thời hạn",)))

    def test_what_is_required_is_all_there(self, full: SearchEngine) -> None:
        assert ids(self.ask(full, "cây", required=("phường hòa bình",))) == [("news", 1)]

    def test_words_that_mean_the_same_match(self, full: SearchEngine) -> None:
        plan = SearchPlan(text="đốn cổ thụ", words="đốn cổ thụ", visible_to=PUBLIC, today=TODAY)
        assert full.search(plan).total == 0
        same = Expansion(0, 1, "chặt hạ", Strength.SAME, 1.0)
        assert full.search(replace(plan, expansions=(same,))).total == 2
        near = replace(same, strength=Strength.RELATED, weight=0.3)
        assert full.search(replace(plan, expansions=(near,))).total == 0

    def test_the_second_stage_leads_and_still_obeys(self, full: SearchEngine) -> None:
        leading = (
            Leading(("legal", 4), 9.0, ("dieu-1",)),
            Leading(("directive", 1), 8.0),
            Leading(("legal", 2), 7.0, ("dieu-2", "dieu-1")),
        )
        hits = self.ask(full, "chặt hạ cây cổ thụ", leading=leading)
        assert ids(hits)[:2] == [("legal", 4), ("legal", 2)]
        assert ("directive", 1) not in ids(hits)
        assert hits.total == len(set(ids(hits))) == 3
        assert [part.eid for part in hits.hits[1].provisions[:2]] == ["dieu-2", "dieu-1"]
        only = self.ask(
            full, "chặt hạ cây cổ thụ", leading=leading, filters=Filters(types=("luat",))
        )
        assert set(ids(only)) == {("legal", 1), ("legal", 2)}
        first = ids(self.ask(full, "chặt hạ cây cổ thụ", leading=leading, page_size=1))
        second = ids(self.ask(full, "chặt hạ cây cổ thụ", leading=leading, page_size=1, page=2))
        assert [*first, *second] == ids(hits)[:2]

    def test_what_leads_without_adding_only_moves(self, full: SearchEngine) -> None:
        leading = (
            Leading(("legal", 4), 9.0, ("dieu-1",), adds=False),
            Leading(("legal", 2), 7.0, ("dieu-2",), adds=False),
        )
        hits = self.ask(full, "chặt hạ cây cổ thụ", leading=leading)
        assert ids(hits) == [("legal", 2), ("legal", 1)]
        assert hits.total == 2

    def test_what_was_named_stands_before_the_second_stage(self, full: SearchEngine) -> None:
        leading = (Leading(("legal", 1), 9.0, ("dieu-5",)), Leading(("legal", 3), 8.0))
        hits = self.ask(full, "nghị định 12 chặt hạ cây", leading=leading)
        assert ids(hits)[:2] == [("legal", 3), ("legal", 1)]

    def test_of_one_partial_number_the_centre_stands_first(self, engine: SearchEngine) -> None:
        local = law(id=7, number="12/2031/QĐ-UBND", type="quyet_dinh", level="tinh")
        central = law(id=6, number="12/2031/NĐ-CP", type="nghi_dinh", level="trung-uong")
        engine.index([local, central])
        assert ids(self.ask(engine, "12/2031")) == [("legal", 6), ("legal", 7)]

    def test_statuses_are_counted(self, full: SearchEngine) -> None:
        facets = self.ask(full, "", facets=("status",)).facets
        assert dict(facets[0].counts) == {
            "khong_xac_dinh": 2,
            "con_hieu_luc": 1,
            "het_hieu_luc_toan_bo": 1,
            "chua_co_hieu_luc": 1,
            "het_hieu_luc_mot_phan": 1,
        }

    @pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
    @pytest.mark.parametrize("typed", ["", "cây quyết định", "giay phep"])
    def test_a_filter_does_not_restrict_its_own_counts(
        self, full: SearchEngine, typed: str, sort: Sort
    ) -> None:
        counted = ("type", "year", "status")
        some = Filters(types=("luat", "quyet_dinh"), statuses=("con_hieu_luc",))
        hits = self.ask(full, typed, filters=some, facets=counted, sort=sort)
        told = {one.field: dict(one.counts) for one in hits.facets}
        assert list(told) == list(counted)
        for kind in ("luat", "quyet_dinh", "nghi_dinh"):
            other = self.ask(full, typed, filters=replace(some, types=(kind,)), sort=sort)
            assert told["type"].get(kind, 0) == other.total
        for code in ("con_hieu_luc", "het_hieu_luc_toan_bo", "het_hieu_luc_mot_phan"):
            other = self.ask(full, typed, filters=replace(some, statuses=(code,)), sort=sort)
            assert told["status"].get(code, 0) == other.total
        assert sum(told["year"].values()) == hits.total

    def test_counts_without_a_filter_of_their_own_betray_nothing(self, full: SearchEngine) -> None:
        asked = {"filters": Filters(types=("luat",)), "facets": ("type", "level")}
        stranger = self.ask(full, "cổ thụ", **asked)
        assert dict(stranger.facets[0].counts) == {"luat": 2}
        reader = self.ask(full, "cổ thụ", Audience(member=True, units=(7,)), **asked)
        assert dict(reader.facets[0].counts) == {"luat": 2, "chi_thi": 1}
        assert reader.total == stranger.total == 2

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            (Filters(expires_from=date(2031, 1, 1), expires_to=date(2031, 6, 1)), {("legal", 2)}),
            (Filters(expires_from=date(2031, 4, 1)), set()),
            (Filters(in_force_from=date(2031, 6, 2)), {("legal", 3)}),
        ],
    )
    def test_days_of_force(
        self, full: SearchEngine, filters: Filters, expected: set[tuple[str, int]]
    ) -> None:
        assert set(ids(self.ask(full, "", filters=filters))) == expected

    def test_admits_what_may_be_shown(self, full: SearchEngine) -> None:
        plan = understand("", LEXICON, PUBLIC, TODAY)
        refs = {("legal", 1), ("directive", 1), ("legal", 999)}
        assert full.admitted(plan, refs) == {("legal", 1)}
        inside = replace(plan, visible_to=Audience(member=True, units=(7,)))
        assert full.admitted(inside, refs) == {("legal", 1), ("directive", 1)}
        assert full.admitted(replace(plan, filters=Filters(kinds=("news",))), refs) == set()

    def test_candidates_within_documents(self, full: SearchEngine) -> None:
        plan = understand("giấy phép chặt hạ", LEXICON, PUBLIC, TODAY)
        assert {c.document for c in full.candidates(plan, 10, [("legal", 3)])} == {("legal", 3)}

    def test_candidates_are_provisions_across_documents(self, full: SearchEngine) -> None:
        plan = understand("giấy phép chặt hạ", LEXICON, PUBLIC, TODAY)
        found = full.candidates(plan, 10)
        assert {(c.document, c.eid) for c in found} >= {
            (("legal", 1), "dieu-5"),
            (("legal", 3), "dieu-1"),
        }
        assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)

    def test_every_id_of_a_provision_comes_back(self, engine: SearchEngine) -> None:
        eids = ("dieu-5", "dieu-5a", "dieu-05", "phu-luc-1", "dieu-5.khoan-2", "dieu-1234567890")
        parts = tuple(ProvisionRecord(eid, "", "", "Giấy phép chặt hạ cây.") for eid in eids)
        engine.index([law(provisions=parts)])
        plan = understand("giấy phép chặt hạ", LEXICON, PUBLIC, TODAY)
        assert {c.eid for c in engine.candidates(plan, 10)} == set(eids)

    def test_what_is_hidden_takes_no_candidate_s_place(self, engine: SearchEngine) -> None:
        hidden = [law(id=n, number="", visible_to=("unit:7",)) for n in range(2, 30)]
        engine.index([*hidden, law()])
        plan = understand("giấy phép chặt hạ", LEXICON, PUBLIC, TODAY)
        assert {c.document for c in engine.candidates(plan, 5)} == {("legal", 1)}
        assert [hit.document_id for hit in engine.search(plan).hits] == [1]

    def test_words_of_every_law_rank_where_there_are_no_others(self, full: SearchEngine) -> None:
        found = self.ask(full, "quy định của luật này về cây xanh trong thành phố")
        assert (found.hits[0].document_id, found.hits[0].provisions[0].eid) == (1, "dieu-1")

    def test_a_plan_cannot_be_made_without_a_reader(self) -> None:
        with pytest.raises(TypeError):
            SearchPlan(text="cây", today=TODAY)  # type: ignore[call-arg]
