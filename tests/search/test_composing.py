"""A form's fields -> a query's text, and what the query language makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import Wish, compose, named
from archive.search.query import parse


@pytest.mark.parametrize(
    ("wish", "query"),
    [
        (Wish(), ""),
        (Wish(every="  党建 工作 "), "党建 工作"),
        (Wish(every="党建 OR x"), "党建 OR x"),
        (Wish(every="-党建 OR", phrase="学习"), "-党建 “学习”"),
        (Wish(every="党建 或", phrase="学习"), "党建 “学习”"),
        (Wish(every="“党建", phrase="学习"), "党建 “学习”"),
        (Wish(every="(党建", none="x"), "党建 -x"),
        (Wish(every="党建", some="甲 “乙", speaker="张三"), "党建 (甲 OR 乙) 讲话人:张三"),
        (Wish(some="甲 或 乙 OR 丙"), "甲 OR 乙 OR 丙"),
        (Wish(title="“会 议", none="“甲 (乙"), "标题:会 标题:议 -甲 -乙"),
        (Wish(phrase="两个维护"), "“两个维护”"),
        (Wish(phrase=" “两个维护” "), "“两个维护”"),
        (Wish(phrase="坚持“两个维护”不动摇"), "「坚持“两个维护”不动摇」"),
        (Wish(phrase="“”"), ""),
        (Wish(some="甲 乙"), "甲 OR 乙"),
        (Wish(some="甲"), "甲"),
        (Wish(every="党建", some="甲 “乙 丙”"), "党建 (甲 OR “乙 丙”)"),
        (Wish(every="党建", none="甲 -乙 -"), "党建 -甲 -乙"),
        (Wish(title="座谈会 党建"), "标题:座谈会 标题:党建"),
        (Wish(speaker="张三"), "讲话人:张三"),
        (Wish(speaker="约翰 史密斯"), "讲话人:“约翰 史密斯”"),
        (
            Wish("党建", "两个维护", "甲 乙", "丙", "会", "张三"),
            "党建 “两个维护” (甲 OR 乙) 标题:会 讲话人:张三 -丙",
        ),
    ],
)
def test_each_field_becomes_its_part_of_the_query(wish: Wish, query: str) -> None:
    assert compose(wish) == query


def test_the_query_means_what_the_fields_asked_for() -> None:
    query = parse(compose(Wish("党建", "两个维护", "甲乙 丙丁", "经费", "座谈会", "张三")))
    assert [condition.text for condition in query.conditions] == [
        "“党建”",
        "“两个维护”",
        "“甲乙”或“丙丁”",
        "标题含“座谈会”",
        "讲话人含“张三”",
        "不含“经费”",
    ]
    assert query.repairs == ()


@given(st.text(alphabet='党建“”「」『』〝〞"(（:： -OR|*', max_size=12))
def test_a_phrase_and_a_name_stay_in_one_piece(text: str) -> None:
    phrase = compose(Wish(phrase=text))
    assert len(parse(phrase).terms) <= 1
    name = compose(Wish(speaker=text))
    assert len(parse(name).conditions) <= 1


def test_a_name_is_quoted_only_where_it_must_be() -> None:
    assert named("张三") == "张三"
    assert named("买买提·艾力") == "“买买提·艾力”"
