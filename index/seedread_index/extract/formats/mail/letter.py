"""The text of a letter: without what is hidden from the reader, and boilerplate recognised by its form.

Quotations and the line before them, signatures, the footers of lists, paragraphs of unsubscribing and bare
addresses are boilerplate; ordinary words ("thank you", "we") fold nothing in a letter.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

from seedread_index.extract.reasons import Reason
from seedread_index.extract.segmentation.words import one_of
from seedread_index.extract.web.plain_text import text_of

_FILLER = re.compile(
    "[\u200b-\u200f\u2060-\u2064\u034f\u00ad\u061c\u180e\ufeff]|[\u2007\u00a0](?=[\u2007\u00a0\u034f\u200c ])"
)
_HIDDEN = re.compile(
    r"<([a-z][a-z0-9]*)\b[^<>]*?(?:style\s*=\s*(?:\"[^\"]*?|'[^']*?)"
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*[;\"'!]"
    r"|max-height\s*:\s*0(?:px)?\s*[;\"'!]|opacity\s*:\s*0\s*[;\"'!])|\shidden(?=[\s=>]))[^<>]*>",
    re.IGNORECASE,
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_QUOTE = re.compile(
    r"<(blockquote|div)\b[^<>]*(?:type\s*=\s*[\"']?cite|class\s*=\s*[\"'][^\"']*(?:gmail_quote|moz-cite|yahoo_quoted))"
    r"[^<>]*>",
    re.IGNORECASE,
)
_OPEN, _CLOSE = "\ue0f1", "\ue0f2"
_QUOTED = re.compile(r"[ \t]*>")
_SIGNATURE = re.compile(r"--[ \t\u00a0]?$")
_RULE = re.compile(r"[ \t]*[_=*~\-–—─━·•.#]{6,}[ \t]*$")
_LIST = re.compile(
    r"mailing list|listinfo|mailman|maillist|mailinglist|mailingliste|liste de diffusion|lista de correo",
    re.IGNORECASE,
)
_UNSUBSCRIBE = re.compile(
    r"unsubscri|opt[ -]?out|manage (?:your )?(?:email )?(?:preferences|subscription)|email preferences"
    r"|abbestell|abmelden|austragen|d[ée]sabonn|d[ée]sinscri|darse de baja"
    r"|cancelar (?:la|su|a) (?:suscripci|subscri|inscri)"
    r"|annulla (?:l')?iscrizione|disiscri|afmelden|uitschrijven|wypisa|zrezygnowa"
    r"|отписа|відписа|odhl[aá]s|avregistrer"
    r"|退订|配信停止|구독",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"(?:view|read|open|see)\b.{0,40}\b(?:in (?:your|a|the) (?:web ?)?browser|online|web version|on the web)"
    r"|trouble (?:viewing|reading)|not displaying|not display(?:ed)? (?:correctly|properly)|email client"
    r"|im (?:web)?browser|online[- ]?(?:version|ansicht)|dans (?:le|votre|un) navigateur|version en ligne"
    r"|as a web ?page|ne s['’]affiche|s['’]affiche mal"
    r"|si no (?:ve|puedes? ver|visualiza)|se non (?:visualizz|riesc|ved)"
    r"|wird .{0,40}nicht (?:korrekt|richtig)|n[ãa]o consegue (?:ver|visualizar)"
    r"|en (?:el|tu|su) navegador|no navegador|nel browser|in (?:je|uw) browser|w przegl[aą]darce|в браузере",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[<(\[]?(?:https?://|www\.)\S+[>)\]]?$|<?mailto:\S+$|<?\S+@\S+\.\w{2,}>?$"
    r"|\[(?:image|cid)\b[^\]]*\]$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(rf"[ \t]*-{{3,}}\s*{one_of('original_message')}\s*-{{3,}}", re.IGNORECASE)
_ASKED = re.compile(
    rf"^\*?{one_of('mail_from')}[ \u00a0]?[:：]\*?\s.+\n(?:.*\n)?\*?{one_of('mail_sent')}[ \u00a0]?[:：]",
    re.IGNORECASE,
)
_RULE_ABOVE = re.compile(r"^[ \t]*[_-]{6,}[ \t]*\n(?=\S+[ \u00a0]?[:：])", re.MULTILINE)
"""The line that Outlook draws above the headers of what is answered."""
_MARKED = re.compile(r"^[ \t]*>", re.MULTILINE)
_NAMES_QUOTED = re.compile(r"\d|@|<|^(?:on|am|le|el|il|op|em|den|w dniu|в) ", re.IGNORECASE)
_LONG_SIGNATURE = 6
_SHORT_VIEW = 30
_SHORT_IMPRINT = 25
_LONG_FOOTER = 120
_MOST_HIDDEN = 400

Blocks = list[tuple[str, Reason]]


def markup_as_mail(markup: str) -> str:
    """The text of a letter in HTML: hidden elements and filler dropped, quotations as lines after `>`."""
    seen = _without_hidden(markup)
    marked = _mark_quotes(seen)
    text = _FILLER.sub("", text_of(marked))
    if _OPEN not in text:
        return text
    lines = []
    depth = 0
    for line in text.replace(_OPEN, f"\n{_OPEN}\n").replace(_CLOSE, f"\n{_CLOSE}\n").split("\n"):
        if line.strip() in {_OPEN, _CLOSE}:
            depth = max(0, depth + (1 if line.strip() == _OPEN else -1))
        else:
            lines.append(f"> {line}" if depth and line.strip() else line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _without_hidden(markup: str) -> str:
    """Markup without the elements that an inline style hides."""
    pieces = []
    position = 0
    for _ in range(_MOST_HIDDEN):
        match = _HIDDEN.search(markup, position)
        if match is None:
            break
        pieces.append(markup[position : match.start()])
        name = match[1].lower()
        position = (
            match.end() if name in _VOID or match[0].endswith("/>") else _end_of(markup, name, match.end())
        )
    return "".join(pieces) + markup[position:]


def _end_of(markup: str, name: str, start: int) -> int:
    """Where an element ends, elements of its name inside it counted; right after its tag if it never does."""
    depth = 1
    for match in re.finditer(rf"<(/?){name}\b[^<>]*>", markup[start : start + 400_000], re.IGNORECASE):
        depth += -1 if match[1] else 1
        if depth == 0:
            return start + match.end()
    return start


def _mark_quotes(markup: str) -> str:
    for _ in range(20):
        match = _QUOTE.search(markup)
        if match is None:
            break
        end = _end_of(markup, match[1].lower(), match.end())
        if end == match.end():
            end = len(markup)
        inner = markup[match.end() : end]
        markup = f"{markup[: match.start()]}<p>{_OPEN}</p><p>{inner}</p><p>{_CLOSE}</p>{markup[end:]}"
    return markup


def text_of_flowed(text: str, *, delete_space: bool) -> str:
    """A text of format=flowed with its paragraphs on one line each (RFC 3676)."""
    paragraphs: list[str] = []
    joined = False
    for line in text.split("\n"):
        quoted = _QUOTED.match(line) is not None
        plain = line[1:] if line.startswith(" ") else line
        flows = plain.endswith(" ") and plain != "-- " and not quoted
        piece = plain[:-1] if flows and delete_space else plain
        if joined and not quoted:
            paragraphs[-1] += piece
        else:
            paragraphs.append(piece)
        joined = flows
    return "\n".join(paragraphs)


def blocks_of(text: str, *, bulk: bool, answer: bool) -> Blocks:
    """The paragraphs of a letter with what they are; `bulk` mail has a List-Unsubscribe header."""
    text = _RULE_ABOVE.sub(r"\n\g<0>\n", _FILLER.sub("", text))
    body, closing = _without_signature(text)
    blocks = _quotations(body, answer=answer)
    if bulk:
        blocks = _bulk_footer(blocks)
    blocks = [one for block, reason in blocks if not _RULE.fullmatch(block) for one in _plain(block, reason)]
    if closing:
        blocks += [(block, Reason.SIGNATURE) for block in _paragraphs(closing) if not _RULE.fullmatch(block)]
    return blocks


def is_answer(subject: str | None) -> bool:
    """Whether a subject begins as those of answers do."""
    return (
        re.match(
            r"\s*(?:re|aw|sv|antw|rif|odp|ref|vs|res|ynt|betr|回复|答复|отв)(?:\[\d+\])?\s*[:：]",
            subject or "",
            re.IGNORECASE,
        )
        is not None
    )


def _paragraphs(text: str) -> list[str]:
    return [
        block
        for part in re.split(r"\n[ \t\u00a0]*\n", text)
        if (block := part.strip("\n").rstrip()) and block.strip()
    ]


def _without_signature(text: str) -> tuple[str, str]:
    """A letter and what stands from its signature, or the footer of its list, on."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line.strip("\r")) and any(one.strip() for one in lines[:number]):
            rest = lines[number:]
            if not any(_QUOTED.match(one) for one in rest):
                return "\n".join(lines[:number]), "\n".join(rest[1:])
        if _RULE.fullmatch(line) and _LIST.search("\n".join(lines[number + 1 : number + 4])):
            return "\n".join(lines[:number]), "\n".join(lines[number + 1 :])
    return text, ""


