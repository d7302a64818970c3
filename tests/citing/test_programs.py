"""What programs read: BibTeX, RIS and CSL-JSON keep every word, whatever is in it."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from archive.citing import bibtex, csl_json, key, ris
from tests.citing.cases import CASES, reference

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
TRICKY = st.text(st.sampled_from('党张\\{}%&#$_~^"@=, \n\r\t\u2028aA-'), min_size=1, max_size=20)


def fields(entry: str) -> dict[str, str]:
    """The fields of one BibTeX entry, read as BibTeX does: braces in pairs, a comma behind each value."""
    head = re.match(r"@online\{([!-z]+?),\n", entry)
    assert head
    found, at = {"": head[1]}, head.end()
    while entry[at] != "}":
        name = re.compile(r"  ([a-z]+) = ").match(entry, at)
        assert name, entry[at:]
        at = start = name.end()
        depth = 0
        while depth or entry[at] != ",":
            depth += {"{": 1, "}": -1}.get(entry[at], 0)
            at += 1
        assert entry[at : at + 2] == ",\n"
        found[name[1]] = entry[start:at]
        at += 2
    assert entry[at:] == "}\n"
    return found


def unescaped(value: str) -> str:
    named = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
    value = re.sub(r"\{\\text([a-z]+)\}", lambda found: f"\0{ord(named[found[1]])};", value)
    value = re.sub(r"\\([%&#$_])", lambda found: found[1], value).replace("{''}", '"')
    value = value.strip("{}")
    return re.sub(r"\0(\d+);", lambda found: chr(int(found[1])), value)


@given(title=WORDS | TRICKY, speaker=WORDS | TRICKY)
def test_bibtex_keeps_every_word_and_its_braces_are_in_pairs(title: str, speaker: str):
    title, speaker = title.replace("\0", ""), speaker.replace("\0", "")
    found = fields(bibtex([reference(title=title, speaker=speaker)]))
    assert unescaped(found["title"]) == " ".join(title.split())
    assert unescaped(found.get("author", "")) == " ".join(speaker.split())


def test_nothing_in_bibtex_is_taken_for_a_command_or_a_comment():
    found = fields(bibtex([CASES["markup"]]))
    assert found["title"] == (
        r"{{在<b>R\&D</b>会上 100\% 的讲话 \#1 {\textbraceleft}甲{\textbraceright} "
        r"{\textbackslash} {\textasciitilde} {\textasciicircum} \$}}"
    )
    odd = fields(bibtex([reference(url="https://example.org/?a={b}\\c&d=%20")]))
    assert odd["url"] == "{https://example.org/?a=%7Bb%7D%5Cc&d=%20}"


def test_a_chinese_name_is_one_name_and_a_latin_one_can_be_taken_apart():
    assert fields(bibtex([reference()]))["author"] == "{{张三}}"
    assert fields(bibtex([reference(speaker="John Smith")]))["author"] == "{John Smith}"
    assert fields(bibtex([reference(speaker="Smith and Sons")]))["author"] == "{{Smith and Sons}}"


@given(title=WORDS | TRICKY, event=WORDS | TRICKY)
def test_every_line_of_ris_is_a_tag_with_its_value(title: str, event: str):
    written = ris([reference(title=title, event=event)] * 2)
    assert written.endswith("\r\n")
    lines = written.removesuffix("\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line) for line in lines)
    assert lines.count("TY  - ELEC") == lines.count("ER  - ") == 2
    assert lines[0] == "TY  - ELEC"
    assert lines[-1] == "ER  - "
    assert f"TI  - {' '.join(title.split())}" in lines


def test_ris_gives_as_much_of_the_date_as_is_known():
    for date, written in (("2022-11-20", "2022/11/20/"), ("2022-11", "2022/11//"), ("2022", "2022///")):
        assert f"PY  - 2022\r\nDA  - {written}\r\n" in ris([reference(date=date)])


def test_csl_json_is_a_list_without_what_is_not_known():
    (one,) = json.loads(csl_json([reference(speaker="", date="2022-11")]))
    assert one["issued"] == {"date-parts": [[2022, 11]]}
    assert one["accessed"] == {"date-parts": [[2026, 11, 21]]}
    assert one["type"] == "webpage"
    assert not {"author", "note", "event-title"} & set(one)


def test_keys_are_ascii_and_tell_speeches_apart():
    table = (
        ("张三", "2022-11-20", 12, "zhangsan2022-12"),
        ("李**", "2022", 3, "li2022-3"),
        ("**", None, 4, "speech-4"),
        ("", "2019-01", 5, "speech2019-5"),
        ("重庆", None, 6, "chongqing-6"),
        ("John O’Smith", None, 7, "johnosmith-7"),
    )
    for speaker, date, number, expected in table:
        assert key(speaker, date, number) == expected


@given(WORDS, st.integers(1, 10**9))
def test_a_key_is_ascii_whatever_the_name(speaker: str, number: int):
    assert re.fullmatch(r"[a-z0-9]{1,30}-[0-9]+", key(speaker, None, number))
