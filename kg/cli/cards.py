"""How why, show, path and timeline look: plain text of 80 columns, or colour and the whole width on a terminal.

The words that count in a sentence stand in colour on a terminal and between « and » elsewhere.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from kg.extract.rules import meaning
from kg.model.ontology import RELATIONS
from kg.query.cards import Backing, Candidates, Link, Named, Quote, Saying, Source
from kg.query.path import LONGEST, Path
from kg.query.show import Card, Group
from kg.query.timeline import Entry, Timeline
from kg.query.why import Ground, Why

_MOST_LINKS = 8  # of one type on a card
_MOST_SAYINGS = 12  # on a card
_MOST_ABOUT_BOTH = 20
_MOST_CLAIMS = 8  # of one relation
_MOST_ENTRIES = 40  # of a timeline
_LONG = 420  # code points of a sentence: what is longer is cut around the words that count
_AROUND = 160
_TRIVIAL = 3  # code points: the mark would stand around the whole sentence
_STYLES = {"asserted": "green", "denied": "red", "ended": "red", "planned": "yellow", "possible": "yellow"}
_VERBS = {"deny": "denies", "other": "says"}
_STANCES = {"deny": " (that it is not so)", "possible": " (that it may be so)"}
_ALL = "; --all shows them"
_MARK = "bold cyan"
_DIM = "dim"


def render_why(console: Console, found: Why, *, explain: bool = False, every: bool = False) -> None:
    """Claims for and against, by relation, and what was said about both; with `explain` also what found each claim.

    Of each relation and of what was said, the first ones are shown, unless `every` one is asked for.
    """
    out = _Page(console)
    out.title(f"{found.one.name} – {found.other.name}")
    out.homonyms((found.one, found.other), found.others)
    if not found.grounds and not found.sayings:
        told = f" {found.type}" if found.type else ""
        out.line(0, f"No claim{told} ties them. `kg path` looks for a way over others.")
    for _, grounds in groupby(found.grounds, key=lambda ground: (ground.link.type, ground.link.subject.id)):
        _relation(out, list(grounds), found.premises if explain else None, every=every)
    if found.sayings:
        out.heading("Said about both" if found.grounds else "Said about both, with no claim of its own")
        most = len(found.sayings) if every else _MOST_ABOUT_BOTH
        for source, sayings in groupby(found.sayings[:most], key=lambda saying: saying.source):
            out.line(1, _where(source), hanging=2)
            for saying in sayings:
                out.line(2, _who(saying), ":")
                out.marked(3, saying.quote)
        out.more(1, len(found.sayings) - most, _ALL)


def render_card(console: Console, found: Card | Candidates) -> None:
    """Who an entity is; or, for an ambiguous name, whom it may mean."""
    out = _Page(console)
    if isinstance(found, Candidates):
        _candidates(out, found)
        return
    entity = found.entity
    out.title(entity.name, entity.type)
    _facts(out, found)
    if found.others:
        out.homonyms((Named(entity.id, entity.type, entity.name),), (found.others,))
    if found.offices:
        out.heading("Offices")
        _links(out, found.offices, entity.id, len(found.offices))
    for group in found.groups:
        _group(out, group, entity.id)
    _statements(out, f"Said ({len(found.said)})", found.said, who=False)
    _statements(out, f"Said of it or to it ({len(found.about)})", found.about, who=True)


def render_path(console: Console, found: Path) -> None:
    """Every step with its status and a sentence."""
    out = _Page(console)
    out.title(f"{found.one.name} to {found.other.name}")
    out.homonyms((found.one, found.other), found.others)
    if not found.steps:
        out.line(0, f"No chain of up to {LONGEST} relations links them.")
    for number, step in enumerate(found.steps, start=1):
        out.gap()
        out.line(0, f"{number}. ", _sentence_of(step.link), "  ", _status(step.link.status))
        _evidence(out, step.backing)


def render_timeline(console: Console, found: Timeline, *, every: bool = False) -> None:
    """Entries by day; the latest, unless `every` one is asked for."""
    out = _Page(console)
    out.title(f"{found.entity.name}, in order of time")
    out.homonyms((found.entity,), (found.others,))
    if not found.entries:
        out.line(0, "Nothing is known of it in that time.")
    shown = found.entries if every else found.entries[-_MOST_ENTRIES:]
    if cut := len(found.entries) - len(shown):
        out.line(0, (f"{cut} before these{_ALL}, --from and --to choose.", _DIM))
    for date, entries in groupby(shown, key=lambda entry: entry.date):
        out.heading(date or "Without a date")
        for entry in entries:
            _entry(out, entry)
    if found.left_out:
        out.gap()
        out.line(0, (f"{found.left_out} more outside these dates.", _DIM))


Part = str | Text | tuple[str, str]


class _Page:
    """Lines on a console, indented by steps of two columns and wrapped to its width."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.plain = not console.is_terminal or console.no_color

    def line(self, depth: int, *parts: Part, hanging: int = 0) -> None:
        self._print(depth, Text.assemble(*parts), hanging)

    def title(self, name: str, kind: str = "") -> None:
        self.line(0, (name, "bold"), (f"  {kind}" if kind else "", _DIM))

    def heading(self, text: str) -> None:
        self.gap()
        self.line(0, (text, "bold"))

    def gap(self) -> None:
        self._console.print()

    def more(self, depth: int, count: int, where: str = "") -> None:
        if count > 0:
            self.line(depth, (f"… and {count} more{where}", _DIM))

    def homonyms(self, entities: Sequence[Named], counts: Sequence[int]) -> None:
        """That others go by the same name."""
        for entity, count in zip(entities, counts, strict=True):
            if count:
                verb = "goes" if count == 1 else "go"
                self.line(0, (f"{count} more {verb} by that name: {entity.name} ({entity.type}) is meant.", _DIM))

    def marked(self, depth: int, quote: Quote) -> None:
        """A sentence with the words that count."""
        before, words, after = _cut(quote)
        if not words or len(before + after) <= _TRIVIAL:
            self.line(depth, before + words + after)
        elif self.plain:
            self.line(depth, f"{before}«{words}»{after}")
        else:
            self.line(depth, before, (words, _MARK), after)

    def _print(self, depth: int, text: Text, hanging: int) -> None:
        """A paragraph, its second and further lines `hanging` columns further in."""
        margin = 2 * depth
        first, *rest = text.wrap(self._console, self._console.width - margin) or [text]
        lines = [first]
        if rest:
            tail = text[len(first) :]
            tail.rstrip()
            lines += _left(tail).wrap(self._console, self._console.width - margin - hanging)
        for number, line in enumerate(lines):
            line.rstrip()
            self._console.print(Text(" " * (margin + (hanging if number else 0))) + line)


