"""Pages of made-up sites for the tests, with what Chinese sites put around a text."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Callable, Sequence

SPEECH = [
    "同志们：",
    "今天我们召开会议，主要任务是学习贯彻党的二十大精神。",
    "一、提高政治站位",
    "要加强学习，抓好落实。",
    "谢谢大家！",
]
TITLE = "在机关党建工作会议上的讲话"
DAY = "2022年11月20日"

MENU = (
    '<div class="top"><a href="/">首页</a><a href="/yw">要闻</a><a href="/dj">党建</a><a href="/ll">理论学习</a>'
    '<a href="/zl">专栏，专题</a></div><div class="login"><a href="/l">登录</a> | <a href="/r">注册</a></div>'
)
CRUMBS = '<div class="path">您当前所在位置：<a href="/">首页</a> &gt; <a href="/dj">党建</a> &gt; 正文</div>'
SHARE = (
    '<div class="bdsharebuttonbox"><a href="#">分享到：</a><a href="#" title="微信"></a><a href="#">QQ空间</a>'
    '<a href="#">新浪微博</a></div>'
)
BUTTONS = '<div>【字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 【打印】 【关闭】</div>'
RELATED = (
    '<div class="box"><h3>相关新闻</h3><ul><li><a href="/1">全市党建工作推进会召开，部署下一步</a></li>'
    '<li><a href="/2">某某到基层调研，强调要抓好落实</a></li></ul></div>'
)
RANKING = (
    '<div class="right"><h3>热点排行</h3><ol><li><a href="/3">一图读懂：今年的重点工作</a></li></ol></div>'
)
FOOT = (
    '<div class="bottom"><p>主办单位：某某市委组织部　承办单位：某某市党员教育中心</p>'
    "<p>版权所有 Copyright © 2022　京ICP备05000000号　公安备案号110000</p></div>"
)
SCRIPTS = '<script>var title="不是正文，也不是标题。";</script><style>p{margin:0}</style>'


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>　　{line}</p>\n" for line in lines)


def breaks(lines: Sequence[str]) -> str:
    return "<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in lines)


def party_site(title: str, lines: Sequence[str]) -> str:
    """Menus, a share box, a source line; Chinese offices' meta names."""
    head = f'<title>{title}_党建频道_某某网</title><meta name="ArticleTitle" content="{title}">'
    head += '<meta name="PubDate" content="2022-11-20 10:15:00">' + SCRIPTS
    source = "<div class=info>2022-11-20 10:15　来源：某某日报　作者：张三　浏览次数：128</div>"
    body = f"{MENU}{CRUMBS}<h1>{title}</h1>{source}{BUTTONS}{SHARE}<div class=con><div class=TRS_Editor>"
    body += f"{paragraphs(lines)}</div><p>（责任编辑：李四）</p></div>"
    return f"<html><head>{head}</head><body>{body}{SHARE}{RELATED}{RANKING}{FOOT}</body></html>"


def news_site(title: str, lines: Sequence[str]) -> str:
    """A site that ends its page twice, with the title in a box and the text in spans."""
    body = "".join(f'<p><span style="font-size: 18px;">　　{line}</span></p>' for line in lines)
    return (
        f"<!DOCTYPE html><html><head><title>{title}--时政--某某网</title>{SCRIPTS}</head><body>{MENU}</body>"
        f'</html><div class="w1000"><div class="title"><b>{title}</b></div>'
        "<div>发布时间：2022年11月20日08:30 | 来源：某某网</div>"
        f'<div class="text_con">{body}<div class="edit">(责编：王五、赵六)</div></div>{RELATED}</div>'
        f"{FOOT}</body></html>"
    )


def old_site(title: str, lines: Sequence[str]) -> str:
    """Tables within tables, line breaks for paragraphs, no class anywhere."""
    return (
        f"<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY><TABLE><TR><TD>{MENU}</TD></TR></TABLE><TABLE><TR>"
        f"<TD>{RANKING}</TD><TD><TABLE><TR><TD align=center><FONT size=5><B>{title}</B></FONT></TD></TR>"
        f"<TR><TD>发布日期：2022-11-20　点击：2168次</TD></TR><TR><TD>{breaks(lines)}<BR><BR></TD></TR>"
        "<TR><TD>上一篇：<A href=/4>没有了</A><BR>下一篇：<A href=/5>另一篇讲话，在另一个会上</A></TD></TR>"
        f"</TABLE></TD></TR></TABLE>{FOOT}</BODY></HTML>"
    )


def phone_site(title: str, lines: Sequence[str]) -> str:
    """As a messenger sends it: hidden until a script runs, sections for paragraphs, the day only in the head."""
    body = "".join(f"<section><section><p><span>{line}</span></p></section></section>" for line in lines)
    return (
        f'<!DOCTYPE html><html><head><meta property="og:title" content="{title}">'
        '<meta property="article:published_time" content="2022-11-20T08:00:00+08:00"></head><body>'
        f'<div id="page"><h2 class="rich_media_title">{title}</h2>'
        f'<div id="js_content" style="visibility: hidden; opacity: 0; ">{body}</div></div>'
        "<div hidden>微信扫一扫关注该公众号，继续阅读，精彩不断。</div>"
        '<div style="display: none">预览时标签不可点，请稍候。</div>'
        "</body></html>"
    )


def _wrapped(line: str) -> str:
    return re.sub("(.{40,}?[一-鿿])(?=[一-鿿])", r"\1\n  ", line)


def plain_page(title: str, lines: Sequence[str]) -> str:
    """What a word processor writes; line ends of the source in the middle of sentences."""
    body = "".join(
        f"<p class=MsoNormal style='text-indent:32.0pt'><span lang=ZH-CN>{_wrapped(line)}</span></p>"
        for line in lines
    )
    return (
        f"<html><head><title>{title}</title></head><body lang=ZH-CN><div class=Section1>"
        f"<p class=MsoNormal align=center><b>{title}</b><o:p></o:p></p>"
        f"<p align=center>2022年11月20日</p>{body}</div></body></html>"
    )


SITES: tuple[Callable[[str, Sequence[str]], str], ...] = (
    party_site,
    news_site,
    old_site,
    phone_site,
    plain_page,
)


def labelled(page: str, charset: str) -> bytes:
    """The page in GB18030 or UTF-8, with a label as sites write it."""
    label = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    at = page.lower().index("<head>") + len("<head>")
    codec = "gb18030" if charset.lower().startswith("gb") else charset
    return (page[:at] + label + page[at:]).encode(codec)


def mhtml(html: bytes, charset: str = "", coding: str = "quoted-printable") -> bytes:
    body = quopri.encodestring(html) if coding == "quoted-printable" else base64.encodebytes(html)
    kind = b"text/html" + (f'; charset="{charset}"'.encode() if charset else b"")
    return (
        b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n------B\r\nContent-Type: %s\r\n'
        b"Content-Transfer-Encoding: %s\r\nContent-Location: http://x/\r\n\r\n%s\r\n------B\r\n"
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------B--\r\n"
        % (kind, coding.encode(), body)
    )
