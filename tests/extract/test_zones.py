from collections.abc import Callable

from kg.extract.draft import Draft

Drafted = Callable[..., Draft]


def zones(drafted: Drafted, text: str, **metadata: str) -> list[tuple[str, str]]:
    draft = drafted(text, until="names", **metadata)
    return [(zone.kind, draft.parse.span_text(zone.start, zone.end)) for zone in draft.zones]


def test_a_first_line_without_a_stop_is_the_headline(drafted: Drafted) -> None:
    text = "Oslo and Accra pause cocoa levy\nMinisters met in Geneva on Friday."
    assert zones(drafted, text) == [("headline", "Oslo and Accra pause cocoa levy")]


def test_labels_credits_and_footers(drafted: Drafted) -> None:
    text = (
        "Why It Matters: Norway sells fish.\n\nImage via Fjordpix\n\n"
        "Disclaimer: This content was reviewed by the editors of the Baltic Courier."
    )
    assert zones(drafted, text) == [
        ("label", "Why It Matters:"),
        ("credit", "Image via Fjordpix"),
        ("footer", "Disclaimer: This content was reviewed by the editors of the Baltic Courier."),
    ]


def test_what_pages_print_between_paragraphs_is_no_prose(drafted: Drafted) -> None:
    text = (
        "Ministers met in Geneva on Friday.\n\nStory Continued Below\n\nADVERTISEMENT\n\n"
        "Image copyright Fjordpix Image caption The ports of Accra are full.\n\n"
        "Mensah says the levy is 'here to stay' Read more\n\nThey will meet again."
    )
    assert zones(drafted, text) == [
        ("footer", "Story Continued Below"),
        ("footer", "ADVERTISEMENT"),
        ("credit", "Image copyright Fjordpix Image caption"),
        ("footer", "Mensah says the levy is 'here to stay' Read more"),
    ]


def test_a_dateline_and_the_reporters_at_the_end(drafted: Drafted) -> None:
    text = "BRUSSELS (Reuters) - Ministers met on Friday.\n\n(Reporting by Ada Mensah; editing by Per Haugland)"
    assert zones(drafted, text) == [
        ("dateline", "BRUSSELS (Reuters) -"),
        ("credit", "(Reporting by Ada Mensah; editing by Per Haugland)"),
    ]


def test_initials_and_agencies_at_the_end_are_a_byline(drafted: Drafted) -> None:
    assert zones(drafted, "The talks went on. mz/msh (AFP, dpa)") == [("byline", "mz/msh (AFP, dpa)")]


def test_plain_prose_has_no_zones(drafted: Drafted) -> None:
    assert zones(drafted, "Ministers met in Geneva on Friday. They will meet again.") == []
