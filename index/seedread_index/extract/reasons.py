"""Why a passage is what it is, and where a field was read: one table of short words for each.

The code that decides hands its reason out with the decision; `show --explain` and the information panel
print it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, NoReturn

from seedread_index.model.article import PassageKind

_TITLE, _DATE, _BYLINE = PassageKind.TITLE, PassageKind.DATE, PassageKind.BYLINE
_CREDIT, _BODY, _BOILERPLATE = PassageKind.CREDIT, PassageKind.BODY, PassageKind.BOILERPLATE


class Reason(Enum):
    """A rule that gives a passage its kind: the kind, and the rule in words."""

    TEXT = _BODY, "text that no rule removes"
    WITHIN_PAGE = _BODY, "within the part of the page with the most prose"
    BESIDE_PAGE_TEXT = _BODY, "prose next to the part of the page with the most prose"
    STANDFIRST = _BODY, "between headline and text, in the article's words"
    TABLE_ROW = _BODY, "a row of a table in the text"
    LETTER = _BODY, "a paragraph of the letter"
    ATTACHMENT = _BODY, "the name of an attachment"

    KNOWN_HEADLINE = _TITLE, "equals the title in the metadata or after a label"
    HEADLINE = _TITLE, "the line above the text that is most like a headline"
    PAGE_HEADLINE = _TITLE, "the line near the article that is most like a headline"
    BELOW_LEAD = _TITLE, "below the lead, with a date and byline right after it"
    LABELLED_TITLE = _TITLE, "after a label for the title"
    ADDED_TITLE = _TITLE, "added: known from metadata, not in the text"

    DATE_LINE = _DATE, "a line with only a date"
    OPENING_DATE = _DATE, "a date before the first words"
    LABELLED_DATE = _DATE, "after a label for the date"

    BYLINE = _BYLINE, "a line that names the writer"
    BYLINE_LABEL = _BYLINE, "a label for the writer, or a name after it"
    NAME_BY_DATE = _BYLINE, "a name next to a date"
    ROLE = _BYLINE, "a role or newsroom below the byline"
    NAME_FIRST = _BYLINE, "a name in capitals in the place of the headline"
    NAME_LAST = _BYLINE, "a name alone at the end"
    LABELLED_AUTHOR = _BYLINE, "after a label for the writer"
    ADDED_AUTHOR = _BYLINE, "added with the title: known from metadata"

    CREDIT_LINE = _CREDIT, "a credit above the text"
    CAPTION = _CREDIT, "a caption or the source of a picture"
    END_CREDIT = _CREDIT, "a credit at the end"
    LABELLED_SOURCE = _CREDIT, "after a label for the source"

    ABOVE_HEADLINE = _BOILERPLATE, "above the headline"
    SITE_WORDS = _BOILERPLATE, "above the text, in words typical of sites or as part of a menu"
    HEADLINE_AGAIN = _BOILERPLATE, "the headline repeated, or the lines below the repeat"
    OTHER_HEADLINE = _BOILERPLATE, "a headline in the text that differs from the known title"
    OFF_PAGE = _BOILERPLATE, "outside the part of the page with the most prose"
    NO_WORDS = _BOILERPLATE, "has no words"
    SITE_LINE = _BOILERPLATE, "a short line in words typical of sites"
    ADVERT = _BOILERPLATE, "an advertisement's mark or share buttons within the text"
    FOOTER = _BOILERPLATE, "among the site's own lines at the end"
    OFFER = _BOILERPLATE, "an offer above the links at the end"
    COMMENTS = _BOILERPLATE, "readers' comments, from their heading on"
    PAGE_NUMBERS = _BOILERPLATE, "links to the pages of the article"
    PAGE_LABEL = _BOILERPLATE, "a label of the page"
    FILLER = _BOILERPLATE, "placeholder text of a template"
    ADDRESS = _BOILERPLATE, "a web address above the text"
    LINK_LABEL = _BOILERPLATE, "a label for links to other stories"
    OTHER_STORY = _BOILERPLATE, "a link to another story, with its label"
    AFTER_LABEL = _BOILERPLATE, "below a label for links to other stories"
    LINK_LIST = _BOILERPLATE, "in a list of headlines"
    NOTICE = _BOILERPLATE, "addresses the reader and shares no words with the article"
    INVITATION = _BOILERPLATE, "invites the reader to sign up or to take part"
    REPEATED_PROSE = _BOILERPLATE, "a paragraph repeated in the article"
    TAGS = _BOILERPLATE, "tags or links below the last paragraph"
    ENDING = _BOILERPLATE, "a number, date or address below the last paragraph"
    LABEL = _BOILERPLATE, "a label, or a labelled line that is not a field"
    RULE_LINE = _BOILERPLATE, "a line that separates labelled lines"
    RUNNING_HEAD = _BOILERPLATE, "set apart by the format: page heads, page numbers or navigation"
    QUOTED = _BOILERPLATE, "quoted from another message"
    QUOTED_FROM = _BOILERPLATE, "introduces the quoted message below"
    SIGNATURE = _BOILERPLATE, "a signature, or the footer of a mailing list"
    UNSUBSCRIBE = _BOILERPLATE, "about unsubscribing, or next to it at the end"
    VIEW_ONLINE = _BOILERPLATE, "a link to read the message in a browser"
    ADDRESSES = _BOILERPLATE, "only addresses"
    REPEATED = _BOILERPLATE, "also at the start or end of other articles in the archive"

    def __init__(self, kind: PassageKind, words: str) -> None:
        self.kind = kind
        self.words = words


OF_SITES = frozenset(
    (
        Reason.SITE_WORDS,
        Reason.ABOVE_HEADLINE,
        Reason.SITE_LINE,
        Reason.ADVERT,
        Reason.FOOTER,
        Reason.OFFER,
        Reason.NOTICE,
    )
)
"""The rules that go by a vocabulary, of which an explanation names the families that it found."""


FAMILIES = {
    "give": "donations",
    "press": "the publisher's own work",
    "letter": "newsletters",
    "legal": "rights and terms",
    "social": "sharing",
    "related": "other stories",
    "advert": "advertising",
    "nav": "menus",
    "tips": "tips for the newsroom",
}
"""What the families of that vocabulary are about."""


class Kinds(list[PassageKind]):
    """The kinds of a text's blocks; each is set by `mark`, so that none is without its reason."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = list(reasons)
        super().__init__([reason.kind for reason in self.reasons])

    def mark(self, index: int, reason: Reason) -> None:
        """Give a block a reason and the kind that goes with it."""
        self.reasons[index] = reason
        super().__setitem__(index, reason.kind)

    def __setitem__(self, index: object, kind: object) -> NoReturn:
        raise TypeError("a kind is set by mark, with its reason")


