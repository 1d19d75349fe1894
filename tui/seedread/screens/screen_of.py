"""Which screen answers each request for one."""

from __future__ import annotations

from seedread.screens import requests
from seedread.screens.command_screen import CommandScreen
from seedread.screens.desk.comparison import ComparisonScreen
from seedread.screens.desk.concordance import ConcordanceScreen
from seedread.screens.desk.names import NamesScreen
from seedread.screens.desk.timeline import TimelineScreen
from seedread.screens.desk.word_diff import WordDiffScreen
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.entities.navigation import CoMentionsScreen
from seedread.screens.files import FilesScreen
from seedread.screens.help import HelpScreen, MessagesScreen
from seedread.screens.information import InformationScreen
from seedread.screens.library.library_screen import LibraryScreen, PassageScreen
from seedread.screens.quotations import QuotationsScreen
from seedread.screens.related import RelatedScreen
from seedread.session import Session


def screen_of(session: Session, request: requests.ScreenRequested) -> CommandScreen:
    """A new screen for a request."""
    match request:
        case requests.InformationRequested(article, variants, ticked):
            return InformationScreen(session, article, variants, ticked)
        case requests.HelpRequested(about, known, words):
            return HelpScreen(session, about, known, words)
        case requests.CardRequested(entity_id):
            return EntityCardScreen(session, entity_id)
        case requests.CoMentionsRequested(entity_id):
            return CoMentionsScreen(session, entity_id)
        case requests.PassageRequested(article_id, notes):
            return PassageScreen(session, article_id, notes)
        case requests.RelatedRequested(article_id):
            return RelatedScreen(session, article_id)
    return _screen_of_search(session, request) or _plain_screen(session, request)


def _screen_of_search(session: Session, request: requests.ScreenRequested) -> CommandScreen | None:
    """The screen of a request about articles found; None where it is another one."""
    match request:
        case requests.QuotationsRequested():
            return QuotationsScreen(session, request)
        case requests.ConcordanceRequested():
            return ConcordanceScreen(session, request)
        case requests.TimelineRequested():
            return TimelineScreen(session, request)
        case requests.ComparisonRequested():
            return ComparisonScreen(session, request)
        case requests.NamesRequested():
            return NamesScreen(session, request)
        case requests.WordDiffRequested():
            return WordDiffScreen(session, request)
    return None


def _plain_screen(session: Session, request: requests.ScreenRequested) -> CommandScreen:
    """The screen of a request that says no more than which."""
    plain = {
        requests.EntitiesRequested: EntitiesScreen,
        requests.FilesRequested: FilesScreen,
        requests.LibraryRequested: LibraryScreen,
        requests.MessagesRequested: MessagesScreen,
    }
    return plain[type(request)](session)
