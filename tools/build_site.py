"""Build the documentation site in docs/_build/html; every warning is an error.

usage: python tools/build_site.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = ROOT / "docs" / "_build"


def main() -> int:
    """The exit code of Sphinx."""
    shutil.rmtree(SITE, ignore_errors=True)
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    done = subprocess.run([*build, str(ROOT / "docs"), str(SITE / "html")], cwd=ROOT, check=False)
    if done.returncode:
        print("docs: failed, see the warnings above")
        return done.returncode
    pages = len(list((SITE / "html").rglob("*.html")))
    print(f"docs: {pages} pages, no warnings: {(SITE / 'html' / 'index.html').relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
