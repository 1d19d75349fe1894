"""The language of a text is found from its letters and words."""

from __future__ import annotations

import pytest

from seedread_index.extract.language import UNDETERMINED, detect

SENTENCES = {
    "en": "The harbour council met on Tuesday to agree on new rules for the ferries that sail at night.",
    "fr": "Le conseil du port s'est réuni mardi pour fixer de nouvelles règles pour les navires de nuit.",
    "es": "El consejo del puerto se reunió el martes para acordar nuevas reglas para los barcos nocturnos.",
    "it": "Il consiglio del porto si è riunito martedì per concordare nuove regole per i traghetti notturni.",
    "de": "Der Hafenrat traf sich am Dienstag, um neue Regeln für die Fähren bei Nacht zu vereinbaren.",
    "ru": "Совет порта собрался во вторник, чтобы согласовать новые правила для ночных паромов.",
    "ar": "اجتمع مجلس الميناء يوم الثلاثاء للاتفاق على قواعد جديدة للعبارات الليلية.",
    "ja": "港湾評議会は火曜日に会合を開き、夜間フェリーの新しい規則に合意した。",
    "zh": "港口委员会星期二开会，就夜间渡轮的新规定达成一致，官员们说。",
    "ko": "항만 위원회는 화요일 회의를 열어 야간 여객선에 대한 새로운 규칙에 합의했다.",
    "el": "Το συμβούλιο του λιμανιού συνεδρίασε την Τρίτη για να συμφωνήσει σε νέους κανόνες.",
    "hi": "बंदरगाह परिषद की मंगलवार को बैठक हुई और नए नियमों पर सहमति बनी।",
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_a_sentence_is_enough(lang: str) -> None:
    assert detect(SENTENCES[lang]) == lang


def test_foreign_names_do_not_change_the_language() -> None:
    assert detect(SENTENCES["fr"] + " (مجلس الميناء, Совет порта)") == "fr"
    assert detect(SENTENCES["en"] + " — 港湾評議会") == "en"


@pytest.mark.parametrize("text", ["", "7 8 9", "Ok", "12.5 % – 30 %"])
def test_too_little_text_is_undetermined(text: str) -> None:
    assert detect(text) == UNDETERMINED


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "sw",
            "Waziri wa afya amesema kwamba watu wengi katika mji huo wamepata chanjo.",
        ),
        (
            "zu",
            "Umeya uthe abantu bathole ukudla futhi izingane zizobuyela esikoleni, kusho yena.",
        ),
        (
            "xh",
            "Usodolophu uthi abantu bafumene ukutya kwaye abantwana baza kubuyela esikolweni ukuba iyaphela.",
        ),
        (
            "id ms",
            "Menteri kesehatan mengatakan bahwa banyak orang di kota itu sudah mendapat vaksin.",
        ),
    ],
)
def test_bantu_languages_are_no_indonesian(lang: str, text: str) -> None:
    assert detect(text) in lang.split()
