"""Folding: what counts as the same letter when texts are searched and compared.

Script (traditional to simplified, by OpenCC's t2s, which looks at the phrase: 乾燥 becomes 干燥 but 乾隆
stays), width, case, accents and the radical look-alikes that PDF printing leaves behind (⽂ for 文).
One character always becomes one character, so an offset into the folded text is an offset into the text.

Accents go (é → e) because a decomposed é is an e and a mark, and marks are no letters: so both
spellings meet. U+2F00 Kangxi radicals fold by NFKC; the U+2E80 block has no decompositions, so its
map is written out after Unicode's EquivalentUnifiedIdeograph property.

A piece cut out of a text can fold otherwise than the whole does: the 乾 of 乾隆, alone, is read as 干.
``fold_apart`` reads every such letter as if it stood alone, and a piece folded apart always stands in
its text folded apart. What is sought is therefore looked for both ways.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

# Letters that OpenCC 1.4's TSPhrases read otherwise inside some phrase than alone.
_AMBIGUOUS = "坏瞭逕鍊計么麼麽乾噁藉俱祕濛蒐覆剋鍾氾昇吒沈徵釐彷甦扞於鉅脩陞哩劄畫薹衹袷谿"
_ambiguous = re.compile(f"[{_AMBIGUOUS}]")

RADICALS = dict(
    zip(
        "⺁⺄⺅⺆⺈⺉⺊⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺳⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐"
        "⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙亻冂刀刂卜小小兀尣尢尣巳幺彑彐忄心扌攵旡月歹母民氵水灬爫爫犭王疋目示礻竹糸纟罒罓羊羊羊老肀聿肉臼艹艹艹虎衤西西见角角讠贝足车辶辶辶邑钅"
        "长长长门阜阜雨青韦页风飞食食食饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)
"""Radical of the supplement (U+2E80-2EFF) -> the letter that looks like it."""


def fold(text: str) -> str:
    """The folded text, of the same length: ``fold("黨的ＧＤＰ") == "党的gdp"``."""
    return _simplify(text.translate(_singles()))


def fold_apart(text: str) -> str | None:
    """The folded text with every letter read alone, or None when no letter's reading hangs on a phrase."""
    plain = text.translate(_singles())
    if not _ambiguous.search(plain):
        return None
    folded = list(_simplify(plain))
    for found in _ambiguous.finditer(plain):
        folded[found.start()] = _alone(found.group())
    return "".join(folded)


def _simplify(text: str) -> str:
    try:
        simple: str = _converter().convert(text.replace("\0", " "))
    except UnicodeEncodeError:  # a lone surrogate
        simple = ""
    return simple if len(simple) == len(text) else "".join(map(_alone, text))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _alone(letter: str) -> str:
    try:
        simple: str = _converter().convert(letter)
    except UnicodeEncodeError:
        return letter
    return simple if len(simple) == 1 else letter


@cache
def _singles() -> dict[int, str]:
    """What one character becomes whatever stands around it: a table for ``str.translate``."""
    table = {ord(radical): letter for radical, letter in RADICALS.items()}
    # Latin, Greek, Cyrillic … symbols; Latin extensions; compatibility ideographs and width forms.
    for first, last in ((0x41, 0x33FF), (0xA640, 0xABFF), (0xF900, 0xFFEF), (0x2F800, 0x2FA1F)):
        for code in range(first, last + 1):
            if code not in table and (letter := _plain(chr(code))) != chr(code):
                table[code] = letter
    return table


def _plain(char: str) -> str:
    kind = unicodedata.decomposition(char).partition(" ")[0]
    if kind in {"<wide>", "<narrow>"} or 0x2F00 <= ord(char) <= 0x2FDF:
        char = unicodedata.normalize("NFKC", char)
    parts = unicodedata.normalize("NFD", char)
    if all(unicodedata.combining(mark) for mark in parts[1:]):
        char = parts[0]
    lower = char.casefold()
    return lower if len(lower) == 1 else char.lower()[0]
