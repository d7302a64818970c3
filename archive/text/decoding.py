"""Bytes to text: which encoding a file is in, decided once and said aloud.

The order is byte order mark, strict UTF-8, UTF-16 without a mark, then GB18030 against Big5. The last
pair is the hard one: most Big5 files also decode as GB18030 without an error, so "try one, then the
other" silently yields mojibake. charset-normalizer proposes (asked for these codecs only: with all of
its own it loses short texts), and a second opinion has to agree: nearly all the Han of a real text
stand in the first level of its own standard (GB 2312-1980 rows 16-55, Big5 A440-C67E), and nearly all
its characters are ordinary. What stays doubtful is an error that asks for the encoding, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

ISOLATION = ["utf_8", "gb18030", "big5", "cp950", "big5hkscs"]
KNOWN_AS = {"cp950": "Big5"}  # to people
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}
"""Labels are often narrower than the file: every GB 2312 file is GB18030, most "Big5" is cp950."""
NAMED = {
    **{name: "utf-8" for name in ("utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii")},
    **{name: "utf-16" for name in ("utf-16", "utf16", "unicode")},
    **{name: "utf-16-le" for name in ("utf-16-le", "utf-16le")},
    **{name: "utf-16-be" for name in ("utf-16-be", "utf-16be")},
    **{name: "gb18030" for name in ("gb18030", "gbk", "gb2312", "cp936", "euc-cn")},
    **{name: "cp950" for name in ("big5", "big-5", "cp950")},
    **{name: "big5hkscs" for name in ("big5hkscs", "big5-hkscs", "hkscs")},
    **{name: "cp1252" for name in ("cp1252", "windows-1252", "latin-1", "latin1", "iso-8859-1")},
}
"""What an editor may call an encoding, and the codec that is used for it."""
CHOICES = "utf-8、gb18030、big5、big5hkscs、utf-16、cp1252"
SOUND = 0.9
"""Real GB files have 0.99 of their Han in the first level, Big5 read as GB18030 at most 0.75."""
RUBBISH = 0.7
"""Share of ordinary characters; Big5 read as GB18030 has under a half."""
ALMOST_ALL = 0.95
WESTERN_SHARE = 0.9

_TWO_HIGH_BYTES = re.compile(rb"[\x80-\xff]{2}")
_BELOW_TEXT = re.compile(rb"[\x00-\x08]")
_ORDINARY = re.compile(r"[\n\r\t -~\u00b7\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffee]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the codec that read it (a Python codec name)."""

    text: str
    encoding: str


class DecodingError(ValueError):
    """Bytes that cannot be read soundly: ``code`` for machines, the message for people, with the cure."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Read ``data``; a named ``encoding`` is obeyed strictly. Raises DecodingError."""
    if encoding:
        return _as_named(data, encoding)
    return (
        _by_mark(data) or _utf8(data) or _utf16(data) or _east_asian(data) or _western(data) or _refuse(data)
    )


def readings(data: bytes) -> tuple[Decoded, ...]:
    """What a file that ``decode`` asks about may say, for a person to choose from: as each codec that reads it
    without an error and mostly as ordinary characters."""
    found = []
    for codec in ("utf-8", "gb18030", "cp950", "utf-16-le", "utf-16-be"):
        if _error_start(data, codec) == len(data):
            text = data.decode(codec).removeprefix("\ufeff")
            if "\0" not in text and _share(_ORDINARY, text) >= RUBBISH:
                found.append(Decoded(text, codec))
    return tuple(found)


def _as_named(data: bytes, name: str) -> Decoded:
    codec = NAMED.get(name.strip().lower().replace("_", "-"))
    if codec is None:
        raise DecodingError("unknown_encoding", f"不认识编码“{name}”，可以写：{CHOICES}。")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        called = KNOWN_AS.get(codec, name.strip())
        raise DecodingError(
            "bad_encoding",
            f"按 {called} 读不通：第 {_line(data, error.start)} 行（第 {error.start + 1} 字节）有非法字节。"
            "请换一个编码，或另存为 UTF-8。",
        ) from None
    return Decoded(_without_nul(text).removeprefix("\ufeff"), codec)


def _by_mark(data: bytes) -> Decoded | None:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise DecodingError("bad_encoding", "不支持 UTF-32，请另存为 UTF-8。")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        return Decoded(_without_nul(data.decode("utf-16")), "utf-16")
    except UnicodeDecodeError:
        raise DecodingError(
            "bad_encoding", "文件以 UTF-16 标记开头，内容却不完整，请另存为 UTF-8。"
        ) from None


