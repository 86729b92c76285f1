from collections.abc import Callable
from functools import partial
from io import StringIO

import pytest
from rich.console import Console

from kg.cli.cards import render_card, render_path, render_timeline, render_why
from kg.errors import NotFoundError, UsageError
from kg.ledger import GraphReader
from kg.query.cards import Candidates
from kg.query.path import path
from kg.query.show import Card, show
from kg.query.timeline import timeline
from kg.query.why import why

Page = Callable[..., str]


def test_why_shows_claims_for_and_against_with_who_says_so(graph: GraphReader) -> None:
    found = why(graph, "South Korea", "Australia", "contacts")
    by_status = {ground.link.status: ground for ground in found.grounds}
    assert list(by_status) == ["alleged", "denied"]
    speakers = {
        claim.saying.speaker.name for claim in by_status["denied"].claims if claim.saying and claim.saying.speaker
    }
    assert "Ministry of Commerce and Resources" in speakers
    assert {claim.source.publisher for claim in by_status["denied"].claims} >= {"Pacific Wire", "The Fremantle Argus"}


def test_why_is_the_same_from_either_end(graph: GraphReader) -> None:
    one, other = why(graph, "Australia", "South Korea"), why(graph, "South Korea", "Australia")
    assert {ground.link.id for ground in one.grounds} == {ground.link.id for ground in other.grounds}
    assert one.sayings == other.sayings


def test_why_adds_what_was_said_about_both_and_repeats_none(graph: GraphReader) -> None:
    found = why(graph, "South Korea", "Australia")
    shown = {claim.saying.id for ground in found.grounds for claim in ground.claims if claim.saying}
    assert shown.isdisjoint(saying.id for saying in found.sayings)
    jang = [saying for saying in found.sayings if saying.speaker and saying.speaker.name == "Jang Eun-sol"]
    assert ("Hangang Daily",) in {saying.reported_by for saying in jang}


def test_an_unknown_name_or_type_names_the_nearest(graph: GraphReader) -> None:
    with pytest.raises(NotFoundError, match="No entity is called 'Ryu Tae-gyom'; did you mean Ryu Tae-gyeom"):
        why(graph, "Ryu Tae-gyom", "Australia")
    with pytest.raises(NotFoundError, match=r"^There is no type of relation 'MARRIES'; `kg schema` lists them\.$"):
        why(graph, "Lena Price", "Ryu Tae-gyeom", "MARRIES")
    with pytest.raises(NotFoundError, match=r"There is no type of relation 'MEET'; did you mean MEETS\?"):
        why(graph, "South Korea", "Australia", "MEET")


def test_show_tells_offices_statements_and_outlets(graph: GraphReader) -> None:
    card = show(graph, "so yun-chae")
    assert isinstance(card, Card)
    assert card.entity.name == "So Yun-chae"
    assert "Ministry of Commerce and Resources" in {office.object.name for office in card.offices}
    assert "Pacific Wire" in card.outlets
    assert {saying.act for saying in card.said} >= {"deny", "demand"}
    assert [saying.date for saying in card.said] == sorted(saying.date or "9999" for saying in card.said)


def test_show_lists_the_candidates_of_an_ambiguous_name(graph: GraphReader, page: Page) -> None:
    found = show(graph, "Park")
    assert isinstance(found, Candidates)
    assert {candidate.name for candidate in found.found} == {"Park Do-gyeong", "Park Bo-reum"}
    assert page(render_card, found).startswith("'Park' may be:\n  Park Do-gyeong  Person, ")


def test_path_goes_the_shortest_way_and_each_step_has_a_sentence(graph: GraphReader) -> None:
    found = path(graph, "Jang Eun-sol", "South Korea")
    assert [(step.link.type, step.forward) for step in found.steps] == [
        ("SPOKESPERSON_FOR", True),
        ("AGENCY_OF", True),
    ]
    assert all(step.backing.quote.sentence for step in found.steps)


def test_path_from_an_entity_to_itself_is_refused(graph: GraphReader) -> None:
    with pytest.raises(NotFoundError, match="'south korea' and 'South Korea' are the same entity"):
        path(graph, "south korea", "South Korea")


def test_timeline_keeps_to_its_dates_in_order(graph: GraphReader) -> None:
    found = timeline(graph, "Gordon May", "2031-03", "2031-03-20")
    dates = [entry.date for entry in found.entries if entry.date]
    assert dates
    assert dates == sorted(dates)
    assert all("2031-03" <= date <= "2031-03-20" for date in dates)
    assert found.left_out > 0
    with pytest.raises(UsageError, match=r"'last week' is no date; write it as 2025-04-24, 2025-04 or 2025\."):
        timeline(graph, "Gordon May", "last week")


def test_pages_are_plain_text_of_eighty_columns_where_there_is_no_terminal(graph: GraphReader, page: Page) -> None:
    texts = [
        page(render_why, why(graph, "South Korea", "Australia")),
        page(render_card, show(graph, "South Korea")),
        page(render_path, path(graph, "Jang Eun-sol", "Australia")),
        page(render_timeline, timeline(graph, "Narusaem Energy")),
    ]
    for text in texts:
        assert "\x1b" not in text
        assert all(len(line) <= 80 and line == line.rstrip() for line in text.splitlines())
    assert "«no contact with Canberra was planned" in " ".join(texts[0].split())


def test_a_terminal_gets_colour_instead_of_marks(graph: GraphReader) -> None:
    out = StringIO()
    render_why(Console(file=out, width=120, force_terminal=True), why(graph, "South Korea", "Australia"))
    assert "\x1b[1;36m" in out.getvalue()
    assert "«" not in out.getvalue()


def test_explained_a_claim_tells_its_rule_its_version_and_how_sure_it_is(graph: GraphReader) -> None:
    out, found = StringIO(), why(graph, "South Korea", "Australia")
    render_why(Console(file=out, width=200, no_color=True), found, explain=True)
    claim = found.grounds[0].claims[0]
    assert f"by {claim.rule} (version reader, confidence {claim.confidence})" in out.getvalue()


def test_long_lists_are_cut_and_say_how_to_see_the_rest(
    graph: GraphReader, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = why(graph, "South Korea", "Australia")
    whole = page(render_why, asked)
    told = timeline(graph, "South Korea")
    for name, most in (("_MOST_CLAIMS", 1), ("_MOST_ABOUT_BOTH", 2), ("_MOST_ENTRIES", 3)):
        monkeypatch.setattr(f"kg.cli.cards.{name}", most)  # how much fits a reader's eye is no setting
    cut = page(render_why, asked)
    most_claims = max(len(ground.claims) for ground in asked.grounds)
    assert f"    … and {most_claims - 1} more; --all shows them\n" in cut
    assert f"  … and {len(asked.sayings) - 2} more; --all shows them\n" in cut
    assert page(partial(render_why, every=True), asked) == whole
    assert f"{len(told.entries) - 3} before these; --all shows them, --from and --to choose.\n" in page(
        render_timeline, told
    )
    assert "--all" not in page(partial(render_timeline, every=True), told)