def _quotations(text: str, *, answer: bool) -> Blocks:
    """Paragraphs, those of quoted lines and the line that names who is quoted apart as boilerplate."""
    blocks: Blocks = []
    rest_is_quoted = False
    paragraphs = _paragraphs(text)
    for number, paragraph in enumerate(paragraphs):
        if answer and (_ORIGINAL.match(paragraph) or _ASKED.match(paragraph)):
            if any(_MARKED.search(one) for one in paragraphs[number:]) and not _MARKED.search(paragraph):
                blocks.append((paragraph, Reason.QUOTED_FROM))
                continue
            rest_is_quoted = True
        if rest_is_quoted:
            blocks.append((paragraph, Reason.QUOTED))
            continue
        own: list[str] = []
        quoted: list[str] = []
        for line in paragraph.split("\n"):
            if _QUOTED.match(line):
                if own:
                    blocks.append(("\n".join(own), Reason.LETTER))
                    own = []
                quoted.append(line)
            else:
                if quoted:
                    blocks.append(("\n".join(quoted), Reason.QUOTED))
                    quoted = []
                own.append(line)
        if quoted:
            blocks.append(("\n".join(quoted), Reason.QUOTED))
        own = [line for line in own if not _RULE.fullmatch(line)]
        if own:
            blocks.append(("\n".join(own), Reason.LETTER))
    return _with_attributions(blocks)


