"""The completion scripts of the shells, from what the commands take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seedread.cli.commands import COMMANDS


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command: its spellings, what follows it, and what it does."""

    names: tuple[str, ...]
    help: str
    value: bool
    choices: tuple[str, ...]
    files: bool
    live: str
    """The kind of its live values, or none."""


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand (or none: the name is empty) with its options and the words it takes."""

    name: str
    help: str
    options: tuple[Option, ...]
    words: tuple[str, ...]
    files: bool
    live: str


_BASH_VALUES = (
    "_seedread_values() {",
    "    local place=() at word=$current reply",
    "    for ((at = 1; at < COMP_CWORD; at++)); do",
    '        case "${COMP_WORDS[at]}" in',
    '            -C|--archive|--cache) place+=("${COMP_WORDS[at]}" "${COMP_WORDS[at + 1]}");;',
    "        esac",
    "    done",
    "    # In a query readline breaks words at colons: take the whole of it, and answer with what follows.",
    "    [[ $1 == query && -n $COMP_LINE ]] && word=${COMP_LINE:0:COMP_POINT} && word=${word##*[[:space:]]}",
    "    while IFS= read -r reply; do",
    '        [[ $COMP_WORDBREAKS == *:* && $word == *:* ]] && reply=${reply#"${word%"${word##*:}"}"}',
    '        COMPREPLY+=("$reply")',
    '    done < <("${COMP_WORDS[0]}" completion --values "$1" "${place[@]}" -- "$word" 2>/dev/null)',
    "}",
)
_ZSH_VALUES = (
    "_seedread_values() {",
    "    local -a place found; local at",
    "    for ((at = 2; at < CURRENT; at++)); do",
    "        case $words[at] in (-C|--archive|--cache) place+=($words[at] $words[at+1]);; esac",
    "    done",
    '    found=("${(@f)$(_call_program values $words[1] completion --values $1 $place -- ${(q)PREFIX})}")',
    "    found=(${found:#})",
    "    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a found",
    "}",
)
_FISH_VALUES = (
    "function __seedread_values",
    "    set -l tokens (commandline -opc)",
    "    set -l place",
    "    for at in (seq (count $tokens))",
    "        switch $tokens[$at]",
    "            case -C --archive --cache",
    "                set -a place $tokens[$at] $tokens[(math $at + 1)]",
    "        end",
    "    end",
    "    $tokens[1] completion --values $argv[1] $place -- (commandline -ct) 2>/dev/null",
    "end",
)


def bash(commands: list[Command]) -> str:
    """The script for bash."""
    lines = [
        "# bash completion for seedread; written by `seedread completion bash`",
        *_BASH_VALUES,
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
            elif option.live and option.value:
                reply = f"_seedread_values {option.live}"
            elif option.files:
                reply = 'mapfile -t COMPREPLY < <(compgen -f -- "$current")'
            elif option.value:
                reply = ":"
            else:
                continue
            lines.append(f"        {keys}) {reply}; return;;")
    lines += ["    esac", '    local words="" options="" files="" live=""', '    case "$command" in']
    for command in commands:
        names = [name for option in command.options for name in option.names]
        words = [other.name for other in commands if other.name] if not command.name else command.words
        lines.append(
            f'        "{command.name}") words="{" ".join(words)}" options="{" ".join(names)}"'
            f' files="{"yes" if command.files else ""}" live="{command.live}";;'
        )
    lines += [
        "    esac",
        '    if [[ "$current" == -* ]]; then words="$options"; files=""; live=""; fi',
        '    if [[ -n "$live" ]]; then _seedread_values "$live"; fi',
        '    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$current"; '
        '[[ -n "$files" ]] && compgen -f -- "$current")',
        "}",
        "complete -o filenames -F _seedread seedread",
    ]
    return "\n".join(lines) + "\n"


def zsh(commands: list[Command]) -> str:
    """The script for zsh."""
    lines = [
        "#compdef seedread",
        "# zsh completion for seedread; written by `seedread completion zsh`",
        *_ZSH_VALUES,
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
        elif command.live:
            files = "; _files" if command.files else ""
            lines.append(f"                '*:word:{{_seedread_values {command.live}{files}}}';;")
        else:
            lines.append(f"                '*:word:{'_files' if command.files else ''}';;")
    lines += ["    esac", "}", '_seedread "$@"']
    return "\n".join(lines) + "\n"


def _zsh_specs(option: Option) -> Iterator[str]:
    for name in option.names:
        help_text = option.help.replace("'", "’").replace("[", "(").replace("]", ")").replace(":", ";")
        if option.choices:
            yield f"'{name}[{help_text}]:value:({' '.join(option.choices)})'"
        elif option.live and option.value:
            yield f"'{name}[{help_text}]:value:{{_seedread_values {option.live}}}'"
        elif option.value:
            yield f"'{name}[{help_text}]:value:{'_files' if option.files else ''}'"
        else:
            yield f"'{name}[{help_text}]'"


def _quoted(text: str) -> str:
    """Text inside a zsh list of descriptions."""
    return '"' + text.replace("'", "’").replace(":", ";") + '"'


def fish(commands: list[Command]) -> str:
    """The script for fish."""
    names = " ".join(command.name for command in commands if command.name)
    lines = ["# fish completion for seedread; written by `seedread completion fish`", *_FISH_VALUES]
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
            if command.live:
                lines.append(f"complete -c seedread {condition} -a '(__seedread_values {command.live})'")
        else:
            condition = f"-n 'not __fish_seen_subcommand_from {names}'"
        lines += [f"complete -c seedread {condition} {_fish_option(option)}" for option in command.options]
    return "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    flags = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    if option.choices:
        flags.append(f"-x -a '{' '.join(option.choices)}'")
    elif option.live and option.value:
        flags.append(f"-x -a '(__seedread_values {option.live})'")
    elif option.value:
        flags.append("-r" if option.files else "-x")
    return " ".join([*flags, f"-d '{_fish_text(option.help)}'"])


def _fish_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
