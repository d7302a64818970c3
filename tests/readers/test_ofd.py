"""OFD: the text of the page, wherever a program has put it."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers import Document, Unreadable, read
from tests.readers.printed import OFD_SPACE, Put, layer, ofd, set_lines, text_object, wrapped

BODY = "要坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻党的二十大精神，扎实推进机关党建各项工作取得新成效"
LINES = [
    "在机关党建工作会议上的讲话",
    "同志们：",
    f"{BODY}。",
    "一、提高政治站位",
    f"{BODY}。{BODY}。",
    "谢谢大家！",
]
RUNS = set_lines(wrapped(LINES))
GOOD = ofd([layer(RUNS)])
UNIT = (
    '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77" Width="298" Height="297">{}'
    "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
)
COMPOSITE = '<ofd:CompositeObject ID="5" Boundary="{} 298 297" ResourceID="{}"{}/>'


def objects(runs: list[Put]) -> str:
    return "".join(text_object(run, n) for n, run in enumerate(runs))


def resources(content: str) -> dict[str, str]:
    return {"Doc_0/DocumentRes.xml": f"<ofd:Res {OFD_SPACE}>{UNIT.format(content)}</ofd:Res>"}


def in_layer(content: str) -> str:
    return f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"


RES = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
HALF = objects([Put(run.x * 2, 842 - (842 - run.y) * 2, run.text, run.size * 2) for run in RUNS])
TEMPLATE = {"Doc_0/Tpls/T.xml": f"<ofd:Page {OFD_SPACE}>{layer(RUNS[:1])}</ofd:Page>"}

PLACES = {
    "in layers": GOOD,
    "in blocks within blocks": ofd(
        [in_layer(f"<ofd:PageBlock><ofd:PageBlock>{objects(RUNS)}</ofd:PageBlock></ofd:PageBlock>")]
    ),
    "without a layer": ofd([f"<ofd:Content>{objects(RUNS)}</ofd:Content>"]),
    "backwards": ofd([layer(RUNS[::-1])]),
    "in a composite unit": ofd(
        [in_layer(COMPOSITE.format("0 0", 77, ""))],
        extra=resources(f"<ofd:Content>{objects(RUNS)}</ofd:Content>"),
        common=RES,
    ),
    "in a unit of its own size": ofd(
        [in_layer(COMPOSITE.format("0 0", 77, ' CTM="0.5 0 0 0.5 0 148.5"'))],
        extra=resources(HALF),
        common=RES,
    ),
    "in a template": ofd(
        ['<ofd:Template TemplateID="9"/>' + layer(RUNS[1:])],
        extra=TEMPLATE,
        common='<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/>',
    ),
    "in another namespace": ofd([layer(RUNS)], space='xmlns:ofd="http://www.ofdspec.org"'),
    "in no namespace": ofd(
        [layer(RUNS).replace("ofd:", "")], space='xmlns:ofd="http://www.ofdspec.org/2016"'
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_text_is_found(place: str) -> None:
    document = read(PLACES[place], "a.ofd")
    assert document.text.split("\n") == LINES
    assert (document.encoding, document.notes) == ("ofd", ())


def page(content: str) -> list[str]:
    return read(ofd([in_layer(content)]), "a.ofd").text.split("\n")


def test_steps_may_be_written_short() -> None:
    code = '<ofd:TextCode X="0" Y="8" DeltaX="g 4 8">一二三四五</ofd:TextCode>'
    more = '<ofd:TextCode X="40" Y="8" DeltaX="8 20 8">六七 八</ofd:TextCode>'
    assert page(f'<ofd:TextObject ID="1" Boundary="20 20 200 10" Size="8">{code}{more}</ofd:TextObject>') == [
        "一二三四五六七 八"
    ]


def test_without_steps_letters_follow_one_another() -> None:
    code = '<ofd:TextCode X="0" Y="8">GDP增长3.5%</ofd:TextCode>'
    assert page(f'<ofd:TextObject ID="1" Boundary="20 20 200 10" Size="8">{code}</ofd:TextObject>') == [
        "GDP增长3.5%"
    ]


def test_hidden_and_leaning_text_is_left_out() -> None:
    hidden = text_object(Put(80, 300, "不显示"), more=' Visible="false"')
    leaning = text_object(Put(80, 200, "内部使用"), more=' CTM="0.7 0.7 -0.7 0.7 0 0"')
    document = read(ofd([in_layer(objects(RUNS) + hidden + leaning)]), "a.ofd")
    assert document.text.split("\n") == LINES
    assert [(note.kind, "4 个" in note.message) for note in document.notes] == [("turned_removed", True)]


def test_heads_and_numbers_go_and_paragraphs_go_on() -> None:
    flow = wrapped([f"{BODY}，{BODY}。", "二、另一段", f"{BODY}。"])
    parts = [flow[:2], flow[2:5], flow[5:]]
    pages = [layer([*set_lines(part), Put(280, 40, f"— {n} —", 12)]) for n, part in enumerate(parts, 1)]
    document = read(ofd(pages), "a.ofd")
    assert document.text.split("\n") == [f"{BODY}，{BODY}。", "二、另一段", f"{BODY}。"]
    assert [note.kind for note in document.notes] == ["furniture_removed"]


def test_paths_may_be_absolute_or_written_otherwise() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            content = content.replace('BaseLoc="Pages/Page_0', 'BaseLoc="/Doc_0/pages/.\\PAGE_0')
            new.writestr(name, content)
    assert read(packed.getvalue(), "a.ofd").text.split("\n") == LINES


PICTURE = in_layer('<ofd:ImageObject ID="3" Boundary="0 0 298 297" ResourceID="4"/>')


def test_a_page_that_is_a_picture_is_told() -> None:
    document = read(ofd([layer(RUNS), PICTURE]), "a.ofd")
    assert document.text.split("\n") == LINES
    assert [note.kind for note in document.notes] == ["pages_without_text"]


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LOOP = COMPOSITE.format("0 0", 77, "") * 2


@pytest.mark.parametrize(
    ("data", "code", "cure"),
    [
        (ofd([PICTURE]), "scanned_document", "请先用文字识别"),
        (ofd([]), "corrupt_document", "请重新导出"),
        (ofd([layer(RUNS)], extra={"Doc_0/Decryptseed.dat": ""}), "encrypted_document", "请去掉密码"),
        (ofd([layer(RUNS)], extra={"../x.xml": ""}), "unsafe_archive", "指向外面的路径"),
        (
            ofd([layer(RUNS)], common='<ofd:TemplatePage ID="9" BaseLoc="none.xml"/>'),
            "corrupt_document",
            "另存一份",
        ),
        (ofd(["<a>"]), "corrupt_document", "另存一份"),
        (ofd([in_layer(LOOP)], extra=resources(LOOP), common=RES), "too_large", "请拆分"),
        (
            ofd(
                [layer(RUNS)], extra={"Doc_0/DocumentRes.xml": ENTITY + f"<ofd:Res {OFD_SPACE}/>"}, common=RES
            ),
            "unsafe_xml",
            "文档含有 DTD/外部实体。",
        ),
        (GOOD[:-30], "corrupt_document", "再上传"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refusal(data: bytes, code: str, cure: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "a.ofd")
    assert caught.value.code == code
    assert cure in caught.value.message
    assert caught.value.message.endswith("。")


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.ofd.MAX_PAGES", 2)
    with pytest.raises(Unreadable, match="请拆分后再上传"):
        read(ofd([layer(RUNS)] * 3), "a.ofd")


NUMBERS = st.sampled_from(
    ["", "nan", "inf", "-1e400", "1e308", "x", "0", "-5", "g 9 9", "g", "1 2", "0 0 0 0 0 0"]
)


@settings(max_examples=100, deadline=None)
@given(boundary=NUMBERS, size=NUMBERS, delta=NUMBERS, matrix=NUMBERS, x=NUMBERS)
def test_any_numbers_are_read_or_refused(boundary: str, size: str, delta: str, matrix: str, x: str) -> None:
    code = f'<ofd:TextCode X="{x}" Y="{x}" DeltaX="{delta}" DeltaY="{delta}">一二三四五</ofd:TextCode>'
    strange = (
        f'<ofd:TextObject ID="1" Boundary="{boundary}" Size="{size}" CTM="{matrix}">{code}</ofd:TextObject>'
    )
    document = read(ofd([in_layer(objects(RUNS) + strange)]), "a.ofd")
    assert "一、提高政治站位" in document.text


@settings(max_examples=100, deadline=None)
@given(cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6))
def test_a_damaged_file_is_read_or_refused(cuts: list[tuple[float, bytes]]) -> None:
    data = bytearray(GOOD)
    for where, put in cuts:
        place = 4 + int(where * (len(data) - 4))
        data[place : place + len(put)] = put
    try:
        document: Document | None = read(bytes(data), "a.ofd")
    except Unreadable as refusal:
        document = None
        sentence = refusal.message
    assert document is not None or sentence.endswith("。")
