"""The language of a text, where it is sure."""

import time

import pytest

from kg.sources.languages import language_of

ARTICLES = {
    "en": "The ministry denied that it had held talks with the company, and said its position had not changed.",
    "de": "Das Ministerium bestritt am Dienstag, mit dem Unternehmen gesprochen zu haben.",
    "fr": "Le ministère a démenti mardi avoir tenu des pourparlers avec la société et a renvoyé la presse au ministre.",
    "es": "El ministerio negó haber mantenido conversaciones con la empresa y remitió a la prensa al ministro.",
    "nl": "Het ministerie ontkende dinsdag dat het gesprekken had gevoerd met het bedrijf en verwees naar de minister.",
    "da": "Ministeriet afviste tirsdag at have talt med virksomheden, og det henviste pressen til ministeren.",
    "pl": "Ministerstwo zaprzeczyło we wtorek, by prowadziło rozmowy z firmą, i odesłało dziennikarzy do ministra.",
    "ro": "Ministerul a negat marți că are discuții cu compania și a trimis presa la ministru pentru alte detalii.",
    "ru": "Министерство во вторник опровергло сообщения о переговорах с компанией и направило журналистов к министру.",
    "zh": "商务部星期二否认与该公司举行会谈，并表示立场没有改变。" * 4,
    "ar": "نفت الوزارة يوم الثلاثاء أنها أجرت محادثات مع الشركة وأحالت الصحفيين إلى الوزير للحصول على التفاصيل.",
}


@pytest.mark.parametrize("language", ARTICLES)
def test_a_sentence_or_two_tell_the_language(language: str) -> None:
    assert language_of(ARTICLES[language]) == language


def test_wires_in_capitals_or_of_figures_alone_are_no_foreign_language() -> None:
    flash = "******KESTREL OIL CUTS POSTED PRICES BY 50 CTS/BBL, EFFECTIVE TOMORROW, WEST TEXAS NOW 17.50 DLRS/BBL"
    figures = (
        "Shr 45 cts vs 58 cts\n    Net 1.1 mln vs 829,000\n    Sales 7.9 mln vs 9.4 mln\n    Avg shrs 2,332,397\n" * 3
    )
    assert language_of(flash) in {"en", None}
    assert language_of(figures) in {"en", None}
    assert language_of("AUSTRALIA SETS THE TARIFF, AND SEOUL SAID IT WOULD ANSWER") == "en"


@pytest.mark.parametrize("text", ["", "17.3 -- 18.4", "Qtly div 12 cts", "Nein."])
def test_too_little_text_tells_nothing(text: str) -> None:
    assert language_of(text) is None


def test_a_foreign_quote_does_not_make_a_foreign_article() -> None:
    assert language_of(f"The spokesman said: “{ARTICLES['fr']}” The company said that it would answer.") == "en"


def test_telling_takes_less_than_two_milliseconds_once_loaded() -> None:
    text = ARTICLES["de"] * 200
    language_of(text)
    start = time.perf_counter()
    for _ in range(50):
        language_of(text)
    assert (time.perf_counter() - start) / 50 < 0.002 * 5  # five times the measure, for a busy machine
