"""Every style on every kind of reference: golden strings, and those of a citation processor beside them.

processor.json holds what citeproc-js 2.4.63 makes of our CSL-JSON with the styles of citation-style-language/styles
at 0819c0e0 (2026-08-21), <i> for italics. ``rewrite()`` writes golden.txt anew.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.citing import STYLES, Run, bibtex, csl_json, plain, ris
from tests.citing.cases import CASES, reference

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.txt"
PROCESSOR = json.loads((HERE / "processor.json").read_text(encoding="utf-8"))
# citeproc-js puts a full stop behind ？ and ！, and draws that behind ’” into the quotation.
OURS_ARE_OTHERWISE = {
    (case, style) for case in ("question", "call", "quotation marks at its end") for style in ("apa", "mla")
}


def italics(runs: list[Run]) -> str:
    return "".join(f"<i>{words}</i>" if italic else words for words, italic in runs)


def written() -> str:
    blocks = []
    for name, one in CASES.items():
        lines = [
            f"## {name}",
            *(f"{style}: {plain(set_in(one))}" for style, (_name, set_in) in STYLES.items()),
        ]
        blocks.append("\n".join([*lines, bibtex([one]), ris([one]).replace("\r\n", "\n"), csl_json([one])]))
    return "\n\n".join(blocks) + "\n"


def rewrite() -> None:
    GOLDEN.write_text(written(), encoding="utf-8")


def test_every_reference_reads_in_every_style_as_it_should():
    assert written() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES)
def test_a_style_gives_what_a_citation_processor_makes_of_our_own_csl_json(case: str, style: str):
    ours = italics(STYLES[style][1](CASES[case]))
    assert (ours == PROCESSOR[case][style]) is ((case, style) not in OURS_ARE_OTHERWISE)


def test_the_standard_in_force_is_the_default():
    name, set_in = STYLES[next(iter(STYLES))]
    assert name == "GB/T 7714—2025"
    assert plain(set_in(reference())) == (
        "张三. 在全市党办系统党的建设工作推进会上的讲话[EB/OL]. （2022-11-20）[2026-11-21]. https://example.org/speeches/12/."
    )


def test_no_style_invents_a_date_or_a_speaker():
    for style, (_name, set_in) in STYLES.items():
        words = plain(set_in(reference(speaker="", date=None)))
        assert words.lstrip("“").startswith("在全市"), style
        assert "2022" not in words
        assert "佚名" not in words
    for words in (bibtex([reference(speaker="", date=None)]), ris([reference(speaker="", date=None)])):
        assert not any(field in words for field in ("author", "AU  -", "year =", "PY  -", "DA  -"))


def test_italics_are_told_from_plain_words():
    assert italics(STYLES["apa"][1](reference())) == (
        "张三. (2022, November 20). <i>在全市党办系统党的建设工作推进会上的讲话</i>. 讲话库. https://example.org/speeches/12/"
    )
