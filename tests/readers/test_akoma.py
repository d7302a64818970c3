"""Akoma Ntoso: what was said, in document order, with its numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.parsing import parse
from archive.readers import Unreadable, read

SPACE = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
META = '<meta><identification source="#x"><FRBRWork><FRBRthis value="/x"/></FRBRWork></identification></meta>'
DEBATE = f"""<akomaNtoso {SPACE}><debate name="speech">{META}
<preface><p><docTitle>在机关党建工作会议上的讲话</docTitle></p>
<p>（<docDate date="2022-11-20">2022年11月20日</docDate>）</p></preface>
<debateBody><debateSection name="body">
  <speech by="#w"><from>市委书记 <person refersTo="#w">王某某</person></from>
    <p>同志们：<authorialNote marker="1"><p>编者注。</p></authorialNote></p>
  </speech>
  <debateSection name="s1"><num>一、</num><heading>提高政治站位</heading>
    <speech by="#w"><p>要加强<b>学习</b>，<del>不</del>抓好<i>落
      实</i>。<remark>（掌声）</remark></p>
      <blockList eId="l"><listIntroduction>要做到：</listIntroduction>
        <item><num>（一）</num><p>提高认识。</p></item><item><num>2.</num><p>GDP增长。<eol/>抓实。</p></item></blockList></speech>
  </debateSection>
  <table><tr><td><p>任务</p></td><td><p>单位</p></td></tr></table>
</debateSection></debateBody><conclusions><p>谢谢大家！</p></conclusions></debate></akomaNtoso>"""
LINES = [
    "在机关党建工作会议上的讲话",
    "（2022年11月20日）",
    "市委书记 王某某",
    "同志们：",
    "一、提高政治站位",
    "要加强学习，抓好落实。（掌声）",
    "要做到：",
    "（一）提高认识。",
    "2. GDP增长。",
    "抓实。",
    "任务",
    "单位",
    "谢谢大家！",
]


@pytest.mark.parametrize(
    "data",
    [
        DEBATE.encode(),
        ('<?xml version="1.0" encoding="UTF-8"?>\n' + DEBATE).encode(),
        ("\ufeff" + '<?xml version="1.0"?>' + DEBATE).encode(),
        ('<?xml version="1.0" encoding="GB2312"?>' + DEBATE).encode("gb18030"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + DEBATE).encode("utf-16"),
        DEBATE.replace(SPACE, "").encode(),
        DEBATE.replace("<", "<a:").replace("<a:/", "</a:").replace("xmlns=", "xmlns:a=").encode(),
    ],
    ids=["bare", "declared", "marked", "GB2312", "UTF-16", "no namespace", "prefixed"],
)
def test_a_debate_is_read_in_order(data: bytes) -> None:
    document = read(data, "a.xml")
    assert document.text.split("\n") == LINES
    assert document.notes == ()


def test_the_outline_is_that_of_the_speech() -> None:
    outline = parse(read(DEBATE.encode(), "a.xml").text, name="a")
    assert outline.title == "在机关党建工作会议上的讲话"
    assert outline.date == "2022-11-20"
    assert "提高政治站位" in [section.heading for section in outline.sections]


def test_a_number_alone_is_not_lost() -> None:
    xml = f"<akomaNtoso {SPACE}><doc><mainBody><p>甲</p><section><num>一、</num></section>"
    xml += "</mainBody></doc></akomaNtoso>"
    assert read(xml.encode(), "a.xml").text == "甲\n一、"


@pytest.mark.parametrize(
    ("text", "code", "cure"),
    [
        ('<?xml version="1.0"?><note><to>甲</to></note>', "unsupported_type", "请用原来的软件另存"),
        ("只是文字。", "corrupt_document", "请用原来的软件另存"),
        (DEBATE[:-20], "corrupt_document", "请用原来的软件另存"),
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + DEBATE,
            "unsafe_xml",
            "文档含有 DTD/外部实体。",
        ),
        (f"<akomaNtoso {SPACE}>{META}</akomaNtoso>", "empty_file", "没有文字"),
        (f"<akomaNtoso {SPACE}>{'<a>' * 400}{'</a>' * 400}</akomaNtoso>", "unsafe_xml", "另存为纯文本"),
    ],
)
def test_refusal(text: str, code: str, cure: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text.encode(), "a.xml")
    assert caught.value.code == code
    assert cure in caught.value.message


def outcome(data: bytes) -> str:
    """A sentence, whatever becomes of the file."""
    try:
        return f"{len(read(data, 'a.xml').text)} 字。"
    except Unreadable as refusal:
        return refusal.message


@settings(max_examples=100, deadline=None)
@given(cuts=st.lists(st.tuples(st.floats(0, 1), st.text("<>/=\"'& apnum\0，。", max_size=8)), max_size=4))
def test_a_damaged_file_is_read_or_refused(cuts: list[tuple[float, str]]) -> None:
    text = DEBATE
    for where, put in cuts:
        place = int(where * len(text))
        text = text[:place] + put + text[place + len(put) :]
    assert outcome(text.encode()).endswith("。")
