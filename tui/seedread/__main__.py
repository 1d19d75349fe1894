"""The command `seedread`: subcommands for pipes and scripts, the terminal reader otherwise."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run a command line (the process's own when None) and give back its exit code."""
    from seedread.terminal import early_paint

    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        early_paint.paint_early(arguments)
        from seedread.cli.main import run
    except KeyboardInterrupt:
        early_paint.restore()
        return 130
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
