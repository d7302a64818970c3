"""The parameters of the twins, told from the forms that read them: limits and choices stand there, once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.forms import NumberField, PartialDateField, SeveralForm
from archive.forms.fields import ManyTexts, ManyYears
from archive.forms.several import ManyNumbers
from archive.views.described import Operation
from archive.views.shapes import KEY, YEAR, Schema, some

PRINTED = "^[^\\u0000]*$"  # every text but one with NUL
PARTIAL_DATE = r"^([0-9]{4}([-/.][0-9]{1,2}([-/.][0-9]{1,2})?)?)?$"

PLACED: dict[str, tuple[str | Promise, Schema]] = {
    "id": (_("编号，即网页地址里的数字。"), KEY),
    "year": (_("四位数的年份。"), {"type": "string", "pattern": "^[0-9]{4}$"}),
}
MEANINGS: dict[str, str | Promise] = {
    "q": _("要找的内容，语法与搜索页相同。"),
    "speaker": _("讲话人的姓名，可以重复，任一相符即可；空值表示未注明。"),
    "year": _("四位数的年份，可以重复；空值表示日期不详。"),
    "kind": _("类型，可以重复；空值表示未分类。"),
    "event": _("场合，可以重复；空值表示未注明。"),
    "from": _("起始日期，含当日：2022-11-20、2022-11 或 2022。"),
    "to": _("截止日期，含当日，写法同上。"),
    "sort": _("排序，第一种是默认的。"),
    "page": _("页码，从 1 开始；超过末页答 404。"),
    "p": _("只看这一段：段落编号。"),
    "at": _("字词可在任何位置（within），或只在开头（start）。"),
    "text": _("要核对的引文。"),
    "a": _("第一篇的编号。"),
    "b": _("第二篇的编号。"),
    "s": _("三篇以上时，每篇的编号，重复给出；此时不用 a 和 b。"),
    "base": _("多篇对比时作基准的一篇；不写则是第一篇。"),
    "min": _("相同段落的最短字数。"),
    "near": _("是否找近似的段落。"),
    "formulas": _("常用语：淡出（dim）、不列（hide）、照列（show）。"),
    "trends-json.q": _("要比较的词，可以重复，最多六个。"),
    "words-json.start": _("起点：锚点、点、其后的字数，如 p7.12。"),
    "words-json.end": _("终点，写法同上，不含。"),
    "words-json.text": _("讲话里的原话，代替起止位置。"),
    "depth": _("按章、节或要点比较；不写则自动选取。"),
}


def in_query(operation: Operation) -> list[dict[str, Any]]:
    """What an operation takes as Parameter Objects (OpenAPI 3.1), in its order."""
    fields: dict[str, forms.Field] = {}
    for form in reversed(operation.forms):
        fields.update({name: field for name, field in form({}).fields.items() if field is not None})
    return [
        {
            "name": name,
            "in": "query",
            "description": str(MEANINGS.get(f"{operation.name}.{name}") or MEANINGS[name]),
            "required": name in operation.needs,
            "schema": schema_of(fields[name]),
        }
        for name in operation.takes
    ]


def in_path(name: str) -> dict[str, Any]:
    """A part of an address."""
    meaning, schema = PLACED[name]
    return {"name": name, "in": "path", "description": str(meaning), "required": True, "schema": schema}


def schema_of(field: forms.Field) -> Schema:
    """What a field takes."""
    match field:
        case ManyNumbers():
            return {**some(KEY), "maxItems": SeveralForm.MOST}
        case ManyTexts():
            text = {"type": "string", "maxLength": ManyTexts.LONGEST, "pattern": PRINTED}
            return {**some(YEAR if isinstance(field, ManyYears) else text), "maxItems": ManyTexts.MOST}
        case NumberField():
            bounds = {"minimum": field.min_value, "maximum": field.max_value}
            return {"type": "integer", **{name: n for name, n in bounds.items() if n is not None}}
    return {"type": "string", **_text(field)}


def _text(field: forms.Field) -> Schema:
    match field:
        case PartialDateField():
            return {"pattern": PARTIAL_DATE}
        case forms.ChoiceField():
            values = [str(value) for value, _label in field.choices]  # type: ignore[misc, union-attr]
            return {"enum": values, "default": values[0]}
        case forms.RegexField():
            return {"pattern": f"^({field.regex.pattern[2:-2]})?$"}
        case forms.CharField():
            return {"maxLength": field.max_length, "pattern": PRINTED}
    raise TypeError(f"{field!r} has no schema")
