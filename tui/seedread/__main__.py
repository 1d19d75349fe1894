"""The command `seedread`: subcommands for pipes and scripts, the terminal reader otherwise."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run a command line (the process's own when None) and give back its exit code."""
    from seedread import skeleton

    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        skeleton.paint_early(arguments)
        from seedread.cli.command import run
    except KeyboardInterrupt:
        skeleton.restore()
        return 130
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
