"""Letters in the order of a Chinese dictionary: by how they are read, those read alike by their code."""

from __future__ import annotations

from archive.text import pinyin

SPELLED = 8  # letters of a key; where so many are the same the code may decide: 50,000 keys take 50 ms


class _Spelling(dict[int, str]):
    """Code of a letter -> what it sorts as, for ``str.translate``. No more entries than there are letters."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        sound = pinyin.readings(letter)[0][0]
        # The mark ends the sound, so that xi comes before xian whatever the letter.
        self[code] = letter if sound == letter else f"{sound}\x01{letter}"
        return self[code]


_spelling = _Spelling()


def spelled(letters: str) -> str:
    """A key by which to sort folded letters; two are the same only for the same letters."""
    return letters[:SPELLED].translate(_spelling) + letters[SPELLED:]
