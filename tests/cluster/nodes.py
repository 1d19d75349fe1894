"""Three OpenSearch nodes on this machine, for the tests and for trying things out.

usage: python -m tests.cluster.nodes [FOLDER [VERSION]]   (from the project's folder; Enter or Ctrl-C ends it)

A node is a Java process made from Maven artifacts (pom.xml, ClusterNode.java); nothing is installed. The
class path and the compiled class are made once and kept in .venv/cluster. Without the server's security
plugin there are no passwords and no TLS, and the nodes listen on loopback only.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).resolve().parent
BUILD = HERE.parents[1] / ".venv" / "cluster"
HEAP = "512m"
COUNT = 3
_PATIENCE = "120s"


OLDER, NEWER = "2.19.6", "3.9.0"
"""The versions that are tested: the first on Java 17 or newer, the other on Java 21 or newer."""
_LEAST_JAVA = {OLDER: 17, NEWER: 21}
_JDKS = ("/usr/lib/jvm/*", "/usr/java/*", "/opt/java/*", "/opt/jdk*", "~/.sdkman/candidates/java/*")
"""Where development kits of Java usually are."""


class MissingError(Exception):
    """What the nodes are made with is not there; says what, and what to install."""


def java_home(version: str) -> Path:
    """A development kit of Java that a version of the server runs on: JAVA_HOME, that of the PATH, or one of
    the usual folders, the oldest that will do. Raises MissingError."""
    least = _LEAST_JAVA[version]
    named = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("javac")
    near = [Path(on_path).resolve().parents[1]] if on_path else []
    usual = chain.from_iterable(Path("/").glob(str(Path(each).expanduser())[1:]) for each in _JDKS)
    majors = {home: _major(home) for home in (*named, *near, *usual)}
    found = [home for home, major in majors.items() if major >= least]
    if not found:
        package = f"openjdk-{least}-jdk-headless"
        raise MissingError(f"a JDK of {least} or newer is not installed (apt install {package})")
    return min(found, key=lambda home: majors[home])


def _major(home: Path) -> int:
    """The major version of a kit by its file of release, 0 where it is none with a compiler."""
    try:
        release = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    said = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(said[1]) if said and (home / "bin" / "javac").exists() else 0


@dataclass
class Node:
    """One node: its folder, its ports, and its process while it runs."""

    home: Path
    name: str
    http: int
    transport: int
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.http}"


@dataclass
class Cluster:
    """Some nodes in a folder."""

    folder: Path
    nodes: list[Node] = field(default_factory=list)
    foreign: bool = False
    version: str = OLDER

    @classmethod
    def start(cls, folder: Path, count: int = COUNT, version: str = OLDER) -> Self:
        """Start so many nodes and wait until they are one cluster. Raises MissingError."""
        made = cls(folder, version=version)
        class_path = prepared(version)
        ports = _free_ports(2 * count)
        for number in range(count):
            home = folder / f"n{number}"
            (home / "config").mkdir(parents=True)
            made.nodes.append(Node(home, f"node-{number}", ports[2 * number], ports[2 * number + 1]))
        try:
            for node in made.nodes:
                made.run(node, class_path)
            made.wait()
        except BaseException:
            made.close()
            raise
        return made

    def run(self, node: Node, class_path: str | None = None) -> None:
        """Start a node that does not run; `wait` waits for it."""
        java = str(java_home(self.version) / "bin" / "java")
        options = [f"-Xms{HEAP}", f"-Xmx{HEAP}", "-Dlog4j2.disable.jmx=true"]
        seeds = ",".join(str(each.transport) for each in self.nodes or [node])
        names = ",".join(each.name for each in self.nodes or [node])
        with (node.home / "errors.txt").open("a") as errors:
            node.process = subprocess.Popen(
                [
                    *(java, *options, "-cp", class_path or prepared(self.version), "ClusterNode"),
                    *(str(node.home), node.name, str(node.http), str(node.transport), seeds, names),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def wait(self, status: str = "yellow", index: str = "") -> None:
        """Wait until every node that runs has joined, and shards are placed as `status` says."""
        running = [node for node in self.nodes if node.process is not None]
        for node in running:
            self._wait_for_start(node)
        self.ask(
            "GET",
            f"_cluster/health/{index}?wait_for_nodes={len(running)}&wait_for_status={status}"
            f"&timeout={_PATIENCE}",
        )

    def _wait_for_start(self, node: Node) -> None:
        assert node.process is not None and node.process.stdout is not None
        if node.process.stdout.closed:
            return
        for line in node.process.stdout:
            if line.startswith("started"):
                node.process.stdout.close()
                return
        errors = (node.home / "errors.txt").read_text(errors="replace").splitlines()
        raise RuntimeError(f"{node.name} ended: {' '.join(errors[-3:])}")

    @classmethod
    def running(cls, ports: Sequence[str]) -> Self:
        """Nodes that somebody else started and ends."""
        nodes = [Node(Path(), f"node-{at}", int(port), 0) for at, port in enumerate(ports)]
        return cls(Path(), nodes, foreign=True)

    @property
    def urls(self) -> list[str]:
        """Where the nodes answer."""
        return [node.url for node in self.nodes]

    def ask(self, method: str, path: str, body: Any = None, *, at: int | None = None) -> Any:
        """The JSON that the first running node (or that of a number) answers."""
        node = (
            self.nodes[at]
            if at is not None
            else next(each for each in self.nodes if each.process or self.foreign)
        )
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if data else {}
        request = urllib.request.Request(f"{node.url}/{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=150) as answer:
            return json.load(answer)

    def kill(self, number: int) -> None:
        """End a node at once, as a power cut does."""
        self._end(self.nodes[number], signal.SIGKILL)

    def close(self) -> None:
        """End every node."""
        for node in self.nodes:
            self._end(node, signal.SIGKILL)

    @staticmethod
    def _end(node: Node, sign: signal.Signals) -> None:
        if node.process is None:
            return
        node.process.send_signal(sign)
        node.process.wait()
        for stream in (node.process.stdin, node.process.stdout):
            if stream is not None:
                stream.close()
        node.process = None


def prepared(version: str = OLDER) -> str:
    """The class path of a node of a version, made where it is not there yet. Raises MissingError."""
    home = java_home(version)
    source = (HERE / "pom.xml").read_bytes() + (HERE / "ClusterNode.java").read_bytes()
    place = BUILD / f"{version}-{hashlib.sha256(source).hexdigest()[:16]}"
    made, classes = place / "class-path.txt", place / "classes"
    if not made.exists() or not all(map(os.path.exists, made.read_text().split(os.pathsep))):
        maven = shutil.which("mvn")
        if maven is None:
            raise MissingError("mvn is not installed (apt install maven)")
        place.mkdir(parents=True, exist_ok=True)
        found = place / "found.txt"
        goal = "dependency:build-classpath"
        command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), goal]
        command += [f"-Dmdep.outputFile={found}", f"-Dopensearch.version={version}"]
        env = {**os.environ, "JAVA_HOME": str(home)}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
        if done.returncode:
            said = next((line for line in done.stdout.splitlines() if "ERROR" in line), "it ended")
            raise MissingError(f"mvn could not fetch the server: {said[:300]}")
        path = found.read_text().strip()
        compiler = str(home / "bin" / "javac")
        subprocess.run(
            [compiler, "-cp", path, "-d", str(classes), str(HERE / "ClusterNode.java")], check=True
        )
        found.rename(made)
    return f"{classes}{os.pathsep}{made.read_text().strip()}"


def _free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on now."""
    held = [socket.socket() for _ in range(count)]
    try:
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]
    finally:
        for each in held:
            each.close()


def main(folder: str | None, version: str = OLDER) -> int:
    """Run three nodes until Enter is pressed."""
    with tempfile.TemporaryDirectory(prefix="seedread-cluster-") as made:
        try:
            cluster = Cluster.start(Path(folder or made), version=version)
        except MissingError as error:
            sys.stderr.write(f"nodes: {error}\n")
            return 2
        try:
            sys.stdout.write(f"three nodes answer at {' '.join(cluster.urls)}; Enter ends them\n")
            sys.stdout.flush()
            sys.stdin.readline()
        except KeyboardInterrupt:
            pass
        finally:
            cluster.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]) if len(sys.argv) > 1 else main(None))