def _cut(quote: Quote) -> tuple[str, str, str]:
    """What stands before, in and after the words, in one line, and not longer than a reader likes."""
    sentence = quote.sentence
    parts = [
        " ".join(part.split())
        for part in (sentence[: quote.start], sentence[quote.start : quote.end], sentence[quote.end :])
    ]
    before, words, after = parts
    if len(sentence) > _LONG:
        before = f"… {before[-_AROUND:]}" if len(before) > _AROUND else before
        words = f"{words[:_AROUND]} … {words[-_AROUND:]}" if len(words) > 2 * _AROUND else words
        after = f"{after[:_AROUND]} …" if len(after) > _AROUND else after
    glued_before = sentence[: quote.start] != sentence[: quote.start].rstrip()
    glued_after = sentence[quote.end :] != sentence[quote.end :].lstrip()
    return f"{before} " if before and glued_before else before, words, f" {after}" if after and glued_after else after


def _relation(out: _Page, grounds: list[Ground], premises: Mapping[str, Ground] | None, *, every: bool) -> None:
    out.gap()
    out.line(0, _sentence_of(grounds[0].link))
    for ground in grounds:
        out.line(1, _status(ground.link.status), _qualified(ground.link.qualifiers), (_support(ground.link), _DIM))
        most = len(ground.claims) if every else _MOST_CLAIMS
        for claim in ground.claims[:most]:
            _evidence(out, claim, depth=2)
            if premises is not None:
                _explanation(out, claim, premises)
        out.more(2, len(ground.claims) - most, _ALL)


def _explanation(out: _Page, claim: Backing, premises: Mapping[str, Ground]) -> None:
    """What found a claim: its rule and what that reads, the version, how sure; and what it follows from."""
    told = meaning(claim.rule)
    rule = f"{claim.rule} – {told}" if told else claim.rule
    version = f"version {claim.extractor}, " if claim.extractor else ""
    out.line(3, (f"by {rule} ({version}confidence {claim.confidence})", _DIM), hanging=2)
    for premise in (premises[id_] for id_ in claim.premises if id_ in premises):
        out.line(4, ("follows from ", _DIM), _sentence_of(premise.link), hanging=2)
        _explanation_of_premise(out, premise)


def _explanation_of_premise(out: _Page, premise: Ground) -> None:
    for claim in premise.claims:
        if claim.quote.sentence:
            out.marked(5, claim.quote)


def _evidence(out: _Page, claim: Backing, depth: int = 1) -> None:
    out.line(depth, _where(claim.source), hanging=2)
    if claim.saying:
        out.line(depth + 1, _who(claim.saying), ":")
    if claim.quote.sentence:
        out.marked(depth + 1, claim.quote)
    else:
        out.line(depth + 1, ("from what is known of the article", _DIM))


def _where(source: Source) -> Text:
    parts = [source.date or "undated", source.publisher, source.title]
    return Text(" · ".join(part for part in parts if part), style=_DIM)