def _with_attributions(blocks: Blocks) -> Blocks:
    """The lines before a quotation the last of which ends in a colon name who is quoted."""
    found: Blocks = []
    for number, (text, reason) in enumerate(blocks):
        following, after = blocks[number + 1] if number + 1 < len(blocks) else ("", Reason.LETTER)
        quoted = after is Reason.QUOTED and (_QUOTED.match(following) or _ASKED.match(following))
        lines = text.rstrip().split("\n")
        if reason is not Reason.LETTER or not quoted or not lines[-1].endswith((":", "：")) or len(lines) > 3:
            found.append((text, reason))
            continue
        first = len(lines) - 1
        while (
            first > 0
            and _NAMES_QUOTED.search(lines[first - 1])
            and not lines[first - 1].endswith((".", "!", "?"))
        ):
            first -= 1
        if first:
            found.append(("\n".join(lines[:first]), Reason.LETTER))
        found.append(("\n".join(lines[first:]), Reason.QUOTED_FROM))
    return found


def _bulk_footer(blocks: Blocks) -> Blocks:
    """The last paragraph of unsubscribing, what follows it, and the imprint right before it."""
    last = next((n for n in range(len(blocks) - 1, -1, -1) if _UNSUBSCRIBE.search(blocks[n][0])), None)
    if last is None or last < len(blocks) // 3:
        return blocks
    if sum(len(text.split()) for text, _ in blocks[last + 1 :]) > _LONG_FOOTER:
        return blocks
    while last > 0 and _is_imprint(blocks[last - 1][0]):
        last -= 1
    return [
        (text, Reason.UNSUBSCRIBE if number >= last else reason)
        for number, (text, reason) in enumerate(blocks)
    ]


def _is_imprint(text: str) -> bool:
    """Whether a short paragraph is of a footer's form: parts parted by bars, an address, a copyright."""
    if len(text.split()) > _SHORT_IMPRINT:
        return False
    return bool(re.search(r" [|·•] |©|\(c\)", text) or _UNSUBSCRIBE.search(text) or _RULE.fullmatch(text))


def _plain(text: str, reason: Reason) -> Blocks:
    """A block of the letter, its lines that only lead elsewhere apart where others stand among them."""
    if reason is not Reason.LETTER:
        return [(text, reason)]
    lines = text.split("\n")
    if _SIGNATURE.fullmatch(lines[0].strip("\r")) and len(lines) <= _LONG_SIGNATURE:
        return [(text, Reason.SIGNATURE)]
    if all(_ADDRESS.match(line.strip()) for line in lines):
        return [(text, Reason.ADDRESSES)]
    if len(text.split()) > _SHORT_VIEW or not _VIEW.search(text):
        return [(text, reason)]
    leads = [bool(_VIEW.search(line) or _ADDRESS.match(line.strip())) for line in lines]
    if len(lines) < 3 or sum(leads) * 2 > len(lines):
        return [(text, Reason.VIEW_ONLINE)]
    return [
        ("\n".join(line for line, _ in run), Reason.VIEW_ONLINE if there else reason)
        for there, run in groupby(zip(lines, leads, strict=True), key=itemgetter(1))
    ]
