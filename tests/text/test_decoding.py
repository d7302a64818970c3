"""Which encoding a file is in: found soundly, obeyed when named, refused with a cure when doubtful."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.text import DecodingError, decode, readings

SEEDS = {
    path.name[:3]: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[2] / "seeds").glob("*.txt")
}
# A traditional text of our own: the seeds are simplified, and Big5 cannot write them.
TRADITIONAL = (
    "在年度工作檢討會上的致詞\n各位同仁：\n今天很高興和大家見面。過去一年，我們共同面對許多困難與挑戰，也完成了不少重要的工作。\n"
    "一、檢討過去\n首先要感謝各位的辛勞與付出，因為有大家的努力，才能獲得社會各界的肯定，這是非常不容易的成績。\n"
    "二、展望未來\n未來我們將持續推動業務革新，強化服務品質，傾聽民眾的聲音，並且與各界密切合作，創造更美好的明天。\n謝謝大家！\n"
)
SIMPLIFIED_CODECS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
}
TRADITIONAL_CODECS = {"utf-8": "utf-8", "utf-16-be": "utf-16-be", "big5": "cp950", "cp950": "cp950"}
LENGTHS = [40, 60, 200, 1000, None]


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("codec", SIMPLIFIED_CODECS)
@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_seeds_in_every_encoding_whole_and_cut(seed: str, codec: str, length: int | None) -> None:
    text = SEEDS[seed][:length]
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, SIMPLIFIED_CODECS[codec])


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("codec", TRADITIONAL_CODECS)
def test_a_traditional_text_in_every_encoding(codec: str, length: int | None) -> None:
    text = TRADITIONAL[:length]
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, TRADITIONAL_CODECS[codec])


def test_big_endian_with_a_mark() -> None:
    decoded = decode(b"\xfe\xff" + TRADITIONAL.encode("utf-16-be"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "utf-16")


def test_characters_that_only_gb18030_has() -> None:
    text = "朱镕基同志在会议上的讲话：𠮷，䶮。我们要认真学习，抓好落实。"
    assert decode(text.encode("gb18030")).text == text


def test_hong_kong_characters() -> None:
    text = (
        "各位同事：我哋喺度開會，佢哋嘅意見好重要，大家要認真傾聽，唔好錯過每一個機會，多謝各位嘅參與同支持。"
    )
    assert decode(text.encode("big5hkscs")).text == text


def test_ascii_and_western_text() -> None:
    assert decode(b"Plain text.").encoding == "utf-8"
    text = "It’s a great honor to be here – thank you very much indeed, dear friends and colleagues."
    assert decode(text.encode("cp1252")).text == text
    assert decode(text.encode("utf-16-le")).text == text


@pytest.mark.parametrize("text", ["获得过半数选票的", "和个人不", "依照有关"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_scrap_that_could_be_utf_16_is_asked_about(text: str, codec: str) -> None:
    with pytest.raises(DecodingError):
        decode(text.encode(codec))
    assert text in {reading.text for reading in readings(text.encode(codec))}


def test_a_text_may_begin_like_a_program() -> None:
    assert decode("MZ 同志们：".encode()).text == "MZ 同志们："


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("GBK", "gb18030"),
        ("gb2312", "gb18030"),
        ("Big5", "cp950"),
        ("utf_8", "utf-8"),
        ("UTF-16LE", "utf-16-le"),
    ],
)
def test_a_named_encoding_is_obeyed(name: str, codec: str) -> None:
    text = "工作" if codec != "cp950" else "開會"
    decoded = decode(text.encode(codec), name)
    assert (decoded.text, decoded.encoding) == (text, codec)


def test_a_named_encoding_is_obeyed_even_against_appearance() -> None:
    assert decode("開會".encode("big5"), "gbk").text == "開會".encode("big5").decode("gb18030")


def refusal(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    with pytest.raises(DecodingError) as caught:
        decode(data, encoding)
    return caught.value.code, caught.value.message


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "unicode_escape"])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    code, message = refusal(b"abc", name)
    assert code == "unknown_encoding"
    assert message.startswith(f"不认识编码“{name}”，可以写：utf-8、gb18030、big5")


def test_a_named_encoding_that_does_not_fit_names_the_line() -> None:
    code, message = refusal("甲\n乙".encode() + b"\xff", "utf-8")
    assert code == "bad_encoding"
    assert message.startswith("按 utf-8 读不通：第 2 行（第 8 字节）有非法字节。")


SPEECH = (
    "在全市机关党建工作会议上的讲话\n同志们：\n一、提高政治站位\n一是加强学习。二是抓好落实。\n"
    "二、压实责任\n要坚持问题导向。\n谢谢大家！\n"
)
UTF8 = SPEECH.encode()
GBK = SPEECH.encode("gbk")


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (SPEECH.encode("utf-32"), "bad_encoding", "不支持 UTF-32，请另存为 UTF-8。"),
        (b"\xff\xfeabc", "bad_encoding", "文件以 UTF-16 标记开头，内容却不完整，请另存为 UTF-8。"),
        (UTF8[:30] + b"\x80" + UTF8[30:], "bad_encoding", "第 1 行有非法字节。位置：第 31 字节。"),
        (UTF8 + b"\xc0\xaf", "bad_encoding", "第 8 行有非法字节。位置：第 188 字节。"),
        (UTF8 + GBK, "bad_encoding", "前半是 UTF-8，第 8 行起不是。位置：第 188 字节。"),
        (GBK[:50] + b"\xff" + GBK[50:], "bad_encoding", "第 3 行附近的字节既不是 UTF-8 也不是 GB18030。"),
        (UTF8.replace(b"\n", b"\0\n"), "not_text", "文件含有 NUL 字节。位置：第 1 行。"),
        (GBK.replace(b"\n", b"\0\n"), "not_text", "文件含有 NUL 字节"),
        (bytes(range(128, 256)) * 4, "bad_encoding", "无法识别文字编码，请另存为 UTF-8，或指明编码"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "not_text", "文件含有 NUL 字节"),
    ],
)
def test_doubtful_bytes_are_refused_with_a_cure(data: bytes, code: str, message: str) -> None:
    got_code, got_message = refusal(data)
    assert got_code == code
    assert got_message.startswith(message)
    assert "UTF-8" in got_message


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_utf8_cut_inside_a_character_is_never_taken_for_something_else(seed: str) -> None:
    data = SEEDS[seed].encode()
    for end in range(200, 2000, 97):
        whole = data[:end].decode(errors="ignore")
        if len(whole.encode()) == end:
            assert decode(data[:end]).text == whole
        else:
            assert refusal(data[:end])[0] == "bad_encoding"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("圳甪".encode("gb18030"), {"gb18030": "圳甪", "cp950": "詀宸"}),
        ("同志们".encode(), {"utf-8": "同志们"}),
        (b"\xff\xfe\x00", {}),
        ("在会议上的讲话，同志们好。".encode("gb18030") + b"\xff", {}),
    ],
)
def test_a_person_is_offered_only_readings_that_look_like_text(data: bytes, expected: dict[str, str]) -> None:
    assert {each.encoding: each.text for each in readings(data)} == expected


@pytest.mark.parametrize(("name", "called"), [("big5", "Big5"), ("cp950", "Big5"), ("GBK", "GBK")])
def test_an_encoding_that_does_not_fit_is_called_what_people_call_it(name: str, called: str) -> None:
    _code, message = refusal("同志们：我们要努力干。".encode() + b"\xff", name)
    assert message.startswith(f"按 {called} 读不通：第 1 行")
