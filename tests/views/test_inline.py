from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare import versions
from archive.views import inline


def shown(a: str, b: str, *, unrelated: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    found = inline.runs(a, b, versions(a, b).changes, unrelated=unrelated)
    return [(run.folded, tuple(map(str, run.lines))) for run in found]


def test_what_went_and_what_came_share_one_anchor() -> None:
    assert shown("要抓好机关党建工作。", "要抓实机关党建工作。") == [
        ("", ('要抓<del id="d1">好</del><ins>实</ins>机关党建工作。',))
    ]


def test_a_change_over_several_lines_has_its_anchor_once() -> None:
    assert shown("开头。\n", "开头。\n甲。\n\n乙。\n") == [
        ("", ("开头。",)),
        ("", ('<ins id="d1">甲。</ins>', "<ins>乙。</ins>")),
    ]


def test_long_unchanged_stretches_are_folded_but_for_their_ends() -> None:
    same = [f"第{n}段。" for n in "一二三四五"]
    text = "\n".join(same)
    assert shown(text, text) == [("", ("第一段。",)), ("same", tuple(same[1:4])), ("", ("第五段。",))]
    short = "\n".join(same[:4])
    assert shown(short, short) == [("", tuple(same[:4]))]


def test_long_changes_are_folded_only_between_unrelated_texts() -> None:
    new = "\n".join(f"第{n}段。" for n in "一二三四五")
    assert [folded for folded, _ in shown("", new)] == [""]
    assert [folded for folded, _ in shown("", new, unrelated=True)] == ["", "inserted", ""]


def test_words_are_escaped() -> None:
    assert shown("<b>", "<i>") == [("", ('&lt;<del id="d1">b</del><ins>i</ins>&gt;',))]


texts = st.text(alphabet="党建。\n", max_size=30)


@settings(deadline=None)
@given(texts, texts, st.booleans())
def test_every_word_of_both_is_shown_and_places_are_counted(a: str, b: str, unrelated: bool) -> None:
    changes = versions(a, b).changes
    found = inline.runs(a, b, changes, unrelated=unrelated)
    markup = "".join(line for run in found for line in run.lines)
    parts = [part for change in changes for part in (a[slice(*change.a)] or b[slice(*change.b)])]
    plain = markup.replace("</del>", "").replace("</ins>", "").replace("<del>", "").replace("<ins>", "")
    for number in range(1, inline.count(changes) + 1):
        plain = plain.replace(f'<del id="d{number}">', "").replace(f'<ins id="d{number}">', "")
    assert plain == "".join(parts).replace("\n", "")
