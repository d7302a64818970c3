"""Saved web pages: the speech and nothing of the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.parsing import parse
from archive.readers import Document, Unreadable, read
from archive.readers.web.furniture import is_noise, is_source, is_tail
from tests.readers.sites import DAY, SITES, SPEECH, TITLE, labelled, paragraphs, party_site

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def kinds(document: Document) -> list[str]:
    return [note.kind for note in document.notes]


def lines(page: str | bytes, name: str = "a.html") -> list[str]:
    return read(page.encode() if isinstance(page, str) else page, name).text.split("\n")


def outcome(data: bytes) -> str:
    """A sentence, whatever becomes of the page."""
    try:
        return f"{len(read(data, 'a.html').text)} 字。"
    except Unreadable as refusal:
        return refusal.message


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.__name__)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_a_transcript_on_a_site_is_the_transcript(path: Path, site: Callable[..., str], charset: str) -> None:
    kept = [line for line in read(path.read_bytes(), "a.txt").text.split("\n") if line]
    title = kept[0] if path.name[:3] != "004" else "在局机关党建工作领导小组会议上的讲话"
    rest = kept[1:] if title == kept[0] else kept
    document = read(labelled(site(title, rest), charset), "a.html")
    assert document.text.split("\n") == [title, DAY, *rest]
    assert document.encoding == ("utf-8" if charset == "utf-8" else "gb18030")
    outline, meant = parse(document.text, name="a"), parse("\n".join([title, *rest]), name="a")
    assert [s.heading for s in outline.sections] == [s.heading for s in meant.sections]
    assert (outline.title, outline.closing, outline.date) == (meant.title, meant.closing, "2022-11-20")


def test_a_day_of_publication_is_told() -> None:
    document = read(party_site(TITLE, SPEECH).encode(), "a.html")
    assert document.text.split("\n") == [TITLE, DAY, *SPEECH]
    assert [(note.line, note.kind) for note in document.notes] == [(2, "date_from_page")]
    assert "未必是讲话的日期" in document.notes[0].message


@pytest.mark.parametrize("byline", ["（2021年7月1日）", "二〇二一年七月一日", "2021-07-01"])
def test_the_day_of_the_speech_goes_before_that_of_the_page(byline: str) -> None:
    document = read(party_site(TITLE, [byline, *SPEECH]).encode(), "a.html")
    assert document.text.split("\n") == [TITLE, byline, *SPEECH]
    assert document.notes == ()


BODIES = {
    "line breaks": ("<div>" + "<br>".join(SPEECH) + "</div>", SPEECH),
    "doubled line breaks": (
        "<div>" + "<br/><br/>\n".join(f"　　{line}" for line in SPEECH) + "</div>",
        SPEECH,
    ),
    "indents of hard blanks": ("".join(f"<p>&nbsp;&emsp;{line}&nbsp;</p>" for line in SPEECH), SPEECH),
    "unclosed paragraphs": ("<p>".join(SPEECH), SPEECH),
    "typed text": ("<pre>" + "\n".join(SPEECH) + "</pre>", SPEECH),
    "a table": (
        "<table><tr><td>任务</td><td>单位</td></tr><tr><td>抓学习，促落实。</td><td>机关党委</td></tr></table>",
        ["任务", "单位", "抓学习，促落实。", "机关党委"],
    ),
    "an ordered list": (
        "<p>要做好三件事：</p><ol start=2><li>抓学习。</li><li><p>抓落实。</p></li><li>一是再抓。</li></ol>",
        ["要做好三件事：", "2. 抓学习。", "3. 抓落实。", "一是再抓。"],
    ),
    "a plain list": ("<p>要做好：</p><ul><li>抓学习。</li></ul>", ["要做好：", "抓学习。"]),
    "links within sentences": (
        '<p>要学习<a href="/x">党的二十大报告</a>，抓好落实。</p>',
        ["要学习党的二十大报告，抓好落实。"],
    ),
    "anchors": ('<p><a name="1">一、提高站位</a></p><p>要抓好落实。</p>', ["一、提高站位", "要抓好落实。"]),
    "scripts and comments": (
        "<p>要抓<script>x='，。'</script>好<!-- 不 -->落实。</p><style>。</style>",
        ["要抓好落实。"],
    ),
    "readings": ("<p>要<ruby>抓<rt>zhuā</rt></ruby>好落实。</p>", ["要抓好落实。"]),
    "wrapped source": ("<p>要抓\n   好落\n实，make it\nso。</p>", ["要抓好落实，make it so。"]),
    "typed blanks": ("<p>省长  王某某</p><p>同志们：</p>", ["省长 王某某", "同志们："]),
    "entities": ("<p>A&amp;B：&ldquo;好&rdquo;&#12290;</p>", ["A&B：“好”。"]),
    "markup that is text": (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;，好。</p>",
        ["<script>alert(1)</script>，好。"],
    ),
    "a form around everything": (
        "<form><p>要抓好落实。</p><input value='搜索，查找'></form>",
        ["要抓好落实。"],
    ),
    "a closing without stops": (f"<div>{paragraphs(SPEECH)}<p>谢谢大家</p></div>", [*SPEECH, "谢谢大家"]),
}


@pytest.mark.parametrize("name", BODIES)
def test_body(name: str) -> None:
    body, wanted = BODIES[name]
    assert lines(page(body)) == wanted


TITLES = {
    "a long one with stops": (
        "<title>凝心聚力，再出发：在全市机关党的建设工作会议暨全面从严治党工作会议上的讲话</title>",
        "<h1>凝心聚力，再出发：在全市机关党的建设工作会议暨全面从严治党工作会议上的讲话</h1>"
        "<p>来源：某某网　浏览次数：33</p><p>【打印】</p>",
        "凝心聚力，再出发：在全市机关党的建设工作会议暨全面从严治党工作会议上的讲话",
    ),
    "of the window": (f"<title>{TITLE}</title>", "", TITLE),
    "with channel and site": (f"<title>{TITLE}-要闻-某某政府网</title>", f"<div>{TITLE}</div>", TITLE),
    "over two lines": (f"<title>{TITLE}_某某网</title>", f"<p>{TITLE[:6]}<br>{TITLE[6:]}</p>", TITLE),
    "in a heading, the window has the site's": (
        "<title>某某省人民政府网站</title>",
        f"<h1>{TITLE}</h1>",
        TITLE,
    ),
    "that of the page, not of a link": (
        f"<title>{TITLE}</title>",
        f'<h1><a href="/">某某网</a></h1><p><a href="/1">{TITLE}</a></p><h2>{TITLE}</h2>',
        TITLE,
    ),
}


@pytest.mark.parametrize("name", TITLES)
def test_title(name: str) -> None:
    head, before, wanted = TITLES[name]
    assert lines(page(f"{before}<div>{paragraphs(SPEECH)}</div>", head)) == [wanted, *SPEECH]


def test_a_page_without_a_title_gets_none() -> None:
    assert lines(page(paragraphs(SPEECH))) == SPEECH


def test_subtitle_and_speaker_before_the_text_stay() -> None:
    body = (
        f"<h1>{TITLE}</h1><h2>——在全市大会上</h2><p>市委书记　王某某</p><div id=zw>{paragraphs(SPEECH)}</div>"
    )
    assert lines(page(body)) == [TITLE, "——在全市大会上", "市委书记　王某某", *SPEECH]


def test_links_and_comments_around_the_text_go_and_those_within_are_told() -> None:
    speech = [line * 5 for line in SPEECH]
    within = (
        paragraphs(speech[:3]) + '<p><a href="/a">点击查看：相关文件全文</a></p>' + paragraphs(speech[3:])
    )
    comments = "<div class=comment><p>网友甲：说得好，学习了！</p><p>网友乙：同意，要抓好落实。</p></div>"
    document = read(page(f"<div>{within}</div>{comments}").encode(), "a.html")
    assert document.text.split("\n") == speech
    assert kinds(document) == ["furniture_removed"]
    assert "1 行" in document.notes[0].message


def test_what_sites_say_too_stays_amid_the_text() -> None:
    speech = [line * 5 for line in SPEECH]
    said = [*speech[:3], "能够分享到每一个人", "延伸阅读", "打印", *speech[3:], *speech]
    document = read(page(f"<div>{paragraphs(said)}</div>").encode(), "a.html")
    assert document.text.split("\n") == said
    assert document.notes == ()


@pytest.mark.parametrize("name", ["relative", "page_1", "content-page", "hotel", "topic"])
def test_no_part_of_a_text_goes_for_a_name_that_only_looks_like_furniture(name: str) -> None:
    parts = "".join(f'<div class="{name}"><p>{line}</p></div>' for line in SPEECH * 2)
    assert lines(page(f"<div>{parts}</div>")) == SPEECH * 2


def test_a_text_without_stops_loses_nothing_either() -> None:
    said = ["大家好：", "能够分享到其他的县市", "分享", *["我们今天来谈教育的问题"] * 20, "谢谢大家！"]
    assert lines(page(f"<div>{paragraphs(said)}</div>")) == said


def test_one_page_of_several_is_told() -> None:
    assert kinds(read(page(paragraphs(SPEECH) + '<a href="2.html">下一页</a>').encode(), "a.html")) == [
        "one_page_of_several"
    ]


NO_FURNITURE = [
    "同志们：",
    "要打印好材料，关闭好门窗。",
    "一、提高政治站位",
    "来源于人民，服务于人民。",
    "分享到每一个人的，是发展的成果，是改革的红利，是我们共同奋斗得来的美好生活。",
    "大家要相关新闻单位配合。",
    "编辑出版工作要加强：一是抓导向。",
    "位置很重要。",
    "2022年11月20日",
    "时间：2022年11月20日",
    "谢谢大家！",
    "大小中央企业",
]


@pytest.mark.parametrize("line", NO_FURNITURE)
def test_what_a_speaker_says_is_no_furniture(line: str) -> None:
    assert not any(says(line) for says in (is_noise, is_source, is_tail))


FURNITURE = [
    "【字号：大 中 小】 【打印】 【关闭】",
    "您当前所在位置：首页 > 党建 > 正文",
    "首页 >> 要闻",
    "分享到：",
    "扫一扫在手机打开当前页",
    "（责任编辑：李四）",
    "【纠错】责任编辑：尹某某",
    "浏览次数：128",
    "上一篇：没有了",
    "版权所有 Copyright © 2022 京ICP备05000000号",
    "主办单位：某某市委",
    "2022-11-20 10:15 来源：某某网",
    "发布时间：2022年11月20日",
    "相关阅读",
    "【相关链接】",
    "热点排行",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_what_a_site_says_is_furniture(line: str) -> None:
    assert is_noise(line) or is_source(line) or is_tail(line)


@pytest.mark.parametrize("bait", ["返回顶部A+" * 50, "大中小" * 90 + "x", "A+" * 140 + "。", "首页" * 140])
def test_furniture_is_looked_for_in_one_pass(bait: str) -> None:
    assert not is_noise(bait + "同")


@pytest.mark.parametrize(
    ("data", "name", "code", "cure"),
    [
        (
            b"<html><frameset><frame src=a><frame src=b></frameset></html>",
            "a.html",
            "no_text",
            "请打开正文所在的那一页",
        ),
        (page('<iframe src="a.html"></iframe>').encode(), "a.html", "no_text", "请打开正文所在的那一页"),
        (page("<div id=app></div><script>x</script>").encode(), "a.html", "no_text", "复制到 .txt"),
        (page("<a href=1>要闻，党建</a>").encode(), "a.html", "no_text", "复制到 .txt"),
        (page("<p>要闻</p><p>党建</p>").encode(), "a.html", "no_text", "复制到 .txt"),
        ("讲话\n同志们：\n抓落实。".encode(), "a.html", "type_mismatch", "把扩展名改成 .txt"),
        (page("<div>" * 5000 + "要抓好落实。").encode(), "a.html", "too_large", "复制到 .txt"),
        (page("<b>" * 500_000).encode(), "a.html", "too_large", "复制到 .txt"),
        (page("<p>要抓好落实。").encode(), "a.txt", "type_mismatch", "请上传纯文本"),
        (
            b"<html>" + "要抓好落实。".encode() + b"\xff\xfe\xff" * 99,
            "a.html",
            "bad_encoding",
            "请另存为 UTF-8",
        ),
    ],
)
def test_refusal(data: bytes, name: str, code: str, cure: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert caught.value.code == code
    assert cure in caught.value.message


@settings(max_examples=150, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.text("<>/=\"'& aptdb\0，。同\ud7ff", max_size=8)), max_size=8)
)
def test_a_damaged_page_is_read_or_refused(cuts: list[tuple[float, str]]) -> None:
    text = party_site(TITLE, SPEECH)
    for where, put in cuts:
        place = 12 + int(where * (len(text) - 12))
        text = text[:place] + put + text[place + len(put) :]
    assert outcome(text.encode()).endswith("。")


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["要抓好落实。", "一、提高站位", "谢谢大家！", "二十大，精神"]),
        min_size=1,
        max_size=12,
    )
)
def test_nothing_of_a_bare_page_is_lost(words: list[str]) -> None:
    if any("，" in word or "。" in word or "！" in word or "、" in word for word in words):
        assert lines(page("".join(f"<p>{word}</p>" for word in words))) == words
