"""Every command of the reader: its name, its default keys, where it works and what it does, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where the keyboard is."""

    ANYWHERE = "anywhere"
    LIST = "list"
    READER = "reader"
    PANEL = "panels"
    ENTITIES = "entities"
    CARD = "entity card"
    FACETS = "facets"
    INPUT = "input line"


class Group(StrEnum):
    """What kind of thing a command does; help and the README are ordered by it."""

    FIND = "Search"
    MOVE = "Move"
    READ = "Read"
    FOLLOW = "Follow"
    MEND = "Correct"
    SEND = "Copy and open"
    KEEP = "Keep and export"
    LOOK = "Display"
    PROGRAM = "Program"
    EDIT = "Edit the line"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the reader can do; `name` is typed after `:` and used in the settings."""

    name: str
    keys: tuple[str, ...]
    places: tuple[Place, ...]
    group: Group
    description: str
    tooltip: str


_A, _L, _R, _P, _E, _C, _F, _I = Place
_BROWSE = (_L, _R)
_NAMED = (_L, _R, _E, _C)
_EVERY = (*_NAMED, _P)
_MOVES = (_L, _R, _P, _E, _C, _F)


def _commands() -> tuple[Command, ...]:
    table: list[Command] = []

    def add(group: Group, *rows: tuple[str, str, tuple[Place, ...], str, str]) -> None:
        table.extend(
            Command(name, tuple(keys.split()), places, group, description, tooltip)
            for name, keys, places, description, tooltip in rows
        )

    add(
        Group.FIND,
        ("search", "/", (_L,), "Search", "Go to the query line; typing replaces the query"),
        ("search-anew", "S", (_A,), "Search from anywhere", "Go to the query line from anywhere"),
        (
            "find",
            "/",
            (_R,),
            "Find in the article",
            "Find words in the open article; n and N move between them",
        ),
        ("filter-panel", "/", (_P, _E, _F), "Filter", "Filter these lines"),
        ("next-hit", "n", (*_BROWSE, _P), "Next hit", "Next hit (continues in the next article)"),
        ("previous-hit", "N", (*_BROWSE, _P), "Previous hit", "Previous hit"),
        ("facets", "f", _BROWSE, "Facets", "Count people, places and sources in the results; narrow by them"),
        (
            "input-facets",
            "f2",
            (_I,),
            "Facets",
            "Count people, places and sources in the results; narrow by them",
        ),
        ("facet-narrow", "enter l right", (_F,), "Narrow", "Narrow to this value (again to undo)"),
        ("facet-exclude", "- #", (_F,), "Exclude", "Exclude articles with this value (again to undo)"),
        ("next-facet", "]", (_F,), "Next group", "Go to the next group of facets"),
        ("previous-facet", "[", (_F,), "Previous group", "Go to the previous group of facets"),
        ("filter", "f", (_F,), "Edit the filter", "Edit the filter, written like a query"),
        ("clear-filter", "F", (*_BROWSE, _F), "Clear the filter", "Clear the filter"),
        ("sort", "s", (_L, _E, _P), "Sort", "Change the sort order"),
        ("search-selection", "*", _EVERY, "Search for it", "Find the articles that mention this name"),
        ("exclude-selection", "#", _NAMED, "Exclude it", "Exclude articles that mention this name"),
        ("explain", "", (_A,), "The query in words", "Explain how the query was read"),
        ("offer", "f3 ;", (_A,), "Accept the suggestion", "Run the suggested query"),
        ("input-offer", "f3", (_I,), "Accept the suggestion", "Run the suggested query"),
    )
    add(
        Group.MOVE,
        ("down", "j down", _MOVES, "Down", "Move down one line"),
        ("up", "k up", _MOVES, "Up", "Move up one line"),
        ("first", "g home", _MOVES, "To the start", "Go to the first row, or to the top"),
        ("last", "G end", _MOVES, "To the end", "Go to the last row, or to the end"),
        ("page-down", "pagedown ctrl+f", _MOVES, "Page down", "Move down one page"),
        ("page-up", "pageup", _MOVES, "Page up", "Move up one page"),
        ("half-down", "ctrl+d", _MOVES, "Half a page down", "Move down half a page"),
        ("half-up", "ctrl+u", _MOVES, "Half a page up", "Move up half a page"),
        ("screen-down", "space", (_R, _P, _E, _C, _F), "Page down", "Move down one page"),
        ("screen-up", "b", (_R, _P, _E, _C, _F), "Page up", "Move up one page"),
        ("preview-down", "space", (_L,), "Page the preview", "Open the preview, then page it down"),
        ("preview-up", "b", (_L,), "Page the preview back", "Page the preview up"),
        ("next-unread", "J", (_L,), "Next unread", "Next unread article"),
        ("previous-unread", "K", (_L,), "Previous unread", "Previous unread article"),
        ("next-article", "J", (_R,), "Next article", "Open the next result"),
        ("previous-article", "K", (_R,), "Previous article", "Open the previous result"),
        ("set-mark", "m", (_R,), "Set a mark", "Mark this place (followed by a letter)"),
        ("go-to-mark", "'", (_L, _R), "Go to a mark", "Go to a mark (followed by its letter)"),
        ("jump-back", "( ctrl+o", (_A,), "Jump back", "Go back to where you were before the last jump"),
        ("jump-forward", ")", (_A,), "Jump forward", "Go forward again"),
    )
    add(
        Group.READ,
        (
            "open-article",
            "enter l right",
            (_L,),
            "Open",
            "Open the article at its first hit, or where you left off",
        ),
        ("close-reader", "h left", (_R,), "Back to the list", "Back to the results"),
        ("preview", "p", (_L,), "Preview", "Show or hide the preview"),
        ("read", "u", (_L,), "Read or unread", "Mark as read or unread"),
        (
            "information",
            "i",
            _BROWSE,
            "Information",
            "File, date, source, counts and how they were found; Enter corrects a field",
        ),
        ("boilerplate", ".", (_R,), "Boilerplate", "Show or hide boilerplate"),
        ("narrower-text", "-", (_R,), "Narrower text", "Make the text column narrower"),
        ("wider-text", "+", (_R,), "Wider text", "Make the text column wider"),
        ("highlighting", "H", _BROWSE, "Highlighting", "Turn the highlighting of names on or off"),
        ("types", "T", (_R,), "Types shown", "Choose which types of names are highlighted"),
    )
    add(
        Group.FOLLOW,
        ("next-mention", "]", (_R,), "Next name", "Next name"),
        ("previous-mention", "[", (_R,), "Previous name", "Previous name"),
        ("next-same", "}", (_R,), "Next of the same name", "Next mention of this name"),
        ("previous-same", "{", (_R,), "Previous of the same name", "Previous mention of this name"),
        ("next-quotation", '"', (_R,), "Next quotation", "Next quotation, with its speaker"),
        (
            "list-quotations",
            "W",
            _NAMED,
            "Quotations",
            "List quotations: in the article, in the results, or by this name",
        ),
        (
            "card",
            "enter",
            (_R,),
            "Name card",
            "Show the card for this name, or the note here",
        ),
        ("entity-card", "i", (_E, _F), "Name card", "Show the card for this name"),
        ("follow", "enter l right", (_P, _C, _E), "Open", "Open the article, card or search of this line"),
        ("co-mentions", "C", _NAMED, "Mentioned with", "List the names mentioned in the same articles"),
        ("list-names", "E", _BROWSE, "Names here", "List only the names in this article or these results"),
        ("concordance", "c", _EVERY, "In context", "List hits in context; there, count the words near them"),
        ("timeline", "D", _EVERY, "Over time", "Show articles over time"),
        ("finer", "+", (_P,), "Finer", "Timeline: years to months, months to days"),
        ("coarser", "-", (_P,), "Coarser", "Timeline: days to months, months to years"),
        (
            "compare",
            "=",
            _EVERY,
            "Compare with",
            "Compare two queries or articles: what they share, where they differ",
        ),
        ("related", "r", _BROWSE, "Related", "List articles that share rare words and names with this one"),
        (
            "entities",
            "e",
            (_A,),
            "All names",
            "List people, places, organisations and groups in all articles",
        ),
    )
    add(
        Group.MEND,
        ("merge", "M", (_E, _C), "Merge", "Merge the ticked entities, or this one with another"),
        ("alias", "A", (_E, _C), "Add a spelling", "Add a spelling"),
        ("split-alias", "", (_C,), "Split off a spelling", "Split a spelling off as its own entity"),
        ("retype", "T", (_E, _C), "Change the type", "Change the type: person, place, organisation or group"),
        ("hide", "X", (_E, _C), "Hide", "Hide: not a real name"),
        (
            "toggle-passage",
            "~",
            (_R,),
            "Body or boilerplate",
            "Mark the paragraph as boilerplate, or as body text again",
        ),
        ("add-name", "", (_R,), "Add a name", "Add a name that was missed, to be found in every article"),
        ("no-name", "", (_R,), "Not a name here", "Mark these words as not a name in this article"),
        ("undo", "U", (_A,), "Undo", "Undo the last correction or change to the library"),
    )
    add(
        Group.SEND,
        ("tick", "x", (_L, _R, _E), "Tick", "Tick/untick; commands act on all ticked"),
        ("tick-all", "X", (_L,), "Tick all", "Tick all results, or none"),
        ("sample", "", (_L,), "Tick a sample", "Tick a random sample of the results, for coding by hand"),
        (
            "copy",
            "y",
            (*_BROWSE, _P),
            "Copy with source",
            "Copy the paragraph with its source",
        ),
        (
            "external",
            "o",
            _BROWSE,
            "Open the original",
            "Open the original in the browser, or the article in $PAGER",
        ),
        ("pager", "", _BROWSE, "Open in the pager", "Open the article in $PAGER"),
        ("edit", "v", _BROWSE, "Open in the editor", "Open the file in $EDITOR at the hit's line"),
        ("pipe", "|", _BROWSE, "Pipe", "Pipe the article's text to a shell command"),
    )
    add(
        Group.KEEP,
        ("star", "B", _BROWSE, "Star", "Star the article or selection, or remove the star"),
        ("tag", "t", _BROWSE, "Tag", "Tag the article (-tag removes a tag)"),
        ("note", "a", (_R,), "Note", "Write a note on the paragraph or selection"),
        ("next-kept", "A", (_R,), "Next note", "Next note or starred passage"),
        ("select", "V", (_R,), "Select", "Select a sentence; movements extend it (again to stop)"),
        ("collect", "&", _BROWSE, "Collection", "Add the article to a collection (-name removes it)"),
        ("save-search", "P", _BROWSE, "Save the search", "Save the query; L shows what is new in it"),
        (
            "export",
            "w",
            (*_BROWSE, _P),
            "Export",
            "Export the results or ticked articles to a file, with sources",
        ),
        ("take-away", "X", (_P,), "Remove", "Remove the star, tag, note or saved search on this line"),
        ("library", "L", (_A,), "Library", "List saved searches, stars, tags, collections and notes"),
    )
    add(
        Group.LOOK,
        ("zen", "z", (_A,), "Full-screen text", "Full-screen text (toggle)"),
        ("narrower-list", "<", (_A,), "Narrow the list", "Narrow the list"),
        ("wider-list", ">", (_A,), "Widen the list", "Widen the list"),
        ("theme", "", (_A,), "Theme", "Choose the colours: :theme NAME"),
        ("redraw", "ctrl+l", (_A, _I), "Redraw", "Redraw the screen"),
    )
    add(
        Group.PROGRAM,
        ("help", "? f1", (_A,), "Help", "Keys that work here"),
        ("input-help", "f1", (_I,), "Help", "How to write a query"),
        ("command-line", ":", (_A,), "Command line", "Run a command by its name (Tab completes)"),
        ("next-pane", "tab", (_A,), "Next pane", "Next pane"),
        ("previous-pane", "shift+tab", (_A, _I), "Previous pane", "Previous pane"),
        ("back", "q ctrl+g escape", (_A,), "Back", "Go back one step; in the first list: quit"),
        ("input-back", "ctrl+g escape", (_I,), "Back", "Leave the line"),
        ("quit", "Q", (_A,), "Quit", "Quit at once; your place is remembered"),
        ("cancel", "ctrl+c", (_A, _I), "Cancel", "Cancel; press twice to quit"),
        ("suspend", "ctrl+z", (_A, _I), "Suspend", "Suspend (return with fg)"),
        ("refresh", "R", (_A,), "Refresh", "Look for new and changed files"),
        ("open", "", (_A,), "Open a folder", "Open another folder of articles: :open PATH"),
        ("files", "", (_A,), "Files", "List skipped files with the reason, and copies"),
        ("messages", "!", (_A,), "Messages", "Message history"),
    )
    add(
        Group.EDIT,
        ("run", "enter", (_I,), "Run", "Run the query, or answer the question"),
        ("complete", "tab", (_I,), "Complete", "Complete (press again for the next suggestion)"),
        ("older", "up", (_I,), "Previous query", "Previous query"),
        ("newer", "down", (_I,), "Next query", "Next query; after the newest, go to the list"),
        ("history-search", "ctrl+r", (_I,), "Search the history", "Search the query history"),
        ("line-start", "home", (_I,), "To the start", "Go to the start of the line"),
        ("line-end", "end ctrl+e", (_I,), "To the end", "Go to the end of the line"),
        ("cut-word", "ctrl+w", (_I,), "Delete a word", "Delete the word before the cursor"),
        ("cut-before", "ctrl+u", (_I,), "Delete to the start", "Delete everything before the cursor"),
        ("cut-after", "ctrl+k", (_I,), "Delete to the end", "Delete everything after the cursor"),
    )
    return tuple(table)


COMMANDS = _commands()
"""All commands, in the order of help."""

BY_NAME = {command.name: command for command in COMMANDS}
"""Commands by their name."""
