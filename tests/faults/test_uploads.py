"""W2, W5: editors upload to a running server at once, beside an importer or all the same file; see writers.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from .conftest import TRIALS
from .serving import Editor, Server, serving
from .writers import IN_ALREADY, SAVED, Texts, kept, problems, rows, save, write_at_once

EIGHT = tuple(f"editor{number}" for number in range(8))
FILES = 30 * TRIALS  # of the importer; the editors upload for as long as it takes it

Given = TypeVar("Given")
Back = TypeVar("Back")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("uploads") / "data", EIGHT) as server:
        yield server


@pytest.fixture(scope="module")
def editors(server: Server) -> list[Editor]:
    return at_once(lambda name: Editor(server.port, name), EIGHT)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


def at_once(work: Callable[[Given], Back], items: tuple[Given, ...] | list[Given]) -> list[Back]:
    """``work`` for each of the items, begun in the same moment."""
    together = Barrier(len(items))

    def start(item: Given) -> Back:
        together.wait()
        return work(item)

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(start, items))


def test_two_editors_and_an_importer_get_everything_in(
    server: Server, editors: list[Editor], texts: Texts, tmp_path: Path
) -> None:
    """W2."""
    two = editors[:2]
    work = write_at_once(server, two, [texts.folder(tmp_path / "texts", FILES)], texts)
    assert problems(server, work) == []
    shares = Counter(each.writer for each in work.acknowledged())
    assert shares["importer"] == FILES
    # The last upload of an editor ends after the importer; one that was given no turn beside it has no other.
    assert min(shares[editor.name] for editor in two) > 1


def in_steps(editors: list[Editor], name: str, content: bytes) -> list[str]:
    """Everybody has sent the file before anybody confirms it."""
    sent = at_once(lambda editor: editor.upload(name, content), editors)
    assert [answer.status for answer in sent] == [302] * len(editors)
    pages = [editor.look().page for editor in editors]
    confirmed = at_once(lambda each: each[0].confirm(each[1]), list(zip(editors, pages, strict=True)))
    assert [answer.status for answer in confirmed] == [302] * len(editors)
    return [editor.look().page for editor in editors]


def all_the_way(editors: list[Editor], name: str, content: bytes) -> list[str]:
    """Everybody goes on as soon as the server answers."""
    taken = at_once(lambda editor: save(editor, name, content), editors)
    assert {status for each in taken for status in each.statuses} <= {200, 302, 409}
    return [each.told for each in taken]


@pytest.mark.parametrize("upload", [in_steps, all_the_way])
def test_of_eight_editors_with_one_file_one_saves_it(
    server: Server, editors: list[Editor], texts: Texts, upload: Callable[..., list[str]]
) -> None:
    """W5."""
    name, content = texts.take()
    told = upload(editors, name, content)
    assert (sum(SAVED in page for page in told), sum(IN_ALREADY in page for page in told)) == (1, 7)
    only_once(server, content)


def test_of_eight_requests_of_one_editor_with_one_file_one_is_taken(
    server: Server, editors: list[Editor], texts: Texts
) -> None:
    """W5: before it is confirmed, while it is, and after."""
    editor = editors[0]
    name, content = texts.take()
    answers = at_once(lambda _: editor.upload(name, content), EIGHT)
    assert Counter(answer.status for answer in answers) == {302: 1, 409: 7}
    assert sum("文字完全相同，已跳过" in answer.page for answer in answers) == 7
    page = editor.look().page
    answers = at_once(lambda _: editor.confirm(page), EIGHT)
    assert {answer.status for answer in answers} == {302}
    only_once(server, content)
    answers = at_once(lambda _: editor.upload(name, content), EIGHT)
    assert {answer.status for answer in answers} == {409}
    assert all(IN_ALREADY in answer.page for answer in answers)
    only_once(server, content)


def only_once(server: Server, content: bytes) -> None:
    """One speech, one original, and nothing that waits."""
    assert kept(server)[content] == 1
    assert rows(server, "SELECT content FROM archive_sourcefile").count((content,)) == 1
    assert rows(server, "SELECT count(*) FROM archive_stagedupload") == [(0,)]
