"""The order of Chinese titles and names: by syllable, then letter by letter, as dictionaries do (GB/T 13418).

Letters of one syllable follow the table of GB 2312, whose first level is in the order of tone and strokes; rarer
letters come behind them. So what begins with the same letter stands together, and a letter with several readings
stands where its phrase reads it (重庆 under C). Marks are passed over, numbers come first and by their value,
then Latin, then Chinese. A surname is read as surnames are (单 shan, 仇 qiu), which no dictionary of words tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archive.text import pinyin
from archive.text.folding import fold

LONGEST = 40  # letters that are looked at; titles that agree in so many keep the order they came in
_PIECE = re.compile(r"[0-9]+|[^\W_]")
_NUMBER, _LATIN, _HAN, _OTHER = b"\x10", b"\x20", b"\x30", b"\x40"
_RARE = b"\xff"  # behind every byte of GB 2312

# Letters whose reading as a surname is not their usual one: 现代汉语词典, 7th edition, at each letter.
_SURNAMES = {
    "卜": "bu", "薄": "bo", "种": "chong", "都": "du", "盖": "ge", "句": "gou", "阚": "kan", "缪": "miao", "乜": "nie",
    "区": "ou", "朴": "piao", "繁": "po", "覃": "qin", "仇": "qiu", "单": "shan", "召": "shao", "折": "she",
    "洗": "xian", "解": "xie", "员": "yun", "曾": "zeng", "查": "zha", "翟": "zhai", "祭": "zhai",
}  # fmt: skip
_COMPOUND = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"),
    "单于": ("chan", "yu"),
    "中行": ("zhong", "hang"),
}


def title_key(title: str) -> bytes:
    """What a title is sorted by, byte for byte: ``sorted(titles, key=title_key)``."""
    return _key(title, {})


@lru_cache(maxsize=1 << 13)
def name_key(name: str) -> bytes:
    """What a person's name is sorted by."""
    return _key(name, _as_surname(name))


@lru_cache(maxsize=1 << 13)
def initial(name: str) -> str:
    """The capital under which a person stands in a list, A to Z; "" for a name that begins with no such sound."""
    folded = fold(name)
    spoken = pinyin.readings(name)
    own = _as_surname(name)
    for match in _PIECE.finditer(folded):
        first = own.get(match.start(), spoken[match.start()][0])[:1].upper()
        return first if "A" <= first <= "Z" else ""
    return ""


def _as_surname(name: str) -> dict[int, str]:
    """Place -> syllable of those letters of a name that are read otherwise than in words."""
    folded = fold(name)
    if sounds := _COMPOUND.get(folded[:2]):
        return dict(enumerate(sounds))
    return {0: _SURNAMES[folded[0]]} if folded[:1] in _SURNAMES else {}


def _key(text: str, own: dict[int, str]) -> bytes:
    return b"".join(_parts(fold(text), pinyin.readings(text), own))


def _parts(folded: str, spoken: tuple[pinyin.Reading, ...], own: dict[int, str]) -> Iterator[bytes]:
    for count, match in enumerate(_PIECE.finditer(folded)):
        if count == LONGEST:
            return
        piece, place = match[0], match.start()
        if piece.isdigit() and piece.isascii():
            digits = piece.lstrip("0")[:99]
            yield _NUMBER + bytes([len(digits)]) + digits.encode()
        elif piece.isascii():
            yield _LATIN + piece.encode()
        elif (sound := own.get(place, spoken[place][0])) != piece:
            yield _HAN + sound.encode() + b"\0" + _place(piece)
        else:
            yield _OTHER + piece.encode("utf-8", "replace")


def _place(letter: str) -> bytes:
    """Where GB 2312 has the letter; letters that it has not, by their code points, behind those."""
    try:
        return letter.encode("gb2312")
    except UnicodeEncodeError:
        return _RARE + ord(letter).to_bytes(3, "big")
