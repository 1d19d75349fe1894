"""Signs by which a paragraph tells whether it is an article's prose, or a site's furniture and appeals.

Families of words and shapes carry weights; no sentence of any site is listed. A paragraph's score is
positive for furniture and negative for prose, so that the best cut of a head or tail is where sums are best.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FLAGS = re.IGNORECASE
_QUOTED = re.compile(r"[\"“«„][^\"”»“]{0,600}[\"”»“]")
_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»)\]*_]*$")
_WORD = re.compile(r"[^\W_][^\W_]*(?:['’-][^\W_]+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BULLET = re.compile(r"^\s*(?:[-*•·»›▸►→|]|\d{1,2}[.)])\s+")

WE = re.compile(r"\b(?:we|we['’](?:re|ve|ll)|our|ours|us)\b", _FLAGS)
YOU = re.compile(r"\b(?:you|you['’](?:re|ve|ll)|your|yours)\b", _FLAGS)

_CALL = (
    r"subscribe|sign[ -]?(?:up|in|on)|log[ -]?(?:in|out)|register|join|donate|support|contribute|give|chip in|pledge"
    r"|become|follow|like|share|tweet|click|tap|swipe|download|get|read|watch|listen|play|enter|visit|contact|write"
    r"|email|e-mail|send|let us|tell|remind|accept|agree|manage|dismiss|close|continue|skip|help|choose|explore"
    r"|discover|see|view|browse|try|start|scan|report|print|copy|save|add|turn|enable|allow|consider|please|thank"
    r"|thanks|scroll|show|find|buy|order|unlock|submit|leave|comment|upgrade|stay|don['’]t miss|keep"
)
_STARTS_WITH_CALL = re.compile(rf"^(?:please |now |so |or |and |to )?(?:{_CALL})\b", _FLAGS)

_FAMILIES: dict[str, tuple[float, str]] = {
    "give": (
        1.3,
        r"donat\w+|contribut(?:e|ion|ions)|subscri\w+|member(?:s|ship)?|patron\w*|crowdfund\w*|fundrais\w*|pledge"
        r"|gift|chip in|tip jar|tax-deductible|one-(?:time|off)|recurring|monthly|(?:a|per|every|each) (?:month|year|week)"
        r"|as little as|starting (?:from|at)|cup of|price of|cancel any\s?time|supporters?|backers?|generos\w+"
        r"|support (?:us|our|this|independent|quality)|your (?:support|help|backing|generosity)|free (?:to|for) (?:read|all)"
        r"|faire un don|abonnez|soutenez|donaci\w+|suscr[ií]b\w+|ap[oó]ya\w*|spend\w+|abonnier\w*|unterst[uü]tz\w+"
        r"|dona\b|abbonat\w*|sostien\w*|подпи[сш]\w+|пожертв\w+|поддерж\w+",
    ),
    "money": (1.0, r"[$€£₽¥]\s?\d|\d\s?[$€£₽]|\b\d+ (?:dollars|euros?|pounds|cents)\b"),
    "press": (
        1.0,
        r"journalis\w+|newsroom|(?:free|independent|fearless|quality|local|honest) (?:\w+ )?(?:press|media|reporting|news|coverage|voice)"
        r"|(?:our|dear) (?:readers?|reporters?|coverage|reporting|team|work|mission|site|website|stories|community)"
        r"|paywall|censor\w*|keep (?:us|our|this)|newspaper|publication",
    ),
    "letter": (
        2.0,
        r"newsletters?|inbox|briefing|bulletin|digest|e-?mail (?:address|alerts?|updates?)|your e-?mail|unsubscribe"
        r"|(?:daily|weekly|morning|evening) (?:e-?mail|update|round-?up|headlines)|push notifications?|rss|telegram channel"
        r"|whatsapp channel|our app\b|mobile app|app store|google play|podcasts?|bolet[ií]n|lettre d['’]information|рассылк\w+",
    ),
    "legal": (
        2.2,
        r"cookies?|privacy|consent|gdpr|personal data|terms (?:of|and)|terms\b(?= apply)|conditions (?:of|apply)|disclaimer"
        r"|©|\(c\) ?(?:19|20)\d\d|copyright|all rights|rights reserved|permission|reproduc\w+|republish\w*|redistribut\w+"
        r"|rewritten|trademark|licen[cs]ed under|javascript|your browser|ad[- ]?block\w*|derechos reservados"
        r"|tous droits|alle rechte|tutti i diritti|все права|not be (?:published|broadcast|copied|used)|tracking|opt[- ]out",
    ),
    "social": (
        1.2,
        r"facebook|twitter|whats ?app|telegram|linked ?in|reddit|pinterest|instagram|tik ?tok|youtube|mastodon|bluesky"
        r"|opens? in (?:a )?new|new (?:window|tab)|copy (?:the )?link|share (?:this|on|via|the|by|article|story|with)"
        r"|email (?:this|to)|e-?mail a|print (?:this|page|article)|hashtag|follow (?:us|@)|social media|send to a friend"
        r"|partag\w+|compart\w+|поделит\w+",
    ),
    "related": (
        1.6,
        r"read (?:more|next|also|on|the full)|more (?:on|from|about|stories|news|in|like|coverage|to)|see (?:also|more)|also (?:read|see|on|in)"
        r"|related|recommended|(?:may|might|could|will|you['’]d|you['’]ll) (?:also )?(?:like|enjoy|be interested|love)|trending|most (?:read|popular|viewed|shared)"
        r"|editor['’]?s['’]? (?:picks?|choice)|don['’]t miss|up next|further (?:reading|coverage)|keep reading|in pictures|top stories"
        r"|latest (?:news|stories|headlines)|in case you missed|from (?:the|our) archives?|elsewhere|popular (?:now|on|stories|in)|what to read"
        r"|next (?:article|story|up)|previous (?:article|story)|full (?:story|coverage)|leer m[aá]s|lire aussi|à lire|lee tambi[eé]n|leggi anche"
        r"|mehr zum thema|lesen sie auch|читайте|по теме",
    ),
    "advert": (
        2.6,
        r"advert\w*|sponsored|promoted|paid (?:content|post|for by)|ad (?:feedback|choices)|partner content|story continues"
        r"|(?:article|story|content) continues|continue(?:s)? (?:reading )?(?:below|after)|scroll (?:down )?to|keep scrolling|publicidad|publicit[eé]|anzeige|реклама",
    ),
    "nav": (
        1.2,
        r"menu|home ?page|home\b|search|sitemap|site map|skip (?:to|navigation)|back to (?:top|home)|log ?(?:in|out)|sign ?(?:in|out)|my account"
        r"|about (?:us|the author)|contact (?:us)?|help cent(?:er|re)|faq|careers|icon\b|toggle|breadcrumb|edition|live\b|tags?:|topics?:"
        r"|categor(?:y|ies)|filed under|posted in|comments?\b|repl(?:y|ies)\b|min(?:ute)?s? read|loading|next\b|previous\b|page \d|views?:|close\b"
        r"|weather|horoscopes?|crosswords?|archives?|jobs|classifieds|e-?paper|video|photos?|gallery|audio|expand|collapse|enlarge|caption",
    ),
    "tips": (
        1.2,
        r"(?:spot(?:ted)?|notice|found|report) (?:a|an|any) (?:error|mistake|typo|problem)|corrections?|clarif\w+|tips?\b|got a (?:story|tip|question|view)"
        r"|get in touch|have your say|join the (?:conversation|discussion|debate)|leave a (?:comment|reply)|comments (?:are|closed)|feedback|let us know|your (?:view|story|opinion|thoughts|comment)"
        r"|write to|contact the (?:author|editor)|was this (?:article|page|story)|rate this|helpful",
    ),
}
_OF_PROSE = frozenset({"give", "press", "letter", "legal"})
"""The families that mean something in a long paragraph; the others are for lines."""

_EVIDENCE = re.compile(
    "|".join(rf"(?P<{name}>(?<!\w)(?:{words}))" for name, (_, words) in _FAMILIES.items()), _FLAGS
)
_SALUTATION = re.compile(
    r"^(?:an? |the |our )?(?:special |urgent |important |short |personal |quick )?(?:message|note|word|letter|appeal|request|plea|reminder)\s+(?:from|to|by)\b"
    r"|^dear (?:\w+ ){0,3}\w+[,:!]?$|^(?:hello|hi|before you go|one more thing|if you(?:['’]re| are| have|['’]ve) (?:read|made|here))\b",
    _FLAGS,
)
_DISMISSAL = re.compile(
    r"^(?:not (?:now|today|yet)|(?:remind|ask) me (?:later|again)|maybe (?:later|another time)|no,? thank(?:s| you)|(?:i['’]ll )?(?:skip|later|dismiss|close|continue|accept|decline|reject|ok(?:ay)?|got it|cancel|submit|hide|done|yes)(?: all| for now| this| please)?"
    r"|i (?:agree|accept|understand)|i already \w+|[x×✕])[.!…]?$",
    _FLAGS,
)
_ICON = re.compile(r"\bicons?\b", _FLAGS)


@dataclass(frozen=True, slots=True)
class Signals:
    """What a paragraph shows: words, whether it is prose, and its score (above 0: furniture, below: prose)."""

    words: int
    prose: bool
    closed: bool
    bullet: bool
    families: frozenset[str]
    score: float


def word_count(text: str) -> int:
    """How many words a text has; two CJK characters count as one."""
    words = len(_WORD.findall(text))
    if not text.isascii() and (characters := len(_CJK.findall(text))):
        words = max(words, characters // 2)
    return words


def signals(text: str) -> Signals:
    """The signs of one paragraph; only the ends of a very long one are looked at."""
    if len(text) > 4000:
        text = text[:2000] + " " + text[-2000:]
    words = word_count(text)
    closed = bool(_SENTENCE.search(text))
    bullet = bool(_BULLET.match(text))
    prose = words >= 8 and closed and not bullet
    plain = _QUOTED.sub(" ", text) if words > 6 else text
    found: dict[str, set[str]] = {}
    for match in _EVIDENCE.finditer(plain):
        found.setdefault(match.lastgroup or "", set()).add(match[0].casefold())
    counted = _OF_PROSE if words > 14 else _FAMILIES.keys()
    score = sum(
        _FAMILIES[name][0] * (1 + 0.35 * (min(len(hits), 4) - 1))
        for name, hits in found.items()
        if name in counted
    )
    call = bool(_STARTS_WITH_CALL.match(_BULLET.sub("", plain)))
    we, you = len(WE.findall(plain)), len(YOU.findall(plain))
    score += _address(found, we, you, call, words)
    score *= min(1.0, (28 / max(words, 1)) ** 0.5) if we < 3 else 1.0
    score -= _prior(words, prose, bullet, closed)
    if words <= 14 and _SALUTATION.match(text):
        score += 3.0
    if words <= 5 and _DISMISSAL.match(text):
        score += 2.0
    if len(_ICON.findall(text)) > 1 or words == 0:
        score += 2.0
    return Signals(words, prose, closed, bullet, frozenset(found), score)


def _address(found: dict[str, set[str]], we: int, you: int, call: bool, words: int) -> float:
    """What speaking to the reader adds: a publisher's "we" and "you" beside calls and money."""
    score = 0.0
    if call:
        score += 1.4 if words <= 12 else 0.8
    if we and you:
        score += 1.2
    if we >= 2 and ("press" in found or "give" in found):
        score += 1.2
    if "money" in found and "give" in found and (we or you or call):
        score += 1.5
    elif "money" in found:
        score -= 1.0
    if you and found.keys() & {"give", "letter", "legal", "social", "tips"}:
        score += 0.8
    return score + 0.25 * min(we, 4) + 0.2 * min(you, 3)


def _prior(words: int, prose: bool, bullet: bool, closed: bool) -> float:
    """How unlikely furniture is before anything is read: prose seldom is, a word or two often."""
    if prose:
        return min(3.0 + 0.02 * words, 4.4)
    if bullet:
        return 1.4 if words > 3 else 0.5
    if words <= 3:
        return 0.3
    return 1.5 if closed else 0.9
