"""The Textual application: themes, keys, the open archive, and what screens request of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import WorkerFailed

from seedread import themes
from seedread.actions.chosen_keys import keys_of, overrides
from seedread.actions.command_table import BY_NAME
from seedread.actions.handlers import TypeAhead
from seedread.screens import requests
from seedread.screens.browse.background import WorkUpdated
from seedread.screens.browse.screen import BrowseScreen
from seedread.screens.command_screen import CommandScreen
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.files import FilesScreen
from seedread.screens.information import InformationScreen
from seedread.screens.library.library_screen import LibraryScreen
from seedread.screens.panel import PanelScreen
from seedread.screens.prompt import PromptScreen
from seedread.screens.screen_of import screen_of
from seedread.session import Session, open_session
from seedread.terminal import external, process
from seedread.terminal.driver import CellDriver
from seedread.terminal.process import let_go_of_removed_widgets
from seedread.terminal.renderer import widths
from seedread.userdata.archive_choice import remember
from seedread.userdata.settings import Settings
from seedread.widgets.rendering.cells import choose
from seedread_index.archive import Archive
from seedread_index.model.errors import SeedreadError
from seedread_index.shared_archive import open_archive


class SeedreadApp(App[int], inherit_bindings=False):
    """The reader over one archive at a time."""

    CSS_PATH = "app.tcss"
    TITLE = "seedread"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        roots: Sequence[Path],
        *,
        settings: Settings | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        let_go_of_removed_widgets()
        super().__init__(driver_class=driver_class)
        self.settings = settings or Settings()
        self.animation_level = "none"
        for theme in themes.ALL:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self.set_keymap(overrides(self.settings.keys))
        self.browse = BrowseScreen(self.session_on(open_archive(roots, self.settings.engine)))
        self._keys = TypeAhead(super().on_event, self._path_of_keys, self._ready_for_keys)
        self._urgent = frozenset(keys_of(BY_NAME["cancel"], self.settings.keys))

    def session_on(self, archive: Archive) -> Session:
        """A session on an archive; reads small files."""
        return open_session(archive, self.settings, choose(self.settings.glyphs))

    def _fatal_error(self) -> None:
        """End after a fault without a page of traceback: `run` raises it, and the command line reports it."""
        if self.is_headless:
            super()._fatal_error()
        else:
            self._close_messages_no_wait()

    def exit(self, result: int | None = None, return_code: int = 0, message: Any = None) -> None:
        """Leave, by a command, on a signal or as the terminal is gone: the place is kept whichever it is."""
        try:
            self.browse.session_place.save_now()
        finally:
            super().exit(result, return_code, message)

    def on_mount(self) -> None:
        """Begin with search, results and text."""
        if self.settings.driver == "textual" and not self.is_headless:
            process.install(self)
        self._show_title(external.KEPT_TITLE)
        self.push_screen(self.browse)

    def _show_title(self, before: str = "") -> None:
        """Name the terminal's window after the archive, after another sequence."""
        if self._driver is not None:
            self._driver.write(before + external.title_sequence(f"{self.browse.header.name} - seedread"))

    async def on_event(self, event: events.Event) -> None:
        """Let keys wait their turn, all but the one that cancels."""
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.is_forwarded:  # up from the widget; the command runs on the screen that is open now
            for screen in self._command_screens():
                screen.key = event.key
            asked = self.screen
            before = asked.answered if isinstance(asked, CommandScreen) else 0
            await super().on_event(event)
            if isinstance(asked, CommandScreen) and asked.answered == before:
                asked.report_dead_key(event.key)
        elif event.key in self._urgent:
            self._keys.clear()
            await super().on_event(event)
        else:
            for screen in self._command_screens():
                screen.forget_cancel()
            # What was typed before the terminal was taken has line feeds where Enter was pressed.
            await self._keys.take(events.Key("enter", "\r") if event.key == "ctrl+j" else event)

    def _command_screens(self) -> list[CommandScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, CommandScreen)]

    def _path_of_keys(self) -> list[MessagePump]:
        node = self.focused or self.screen
        return [each for each in node.ancestors_with_self if isinstance(each, MessagePump)]

    def _ready_for_keys(self) -> bool:
        if not self.screen_stack or not self.browse.is_mounted or self.screen.focused is None:
            return False
        if self.browse.holds_keys:  # it may still be going back, below the screen that is shown again
            return False
        return not (isinstance(self.screen, CommandScreen | PromptScreen) and self.screen.busy)

    @on(CommandScreen.CommandFinished)
    @on(PromptScreen.CompletionFinished)
    @on(events.DescendantFocus)
    async def _ready_again(self) -> None:
        """Deliver a key that waited for the end of a command, or for what it opens to have the focus."""
        await self._keys.deliver_next()

    async def to_browse(self) -> BrowseScreen:
        """The browse screen, with nothing above it."""
        while len(self.screen_stack) > 1 and self.screen is not self.browse:
            await self.pop_screen()
        return self.browse

    async def _step_to_browse(self, *, article: bool) -> BrowseScreen:
        """The browse screen; what was open above it is kept for the way back."""
        open_above = [each for each in self._command_screens() if each is not self.browse]
        for screen in open_above:
            self.install_screen(screen, f"left {id(screen)}")  # Textual removes no installed screen
        await self.to_browse()
        await self._remove(self.browse.navigation.step_from(tuple(open_above), article=article))
        return self.browse

    async def _remove(self, screens: Iterable[Screen[Any]]) -> None:
        """Give up screens that were kept for the way back."""
        for screen in screens:
            self.uninstall_screen(screen)
            await screen.remove()

    @on(requests.SearchRequested)
    async def _search_requested(self, request: requests.SearchRequested) -> None:
        browse = await self._step_to_browse(article=False)
        browse.hold_keys_for(
            browse.navigation.open_search(request.query, exclude=request.exclude, filter=request.filter)
        )

    @on(requests.ArticleRequested)
    async def _article_requested(self, request: requests.ArticleRequested) -> None:
        browse = await self._step_to_browse(article=True)
        browse.hold_keys_for(browse.navigation.open_article(request.article_id, request.query, request.at))

    @on(requests.StepBackRequested)
    def _step_back_requested(self, request: requests.StepBackRequested) -> None:
        step = self.browse.navigation.trail.take()
        if step is not None:
            for screen in step.screens:
                self.uninstall_screen(screen)
                self.push_screen(screen)
            self.browse.hold_keys_for(self.browse.navigation.step_back(step))
        request.done.set()

    @on(requests.BrowseCommandRequested)
    async def _browse_command_requested(self, request: requests.BrowseCommandRequested) -> None:
        (await self.to_browse()).call_command(request.call)

    @on(requests.ScreenRequested)
    def _screen_requested(self, request: requests.ScreenRequested) -> None:
        self.push_screen(screen_of(self.browse.session, request))

    @on(WorkUpdated)
    def _work_updated(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, FilesScreen):
                screen.reload()
            elif isinstance(screen, PanelScreen):
                screen.follow_work()

    @on(requests.LibraryChanged)
    def _library_changed(self) -> None:
        for screen in (*self.screen_stack, *self.browse.navigation.trail.screens):
            if isinstance(screen, LibraryScreen | InformationScreen):
                screen.reload()
        self.browse.in_background(self.browse.keeping.reload, "library")

    @on(requests.CorrectionStarted)
    def _correction_started(self) -> None:
        self.browse.background.pause()

    @on(requests.CorrectionEnded)
    def _correction_ended(self) -> None:
        self.browse.background.start()

    @on(requests.Corrected)
    def _corrected(self) -> None:
        for screen in (*self.screen_stack, *self.browse.navigation.trail.screens):
            if isinstance(screen, EntitiesScreen | EntityCardScreen | InformationScreen):
                screen.reload()
        self.browse.search.repeat()
        self.browse.reading.reload()

    @on(requests.ArchiveRequested)
    async def _archive_requested(self, request: requests.ArchiveRequested) -> None:
        asker = self.screen
        try:
            archive = await asyncio.to_thread(open_archive, request.roots, self.settings.engine)
        except SeedreadError as error:
            if isinstance(asker, CommandScreen):
                asker.notify_error(error)
            return
        session = await asyncio.to_thread(self.session_on, archive)
        if not self.settings.private:
            await asyncio.to_thread(remember, archive.roots)
        before = await self.to_browse()
        await self._remove(before.navigation.trail.screens)
        before.session_place.save()
        self.browse = BrowseScreen(session)
        await self.switch_screen(self.browse)
        self._show_title()

    @on(requests.SyncRequested)
    def _sync_requested(self) -> None:
        asker = self.screen
        self.browse.background.start(asker.notify_user if isinstance(asker, CommandScreen) else None)

    @on(requests.QuitRequested)
    def _quit_requested(self, request: requests.QuitRequested) -> None:
        self.exit(request.code)

    @on(requests.CopyRequested)
    def _copy_requested(self, request: requests.CopyRequested) -> None:
        if self._driver is not None:
            self._driver.write(request.sequence)

    @on(requests.RedrawRequested)
    def _redraw_requested(self) -> None:
        if isinstance(self._driver, CellDriver):
            self._driver.redraw()
        self.screen.refresh(layout=True)


def run(roots: Sequence[Path], settings: Settings) -> int:
    """Open the reader on folders or files until it is left; its exit code.

    Raises SeedreadError, and whatever fault of the program's own ended it.
    """
    if not (os.isatty(0) and os.isatty(2)):
        raise SeedreadError(
            "the reader needs a terminal (standard output is not one)",
            "in pipes and scripts use seedread search, show or list",
        )
    process.prepare_environment(cells=settings.driver == "cells")
    if settings.line_mode or os.environ.get("TERM", "dumb") in {"", "dumb"}:
        from seedread import linemode

        return linemode.run(roots, settings)
    process.limit_arenas()
    widths.doubt_ambiguous(settings.ambiguous_width, os.environ)
    driver = CellDriver if settings.driver == "cells" else None
    app = SeedreadApp(roots, settings=settings, driver_class=driver)
    try:
        code = app.run(mouse=settings.mouse)
    finally:
        with suppress(OSError):
            os.write(2, external.TITLE_BACK.encode())
    if (fault := app._exception) is not None:
        raise fault.error if isinstance(fault, WorkerFailed) else fault
    return code if code is not None else app.return_code or 0
