"""`seedread completion`: a completion script for bash, zsh or fish, made from the parsers themselves."""

from __future__ import annotations

from seedread.cli.parser import Parser, UsageError
from seedread.cli.session import FOUND, Session
from seedread.cli.streams.stderr import safe

SHELLS = ("bash", "zsh", "fish")

EPILOG = """\
  seedread completion bash > ~/.local/share/bash-completion/completions/seedread
  seedread completion zsh > ~/.zfunc/_seedread
  seedread completion fish > ~/.config/fish/completions/seedread.fish"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("SHELL", ", ".join(SHELLS))


def run(session: Session) -> int:
    """Print the script of one shell."""
    words = session.options.words
    if len(words) != 1 or words[0] not in SHELLS:
        said = f"there is no completion for {safe(' '.join(words))}" if words else "which shell?"
        raise UsageError(said, "seedread completion " + "|".join(SHELLS))
    from seedread.cli.shells import script

    session.out.line(script(words[0]), end="")
    return FOUND
