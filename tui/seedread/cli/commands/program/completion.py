"""`seedread completion`: a completion script for bash, zsh or fish, made from the parsers themselves."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from seedread.cli import main
from seedread.cli.commands import COMMANDS, parser_of
from seedread.cli.context import FOUND, Context
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe

SHELLS = ("bash", "zsh", "fish")

EPILOG = """\
  seedread completion bash > ~/.local/share/bash-completion/completions/seedread
  seedread completion zsh > ~/.zfunc/_seedread
  seedread completion fish > ~/.config/fish/completions/seedread.fish"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("SHELL", ", ".join(SHELLS))


def run(context: Context) -> int:
    """Print the script of one shell. Raises UsageError."""
    words = context.options.words
    if len(words) != 1 or words[0] not in SHELLS:
        notice = f"there is no completion for {safe(' '.join(words))}" if words else "which shell?"
        raise UsageError(notice, "seedread completion " + "|".join(SHELLS))

    context.out.line(script(words[0]), end="")
    return FOUND


_FILES = {"PATH", "FILE", "PATH|ID"}


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command: its spellings, what follows it, and what it does."""

    names: tuple[str, ...]
    help: str
    value: bool
    choices: tuple[str, ...]
    files: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand (or none: the name is empty) with its options and the words it takes."""

    name: str
    help: str
    options: tuple[Option, ...]
    words: tuple[str, ...]
    files: bool


def script(shell: str) -> str:
    """The completion script of a shell."""
    commands = [_command("", "", main.reader_parser())]
    commands += [_command(name, what, parser_of(name)) for name, what in COMMANDS.items()]
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands)


def _command(name: str, what: str, parser: Parser) -> Command:
    options = tuple(_option(action) for action in parser.actions if action.option_strings)
    words = next((action for action in parser.actions if action.dest == "words"), None)
    listed = SHELLS if name == "completion" else ()
    return Command(name, what, options, listed, words is not None and words.metavar in _FILES)


def _option(action: argparse.Action) -> Option:
    return Option(
        names=tuple(action.option_strings),
        help=(action.help or "").split(" (")[0],
        value=action.nargs not in {0, "?"},
        choices=tuple(str(choice) for choice in action.choices or ()),
        files=action.metavar in _FILES,
    )


def _bash(commands: list[Command]) -> str:
    lines = [
        "# bash completion for seedread; written by `seedread completion bash`",
        "_seedread() {",
        '    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
        '    local command="" word',
        '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'        case "$word" in {"|".join(COMMANDS)}) command="$word"; break;; esac',
        "    done",
        "    COMPREPLY=()",
        '    case "$command,$previous" in',
    ]
    for command in commands:
        for option in command.options:
            keys = "|".join(f'"{command.name},{name}"' for name in option.names)
            if option.choices:
                reply = f'COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$current"))'
            elif option.files:
                reply = 'mapfile -t COMPREPLY < <(compgen -f -- "$current")'
            elif option.value:
                reply = ":"
            else:
                continue
            lines.append(f"        {keys}) {reply}; return;;")
    lines += ["    esac", '    local words="" options="" files=""', '    case "$command" in']
    for command in commands:
        names = [name for option in command.options for name in option.names]
        words = [other.name for other in commands if other.name] if not command.name else command.words
        lines.append(
            f'        "{command.name}") words="{" ".join(words)}" options="{" ".join(names)}"'
            f' files="{"yes" if command.files else ""}";;'
        )
    lines += [
        "    esac",
        '    if [[ "$current" == -* ]]; then words="$options"; files=""; fi',
        '    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; '
        '[[ -n "$files" ]] && compgen -f -- "$current")',
        "}",
        "complete -o filenames -F _seedread seedread",
    ]
    return "\n".join(lines) + "\n"


def _zsh(commands: list[Command]) -> str:
    lines = [
        "#compdef seedread",
        "# zsh completion for seedread; written by `seedread completion zsh`",
        "_seedread() {",
        "    local command word",
        "    for word in ${words[2,CURRENT-1]}; do",
        f'        case "$word" in ({"|".join(COMMANDS)}) command="$word"; break;; esac',
        "    done",
        '    case "$command" in',
    ]
    for command in commands:
        lines.append(f'        ("{command.name}")')
        lines.append("            _arguments -S \\")
        lines += [f"                {spec} \\" for option in command.options for spec in _zsh_specs(option)]
        if not command.name:
            listed = " ".join(f"{c.name}\\:{_quoted(c.help)}" for c in commands if c.name)
            lines.append(f"                '1:command:(({listed}))' '*:file:_files';;")
        elif command.words:
            lines.append(f"                '*:word:({' '.join(command.words)})';;")
        else:
            lines.append(f"                '*:word:{'_files' if command.files else ''}';;")
    lines += ["    esac", "}", '_seedread "$@"']
    return "\n".join(lines) + "\n"


def _zsh_specs(option: Option) -> Iterator[str]:
    for name in option.names:
        help_text = option.help.replace("'", "’").replace("[", "(").replace("]", ")").replace(":", ";")
        if option.choices:
            yield f"'{name}[{help_text}]:value:({' '.join(option.choices)})'"
        elif option.value:
            yield f"'{name}[{help_text}]:value:{'_files' if option.files else ''}'"
        else:
            yield f"'{name}[{help_text}]'"


def _quoted(text: str) -> str:
    """Text inside a zsh list of descriptions."""
    return '"' + text.replace("'", "’").replace(":", ";") + '"'


def _fish(commands: list[Command]) -> str:
    names = " ".join(command.name for command in commands if command.name)
    lines = ["# fish completion for seedread; written by `seedread completion fish`"]
    for command in commands:
        if command.name:
            lines.append(
                f"complete -c seedread -n 'not __fish_seen_subcommand_from {names}'"
                f" -a {command.name} -d '{_fish_text(command.help)}'"
            )
            condition = f"-n '__fish_seen_subcommand_from {command.name}'"
            if not command.files:
                words = f" -a '{' '.join(command.words)}'" if command.words else ""
                lines.append(f"complete -c seedread {condition} -f{words}")
        else:
            condition = f"-n 'not __fish_seen_subcommand_from {names}'"
        lines += [f"complete -c seedread {condition} {_fish_option(option)}" for option in command.options]
    return "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    flags = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    if option.choices:
        flags.append(f"-x -a '{' '.join(option.choices)}'")
    elif option.value:
        flags.append("-r" if option.files else "-x")
    return " ".join([*flags, f"-d '{_fish_text(option.help)}'"])


def _fish_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
