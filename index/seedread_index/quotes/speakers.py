"""Whom the words that name a speaker mean: a name, a title, a pronoun, or whoever spoke before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from seedread_index.model.article import EntityType, Mention
from seedread_index.quotes.paragraphs import Body, Sentence
from seedread_index.quotes.subjects import Subject, main_subject
from seedread_index.text.word_lists import words

_SINGLE = {"he": "male", "she": "female", "il": "male", "elle": "female"}
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who"})
_ROLES = words("quotes", "roles")
_ROLE_ENDINGS = tuple(words("quotes", "role endings"))
_GENDERS = tuple(
    (
        gender,
        words("quotes", f"{gender} titles"),
        (words("quotes", gender, "gendered_names.txt") | words("quotes", f"further {gender}"))
        - words("quotes", "of women and men"),
    )
    for gender in ("female", "male")
)
"""The titles and first names of women and men."""
_SENTENCES_BACK = 14
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_APPOSITION = re.compile(r",\s+(?:\d+,\s+)?([^,.;:()\"“”\x01]{2,90})")
_DEFINITE = re.compile(r"(?:the|this|that)\s+", re.I)
_AGE = re.compile(r"(?:the )?\d+-year-old$", re.I)
_HEAD = re.compile(r"\s+(?:of|for|from|in|at|with|on|who|to|near|al?|à|au|de|del|della|di|du|von|van|an)\s")
_OF_THE_NEXT = re.compile(
    r"(?:[A-Z][a-z]+, )?(?:(?:[Ww]hen|[Ii]f|[Oo]nce) )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed"
    r"|[Ss]peaking|[Rr]eferring|[Rr]esponding|[Rr]eacting|[Tt]urning|[Aa]lluding|[Tt]alking|[Tt]old)\b"
)
"""How a phrase begins that says of the pronoun behind it what was done: the names inside are others."""
_OWNED = re.compile(r"(his|her) [\w-]+$")


class Speakers:
    """The persons of one article: what is said of each, and who was spoken of last at any place."""

    def __init__(self, body: Body) -> None:
        self._body = body
        keys = [_key(mention) for mention in body.mentions]
        self._keys = {number: keys[number] for number in body.names}
        self._persons = {n for n in body.names if body.mentions[n].label == "PERSON"}
        self._full: dict[str, str] = {}
        # Mentions in quotation marks tell first names, too.
        for key, mention in zip(keys, body.mentions, strict=True):
            if len(mention.text) > len(self._full.get(key, "")):
                self._full[key] = mention.text
        self._known_roles = _ROLES
        self._alone = {body.mentions[number].text for number in body.names}
        self._genders: dict[str, str | None] = {}
        self._by_part: defaultdict[str, dict[str, int]] | None = None
        """By each first and last name, the persons of that name and a mention of each."""
        self._described: defaultdict[str, set[str]] | None = None
        self._sentences = [(s, p) for p in body.paragraphs for s in p.sentences]
        self._starts = [s.start for s, _ in self._sentences]
        self._spoken: dict[int, int | None] = {}
        """By the start of a sentence, the mention that its last statement's speaker stands for."""
        self._strangers: set[int] = set()
        self._about: dict[int, Subject | None] = {}

    @property
    def _roles(self) -> defaultdict[str, set[str]]:
        """The words that describe each person: titles, and what stands behind a comma."""
        if self._described is None:
            self._described = defaultdict(set)
            for number in self._body.names:
                mention = self._body.mentions[number]
                if number in self._persons:
                    words_ = self._described[self._keys[number]]
                    words_ |= set(_described(self._body, mention))
                    words_ |= set(mention.text.lower().split()[:-1])
        return self._described

    def note(self, sentence: Sentence, number: int | None, subject: Subject | None) -> None:
        """Note whom a sentence quotes; one whom no mention names is a stranger."""
        self._spoken[sentence.start] = number
        if number is None and subject is not None:
            start, end = subject.span
            words_ = self._body.masked[start:end]
            if words_[:1].isupper() and words_.lower() not in _PRONOUNS:
                self._strangers.add(sentence.start)

    def resolve(self, subject: Subject, at: Sentence) -> int | None:
        """The number of the mention that names the speaker in full or in part; None where it is not told."""
        if subject.name is not None:
            return self._named_here(subject.name)
        words_ = self._body.masked[subject.span.start : subject.span.end]
        lower = words_.lower()
        if lower in _SINGLE:
            return self._person(at, subject.span.start, _SINGLE[lower], strict=lower in ("il", "elle"))
        if lower == "it":
            return self._thing(at, subject.span.start)
        if lower in ("they", "i", "we", "you"):
            return None
        if subject.owner is not None and not _is_spokesman(lower):
            return subject.owner
        if possessive := _OWNED.match(lower):
            if lower.split()[-1] in ("statement", "letter", "report", "email", "tweet", "post"):
                return self._person(at, subject.span.start, "male" if possessive[1] == "his" else "female")
            return None
        return self._by_name(words_) or self._by_role(words_, at, subject.span.start)

    def _named_here(self, number: int) -> int:
        """A mention, or that of the person whose first or last name a lone place or organisation is."""
        mention = self._body.mentions[number]
        if mention.type is EntityType.PERSON or " " in mention.text:
            return number
        return self._short_name(mention.text) or number

    def _short_name(self, word: str) -> int | None:
        """The one person whose first or last name a word is."""
        if self._by_part is None:
            self._by_part = defaultdict(dict)
            for number in self._body.names:
                mention = self._body.mentions[number]
                if mention.type is EntityType.PERSON and " " in mention.text:
                    names = mention.text.split()
                    for part in (names[0], names[-1]):
                        self._by_part[part].setdefault(self._keys[number], number)
        found = self._by_part.get(word, {})
        return next(iter(found.values())) if len(found) == 1 else None

    def before(self, at: Sentence, start: int) -> int | None:
        """Whom a statement without words for its speaker belongs to: who spoke or was spoken of last."""
        for sentence, near in self._backwards(at):
            if sentence.start in self._spoken:
                return self._spoken[sentence.start]
            subject = self._subject(sentence)
            if subject is not None and (near or subject.name is not None):
                found = self.resolve(subject, sentence)
                if found is not None and self._body.mentions[found].start < start:
                    return found
        return None

    def gender(self, number: int) -> str | None:
        """Whether a mention is of a woman or a man, by first names and titles; None where not known."""
        key = self._keys[number]
        if key not in self._genders:
            self._genders[key] = self._found_gender(key)
        return self._genders[key]

    # -- inside ------------------------------------------------------------------------------------------

    def _is_person(self, number: int) -> bool:
        """Whether more than its label says that a mention is a person's: first name, title, lone surname.

        Rules take some headings and products for persons.
        """
        key = self._keys[number]
        if self.gender(number) is not None or self._roles[key] & self._known_roles:
            return True
        surname = self._full[key].split()[-1]
        return number in self._spoken.values() or surname in self._alone

    def _found_gender(self, key: str) -> str | None:
        roles = self._roles[key]
        for gender, titles, _ in _GENDERS:
            if not titles.isdisjoint(roles):
                return gender
        for first in self._full[key].lower().split()[:-1]:
            for gender, _, names in _GENDERS:
                if first in names or first.partition("-")[0] in names:
                    return gender
        return None

    def _backwards(self, at: Sentence) -> Iterator[tuple[Sentence, bool]]:
        """A sentence, then those before it; whether each is in the same paragraph."""
        index = bisect_left(self._starts, at.start)
        paragraph = self._sentences[index][1]
        for back in range(index, max(-1, index - _SENTENCES_BACK), -1):
            sentence, other = self._sentences[back]
            yield sentence, other is paragraph

    def _subject(self, sentence: Sentence) -> Subject | None:
        if sentence.start not in self._about:
            self._about[sentence.start] = main_subject(self._body, sentence.start, sentence.end)
        return self._about[sentence.start]

    def _person(self, at: Sentence, start: int, gender: str, *, strict: bool = False) -> int | None:
        """The last person of a gender before a place: who speaks or is spoken of first, then anybody.

        If `strict`, nobody from before a statement of which nobody knows whose it is.
        """
        other = "male" if gender == "female" else "female"
        for sentence, _ in self._backwards(at):
            unknown = strict and self._spoken.get(sentence.start, 0) is None
            if sentence is not at and (unknown or sentence.start in self._strangers):
                return None
            candidates = [self._spoken.get(sentence.start)] if sentence is not at else []
            subject = self._subject(sentence)
            if subject is not None and subject.name is not None:
                candidates.append(subject.name)
            names = self._body.names_in(sentence.start, min(sentence.end, start))
            persons = [n for n in names if n in self._persons]
            if sentence is at and _OF_THE_NEXT.match(self._body.masked, at.start, start):
                continue
            for number in candidates:
                if (
                    number is not None
                    and self._body.mentions[number].start < start
                    and number in self._persons
                    and self.gender(number) != other
                    and self._is_person(number)
                ):
                    return number
            for number in reversed(persons):
                if self.gender(number) == gender:
                    return number
        return None

    def _thing(self, at: Sentence, start: int) -> int | None:
        """The last organisation or place that spoke or that a sentence begins with."""
        things = (EntityType.ORG, EntityType.PLACE, EntityType.GROUP)
        for count, (sentence, _) in enumerate(self._backwards(at)):
            spoken = self._spoken.get(sentence.start) if sentence is not at else None
            if spoken is not None and self._body.mentions[spoken].type in things:
                return spoken
            names = self._body.names_in(sentence.start, min(sentence.end, start, sentence.start + 40))
            for number in names[:1]:
                if self._body.mentions[number].type is EntityType.ORG:
                    return number
            if count > 3:
                break
        return None

    def _by_name(self, phrase: str) -> int | None:
        """A person whose surname ends a phrase that no mention covers."""
        last = _WORD.findall(phrase)[-1:] if _HEAD.search(phrase) is None else []
        if not last or not last[0][:1].isupper():
            return None
        return self._short_name(last[0])

    def _by_role(self, phrase: str, at: Sentence, start: int) -> int | None:
        """The person of whom a definite noun was said: "the mayor", "the 31-year-old"."""
        if _AGE.match(phrase):
            for sentence, _ in self._backwards(at):
                subject = self._subject(sentence)
                if subject is not None and subject.name is not None:
                    return subject.name
            return None
        if not _DEFINITE.match(phrase):
            return None
        head = _HEAD.split(f"{phrase} ")[0].lower().split()[-1]
        if not _is_role(head):
            return None
        last: int | None = None
        for number in self._body.names:
            if (
                self._body.mentions[number].type is not EntityType.PERSON
                or head not in self._roles[self._keys[number]]
            ):
                continue
            if last is None or self._body.mentions[number].start < start:
                last = number
        return last


