"""Files that were damaged on the way, for the promise that any file is read or refused."""

from __future__ import annotations

import random

from archive.readers import Unreadable, read


def damaged(data: bytes, seed: int, damages: int) -> bytes:
    """``data`` with some bits turned, and some bytes lost, added or overwritten."""
    chance = random.Random(seed)
    spoiled = bytearray(data)
    for _ in range(damages):
        place = chance.randrange(len(spoiled) + 1)  # behind the last byte something may be added
        match chance.randrange(4):
            case 0:
                spoiled[place : place + 1] = bytes(
                    byte ^ 1 << chance.randrange(8) for byte in spoiled[place : place + 1]
                )
            case 1:
                del spoiled[place : place + chance.randrange(40)]
            case 2:
                spoiled[place:place] = chance.randbytes(chance.randrange(20))
            case _:
                spoiled[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(spoiled)


def is_read_or_refused(data: bytes, name: str) -> bool:
    """Whether a file becomes a document, or is refused with a sentence; any other error is raised."""
    try:
        return bool(read(data, name).text)
    except Unreadable as refusal:
        return refusal.message.endswith("。")
