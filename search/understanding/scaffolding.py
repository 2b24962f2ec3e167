"""The phrases of asking and the words that fill, and a query without them.

Both lists are written for this portal. The study of relevance found that such a query serves
features and encoder; as the main query it costs quality.
"""

from typing import Final

from portal.core.text import fold, syllable_key
from search.understanding.data import listed
from search.understanding.tokens import Token, Tokens

PHRASES: Final = tuple(
    line.strip()
    for line in """
cho tôi hỏi
cho em hỏi
cho mình hỏi
cho hỏi
cho tôi được hỏi
cho em xin hỏi
cho tôi xin hỏi
cho e hỏi
xin cho tôi hỏi
xin cho hỏi
xin cho biết
hãy cho biết
vui lòng cho biết
cho tôi biết
tôi muốn hỏi
tôi xin hỏi
tôi muốn biết
em muốn hỏi
em xin hỏi
mình muốn hỏi
xin hỏi luật sư
xin hỏi
thưa luật sư
kính thưa luật sư
chào luật sư
kính chào luật sư
xin chào luật sư
luật sư cho tôi hỏi
nhờ luật sư tư vấn
nhờ luật sư giải đáp
nhờ tư vấn giúp
mong luật sư tư vấn
mong được tư vấn
mong được giải đáp
mong anh chị giải đáp
mong mọi người giúp đỡ
xin được tư vấn
tư vấn giúp tôi
giải đáp giúp tôi
giúp em với
chào anh chị
các anh chị cho em hỏi
anh chị cho em hỏi
mọi người cho em hỏi
mọi người cho mình hỏi
mọi người ơi
các bác cho em hỏi
xin cảm ơn
xin chân thành cảm ơn
tôi xin cảm ơn
em cảm ơn
theo quy định của pháp luật hiện hành thì
theo quy định của pháp luật hiện hành
theo quy định pháp luật hiện hành
theo quy định của pháp luật
theo quy định pháp luật
theo quy định hiện hành
theo quy định mới nhất
theo pháp luật hiện hành
pháp luật quy định như thế nào về
pháp luật quy định thế nào về
được pháp luật quy định như thế nào
được quy định như thế nào
được quy định thế nào
được quy định ra sao
quy định như thế nào
có được không
có đúng không
đúng hay sai
là đúng hay sai
phải không
được không
như thế nào
thế nào
ra sao
là gì
""".splitlines()
    if line.strip()
)
FILLERS: Final = listed(
    "ạ à ơi nhé nha nhỉ vậy thế thì mà là luôn nữa rồi cũng đó ấy kia nào gì sao tôi em mình tớ bạn "
    "anh chị bác cháu dạ vâng thưa xin giúp hỏi ơ ừ hả hử đấy cơ chứ"
)


class _Node:
    __slots__ = ("end", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.end = False


def _trie() -> _Node:
    root = _Node()
    for phrase in PHRASES:
        node = root
        for word in phrase.split():
            node = node.next.setdefault(syllable_key(word), _Node())
        node.end = True
        node = root
        for word in phrase.split():
            node = node.next.setdefault(fold(word), _Node())
        node.end = True
    return root


_ROOT: Final = _trie()
_FILLING: Final = frozenset(syllable_key(word) for word in FILLERS)
_CUT: Final = " | "


def without_scaffolding(words: str) -> str:
    """Return ``words`` without phrases of asking and fillers, " | " where something was cut out.

    >>> without_scaffolding("Cho tôi hỏi vượt đèn đỏ thì bị phạt bao nhiêu ạ")
    'vượt đèn đỏ | bị phạt bao nhiêu'
    """
    tokens = Tokens.of(words).all
    kept: list[list[Token]] = [[]]
    at = 0
    while at < len(tokens):
        length = _phrase_at(tokens, at) or int(tokens[at].key in _FILLING)
        if length:
            if kept[-1]:
                kept.append([])
            at += length
        else:
            kept[-1].append(tokens[at])
            at += 1
    pieces = [words[group[0].start : group[-1].end] for group in kept if group]
    return _CUT.join(pieces) or words


def _phrase_at(tokens: list[Token], at: int) -> int:
    node, best = _ROOT, 0
    for place in range(at, len(tokens)):
        following = node.next.get(tokens[place].key)
        if following is None:
            break
        node = following
        if node.end:
            best = place + 1 - at
    return best
