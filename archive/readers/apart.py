"""Reading in a process of its own, so that a hostile or broken file costs that process and nothing else.

Parsers of documents may loop, fill the memory or crash in C. The child sets itself limits before each file;
the parent waits for a bounded time, ends it and starts another one. Files come in, and JSON goes out: the
parent never unpickles anything. Plain text needs no child.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import IO, Any

from archive.readers.document import Document, Told, Unreadable
from archive.readers.sniffing import sniff
from archive.text import Note

MEMORY = 2**30  # bytes of address space; the largest files that are taken need a fifth of it
SECONDS = 60  # of the processor, for one file
PATIENCE = 90.0  # seconds on the wall, when the machine is busy
FILES = 200  # that one child reads before another takes over; libraries leak
IDLE = 2  # children kept for the next file
MARKUP = frozenset((".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".xml"))
"""Names under which a parser reads what has no signature."""
COMMAND = [sys.executable, "-c", "from archive.readers.apart import main; main()"]
_ROOT = Path(__file__).parents[2]
_SIZE = struct.Struct(">Q")


def read_apart(data: bytes, name: str, encoding: str | None = None) -> Document:
    """As ``reading.read``. Raises Unreadable, also for a file that took too long or too much memory."""
    if sniff(data) is None and PurePath(name.replace("\\", "/")).suffix.lower() not in MARKUP:
        from archive.readers.reading import read

        return read(data, name, encoding)
    answer = _ask(data, name, encoding)
    if "code" in answer:
        raise Unreadable(answer["code"], answer["message"])
    notes = tuple(Note(**note) for note in answer["notes"])
    told = Told.of(answer["told"]) if answer["told"] else None
    return Document(answer["text"], answer["encoding"], notes, told)


def _ask(data: bytes, name: str, encoding: str | None) -> dict[str, Any]:
    child = _take()
    while True:
        try:
            answer = child.ask(data, name, encoding)
        except _Lost as lost:
            if child.files == 1 or lost.code == "too_complex":
                raise Unreadable(lost.code, str(lost)) from lost
            child = _Child()  # what earlier files left behind, or who ended it, need not be this file's fault
        except BaseException:
            child.end()
            raise
        else:
            _give_back(child)
            return answer


class _Lost(Exception):
    """A child that is gone; the message is for who brought the file."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Child:
    def __init__(self) -> None:
        self.files = 0
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "TMPDIR") if key in os.environ}
        self.process = subprocess.Popen(  # noqa: S603  # our own words only
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
            start_new_session=True,
        )

    def ask(self, data: bytes, name: str, encoding: str | None) -> dict[str, Any]:
        """What became of a file. Raises _Lost."""
        self.files += 1
        late = threading.Event()
        timer = threading.Timer(PATIENCE, self._give_up, (late,))
        timer.daemon = True
        timer.start()
        pipe_in, pipe_out = self.process.stdin, self.process.stdout
        if pipe_in is None or pipe_out is None:
            raise RuntimeError("the child was started without pipes")
        try:
            asked = {"name": name, "encoding": encoding, "memory": MEMORY, "seconds": SECONDS}
            _write(pipe_in, json.dumps(asked).encode())
            _write(pipe_in, data)
            answer = _read(pipe_out)
        except (OSError, ValueError):  # the pipe is broken, or closed by who ended the child
            answer = b""
        finally:
            timer.cancel()
        if not answer:
            raise self._lost(late.is_set())
        found: dict[str, Any] = json.loads(answer)
        return found

    def _give_up(self, late: threading.Event) -> None:
        late.set()
        self.end()

    def end(self) -> None:
        """Kill the child and what it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what was not sent is not sent any more
                if pipe:
                    pipe.close()

    def _lost(self, late: bool) -> _Lost:
        self.process.wait()
        code = self.process.returncode
        self.end()
        if late or code == -signal.SIGXCPU:
            return _Lost(
                "too_complex", "读取这份文件花的时间太长，没有读完。请另存为 .txt 或 .docx 后再上传。"
            )
        return _Lost("unreadable", "读取这份文件时出错，文件可能已损坏。请另存为 .txt 或 .docx 后再上传。")


_idle: list[_Child] = []
_lock = threading.Lock()


def _take() -> _Child:
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.process.poll() is None:
                return child
            child.end()
    return _Child()


def _give_back(child: _Child) -> None:
    with _lock:
        if child.files < FILES and len(_idle) < IDLE:
            _idle.append(child)
            return
    child.end()


@atexit.register
def end_children() -> None:
    """End the children that wait for another file; they would end with this process anyhow."""
    with _lock:
        while _idle:
            _idle.pop().end()


def _write(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_SIZE.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """One message; empty at the end of the pipe."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return b""
    return pipe.read(*_SIZE.unpack(head))


def main() -> None:
    """The child: read files until the pipe ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not be taken for an answer
    while asked := _read(sys.stdin.buffer):
        _write(out, json.dumps(_answer(_read(sys.stdin.buffer), **json.loads(asked))).encode())


def _answer(data: bytes, name: str, encoding: str | None, memory: int, seconds: int) -> dict[str, object]:
    from archive.readers.reading import read

    try:
        _limit(memory, seconds)
        document = read(data, name, encoding)
    except Unreadable as error:
        return {"code": error.code, "message": error.message}
    except MemoryError:
        said = "读取这份文件需要的内存太多。请拆分，或另存为 .txt 后再上传。"
        return {"code": "too_complex", "message": said}
    return asdict(document)


def _limit(memory: int, seconds: int) -> None:
    """So much memory, and so much more of the processor; where the system knows no such limits, only the clock."""
    try:
        import resource
    except ImportError:
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard < 0 else min(memory, hard), hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


if __name__ == "__main__":
    main()