def _utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\0" in text and _utf16(data):
        return None
    return Decoded(_without_nul(text).removeprefix("\ufeff"), "utf-8")


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark. Only bytes below 9 tell it from others: ASCII, 、 and 。 all leave some."""
    if len(data) % 2 or not _BELOW_TEXT.search(data):
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        if _reads_as_utf16(data, codec):
            return Decoded(data.decode(codec), codec)
    return None


def _reads_as_utf16(data: bytes, codec: str) -> bool:
    return _error_start(data, codec) == len(data) and _share(_ORDINARY, data.decode(codec)) >= ALMOST_ALL


def _east_asian(data: bytes) -> Decoded | None:
    """GB18030 or Big5: what charset-normalizer says, or it failing, the one that reads soundly."""
    best = from_bytes(data, cp_isolation=ISOLATION).best()
    said = [WIDER.get(best.encoding, best.encoding), best.encoding] if best else []
    for codec in dict.fromkeys([*said, "gb18030", "cp950", "big5hkscs"]):
        if codec != "utf_8" and _error_start(data, codec) == len(data) and _reads_well(data, codec):
            return Decoded(_without_nul(data.decode(codec)), codec)
    return None


def _western(data: bytes) -> Decoded | None:
    """Windows-1252: nearly all ASCII, and no two high bytes side by side as every Chinese character has."""
    ascii_bytes = len(data) - len(re.findall(rb"[\x80-\xff]", data))
    if _TWO_HIGH_BYTES.search(data) or ascii_bytes < WESTERN_SHARE * len(data) or b"\0" in data:
        return None
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return None


def _refuse(data: bytes) -> Decoded:
    """Say what is wrong as exactly as the bytes allow. Always raises."""
    if b"\0" in data:
        raise DecodingError("not_text", "文件含有 NUL 字节，不是文本文件。请另存为纯文本（UTF-8）。")
    start = _error_start(data, "utf-8")
    if any(byte >= 0x80 for byte in data[:start]):
        raise DecodingError("bad_encoding", _broken_utf8(data, start))
    start = _error_start(data, "gb18030")
    if start < len(data) and _soundness(data[:start].decode("gb18030"), "gb18030") >= SOUND:
        raise DecodingError(
            "bad_encoding",
            f"第 {_line(data, start)} 行附近的字节既不是 UTF-8 也不是 GB18030。"
            f"位置：第 {start + 1} 字节。请另存为 UTF-8，或指明编码（{CHOICES}）。",
        )
    raise DecodingError("bad_encoding", f"无法识别文字编码，请另存为 UTF-8，或指明编码（{CHOICES}）。")


def _broken_utf8(data: bytes, start: int) -> str:
    line = _line(data, start)
    rest = data[start:].decode("utf-8", errors="replace")
    where = f"位置：第 {start + 1} 字节。请另存为 UTF-8，或指明编码。"
    if rest.count("\ufffd") > max(3, len(rest) // 4):
        return f"前半是 UTF-8，第 {line} 行起不是。{where}"
    return f"第 {line} 行有非法字节。{where}"


def _without_nul(text: str) -> str:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DecodingError("not_text", f"文件含有 NUL 字节。位置：第 {line} 行。请另存为纯文本（UTF-8）。")
    return text


def _soundness(text: str, codec: str) -> float:
    """Share of the Han that stand in the first level of the codec's own standard; 0 without any Han."""
    han = _HAN.findall(text)
    if not han:
        return 0.0
    low, high = (0xB0A1, 0xD7F9) if codec == "gb18030" else (0xA440, 0xC67E)
    codes = (int.from_bytes(char.encode(codec, "ignore"), "big") for char in han)
    return sum(low <= code <= high for code in codes) / len(han)


def _share(pattern: re.Pattern[str], text: str) -> float:
    return len(pattern.findall(text)) / len(text) if text else 0.0


def _reads_well(data: bytes, codec: str) -> bool:
    """Whether the text is ordinary, and its Han common or the rival codec no choice."""
    text = data.decode(codec)
    if _share(_ORDINARY, text) < SOUND:
        return False
    if _soundness(text, codec) >= SOUND:
        return True
    if any(_reads_as_utf16(data, other) for other in ("utf-16-le", "utf-16-be")):
        return False
    rival = "cp950" if codec == "gb18030" else "gb18030"
    if _error_start(data, rival) < len(data):
        return True
    return _share(_ORDINARY, data.decode(rival)) < RUBBISH


def _error_start(data: bytes, codec: str) -> int:
    """The byte where ``codec`` fails first, or the length when it does not."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
