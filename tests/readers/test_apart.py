"""A file that makes its reader loop, grow or crash costs a child process, and is refused with a sentence."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from archive.readers import Unreadable, apart, read
from archive.readers.apart import read_apart

PDF = b"%PDF-1.4\nno more than that"


@pytest.fixture(autouse=True)
def no_idle_children() -> Iterator[None]:
    apart.end_children()
    yield
    apart.end_children()


def child(script: str) -> list[str]:
    """A child that reads the question and then goes wrong."""
    return [sys.executable, "-c", f"import os, signal, sys, time\nsys.stdin.buffer.read(20)\n{script}"]


def refusal() -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_apart(PDF, "讲话.pdf")
    return caught.value


def test_the_answer_is_that_of_the_reader() -> None:
    with pytest.raises(Unreadable) as direct:
        read(PDF, "讲话.pdf")
    refused = refusal()
    assert (refused.code, refused.message) == (direct.value.code, direct.value.message)


def test_one_child_reads_many_files() -> None:
    refusal()
    (first,) = apart._idle
    refusal()
    assert apart._idle == [first]
    assert first.files == 2


def test_plain_text_needs_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", ["/no/such/program"])
    assert read_apart("同志们：大家好。".encode(), "讲话.txt").text == "同志们：大家好。"


@pytest.mark.parametrize("name", ["a.html", "a.mht", "A.XML"])
def test_markup_is_read_in_a_child_even_if_it_has_no_signature(name: str) -> None:
    with pytest.raises(Unreadable):
        read_apart("同志们：大家好。".encode(), name)
    assert len(apart._idle) == 1


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("time.sleep(600)", "too_complex"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "too_complex"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "unreadable"),
        ("sys.exit(0)", "unreadable"),
        ("os.write(1, b'half')", "unreadable"),
    ],
)
def test_a_child_that_hangs_or_dies_is_an_unreadable_file(
    monkeypatch: pytest.MonkeyPatch, script: str, code: str
) -> None:
    monkeypatch.setattr(apart, "COMMAND", child(script))
    monkeypatch.setattr(apart, "PATIENCE", 1.0 if "sleep" in script else 60.0)
    refused = refusal()
    assert refused.code == code
    assert "请另存为" in refused.message
    assert not apart._idle


def test_a_child_without_memory_is_an_unreadable_file(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = refusal()
    with monkeypatch.context() as patch:
        patch.setattr(apart, "MEMORY", 2**20)
        assert refusal().code in {"too_complex", "unreadable", "corrupt_document"}
    assert refusal().message == whole.message


def misbehaving(reader: str) -> list[str]:
    """A child like any other, but for its reader, which takes a file's bytes, name and encoding."""
    script = f"""import archive.readers.apart as apart, archive.readers.reading as reading
{reader}
reading.read = read
apart.main()"""
    return [sys.executable, "-c", script]


GROWS = """def read(data, name, encoding):
    kept = []
    while True:
        kept.append(bytearray(2**24))"""
CLAIMS = """def read(data, name, encoding):
    return bytearray(2**40)"""
LOOPS = """def read(data, name, encoding):
    while True:
        pass"""
DIGS = """def read(data, name, encoding):
    return read(data, name, encoding)"""


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (GROWS, "需要的内存太多"),
        (CLAIMS, "需要的内存太多"),
        (LOOPS, "花的时间太长"),
        (DIGS, "读取这份文件时出错"),
    ],
    ids=["grows", "claims a terabyte", "loops", "calls itself"],
)
def test_the_limits_hold_in_the_child(reader: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", misbehaving(reader))
    monkeypatch.setattr(apart, "SECONDS", 1 if reader == LOOPS else 60)
    monkeypatch.setattr(apart, "MEMORY", 2**29)
    refused = refusal()
    assert said in refused.message


def test_a_child_that_died_while_idle_is_replaced() -> None:
    refusal()
    (idle,) = apart._idle
    os.kill(idle.process.pid, signal.SIGKILL)
    idle.process.wait()
    refusal()
    assert apart._idle != [idle]


def test_many_threads_read_at_once_and_few_children_stay() -> None:
    codes: list[str] = []
    threads = [threading.Thread(target=lambda: codes.append(refusal().code)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(codes)) == 1
    assert len(codes) == 6
    assert 1 <= len(apart._idle) <= apart.IDLE


def test_the_child_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for children")
    refusal()
    (idle,) = apart._idle
    with open(f"/proc/{idle.process.pid}/environ", "rb") as environment:
        assert b"not for children" not in environment.read()
