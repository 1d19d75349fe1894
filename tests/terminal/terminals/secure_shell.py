"""A secure shell server of our own on the loopback, with keys of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Start sshd; its port, and the ssh command that reaches any port of this machine as oneself."""
    sshd = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if sshd is None or shutil.which("ssh") is None:
        raise FileNotFoundError("sshd and ssh")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    options = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": str(folder / "host"),
        "AuthorizedKeysFile": str(folder / "authorized"),
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "PermitRootLogin": "prohibit-password",
        "AcceptEnv": "LANG",
    }
    flags = [f"-o{name}={value}" for name, value in options.items()]
    running = subprocess.Popen(
        [sshd, "-D", "-e", "-f", "/dev/null", *flags], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    client = ["ssh", "-tt", "-F", "/dev/null", "-i", str(folder / "user"), "-l", getpass.getuser()]
    client += ["-oStrictHostKeyChecking=no", f"-oUserKnownHostsFile={folder / 'known'}", "-oLogLevel=ERROR"]
    client += ["-oIdentitiesOnly=yes", "127.0.0.1", "-p"]
    try:
        _wait_for(port)
        yield port, client
    finally:
        running.terminate()
        running.wait(10)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > end:
                raise
        else:
            return
