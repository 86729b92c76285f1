from collections.abc import Callable

from kg.model import Extraction

Extract = Callable[..., Extraction]

INTERVIEW = """This is a rush transcript.

KARI SOLHEIM: Minister, will the harbour levy stay?

ADA MENSAH: Yes. I think the levy is fair to all.

It pays for the ports.

KARI SOLHEIM: And the farmers?

ADA MENSAH: The farmers said they can live with it."""


def turns(extraction: Extraction) -> list[tuple[str, str]]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return [(names[s.speaker or ""], s.text) for s in extraction.statements if s.rule.startswith("speech:turn")]


def test_a_transcript_is_a_statement_a_turn_up_to_the_next_speaker(extracted: Extract) -> None:
    assert turns(extracted(INTERVIEW)) == [
        ("Kari Solheim", "Minister, will the harbour levy stay?"),
        ("Ada Mensah", "Yes. I think the levy is fair to all. It pays for the ports."),
        ("Kari Solheim", "And the farmers?"),
        ("Ada Mensah", "The farmers said they can live with it."),
    ]


def test_names_on_lines_of_their_own_open_turns(extracted: Extract) -> None:
    text = (
        "Finance minister Ada Mensah spoke with our reporter Kari Solheim, who is from Oslo.\n\n"
        "Kari Solheim\n\nWill the harbour levy stay?\n\nAda Mensah\n\nThe levy is fair to all.\n\n"
        "Kari Solheim\n\nAnd the farmers?\n\nAda Mensah\n\nThey will live with it."
    )
    assert turns(extracted(text)) == [
        ("Kari Solheim", "Will the harbour levy stay?"),
        ("Ada Mensah", "The levy is fair to all."),
        ("Kari Solheim", "And the farmers?"),
        ("Ada Mensah", "They will live with it."),
    ]


def test_what_a_turn_holds_is_not_said_twice_and_what_others_say_in_it_is_kept(extracted: Extract) -> None:
    others = [s.text for s in extracted(INTERVIEW).statements if not s.rule.startswith("speech:turn")]
    assert others == ["they can live with it"]


def test_labels_that_are_nobody_make_no_turns(extracted: Extract) -> None:
    text = "Winner: The ports.\n\nLoser: The farmers.\n\nWinner: The banks.\n\nLoser: The press."
    assert turns(extracted(text)) == []
