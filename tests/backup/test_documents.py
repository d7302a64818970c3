"""docs/backup.md is true: the drill that it describes is run as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/backup.md").read_text("utf-8")
DRILL = PAGE.split("## The drill")[1].split("```sh\n")[1].split("```")[0]
RUN = 'manage() {{ "{python}" -W ignore manage.py "$@"; }}\n'


@pytest.mark.parametrize("line", sorted(set(re.findall(r"manage\.py (\w+[^`|&#;\n]*)", PAGE))))
def test_every_command_on_the_page_exists_with_its_options(line: str) -> None:
    name, *rest = line.split()
    command = load_command_class(get_commands()[name], name) if name in get_commands() else None
    assert command is not None
    known = command.create_parser("manage.py", name)._option_string_actions
    assert all(word.partition("=")[0][:2] == "-v" or word in known for word in rest if word.startswith("-"))


def test_every_member_that_the_page_names_is_in_the_file(tmp_path: Path, db: None) -> None:
    from archive import backup

    from .conftest import members

    backup.export(tmp_path / "kept.zip")
    named = set(re.findall(r"`(\w+\.(?:jsonl|json|txt))`", PAGE))
    assert named == set(members(tmp_path / "kept.zip"))


def test_the_drill_succeeds_line_by_line(tmp_path: Path) -> None:
    environment = {**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path / "data"), "TMPDIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    for name in ("DATABASE_URL", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "SECRET_KEY_FILE"):
        environment.pop(name, None)
    kept = tmp_path / "kept.zip"
    first = f'manage migrate -v0\nmanage import_speeches seeds -v0\nmanage export_archive "{kept}"\n'
    drill = DRILL.replace("manage.py ", "manage ").replace("/backup/archive-7.zip", f'"{kept}"')
    assert drill.count("manage ") == 5
    script = "set -e\n" + RUN.format(python=sys.executable) + first + drill
    done = subprocess.run(["sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("演练成功\n")
