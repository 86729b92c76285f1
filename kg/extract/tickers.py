"""Tickers in every shape, the company names they stand behind, and what is traded under its own name."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse, Tokens
from kg.extract.patterns import lexicon
from kg.model.ontology import is_a

_CODE = r"([A-Z][A-Z0-9]{0,5})(?:\.([A-Z]{1,2}))?"
_BRACKETED = re.compile(rf"[(\[<]\s*(?:([A-Za-z][A-Za-z ]{{1,20}}?)\s?:\s?)?{_CODE}(?:,[^()<>]{{1,20}})?\s*[)\]>]")
_CASHTAG = re.compile(rf"(?<![\w$])\$(?=[A-Z]{{2}}){_CODE}\b")
_BARE = re.compile(r"(?<=[\w.] )([A-Z]{2,5})(?=[ ,.;:)]|$)", re.MULTILINE)


class Ticker(NamedTuple):
    """A ticker in the text: its tokens with brackets and exchange, and the exchange's name where it is given."""

    start: int
    end: int
    code: str
    exchange: str | None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("tickers")[name])


def find_tickers(draft: Draft) -> None:
    """Give companies their tickers, mend the names before them, and find indexes and commodities by name.

    A ticker is no entity: its token is covered by the company, without a mention.
    """
    for ticker in tickers(draft):
        _settle(draft, ticker)
    for start, end, name, kind in instruments(draft.parse, "instruments"):
        instrument(draft, start, end, name, kind)


def tickers(draft: Draft) -> list[Ticker]:
    """The tickers of an article, in the order of the text; none overlap."""
    found: list[Ticker] = []
    for ticker in sorted([*_bracketed(draft), *_cashtags(draft.parse), *_bare(draft)]):
        if not found or ticker.start >= found[-1].end:
            found.append(ticker)
    return found


def _tokens(parse: Parse, match: re.Match[str]) -> Tokens:
    return Tokens(parse.token_at(match.start()), parse.token_at(match.end() - 1) + 1)


def _bracketed(draft: Draft) -> Iterator[Ticker]:
    parse = draft.parse
    for match in _BRACKETED.finditer(parse.text):
        start, end = _tokens(parse, match)
        exchange = _exchange(match[1], match[3])
        if exchange or (match[1] is None and _is_bare_ticker(draft, start, match)):
            yield Ticker(start, end, match[2], exchange)


def _exchange(prefix: str | None, suffix: str | None) -> str | None:
    table = lexicon("tickers")
    if prefix:
        name: str | None = table["exchanges"].get(prefix.upper().replace(" ", ""))
        return name
    return table["suffixes"].get(suffix)  # type: ignore[no-any-return]


def _is_bare_ticker(draft: Draft, start: int, match: re.Match[str]) -> bool:
    """Whether a code in brackets without its exchange is a ticker and not an acronym of the name before it."""
    name = draft.parse.span_text(*_name_before(draft, start)) if start else ""
    if match[2] in _words("not_tickers") or not name or _initials(name).startswith(match[2]):
        return False
    if match[0].startswith("<") or _ends_as_company(name):
        return True
    return (
        len(match[2]) > 1
        and _is_drawn_from(match[2], name)
        and (_is_company(draft.cover[start - 1]) or _moves_after(draft.parse, match.end()))
    )


def _moves_after(parse: Parse, offset: int) -> bool:
    """Whether the next word is a market's verb: "Perth Avon (PAVL) soared"."""
    after = parse.token_at(offset) + 1
    directions = lexicon("markets")["verbs"]
    return after < len(parse) and any(parse.lemma(after) in directions[way] for way in ("up", "down"))


def _is_company(entity: DraftEntity | None) -> bool:
    return entity is not None and entity.type == "Company"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _cashtags(parse: Parse) -> Iterator[Ticker]:
    for match in _CASHTAG.finditer(parse.text):
        if match[1] not in _words("not_tickers"):
            yield Ticker(*_tokens(parse, match), match[1], _exchange(None, match[2]))


def _bare(draft: Draft) -> Iterator[Ticker]:
    parse = draft.parse
    for match in _BARE.finditer(parse.text):
        start, end = _tokens(parse, match)
        if end - start != 1 or parse.words[start] != match[1] or match[1] in _words("not_tickers"):
            continue
        span = _name_before(draft, start)
        name = parse.span_text(*span) if span.start < span.end else ""
        if not name or name.isupper():
            continue
        if _ends_as_company(name) or (_is_company(draft.cover[start - 1]) and _is_drawn_from(match[1], name)):
            yield Ticker(start, end, match[1], None)


def _ends_as_company(name: str) -> bool:
    words = name.lower().replace(".", "").replace(",", "").split()
    return len(words) > 1 and words[-1] in _words("company_ends")


def _is_drawn_from(code: str, name: str) -> bool:
    """Whether a code's letters follow each other in a name, as most tickers' do."""
    letters = iter(name.upper())
    return all(letter in letters for letter in code)


