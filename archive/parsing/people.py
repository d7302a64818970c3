"""Names and offices: who speaks, where a byline or a title says so plainly.

The surnames are the commonest of the 2020 census (Ministry of Public Security, 2021) and the compound
ones still in use, in both scripts. What is not on the list is left to the editor rather than guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶"
    "程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛"
    "郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申殷詹欧耿关"
    "兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房"
    "滕屈饶解牟艾尤时穆习張劉陳楊黃趙吳孫馬羅鄭許鄧韓馮蕭蔣葉蘇呂盧鍾譚陸韋賈鄒龍賀顧龔萬錢"
    "嚴湯溫齊喬龐顏莊聶魯嶽歐關蘭寧紀畢單塗華柯賴丘簡卓"
)
_COMPOUND = "欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|司徒|慕容|皇甫|尉迟|尉遲|令狐|端木|夏侯|公孙|公孫"
_OFFICES = (
    "总书记|書記|书记|市长|省长|区长|县长|镇长|乡长|州长|旗长|"
    "部长|厅长|局长|处长|科长|主任|主席|总理|院长|校长|会长|"
    "理事长|董事长|总经理|经理|秘书长|委员长|司令员|司令|政委|"
    "检察长|行长|社长|馆长|所长|站长|署长|总干事|大使|组长|队长|"
    "总统|首相|总裁|教授|院士|主编|發言人|发言人|行政长官|市長|"
    "省長|縣長|部長|局長|院長|校長|會長|董事長|總統|總裁|秘書長|"
    "署長|行政長官|常委|党组成员|负责人|干事"
)
_NAME = (
    rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
    rf"|[{_SURNAMES}]?[某×Ｘ]{{1,3}}|[{_SURNAMES}]?[Xx*]{{2,3}})"
)
_FULL_NAME = re.compile(_NAME)
_OFFICE_THEN_NAME = re.compile(rf"(?P<role>[^\s，。：:]{{0,40}}?(?:{_OFFICES}))[ 　]*(?P<name>{_NAME})?")
_NAME_THEN_OFFICE = re.compile(
    rf"(?P<name>{_NAME})(?P<role>总书记|國家主席|国家主席|主席|总理|總理|总统|總統|委员长|院士|教授|同志|先生|女士)"
)
_FORM_OF_ADDRESS = frozenset({"同志", "先生", "女士"})
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff×某])[ 　]+(?=[\u4e00-\u9fff×某](?:[ 　]|$))")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·•・][\u4e00-\u9fff]{1,8}){1,3}")
_WORDS = re.compile(
    "简报|簡報|方案|时间|时代|高峰|平安|安全|金融|文件|文稿|任务|施行|纪要|纪实|路线|温馨|严肃|成果|关于|谈话|常态|明天|白皮书"
)
"""Words that look like names because a surname begins them."""
_UNNAMED = re.compile(r"[某×ＸXx*]{2}|[某×Ｘ*]$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a byline gives them; unknown or struck-out parts are ""."""

    name: str = ""
    role: str = ""


def read_person(text: str, *, bare_name: bool = True) -> Person | None:
    """The person that the whole of ``text`` names (省长 王某某, 习　近　平, 市委书记), or None."""
    joined = _SPACED.sub("", text.strip())
    if _WORDS.fullmatch(joined):
        return None
    if bare_name and (_FULL_NAME.fullmatch(joined) or _FOREIGN.fullmatch(joined)):
        return Person(_known(joined))
    if match := _NAME_THEN_OFFICE.fullmatch(joined):
        return Person(_known(match["name"]), "" if match["role"] in _FORM_OF_ADDRESS else match["role"])
    match = _OFFICE_THEN_NAME.fullmatch(joined)
    if match and (match["name"] or len(match["role"]) >= 2):
        return Person(_known(match["name"] or ""), match["role"])
    last = re.split(r"[ 　]+", text.strip())
    if len(last) == 2 and _FULL_NAME.fullmatch(last[1]) and re.search(f"(?:{_OFFICES})$", last[0]):
        return Person(_known(last[1]), last[0])
    return None


def _known(name: str) -> str:
    """The name, or "" when it was struck out (×××, 王某某 keeps its 某某: that is how it was printed)."""
    return "" if _UNNAMED.match(name) else name
