"""Transcripts printed by a browser: the PDF gives the text and the outline of the transcript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from archive.parsing import parse
from archive.readers import Document, read

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def kinds(document: Document) -> list[str]:
    return [note.kind for note in document.notes]


STYLES = {
    "indents": "p{margin:0;text-indent:2em;text-align:justify}h1{text-align:center;font-size:22pt}",
    "ragged": "p{margin:0;text-indent:2em;text-align:left}h1{text-align:center;font-size:20pt}",
    "spaces": "p{margin:0 0 1em}h1{font-size:20pt}",
}
FLAT = "p{margin:0}h1{margin:0;font-size:1em}"


def printed(browser: Browser, path: Path, style: str) -> bytes:
    """The transcript as a browser prints it, with a running head and page numbers."""
    title, *others = path.read_text(encoding="utf-8-sig").strip().splitlines()
    body = "".join(f"<p>{line.strip()}</p>" for line in others if line.strip())
    page = browser.new_page()
    page.set_content(f"<style>body{{font:16pt/1.75 serif}}{style}</style><h1>{title.strip()}</h1>{body}")
    small = '<div style="font-size:9px;width:100%;text-align:center">'
    made = page.pdf(
        format="A4",
        margin={"top": "2.5cm", "bottom": "2.5cm", "left": "2.6cm", "right": "2.6cm"},
        display_header_footer=True,
        header_template=f"{small}内部资料 注意保存</div>",
        footer_template=f"{small}— <span class=pageNumber></span> —</div>",
    )
    page.close()
    return made


def said(path: Path) -> list[str]:
    """The transcript without blank lines and without the blanks that a typesetter cannot tell from his own."""
    kept = [line for line in read(path.read_bytes(), "a.txt").text.split("\n") if line]
    return [line.replace(" 、", "、") for line in kept]


@pytest.mark.browser
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_a_printed_transcript_is_the_transcript(browser: Browser, path: Path, style: str) -> None:
    document = read(printed(browser, path, STYLES[style]), "a.pdf")
    assert document.text.split("\n") == said(path)
    assert set(kinds(document)) <= {"furniture_removed", "paragraphs_guessed"}
    assert style != "indents" or kinds(document) == ["furniture_removed"]
    outline, meant = parse(document.text, name="a"), parse("\n".join(said(path)), name="a")
    assert [s.heading for s in outline.sections] == [s.heading for s in meant.sections]
    assert (outline.title, outline.closing) == (meant.title, meant.closing)


@pytest.mark.browser
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_without_indents_nothing_is_lost_and_doubts_are_told(browser: Browser, path: Path) -> None:
    document = read(printed(browser, path, FLAT), "a.pdf")
    assert document.text.replace("\n", "") == "".join(said(path))
    joined = len(said(path)) - len(document.text.split("\n"))
    assert joined == 0 or "paragraphs_guessed" in kinds(document)