def _name_before(draft: Draft, end: int) -> Tokens:
    """The capitalised words that end before a token: a company's name, with its commas before "Inc"."""
    parse = draft.parse
    first = parse.sentences[parse.sentence_of[end - 1]].start if end else 0
    start = end
    while start > first and _is_in_name(draft, start - 1, end):
        start -= 1
    while start < end and parse.words[start] in {"&", ",", "of", "-"}:
        start += 1
    return Tokens(start, end)


def _is_in_name(draft: Draft, i: int, end: int) -> bool:
    parse, word = draft.parse, draft.parse.words[i]
    if word == ",":
        return i + 1 < end and parse.lower[i + 1].rstrip(".") in _words("company_ends")
    if word in {"&", "-"} or (word == "of" and draft.cover[i] is not None):
        return i + 1 < end
    owner = draft.cover[i]
    if owner is not None and owner.type in {"Country", "Person"} and draft.cover[min(i + 1, end - 1)] is not owner:
        return _is_but_an_end(parse.lower[i + 1 : end])  # "American Agronomics Corp", but "Chilean Atacama Brine SA"
    return word[0].isupper() and parse.tags[i].startswith(("NNP", "JJ", "FW", "NN"))


def _is_but_an_end(words: list[str]) -> bool:
    return all(word.rstrip(".") in _words("company_ends") for word in words)


def _settle(draft: Draft, ticker: Ticker) -> None:
    """Make the name before a ticker one company, whatever the model took it for."""
    start, end = _name_before(draft, ticker.start)
    if start < end and _is_but_an_end(draft.parse.lower[start:end]):
        return
    if start == end:
        if draft.parse.words[ticker.start] != "$":
            return
        start, end = ticker.end - 1, ticker.end
    company = _company(draft, start, end, ticker)
    company.identifiers.setdefault("ticker", ticker.code)
    draft.mention(company, start, end, "name", over=True)
    for i in range(ticker.start, ticker.end):
        draft.cover[i] = company
    for other in draft.entities[:]:
        if other is not company and other.name == ticker.code:
            draft.merge(company, other)


def _company(draft: Draft, start: int, end: int, ticker: Ticker) -> DraftEntity:
    name = draft.parse.span_text(start, end)
    owners = list(dict.fromkeys(e for e in draft.cover[start : ticker.end] if e is not None))
    known = next((e for e in draft.entities if e.name == name and is_a(e.type, "Organization")), None)
    for owner in owners:
        release(draft, owner, start, ticker.end)
    company = known or next((e for e in owners if not e.mentions and e not in draft.entities), None)
    if company is None:
        return draft.entity("Company", name)
    if company is not known:
        company.name = name
        company.aliases.clear()
    if company not in draft.entities:
        draft.entities.append(company)
    company.type = "Company"
    return company


def release(draft: Draft, entity: DraftEntity, start: int, end: int) -> None:
    """Take from an entity its mentions that touch the tokens [start, end); drop it when none is left."""
    gone = [m for m in entity.mentions if m.start < end and start < m.end]
    for mention in gone:
        entity.mentions.remove(mention)
        for i in range(mention.start, mention.end):
            if draft.cover[i] is entity:
                draft.cover[i] = None
    if not entity.mentions and not any(entity in {claim.subject, claim.object} for claim in draft.claims):
        draft.entities.remove(entity)


# ---- instruments -------------------------------------------------------------------------------------------

_Instrument = tuple[tuple[str, ...], str, str]


@cache
def _by_first_word(section: str) -> dict[str, list[_Instrument]]:
    index: dict[str, list[_Instrument]] = {}
    for kind, names in lexicon("tickers")[section].items():
        for name, forms in names.items():
            for form in forms:
                words = tuple(form.split())
                index.setdefault(words[0], []).append((words, name, kind))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


def instruments(parse: Parse, section: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, name and kind of the instruments of a section of the lexicon; the longest of several forms."""
    index, lower, i = _by_first_word(section), parse.lower, 0
    while i < len(lower):
        for words, name, kind in index.get(lower[i], ()):
            if tuple(lower[i : i + len(words)]) == words:
                yield i, i + len(words), name, kind
                i += len(words) - 1
                break
        i += 1


def instrument(draft: Draft, start: int, end: int, name: str, kind: str) -> DraftEntity:
    """The instrument of this name, with a mention over the tokens [start, end), whatever they were taken for."""
    for owner in list(dict.fromkeys(e for e in draft.cover[start:end] if e is not None)):
        if owner.type != "Instrument":
            release(draft, owner, start, end)
    entity = next((e for e in draft.named("Instrument") if e.name == name), None) or draft.entity("Instrument", name)
    entity.attributes["instrumentKind"] = kind
    if not any(m.start == start for m in entity.mentions):
        draft.mention(entity, start, end, "name", over=True)
    return entity
