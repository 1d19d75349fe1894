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

    FIND = "Find"
    MOVE = "Move"
    READ = "Read"
    FOLLOW = "Follow"
    MEND = "Mend"
    KEEP = "Keep and send"
    LOOK = "Look"
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
        ("search", "/", (_L,), "Search", "Go to the query line"),
        ("search-anew", "S", (_A,), "Search from anywhere", "Go back to the query line, whatever is open"),
        ("find", "/", (_R,), "Find in the article", "Find words in the open article; n and N walk them"),
        ("filter-panel", "/", (_P, _E, _F), "Filter", "Show only the lines that hold what you type"),
        ("next-hit", "n", (*_BROWSE, _P), "Next hit", "On to the next hit, and on into the next article"),
        ("previous-hit", "N", (*_BROWSE, _P), "Previous hit", "Back to the previous hit, the way you came"),
        ("facets", "f", _BROWSE, "Facets", "Count who and what is in the results, and narrow by it"),
        ("input-facets", "f2", (_I,), "Facets", "Count who and what is in the results, and narrow by it"),
        ("facet-narrow", "enter", (_F,), "Narrow", "Show only articles that have it; again: all of them"),
        ("facet-exclude", "- #", (_F,), "Exclude", "Leave out articles that have it; again: all of them"),
        ("next-facet", "]", (_F,), "Next group", "Go to the next group of facets"),
        ("previous-facet", "[", (_F,), "Previous group", "Go to the group of facets before"),
        ("filter", "f", (_F,), "Edit the filter", "Edit the filter: words, fields, names, as in a query"),
        ("clear-filter", "F", (*_BROWSE, _F), "Clear the filter", "Clear the filter"),
        ("sort", "s", (_L, _E, _P), "Sort", "The next order: relevance, date, title, path; by count …"),
        ("search-selection", "*", _NAMED, "Search for it", "Search for the name under the cursor"),
        ("exclude-selection", "#", _NAMED, "Exclude it", "Leave out what the name meets"),
        ("explain", "", (_A,), "The query in words", "Say in words how the query was understood"),
        ("offer", "f3 ;", (_A,), "Take the offer", "Run the query that the message offers"),
        ("input-offer", "f3", (_I,), "Take the offer", "Run the query that the message offers"),
    )
    add(
        Group.MOVE,
        ("down", "j down", _MOVES, "Down", "One line or row down"),
        ("up", "k up", _MOVES, "Up", "One line or row up"),
        ("first", "g home", _MOVES, "To the start", "The first row, or the top"),
        ("last", "G end", _MOVES, "To the end", "The last row, or the bottom"),
        ("page-down", "pagedown ctrl+f", _MOVES, "Page down", "A page down"),
        ("page-up", "pageup", _MOVES, "Page up", "A page up"),
        ("half-down", "ctrl+d", _MOVES, "Half a page down", "Half a page down"),
        ("half-up", "ctrl+u", _MOVES, "Half a page up", "Half a page up"),
        ("screen-down", "space", (_R, _P, _E, _C, _F), "Page down", "A page down"),
        ("screen-up", "b", (_R, _P, _E, _C, _F), "Page up", "A page up"),
        ("preview-down", "space", (_L,), "Page the preview", "Show the preview, then page it down"),
        ("preview-up", "b", (_L,), "Page the preview back", "Page the preview up"),
        ("next-unread", "J", (_L,), "Next unread", "The next article you have not read"),
        ("previous-unread", "K", (_L,), "Previous unread", "The previous article you have not read"),
        ("next-article", "J", (_R,), "Next article", "Open the next article of the results"),
        ("previous-article", "K", (_R,), "Previous article", "Open the previous article of the results"),
        ("set-mark", "m", (_R,), "Set a mark", "Followed by a letter: remember this place"),
        ("go-to-mark", "'", (_L, _R), "Go to a mark", "Followed by a letter: back to that place"),
        ("jump-back", "( ctrl+o", (_A,), "Jump back", "Back to where you were before the last jump"),
        ("jump-forward", ")", (_A,), "Jump forward", "Forward again"),
    )
    add(
        Group.READ,
        ("open-article", "enter l right", (_L,), "Open", "Open it at its first hit, or where you left it"),
        ("close-reader", "h left", (_R,), "Back to the list", "Back to the list of results"),
        ("preview", "p", (_L,), "Preview", "Show or hide the article under the cursor"),
        ("read", "u", (_L,), "Read or unread", "Mark the article as read, or as unread"),
        (
            "information",
            "i",
            _BROWSE,
            "Information",
            "Its file, fields and the reasons; Enter corrects a line",
        ),
        ("boilerplate", ".", (_R,), "Boilerplate", "Unfold or fold what is not the article's own text"),
        ("narrower-text", "-", (_R,), "Narrower text", "Make the text column narrower"),
        ("wider-text", "+", (_R,), "Wider text", "Make the text column wider"),
        ("highlighting", "H", _BROWSE, "Highlighting", "Highlighting of names on or off"),
        ("types", "T", (_R,), "Types shown", "Which types of names are highlighted"),
    )
    add(
        Group.FOLLOW,
        ("next-mention", "]", (_R,), "Next mention", "On to the next name"),
        ("previous-mention", "[", (_R,), "Previous mention", "Back to the previous name"),
        ("next-same", "}", (_R,), "Next of the same name", "On to where the same name comes again"),
        ("previous-same", "{", (_R,), "Previous of the same name", "Back to where the same name came before"),
        ("next-quotation", '"', (_R,), "Next quotation", "On to what is said next, and by whom"),
        ("list-quotations", "W", _NAMED, "Quotations", "Who says what: here, in the results, or by it"),
        (
            "card",
            "enter",
            (_R,),
            "Entity card",
            "Who or what the name under the cursor is, or what is noted here",
        ),
        ("entity-card", "i l right", (_E, _F), "Entity card", "Who or what this is"),
        ("entity-mentions", "enter", (_E,), "Its mentions", "Search for the articles that mention it"),
        ("follow", "enter l right", (_P, _C), "Open", "Open what the line stands for, or correct it"),
        ("co-mentions", "C", _NAMED, "Named together", "Who is named in the same articles"),
        ("list-names", "E", _BROWSE, "Names here", "The names in this article, or in these results"),
        ("concordance", "c", _EVERY, "In context", "Every hit in its context; there: the words near them"),
        ("timeline", "D", _EVERY, "Over time", "How many articles there are of each period"),
        ("finer", "+", (_P,), "Finer", "On a timeline: months in place of years, days of months"),
        ("coarser", "-", (_P,), "Coarser", "On a timeline: months in place of days, years of months"),
        (
            "compare",
            "=",
            _EVERY,
            "Compare with",
            "What is in common and alone; in a related one what changed",
        ),
        ("related", "r", _BROWSE, "Related", "Articles that share rare words and names with it"),
        ("entities", "e", (_A,), "Entities", "Every person, place, organisation and group"),
    )
    add(
        Group.MEND,
        ("merge", "M", (_E, _C), "Merge", "Make one of the ticked entities, or of this and another"),
        ("alias", "A", (_E, _C), "Add an alias", "Another spelling of this entity"),
        ("split-alias", "", (_C,), "Split off an alias", "Make an entity of its own of one spelling"),
        ("retype", "T", (_E, _C), "Change the type", "Person, place, organisation or group"),
        ("hide", "X", (_E, _C), "Hide", "It is not a name: show and count it no more"),
        (
            "toggle-passage",
            "~",
            (_R,),
            "Body or boilerplate",
            "Make the current paragraph boilerplate, or body",
        ),
        ("add-name", "", (_R,), "Add a name", "Have words found as a name wherever they stand"),
        ("no-name", "", (_R,), "Not a name here", "What the cursor is on is not a name in this article"),
        ("undo", "U", (_A,), "Undo", "Take back the last correction or what was kept last"),
    )
    add(
        Group.KEEP,
        ("tick", "x", (_L, _R, _E), "Tick", "Tick or untick; a command then takes all that are ticked"),
        ("tick-all", "X", (_L,), "Tick all", "Tick every result, or none"),
        (
            "copy",
            "y",
            (*_BROWSE, _P),
            "Copy with source",
            "Copy the paragraph with title, date, file and place",
        ),
        ("external", "o", _BROWSE, "Open the original", "Open its address in the browser; else it in $PAGER"),
        ("pager", "", _BROWSE, "Open in the pager", "Open the article in $PAGER"),
        ("edit", "v", _BROWSE, "Open in the editor", "Open the file in $EDITOR at the hit's line"),
        ("pipe", "|", _BROWSE, "Pipe", "Give the article's text to a command"),
    )
    add(
        Group.KEEP,
        ("star", "B", _BROWSE, "Star", "Star the article or the selection, or take the star off"),
        ("tag", "t", _BROWSE, "Tag", "Give the article a tag; -tag takes one off"),
        ("note", "a", (_R,), "Note", "Write a note on the paragraph, or on the selection"),
        ("next-kept", "A", (_R,), "Next note", "On to the next note or starred passage; Enter shows it"),
        ("select", "V", (_R,), "Select", "Select a sentence; movements select more; again: nothing"),
        ("collect", "&", _BROWSE, "Collection", "Put the article into a collection; -name takes it out"),
        ("save-search", "P", _BROWSE, "Save the search", "Keep the query; L shows what is new in it"),
        (
            "export",
            "w",
            (*_BROWSE, _P),
            "Export",
            "Write the results or ticked articles to a file, with sources",
        ),
        ("take-away", "X", (_P,), "Take away", "In the library: the star, tag, note or search of the line"),
        ("library", "L", (_A,), "Library", "Saved searches, stars, tags, collections and notes"),
    )
    add(
        Group.LOOK,
        ("zen", "z", (_A,), "Only the text", "Nothing on the screen but the text, and back"),
        ("narrower-list", "<", (_A,), "Smaller list", "Move the split between list and text"),
        ("wider-list", ">", (_A,), "Larger list", "Move the split between list and text"),
        ("theme", "", (_A,), "Theme", "Choose the colours: :theme NAME"),
        ("redraw", "ctrl+l", (_A, _I), "Redraw", "Draw the whole screen again"),
    )
    add(
        Group.PROGRAM,
        ("help", "? f1", (_A,), "Help", "The keys for the place you are in"),
        ("input-help", "f1", (_I,), "Help", "How a query is written"),
        ("command-line", ":", (_A,), "Command line", "Every command by its name, with completion"),
        ("next-pane", "tab", (_A,), "Next pane", "Query, list, text in turn"),
        ("previous-pane", "shift+tab", (_A, _I), "Previous pane", "Query, list, text in turn, backwards"),
        ("back", "q ctrl+g escape", (_A,), "Back", "Back; at the list: quit"),
        ("input-back", "ctrl+g escape", (_I,), "Back", "Leave the line"),
        ("quit", "Q", (_A,), "Quit", "Quit at once; the place is remembered"),
        ("cancel", "ctrl+c", (_A, _I), "Cancel", "Cancel what is running; twice quits"),
        ("suspend", "ctrl+z", (_A, _I), "Suspend", "Back to the shell for a while; fg returns"),
        ("refresh", "R", (_A,), "Refresh", "Look for new and changed files"),
        ("open", "", (_A,), "Open a folder", "Open another folder of articles: :open PATH"),
        ("files", "", (_A,), "Files", "Which files were left out and why, and which are copies"),
        ("messages", "!", (_A,), "Messages", "What has been said so far"),
    )
    add(
        Group.EDIT,
        ("run", "enter", (_I,), "Run", "Run the query, or do what the line says"),
        ("complete", "tab", (_I,), "Complete", "Complete the word; again for the next one"),
        ("older", "up", (_I,), "Older query", "The query before"),
        ("newer", "down", (_I,), "Newer query", "The query after; at the newest, down to the list"),
        ("history-search", "ctrl+r", (_I,), "Search the history", "Earlier queries that hold what is typed"),
        ("line-start", "home", (_I,), "To the start", "To the start of the line"),
        ("line-end", "end ctrl+e", (_I,), "To the end", "To the end of the line"),
        ("cut-word", "ctrl+w", (_I,), "Delete a word", "Delete the word before the cursor"),
        ("cut-before", "ctrl+u", (_I,), "Delete to the start", "Delete what stands before the cursor"),
        ("cut-after", "ctrl+k", (_I,), "Delete to the end", "Delete what stands after the cursor"),
    )
    return tuple(table)


COMMANDS = _commands()
"""All commands, in the order of help."""

BY_NAME = {command.name: command for command in COMMANDS}
"""Commands by their name."""
