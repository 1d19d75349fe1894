"""Run the tests against the packages of a built wheel; usage: test_wheel.py [--quick] [arguments of pytest]

The wheel is unpacked into an environment of its own that sees the dependencies of this one, but neither the
tree nor its editable installation. --quick leaves all tests out but those that would notice a file that is
missing or a process that does not start.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
QUICK = (
    "tests/cli/test_launch.py",  # the bundled seeds
    "tests/cli/test_articles.py",
    "tests/index/test_archive.py",
    "tests/index/ner/test_link.py",  # gazetteer and word lists
    "tests/index/sync/test_background.py",  # processes that start by the path of a module
    "tests/index/sync/test_readers.py",
    "tests/index/sync/test_first_index.py",
    "tests/index/ner/test_annotation.py::test_the_models_names_replace_those_of_the_rules",
    "tests/tui/test_themes.py",
    "tests/tui/test_readme.py",
    "tests/terminal/test_leaving_the_app.py",
)
CHECK = """
import importlib.metadata, sys
from pathlib import Path
import seedread, seedread_index
site, root = map(Path, sys.argv[1:])
assert Path(seedread.__file__).is_relative_to(site), seedread.__file__
assert Path(seedread_index.__file__).is_relative_to(site), seedread_index.__file__
assert not [path for path in sys.path if Path(path) in (root / "tui", root / "index")], sys.path
(script,) = importlib.metadata.distribution("seedread").entry_points
assert script.name == "seedread" and callable(script.load())
"""


def installed(folder: Path) -> Path:
    """The interpreter of a new environment with a wheel of the tree in it."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "env", symlinks=True)
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    subprocess.run([sys.executable, "-m", "compileall", "-q", site], check=True)  # else each worker does it
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-P", "-c", CHECK, site, ROOT], cwd=folder, check=True)
    return python


def main(arguments: list[str]) -> int:
    """The exit code of pytest."""
    quick = "--quick" in arguments
    rest = [each for each in arguments if each != "--quick"]
    with tempfile.TemporaryDirectory(prefix="seedread-wheel-") as scratch:
        python = installed(Path(scratch).resolve())
        workers = "2" if quick else "4"  # more would take longer to start than to run so few tests
        options = ["-q", "-n", workers, "--dist", "worksteal", "-p", "no:cacheprovider", "-o", "pythonpath="]
        tests = QUICK if quick else ()
        run = [python, "-P", "-m", "pytest", *options, *rest, *tests]
        return subprocess.run(run, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
