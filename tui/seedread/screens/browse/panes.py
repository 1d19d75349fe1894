"""The two panes of the browse screen: the result list and the reader with the keys of their places."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from seedread.actions.keymap import bindings
from seedread.actions.table import Place
from seedread.widgets.reader.reader import Reader
from seedread.widgets.results.result_list import ResultList


class Articles(ResultList, inherit_bindings=False):
    """The result list with the keys of the list."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LIST)


class ArticleView(Reader, inherit_bindings=False):
    """The reader with the keys of the reader."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.READER)