def _key(mention: Mention) -> str:
    return mention.entity or f"{mention.type} {mention.text}"


def _is_role(word: str) -> bool:
    """Whether a noun is one for a person by what he or she does."""
    return word in _ROLES or word.endswith(_ROLE_ENDINGS)


def _is_spokesman(phrase: str) -> bool:
    return not words("quotes", "spokesmen").isdisjoint(phrase.replace("'s", "").split())


def _described(body: Body, mention: Mention) -> Iterator[str]:
    """The words that stand before a name as a title, and in the apposition behind it, in small letters."""
    text = body.masked
    for word in reversed(text[max(0, mention.start - 60) : mention.start].split(" ")[-7:-1]):
        if not word.isalpha() and "-" not in word:
            break
        if not (word[:1].isupper() or _is_role(word.lower()) or word.lower() in _SMALL_TITLES):
            break
        yield word.lower()
    if apposition := _APPOSITION.match(text, mention.end):
        for word in _WORD.findall(apposition[1]):
            if word in _NO_LONGER_ROLE:
                break
            yield word.lower()


_NO_LONGER_ROLE = frozenset(("who", "whose", "said", "says", "and", "but", "of", "to", "for", "with", "by"))
"""Behind these an apposition is about others: Anna Quux, sister of the mayor."""
_SMALL_TITLES = frozenset(
    ("former", "then", "deputy", "vice", "chief", "executive", "head", "prime", "co", "mr", "mrs", "ms")
)