class Where(Enum):
    """A place where a field of an article is read, in words; "{}" stands for its name in the file."""

    TABLE = "column {}"
    LINKED_DATA = "linked data, {}"
    META_TAG = "meta tag {}"
    ELEMENT = "element {}"
    SHOWN = "shown near the heading of the page"
    HOST = "the host of its address"
    ADDRESS = "the address of the page"
    KEY = "key {}"
    OUTER_KEY = "key {} of the enclosing record"
    HEADER = "header {}"
    SENDER = "the domain of the sender"
    PROPERTY = "the document's property {}"
    LARGEST_TYPE = "the largest or bold type on the first page"
    STYLE = "a paragraph in the style of a title"
    HEADING = "the heading"
    CHAPTER = "the chapter's heading or its entry in the table of contents"
    CONTENTS = "the table of contents"
    ISSUE = "the title of the issue"
    FEED = "the title of the feed"
    EXPORT = "a line of the database export"
    METADATA = "the file's metadata"

    HEADLINE = "the headline in the text"
    BEHIND_HEADLINE = "after the headline, on its line"
    LABEL = "a labelled line above the text"
    DATE_LINE = "a line with a date"
    OPENING_DATE = "the date before the first words"
    DATELINE = "the dateline of the first paragraph"
    SENTENCE = "words of publishing near the start of the text"
    RUNNING_HEAD = "the running head of the pages"
    BYLINE = "the byline"
    BESIDE_DATE = "the line with the date"
    APPEAL = "an appeal or note from the publisher"
    RIGHTS = "a copyright line"
    OPENING = "the opening sentence; the file has no headline"
    PATH = "the path of the file"
    CORRECTION = "you"
    STORED = "an earlier reading of the file"


class FieldPlace(NamedTuple):
    """Where a field was read, and the name of the place in the file: a key, a tag, a header."""

    field: str
    where: Where
    name: str = ""

    @property
    def words(self) -> str:
        """The place in words."""
        return self.where.value.format(self.name)


def provenance(where: Where, **names: str) -> tuple[FieldPlace, ...]:
    """Where fields are read that have places of one kind, by the name of each."""
    return tuple(FieldPlace(field, where, name) for field, name in names.items())


OF_EXPORT = provenance(Where.EXPORT, title="", date="", author="", source="", url="", section="")
"""The fields of an article in a database's export."""
