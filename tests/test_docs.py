"""The documents are true: what the README names exists, and what it promises of the code holds."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SEEDS = {
    "000_16e67d963ef540a8.txt": "8f20e1a4dd46ccb716c13f49ad45230e2a6828b5800c8f3a9a9d306bf61b0192",
    "001_f3fbb63bf49718af.txt": "2dfa81f187085f7dcd63c1f2d03a6df011041478ad8cff6a464a887c382f26ee",
    "002_3b1804499f3e6083.txt": "6f6de5d66445e4bdae639bd78a566800a00826696e9ffcc90f30deeccd1e0b59",
    "003_adaabb19d8d79920.txt": "8927c648682cac6ad7958e0b91be4fc800c60b0b6837b3d277b36d0902eda728",
    "004_b41e14b9a1ff405e.txt": "575fa3840e30b198d0e2980dd66d2211896ed10d580444dc260fffd7db71be3b",
}


def test_the_seeds_are_byte_for_byte_what_was_received() -> None:
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()
    }
    assert digests == SEEDS


@pytest.mark.parametrize("command", sorted(set(re.findall(r"manage\.py (\w+)", README))))
def test_every_command_in_the_readme_exists(command: str) -> None:
    assert command in get_commands()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make (\w+) ", README))))
def test_every_make_target_in_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^):]+)\)|`(archive/\S+?)`", README))))
def test_every_file_the_readme_points_to_exists(path: tuple[str, str]) -> None:
    assert (ROOT / "".join(path)).exists()


@pytest.mark.parametrize("variable", sorted(set(re.findall(r"`([A-Z][A-Z_]{3,})`", README))))
def test_every_variable_in_the_readme_is_read_somewhere(variable: str) -> None:
    readers = ("archive/settings.py", "Makefile", "archive/management/commands/set_admin.py")
    assert any(variable in (ROOT / reader).read_text("utf-8") for reader in readers)


def test_every_variable_that_the_settings_read_is_in_the_readme() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "archive/settings.py").read_text("utf-8")))
    assert read <= set(re.findall(r"`([A-Z_]+)`", README))


@pytest.mark.parametrize("address", sorted(set(re.findall(r"\| `(/[^`?]*)", README))))
def test_every_address_in_the_readme_is_answered(address: str) -> None:
    try:
        resolve(address.replace("<id>", "1"))
    except Resolver404:
        pytest.fail(f"{address} leads nowhere")


def test_nothing_committed_names_a_path_of_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert listed, "run in a checkout"
    pattern = re.compile(r"(?:^|[\s\"'(=])/(?:home|root|Users|work|tmp)/\w")
    wrong = []
    for name in listed:
        if name.endswith((".png", ".ico", ".mo")) or name == "tests/test_docs.py":
            continue
        if pattern.search((ROOT / name).read_text("utf-8", errors="replace")):
            wrong.append(name)
    assert wrong == []
