"""The vocabulary of boilerplate: families of words that sites use around articles, each with a weight.

A phrase is words with blanks between, phrases are parted by commas or line ends; `a/b` is either word and a
star at a word's end any ending. Whole sentences are never listed: what sites say differs, the words do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seedread_index.extract.segmentation.boilerplate_international import INTERNATIONAL, UNSPACED

FAMILIES: dict[str, tuple[float, str]] = {
    "give": (
        1.3,
        """
        donat*, contribute, contribution/contributions, subscri*, membership/memberships, our/a member/members
        patron*, crowdfund*, fundrais*, pledge, gift, chip in, chipping in, pitch in, tip jar, tax-deductible
        one-time, one-off, recurring, monthly, a/per/every/each month/week/year, as little as
        starting from/at, cup of, price of, cost of a, cancel anytime, cancel any time, supporter/supporters
        backer/backers, generos*, generous, support us/our/this/independent/quality
        your support/help/backing/generosity, back our/us, fund our/us/this, free to/for read/all, stand with
        standing with, help us/keep, keep us/this/our, worth paying, pay for, gave, give what/today/now
        fund drive, fundraiser, visitor/visitors, gifts, become a, join our, join us
        faire un don, abonnez, soutenez, donaci*, suscríb*, suscrib*, apoya*, spend* sie, abonnier*
        unterstütz*, dona, abbonat*, sostien*, подпи*, пожертв*, поддерж*
        spare, sponsor us, sponsoring, standing order, direct debit, bank transfer, paypal, patreon, ko-fi
        gofundme
        buy us, coffee, every little, however small, no matter how, any amount, whatever you, what you can
        can afford, if you can, cancel at, at any time/moment, count me, make a difference, backing us
        free articles/article/stories, your/article/monthly limit, unlimited/full access, trial, already a
        with your, reader support, reader-funded, reader-supported, listener-supported, keep going
        """,
    ),
    "press": (
        1.0,
        """
        journalism, journalist/journalists, newsroom/newsrooms
        free/independent/fearless/quality/local/honest/trusted press/media/reporting/news/journalism
        independent/quality/fearless/honest/trusted coverage/voice
        our/dear reader/readers/reporters/coverage/reporting/stories/newsroom/subscribers/editors/journalists
        paywall, censor*, publication, without fear, hold power, holding power, our pages, newspaper
        the truth
        advertisers, ad revenue, paywalls, independence, story/stories/article/articles/piece you, just read
        you read, who read/reads us, tells us, those in power, our independence, our future, our survival
        """,
    ),
    "letter": (
        2.0,
        """
        newsletter/newsletters, inbox, our/morning/daily/evening/weekly briefing/briefings/digest/bulletin
        email/e-mail address/alerts/alert
        your email/e-mail, unsubscribe, daily/weekly/morning/evening email/update/round-up/roundup/headlines
        push notification/notifications, rss, telegram/whatsapp channel, our app, mobile app, app store
        google play, podcast/podcasts, boletín, lettre d'information, рассыл*, in your mailbox, your phone
        the app, sent to you, delivered to, straight to your, free to join
        alerts, notifications, no spam, sign me, first to know, stay informed, up to date, keep up, the loop
        enjoyed/liked/loved/love this, we send/email/write, send out, a letter, in one email
        weekly email/letter, friday/sunday/saturday/monday letter/email, write to you, get it
        """,
    ),
    "legal": (
        2.2,
        """
        cookie/cookies, privacy, consent, gdpr, personal data, terms of/and, terms apply, conditions of/apply
        disclaimer, copyright, all rights, rights reserved, permission, reproduc*, republish*, redistribut*
        rewritten, trademark*, licensed/licenced under, javascript, your browser, adblock*
        ad blocker/blockers
        ad-blocker, derechos reservados, tous droits, alle rechte, tutti i diritti, все права
        not be published/broadcast/copied/used, opt out, opt-out, your data, your device, our partners
        our policy, this site uses, by using, by continuing, by clicking, legal notice, imprint
        prohibited, reuse, re-use, unauthorised, unauthorized, prior consent, written consent, belongs to
        editorial board, not responsible, external sites/websites/links, any use, forbidden, the consent
        without consent, views expressed, opinions expressed, necessarily reflect/represent, we value, collect
        author's/writer's/columnist's/authors own/alone, views/opinions in/are
        preferences, allow all, reject, accept, agency materials
        """,
    ),
    "social": (
        1.2,
        """
        facebook, twitter, whatsapp, telegram, linkedin, reddit, pinterest, instagram, tiktok, youtube
        mastodon, bluesky, opens/open in a/new, new window/tab, copy link/url, copy the link
        share this/on/via/the/by/article/story/with, email this/to, print this/page/article, hashtag
        follow us
        social media, to a friend, partag*, compart*, поделит*, tweet
        pass it, spread the, forward, permalink, viber, signal, vk, messenger, weibo, threads, snapchat
        discord
        add to favourites/favorites, link copied, send this, tell a, tell others/friends, post on/to
        """,
    ),
    "related": (
        1.6,
        """
        read more/next/also/on/the, reading more, more on/from/about/stories/news/in/like/coverage/to/for
        see also/more, also read/see/on/in/today/this, related, recommended
        may/might/could/will/you'd/you'll like/enjoy/love, also like/enjoy, be interested, trending
        most read/popular/viewed/shared/watched, editor's/editors pick/picks/choice, don't miss, up next
        further reading/coverage, keep reading, in pictures/photos, top stories/story
        latest news/stories/headlines, in case you, from the/our archive/archives, elsewhere
        popular now/on/stories/in, what to, next article/story/up, previous article/story, full story/coverage
        leer más, lire aussi, à lire, lee también, leggi anche, mehr zum, lesen sie, читайте, по теме
        other stories, you missed, explainer, analysis, the latest, background, in depth
        this/same/that topic, this/the subject, others/people/readers/visitors are, are reading, next up
        questions and, recent articles/posts/news, similar, also in/by, more by, around the
        """,
    ),
    "advert": (
        2.6,
        """
        advert, adverts, advertising, advertisement, advertisements, advertise, sponsored, promoted
        paid content/post/for/by, ad feedback/choices, partner content
        story/article/content/text/post continues, continues/continue below/after, continue reading
        scroll to/down, keep scrolling, publicidad, publicité, anzeige, werbung, реклама, pubblicità
        remove ads, ad-free, ads, ad, this ad
        partner message/messages, ad break, after the ad, our sponsor/sponsors, sponsor, brought to
        """,
    ),
    "nav": (
        1.2,
        """
        menu, homepage, home, search, sitemap, site map, skip to, skip navigation, back to, log in/out, login
        sign in/out/up, my account, about us, contact us, contact, help centre/center, faq, careers
        icon/icons, toggle, edition, live, tag/tags, topics, category/categories, filed under, posted in
        comment/comments, reply/replies, min/minute/minutes/mins read, loading, next, previous, page, views
        close, weather, horoscope*, crossword*, archive/archives, jobs, classifieds, e-paper, epaper, video
        videos, photo/photos, gallery, audio, expand, collapse, enlarge, caption, subscribe, register, play
        listen, watch, settings, notifications, profile, bookmark, bookmarks, save, print, share, latest
        trending, premium, shop, store, donate, account, navigation, main content, all sections, sections
        reading time, minutes, mins, shares, likes, words
        font size, text size/version, front page, cart, night/dark mode, on air, all topics
        programme, program, favourites, favorites, regions, log, show, hide, open, font, size
        """,
    ),
    "tips": (
        1.2,
        """
        spot/spotted/notice/noticed/found/report a/an/any error/mistake/typo/problem, an error/mistake
        correction/corrections, clarif*, tip/tips, got a story/tip/question/view, get in touch, have your say
        join the conversation/discussion/debate, leave a comment/reply, comments are, comment below, feedback
        let us know, your view/views/story/opinion/thoughts/comment/comments, write to, contact the, was this
        rate this, helpful, something wrong, tell us, reach us
        """,
    ),
}


def _phrases(listed: str) -> Iterator[list[str]]:
    for line in listed.splitlines():
        for phrase in line.split(","):
            if phrase.strip():
                yield phrase.split()


@dataclass(slots=True)
class _Entry:
    """What begins with one word: the families it is of by itself, and by second word what must follow."""

    alone: list[str] = field(default_factory=list)
    phrases: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = field(default_factory=dict)


def _tables() -> tuple[dict[str, _Entry], dict[str, list[tuple[str, str]]]]:
    """By first word its entry; by three letters the stems that begin so, with their families."""
    by_word: dict[str, _Entry] = {}
    by_stem: dict[str, list[tuple[str, str]]] = {}
    for family, (_, listed) in FAMILIES.items():
        for first, *rest in _phrases(f"{listed}\n{INTERNATIONAL[family]}"):
            for word in first.split("/"):
                if word.endswith("*"):
                    by_stem.setdefault(word[:3], []).append((word[:-1], family))
                    continue
                entry = by_word.setdefault(word, _Entry())
                if not rest:
                    entry.alone.append(family)
                    continue
                following = tuple(frozenset(part.split("/")) for part in rest[1:])
                for second in rest[0].split("/"):
                    entry.phrases.setdefault(second, []).append((family, following))
    return by_word, by_stem


_BY_WORD, _BY_STEM = _tables()


def families_of(words: Sequence[str]) -> dict[str, int]:
    """How many different phrases of each family a list of case-folded words holds."""
    found: dict[str, set[str]] = {}
    by_word, by_stem = _BY_WORD, _BY_STEM
    for place in [i for i, word in enumerate(words) if word in by_word or word[:3] in by_stem]:
        word = words[place]
        if entry := by_word.get(word):
            for family in entry.alone:
                found.setdefault(family, set()).add(word)
            second = words[place + 1] if place + 1 < len(words) else ""
            for family, following in entry.phrases.get(second, ()):
                if _follows(words, place + 2, following):
                    found.setdefault(family, set()).add(word)
        for stem, family in by_stem.get(word[:3], ()):
            if word.startswith(stem):
                found.setdefault(family, set()).add(stem)
    return {family: len(hits) for family, hits in found.items()}


def unspaced_families_of(text: str) -> dict[str, int]:
    """How many different signs of each family a text in Chinese, Japanese or Korean holds."""
    found = {family: len(set(pattern.findall(text))) for family, pattern in UNSPACED.items()}
    return {family: hits for family, hits in found.items() if hits}


def _follows(words: Sequence[str], place: int, following: tuple[frozenset[str], ...]) -> bool:
    """Whether the words from a place on are a phrase's rest."""
    if place + len(following) > len(words):
        return False
    return all(words[place + number] in choice for number, choice in enumerate(following))


def word_set(listed: str) -> frozenset[str]:
    """The words of a listing."""
    return frozenset(listed.split())