def _who(saying: Saying) -> Text:
    """“He Yadong denies, to United States, reported by CNBC”."""
    speaker = saying.speaker.name if saying.speaker else "Someone who is not told"
    return Text.assemble((speaker, "cyan"), " ", _act(saying))


def _act(saying: Saying) -> str:
    """The act as a verb, to whom, and who reported it."""
    stance = "" if saying.stance in {"neutral", "affirm", saying.act} else _STANCES[saying.stance]
    to = f", to {saying.addressed_to.name}" if saying.addressed_to else ""
    through = f", reported by {', then '.join(saying.reported_by)}" if saying.reported_by else ""
    return f"{_VERBS.get(saying.act, f'{saying.act}s')}{stance}{to}{through}"


def _sentence_of(link: Link) -> Text:
    """“China NEGOTIATES_WITH United States”."""
    return Text.assemble((link.subject.name, "cyan"), " ", (link.type, "bold"), " ", (link.object.name, "cyan"))


def _status(status: str) -> Text:
    return Text(status, style=_STYLES.get(status, ""))


def _qualified(qualifiers: Mapping[str, str]) -> str:
    told = ", ".join(f"{name} {value}" for name, value in qualifiers.items())
    return f" ({told})" if told else ""


def _support(link: Link) -> str:
    if not link.support:
        return "  inferred"
    claims = f"{link.support} claim{'' if link.support == 1 else 's'}"
    return f"  {claims}, {link.independent} independent article{'' if link.independent == 1 else 's'}"


def _candidates(out: _Page, found: Candidates) -> None:
    out.line(0, f"{found.name!r} may be:")
    for candidate in found.found:
        articles = f"{candidate.articles} article{'' if candidate.articles == 1 else 's'}"
        out.line(1, (candidate.name, "cyan"), f"  {candidate.type}, {articles}  ", (candidate.id, _DIM))
    out.gap()
    out.line(0, ("Ask for one by its whole name or its id.", _DIM))


def _facts(out: _Page, found: Card) -> None:
    entity = found.entity
    seen = " to ".join(dict.fromkeys(filter(None, (entity.first_seen, entity.last_seen)))) or "undated"
    outlets = [f"{name} ({count})" for name, count in found.outlets.items()]
    rest = [f"and {len(outlets) - _MOST_LINKS} more"] if len(outlets) > _MOST_LINKS else []
    facts = {
        "also": ", ".join(entity.aliases),
        **entity.identifiers,
        **entity.attributes,
        "seen": f"in {entity.articles} article{'' if entity.articles == 1 else 's'}, {seen}",
        "outlets": ", ".join(outlets[:_MOST_LINKS] + rest),
        "id": entity.id,
    }
    told = {name: value for name, value in facts.items() if value}
    width = max(map(len, told)) + 2
    for name, value in told.items():
        out.line(1, (f"{name:<{width}}", _DIM), value, hanging=width)


def _group(out: _Page, group: Group, own: str) -> None:
    out.heading(group.type if group.forward else f"{group.type}, from others")
    _links(out, group.links, own, _MOST_LINKS)


def _links(out: _Page, links: Sequence[Link], own: str, most: int) -> None:
    for link in links[:most]:
        end = link.object if link.subject.id == own else link.subject
        office = f"{link.type}  " if RELATIONS[link.type].area == "office" and link.subject.id == own else ""
        times = f"  {link.support}×" if link.support > 1 else ""
        out.line(
            1,
            (office, _DIM),
            (end.name, "cyan"),
            "  ",
            _status(link.status),
            _qualified(link.qualifiers),
            (times, _DIM),
        )
    out.more(1, len(links) - most)


def _statements(out: _Page, heading: str, sayings: Sequence[Saying], *, who: bool) -> None:
    if not sayings:
        return
    out.heading(heading)
    for saying in sayings[-_MOST_SAYINGS:]:
        told = [saying.date or "undated", saying.source.publisher]
        out.line(1, (" · ".join(filter(None, told)), _DIM), "  ", _who(saying) if who else _act(saying))
        out.line(2, _shortened(saying.text))
    out.more(1, len(sayings) - _MOST_SAYINGS, " before these")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else f"{line[: _LONG - 2]} …"


def _entry(out: _Page, entry: Entry) -> None:
    if entry.saying:
        out.line(1, _who(entry.saying), ":")
        out.line(2, _shortened(entry.saying.text))
        out.line(2, _where(entry.saying.source), hanging=2)
    elif entry.link and entry.backing:
        times = f"  {entry.claims}×" if entry.claims > 1 else ""
        out.line(
            1,
            _sentence_of(entry.link),
            "  ",
            _status(entry.link.status),
            _qualified(entry.link.qualifiers),
            (times, _DIM),
        )
        out.marked(2, entry.backing.quote)
        out.line(2, _where(entry.backing.source), hanging=2)


def _left(text: Text) -> Text:
    """Without the spaces it begins with."""
    return text[len(text.plain) - len(text.plain.lstrip()) :]
