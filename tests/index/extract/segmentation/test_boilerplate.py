"""Boilerplate after articles in many languages and wordings, and prose that only speaks of such things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.extract.segmentation.boilerplate.vocabulary import opens_comments
from seedread_index.model.article import Article, PassageKind

Read = Callable[..., Article]

GERMAN = (
    "Der Stadtrat hat am Dienstag neue Regeln für die Nachtfähren beschlossen, wie das Amt mitteilte.\n"
    "Der Verkehr auf dem Fluss ist im Januar um ein Zehntel zurückgegangen, zwei Schiffe werden verkauft.\n"
    "Eine zweite Sitzung ist für den nächsten Monat geplant, dann geht es um die Preise der Fahrkarten.\n"
)
FRENCH = (
    "Le conseil du port a adopté mardi de nouvelles règles pour les bacs de nuit, selon la mairie.\n"
    "Le trafic sur le fleuve a baissé d'un dixième en janvier et deux navires seront vendus au printemps.\n"
    "Une deuxième réunion est prévue le mois prochain, elle portera sur le prix des billets.\n"
)
SPANISH = (
    "El ayuntamiento aprobó el martes nuevas reglas para los barcos nocturnos, según el portavoz municipal.\n"
    "El tráfico en el río bajó una décima parte en enero y dos barcos viejos se venderán en primavera.\n"
    "La segunda reunión está prevista para el mes que viene y tratará del precio de los billetes.\n"
)
RUSSIAN = (
    "Городской совет во вторник утвердил новые правила для ночных паромов, сообщила администрация города.\n"
    "Движение по реке в январе сократилось на десять процентов, два старых судна весной будут проданы.\n"
    "Второе заседание намечено на следующий месяц, тогда обсудят и цены на билеты для пассажиров.\n"
)
TURKISH = (
    "Belediye meclisi salı günü gece vapurları için yeni kuralları kabul etti, yetkililer bunu açıkladı.\n"
    "Nehirdeki trafik ocak ayında yüzde on azaldı ve eski vapurlardan ikisi ilkbaharda satılacak.\n"
    "İkinci toplantı gelecek ay yapılacak ve o zaman bilet fiyatları da uzun uzun konuşulacak.\n"
)
ARABIC = (
    "أقر مجلس المدينة يوم الثلاثاء قواعد جديدة للعبارات الليلية، حسبما أعلن متحدث باسم الإدارة.\n"
    "انخفضت حركة النقل في النهر خلال يناير بنسبة عشرة في المئة، وستباع سفينتان قديمتان في الربيع.\n"
    "ومن المقرر عقد اجتماع ثان الشهر المقبل لمناقشة أسعار التذاكر أيضا مع سكان المدينة.\n"
)
CHINESE = (
    "市议会星期二通过了夜间渡轮的新规定，市政府发言人在会后对记者表示，新规定将从下个月开始实施。\n"
    "一月份河上的交通量下降了百分之十。两艘较旧的渡轮将在春季出售，所得款项用于修缮码头。\n"
    "第二次会议定于下个月举行，届时还将讨论船票的价格和夜间的班次。\n"
)
TAILS = [
    (GERMAN, "Guter Journalismus kostet Geld. Mit Ihrer Spende helfen Sie uns, unabhängig zu bleiben."),
    (GERMAN, "Artikel teilen\nFacebook\nWhatsApp"),
    (FRENCH, "La suite est réservée aux abonnés.\nDéjà abonné ? Connectez-vous"),
    (FRENCH, "12 commentaires\nConnectez-vous pour réagir à cet article."),
    (SPANISH, "Necesitamos tu ayuda para seguir informando. Hazte socio desde 5 euros al mes."),
    (SPANISH, "Te puede interesar\nSuben los precios de los barcos\nPor qué se apagó el faro"),
    (RUSSIAN, "Комментарии (12)\nВойдите, чтобы оставить комментарий"),
    (RUSSIAN, "Мы живём на деньги читателей. Поддержите нас, даже небольшая сумма поможет."),
    (TURKISH, "İlginizi çekebilir\nVapur ücretleri artıyor\nFener neden söndü"),
    (TURKISH, "Bültenimize abone olun\nGünün önemli haberleri her sabah e-posta kutunuzda."),
    (ARABIC, "اشترك في نشرتنا البريدية\nأهم الأخبار كل صباح في بريدك الإلكتروني"),
    (ARABIC, "اقرأ أيضا\nإصلاح سقف البلدية في الربيع\nارتفاع أسعار العبارات"),
    (CHINESE, "订阅我们的电子报\n每天早上把重要新闻发送到您的邮箱。"),
    (CHINESE, "相关阅读\n市政厅屋顶将于春季修缮\n渡轮票价上涨"),
]
PROSE = [
    "Die Spenden der Leser gingen an den Verein, und die Redaktion stellte den Newsletter im Mai ein.",
    "Le journal a perdu ses abonnés après la réunion, et la rédaction a demandé des dons aux lecteurs.",
    "La redacción perdió a sus suscriptores tras la reunión del martes y pidió donativos a los lectores.",
    "Редакция потеряла подписчиков после заседания, и читатели собрали пожертвования для паромов.",
]


def of_kind(article: Article, kind: PassageKind) -> str:
    return "\n".join(article.text[p.start : p.end] for p in article.of_kind(kind))


@pytest.mark.parametrize(("body", "tail"), TAILS)
def test_boilerplate_in_other_languages_is_told_from_the_prose(article: Read, body: str, tail: str) -> None:
    found = article(body + tail)
    assert of_kind(found, PassageKind.BOILERPLATE) == tail
    assert of_kind(found, PassageKind.BODY) == body.strip()


@pytest.mark.parametrize(("body", "last"), list(zip((GERMAN, FRENCH, SPANISH, RUSSIAN), PROSE, strict=True)))
def test_prose_about_readers_and_gifts_is_prose_in_any_language(article: Read, body: str, last: str) -> None:
    assert of_kind(article(body + last), PassageKind.BODY) == body + last


@pytest.mark.parametrize(
    "tail",
    [
        "You have reached your limit of free articles.\nAlready a subscriber? Log in",
        "Enjoyed this piece? Every Thursday we send out a letter with five more like it.",
        "#ports #ferries",
        "https://lantern.example/2020/03/03/ferries",
        "« The town hall will have a roof\nFerry prices to rise by a tenth »",
        "The views in this piece are the writer's own and do not stand for those of the Lantern.",
        "La sala tendrá un techo nuevo - 10 de octubre de 2020\nEl precio sube otra vez - 9 de mayo de 2020",
        "10.10.2020 - Das Rathaus bekommt ein Dach",
    ],
)
def test_limits_links_and_disclaimers_are_boilerplate(article: Read, news: str, tail: str) -> None:
    found = article(f"{news}\n\n{tail}")
    assert of_kind(found, PassageKind.BOILERPLATE) == tail


def test_a_last_sentence_with_a_day_in_it_is_body(article: Read, news: str) -> None:
    for last in ("The council will meet on 10 October 2020.", "A new date is set: 10 October 2020"):
        assert article(f"{news}\n\n{last}").passages[-1].kind == "body"


@pytest.mark.parametrize(
    "label",
    ["Поділитися", "Deel dit artikel", "Skopiuj link", "Copiar enlace", "Print", "分享", "Página 1 de 2"],
)
def test_what_a_page_says_to_share_and_print_is_boilerplate(article: Read, news: str, label: str) -> None:
    first, rest = news.split("\n\n", 1)
    found = article(f"{first}\n\n{label}\n\n{rest}")
    assert of_kind(found, PassageKind.BOILERPLATE) == label


@pytest.mark.parametrize(
    "label", ["Przeczytaj również", "Ti potrebbe interessare", "Схожі новини", "Go deeper", "Benzer haberler"]
)
def test_a_label_in_any_language_takes_its_headline_along(article: Read, news: str, label: str) -> None:
    first, rest = news.split("\n\n", 1)
    found = article(f"{first}\n\n{label}\n\nOtters beat Herons in a wild finish\n\n{rest}")
    assert of_kind(found, PassageKind.BODY).startswith("The harbour council")
    assert "Otters" not in of_kind(found, PassageKind.BODY)


@pytest.mark.parametrize(
    "credit",
    [
        "— AP writer Irene Example in Port Amber contributed.",
        "ab/cd (AP, AFP, dpa)",
        "Avec AFP",
        "来源：新华社",
        "A version of this article appears in print on Page A4 of the city edition.",
        "This article was amended on 8 March 2021 to correct the number of votes.",
    ],
)
def test_agencies_and_print_editions_are_credits(article: Read, news: str, credit: str) -> None:
    assert of_kind(article(f"{news}\n\n{credit}"), PassageKind.CREDIT) == credit


def test_a_very_long_paragraph_is_prose_unless_a_publisher_speaks(article: Read, news: str) -> None:
    last = (
        "The port office said that the harbour app, the ferry cards and the new timetable will be explained"
        " to everybody who comes to the hall. "
    ) * 8 + "If you have questions, contact the office by email or sign up for a visit."
    assert article(f"{news}\n\n{last}").passages[-1].kind == "body"


def test_comments_may_say_how_they_are_sorted() -> None:
    assert opens_comments("20 comments, sorted by top scoring")
    assert not opens_comments("Papers sorted by year")
