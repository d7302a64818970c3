"""docs/formats-out.md: one short speech in every format, written by ``python -m tests.formats.document``."""

from __future__ import annotations

from pathlib import Path

from archive.formats import akoma_ntoso, markdown, tei
from tests.formats.made import outline_of, record_of

PATH = Path(__file__).parents[2] / "docs" / "formats-out.md"
ADDRESS = "https://example.org/speeches/7/"
TEXT = """\
在机关党建工作会议上的讲话
（2022年11月20日）
市委书记 王某某

同志们：
今年以来，全市**项重点工作进展顺利（掌声）。
一、提高政治站位
一是学深悟透。要把精神学到手。二是常抓不懈。要做到A & B。
（一）加强领导。各级要负起责任。
二、抓好落实
谢谢大家！"""

PAGE = """\
# What goes out

Every published speech can be taken away in these formats; the page of a speech lists them under 下载, and its head
names them for programs (`rel="alternate"`). They are UTF-8, answer `ETag` and 304, carry `nosniff`, and have
a name to save them by: title and date. `.txt` and `.json` are shown in the browser, the others are downloads. A draft
is 404 in all of them.

| address | what | comes back |
|---|---|---|
| `/speeches/<id>.txt` | the canonical text, lines end in LF | the text |
| `/speeches/<id>.md` | Markdown (CommonMark) with front matter | text, outline, what is known, anchors |
| `/speeches/<id>.xml` | Akoma Ntoso 3.0 (OASIS LegalDocML), valid | the same; exported again it is the same bytes |
| `/speeches/<id>.tei.xml` | TEI in the manner of ParlaMint, valid under the DTD of Parla-CLARIN | no |
| `/speeches/<id>.json` | everything, with offsets | no |
| `/speeches/<id>/original` | the file as it came, until an editor changes the text | as it came |
| `/speeches.csv` | the list of `/speeches/` with the same parameters, at most 20,000 rows | no |
| `/admin/archive/speech/take/` | the whole archive, for the role 管理: see [backup.md](backup.md) | everything |

**Coming back.** Markdown and Akoma Ntoso have no place for some of what a text has: blank lines, a lead sentence that
heads the rest of its line. Both files keep it beside the text with the SHA-256 of the whole (`between`, `gaps`). Where
that still agrees, importing gives the speech letter by letter with title, speaker, date and the editor's decisions,
and the same anchors; what differs from what the parser reads counts as an editor's word. A file that somebody has
changed since is read like any other. Anybody can make such a file, so it says nothing that is not seen: between the
pieces there are only blanks and the `#`s of headings, and decisions are about lines that are there. A decision about a
line that was changed since, in case it comes back, stays in the archive and is not exported.

**What is not claimed.** eIds are the archive's anchors, not the paths of the naming convention of Akoma Ntoso, for an
anchor must not change when a heading moves. ParlaMint's own schema demands a sitting of a named parliament and
a fixed licence, which a speech of this archive does not have; Parla-CLARIN, which ParlaMint narrows, is what is checked
(its DTD: lxml takes minutes over the schema in RELAX NG). The words of a redaction stay as they are (`**`); `omissis`
and `gap` say what they are.

Below is one short speech in each (written by `python -m tests.formats.document`, compared by a test).

## The text

```text
{text}
```

## Markdown

````markdown
{markdown}````

## Akoma Ntoso 3.0

```xml
{akoma}```

## TEI

```xml
{tei}```
"""


def written() -> str:
    record = record_of(outline_of(TEXT), url=ADDRESS)
    return PAGE.format(
        text=TEXT,
        markdown=markdown(record).decode(),
        akoma=akoma_ntoso(record).decode(),
        tei=tei(record).decode(),
    )


def rewrite() -> None:
    PATH.write_text(written(), "utf-8")


if __name__ == "__main__":
    rewrite()
