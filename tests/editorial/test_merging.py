"""Three-way merge: nothing is lost, nothing comes twice, what nobody disputes is not asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.editorial.merging import MINE, Node, html_of, merge_trees, merge_values

KEYS = st.sampled_from("abcdefg")
SIDES = st.dictionaries(KEYS, st.integers(0, 3), max_size=6)


@st.composite
def trees(draw) -> dict[str, Node]:
    """A text of containers and articles; a parent stands before its children."""
    order = draw(st.lists(KEYS, unique=True, max_size=6))
    tree: dict[str, Node] = {}
    for key in order:
        parent = draw(st.sampled_from(["", *tree]))
        tree[key] = Node(parent, f"<{key}{draw(st.integers(0, 2))}>", f"</{key}>")
    children: dict[str, list[str]] = {}
    for key, node in tree.items():
        children.setdefault(node.parent, []).append(key)

    def walk(parent: str):
        for key in children.get(parent, []):
            yield key
            yield from walk(key)

    return {key: tree[key] for key in walk("")}


@given(SIDES, SIDES)
def test_one_side_alone_is_taken_whole(base, changed):
    assert merge_values(base, changed, base) == (changed, [])
    assert merge_values(base, base, changed) == (changed, [])
    assert merge_values(base, changed, changed) == (changed, [])


@given(SIDES, SIDES, SIDES)
def test_every_dispute_is_named_and_each_choice_kept(base, theirs, mine):
    merged, conflicts = merge_values(base, theirs, mine)
    disputed = {one.place for one in conflicts}
    for key in {*base, *theirs, *mine}:
        was, here, copy = base.get(key), theirs.get(key), mine.get(key)
        assert (key in disputed) == (here != copy and was not in (here, copy))
        assert merged.get(key) in (here, copy)
    chosen, again = merge_values(base, theirs, mine, dict.fromkeys(disputed, MINE))
    assert again == conflicts, "a choice hides no conflict"
    assert all(chosen.get(key) == mine.get(key) for key in disputed)


@given(trees(), trees())
def test_a_text_that_only_one_side_changed_comes_as_it_is(base, changed):
    for sides in ((base, changed, base), (base, base, changed)):
        nodes, conflicts, order = merge_trees(*sides)
        assert not order
        if not conflicts:
            assert html_of(nodes)[0] == html_of(changed)[0]


@given(trees(), trees(), trees())
def test_a_merged_text_is_a_tree_of_known_provisions(base, theirs, mine):
    nodes, conflicts, _order = merge_trees(base, theirs, mine)
    html, places = html_of(nodes)
    assert set(places) == set(nodes)
    seen: set[str] = set()
    for key, node in nodes.items():
        assert not node.parent or node.parent in seen, "a parent stands before its children"
        seen.add(key)
        start, end = places[key]
        assert html[start:end].startswith(node.head) and html[start:end].endswith(node.tail)
        known = [side[key] for side in (base, theirs, mine) if key in side]
        assert (node.head, node.tail) in [(one.head, one.tail) for one in known]
    named = {one.place for one in conflicts}
    for key in set(theirs) - set(nodes):
        assert key in named or (key in base and key not in mine), "nothing is lost in silence"
