from collections.abc import Callable

from kg.extract.draft import Draft, DraftEntity

Drafted = Callable[..., Draft]

OF_NORWAY = (
    "Norway voted on Sunday. Norway has a new parliament, and Norway waits for a government. "
    "Norwegian papers called it a landslide for Norway. "
)


def citizens(draft: Draft) -> dict[str, str]:
    ends = [(c.subject, c.object) for c in draft.claims if c.type == "CITIZEN_OF"]
    return {a.name: b.name for a, b in ends if isinstance(a, DraftEntity) and isinstance(b, DraftEntity)}


def test_a_politician_is_of_the_country_that_the_article_is_about(drafted: Drafted) -> None:
    draft = drafted(OF_NORWAY + "Opposition politician Kari Solheim welcomed the result.", until="credits_")
    assert citizens(draft) == {"Kari Solheim": "Norway"}
    assert [c.confidence for c in draft.claims if c.rule == "citizen.main_country"] == [0.5]


def test_who_has_no_title_or_is_of_a_body_is_not_guessed_at(drafted: Drafted) -> None:
    text = OF_NORWAY + "Kari Solheim was there. Per Haugland, a spokesman for Greenpeace, declined to comment."
    assert citizens(drafted(text, until="credits_")) == {}


def test_an_article_about_two_countries_guesses_nothing(drafted: Drafted) -> None:
    text = OF_NORWAY + "Ghana and Ghanaian papers saw it so. Ghana waits. Opposition politician Kari Solheim spoke."
    assert citizens(drafted(text, until="credits_")) == {}
