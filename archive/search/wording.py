"""How a run of letters in a query is taken apart into words.

The segmenter cuts what its dictionary lacks into single letters (凝心铸魂 → 凝 心 铸 魂). Single letters
that stand side by side are therefore joined again, and function words, which stand in every speech,
are left out as long as something else remains.
"""

from __future__ import annotations

from archive.text import fold, words

# Single letters that carry no subject of their own; the commonest of stopwords-iso's zh list (MIT).
_FUNCTION = set(
    "的地得了着过是在和与及或对把被将就也都而以为于从向到中上下不要会能可我你他她它这那其之等有个一"
)
_FILLERS = {
    *(
        "什么",
        "怎么",
        "怎样",
        "如何",
        "为什么",
        "哪些",
        "哪个",
        "哪里",
        "是否",
        "有没有",
        "关于",
        "以及",
        "我们",
    ),
    *("他们", "你们", "这个", "那个", "这些", "那些", "进行", "应该", "应当", "可以", "需要", "必须"),
}


def fillers(letters: str) -> set[int]:
    """Which of the letters (folded) belong to function words."""
    return {
        at
        for word in words.words(letters)
        if word.text in _FUNCTION or word.text in _FILLERS
        for at in range(word.start, word.end)
    }


def cut(text: str) -> tuple[str, ...]:
    """The words of ``text`` worth looking for one by one, as they stand in it."""
    pieces: list[str] = []
    single = False
    for word in words.words(fold(text)):
        written = text[word.start : word.end]
        lone = len(written) == 1 and written.isalnum()
        function = word.text in (_FUNCTION if lone else _FILLERS)
        if function or not any(char.isalnum() for char in written):
            single = False
        elif lone and single:
            pieces[-1] += written
        else:
            pieces.append(written)
            single = lone
    return tuple(piece for piece in pieces if len(piece) > 1) or tuple(pieces)
