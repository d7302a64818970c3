"""LibreOffice as a converter, kept on a short lead: an own folder and profile, no macros, no network, limits.

``soffice --headless --convert-to`` (LibreOffice Help, "Starting LibreOffice With Parameters"). It is no
dependency: where it is not installed, nothing is converted.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

SECONDS = 60
MEGABYTES = 100
"""Of any file that it writes."""
MEMORY = 4_000_000
"""Kilobytes of address space; it reserves far more than it uses."""
FILTERS = {"docx": "docx:MS Word 2007 XML"}

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
"""No macro runs, no link is followed, and what asks for the network anyway finds a closed port."""
LIMITED = f"""ulimit -t {SECONDS}; ulimit -f {MEGABYTES * 2048}; ulimit -v {MEMORY}
exec 3<&0
(read -r _ <&3; cd /; rm -rf "${{HOME:?}}"; kill -9 0) &
"$0" "$@" </dev/null 3<&-"""
"""A watcher ends it, with all that it has started and written, when the pipe to us closes: then we were killed."""

_one_at_a_time = Lock()


def converter() -> str | None:
    """The program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, program: str, form: str = "docx", seconds: float = SECONDS) -> bytes | None:
    """``data`` as a file of the other ``form``; None when the program could not, or not in time."""
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="archive-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        (folder / "speech").write_bytes(data)
        _run(program, folder, FILTERS[form], seconds)
        result = folder / "out" / f"speech.{form}"
        return result.read_bytes() if result.is_file() else None


def _run(program: str, folder: Path, form: str, seconds: float) -> None:
    options = [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
        "--nologo",
    ]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = ["--convert-to", form, "--outdir", str(folder / "out"), str(folder / "speech")]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    # Nothing of ours but the path to programs; a group of its own, to end it with all that it started.
    process = subprocess.Popen(  # noqa: S603
        ["/bin/sh", "-c", LIMITED, program, profile, *options, *files],
        cwd=folder,
        env=environment | {"LC_ALL": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        pass  # whoever of them still runs is ended
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
