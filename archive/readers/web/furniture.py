"""What stands around the text on pages of Chinese sites: the words that give it away.

Each pattern matches a whole line, so that a sentence of a speech which only begins like one is safe.
"""

from __future__ import annotations

import re

LONG = 300
"""Characters; longer lines are text."""

_BUTTON = (
    r"(?:打印本页|关闭窗口|关闭本页|加入收藏|添加收藏|设为首页|手机阅读|扫码阅读|语音播报|返回顶部|无障碍阅读|复制链接|复制网址|QQ空间|朋友圈"
    r"|打印|关闭|收藏|分享|转发|微信|微博|纠错|举报|点赞|评论|返回|顶部|字号|字体|默认|正常|关注|放大|缩小|特大|超大|我要|图集"
    r"|播报|朗读|听全文|繁体|简体|English|更多|详细|首页|登录|注册|搜索|大|中|小|\+1|A\+|A-|A|T)"
)
_BARS = r"[\s|｜/【】\[\]（）()：:·>»→、+\-]*+"

NOISE = re.compile(
    rf"""(?x)
    {_BARS}(?:(?>{_BUTTON}){_BARS})++
    | (?:您|你)?(?:现在|当前|目前|所在)?的?(?:所在)?位置\s*[:：>].*
    | 首页\s*[>»＞].*
    | .{{0,12}}分享(?:到|至)\S{{0,30}}
    | (?:微信)?扫(?:一扫|码|描).{{0,40}}
    | .{{0,20}}(?:二维码|客户端下载|下载APP).{{0,20}}
    | {_BARS}(?:(?>{_BUTTON}){_BARS})*+[（(【\[]?\s*
      (?:责任?编辑?|责编|编辑|审核|校对|初审|复审|终审|监制|录入|网站编辑|值班编辑|统筹|排版)\s*[:：].{{0,60}}
    | (?:本文)?(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]?\s*[\d,]*\s*次?
    | (?:上|下)一(?:篇|条|页)\s*[:：]?.{{0,80}}
    | .{{0,60}}(?:版权所有|ICP备|ICP证|公网安备|网站标识码|All\ Rights\ Reserved|Copyright).*
    | (?:主办|承办|技术支持|运维)(?:单位)?\s*[:：].{{0,120}}
    | .{{0,10}}网友?评论.{{0,20}}
    | (?:打印|收藏)\s*(?:本页|此页|该页).{{0,20}}
    | 附件下载.{{0,5}}
    | 来源网址.*
    | 原文链接.*
    | (?:免责|版权)声明\s*[:：].*
    """,
    re.I,
)
"""A line of a page that no transcript has."""
SOURCE = re.compile(
    r".{0,60}(?:来源|稿源|发布时间|发布日期|发稿时间|更新时间|发文日期|成文日期)\s*[:：].{0,100}"
    r"|.{0,20}\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?\s*\d{1,2}[:：时]\d{2}.{0,60}"
)
"""Where and when the site published it; of use for the date, no part of what was said."""
TAIL = re.compile(
    r"[【\[（(■●>»]*\s*(?:相关(?:阅读|新闻|链接|报道|推荐|文章|文件|稿件|专题|内容|信息|附件)|延伸阅读|推荐阅读|热点推荐|热门(?:推荐|文章|新闻)|精彩推荐"
    r"|猜你喜欢|大家都在看|为您推荐|更多(?:新闻|精彩|内容)|最新(?:新闻|文章|动态)|热点(?:新闻|排行)|(?:新闻|点击|阅读|本周|24小时)排行|排行榜|网友评论|我要评论"
    r"|发表评论|最新评论|友情链接|分享(?:到|至)|版权声明|特别声明|免责声明)\s*[】\]）)]*\s*[:：>»]*(?:更多.{0,3})?"
)
"""A heading after which only the site speaks."""
NAMED = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|footer|foot|sidebar|aside|breadcrumb|crumbs?|share|bdshare\w*|recommend\w*|related\w*|relevant\w*|hot|hotnews|hotlist|rank\w*|comment\w*|reply"
    r"|pinglun|copyright|toolbar|advert\w*|ads?|banner|login|search\w*|qrcode|erweima|pagination|pager|xgxw|xgyd|dibu|daohang)(?:$|[-_\s\d])",
    re.I,
)
"""Class or id of an element that holds furniture."""


def is_noise(line: str) -> bool:
    """Whether the whole line is furniture."""
    return len(line) < LONG and NOISE.fullmatch(line.strip()) is not None


def is_source(line: str) -> bool:
    """Whether the line says where and when the page was published."""
    return len(line) < LONG and SOURCE.fullmatch(line.strip()) is not None


def is_tail(line: str) -> bool:
    """Whether only the site speaks from this line on."""
    return len(line) < 30 and TAIL.fullmatch(line.strip()) is not None
