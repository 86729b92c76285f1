"""The sample as a careful reader takes it (`ingest/sample/expected.jsonl`), as extractions.

The questions are tested on it, so that what they answer does not hang on what the extractor of the day finds.
The reader gives no places: a claim stands on the first sentence that names both its ends, or else one of them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from kg.model import Article, Claim, Entity, Evidence, Extraction, Mention, Metadata, Span, Statement
from kg.model.ids import article_id, claim_id, entity_id, statement_id
from kg.paths import data_folder

_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][”\"’)]*(?=\s|$)|(?=\n|$))")
_TO_STATEMENT = {"responds_to": "RESPONDS_TO", "echoes": "ECHOES", "made_at": "MADE_AT"}
_OF_EVENT = ("direction", "value", "unit", "bound", "cause")


def gold() -> Iterator[tuple[Article, Extraction]]:
    """Every article of the sample with what a careful reader takes from it."""
    folder = data_folder("ingest") / "sample"
    metadata = (folder / "articles.jsonl").read_text("utf-8").splitlines()
    expected = (folder / "expected.jsonl").read_text("utf-8").splitlines()
    for about, reading in zip(metadata, expected, strict=True):
        fields = json.loads(about)
        text = (folder / fields.pop("file")).read_text("utf-8")
        yield extraction_of(_article(text, fields), json.loads(reading))


def extraction_of(article: Article, reading: dict[str, Any]) -> tuple[Article, Extraction]:
    """One line of `expected.jsonl` as an extraction of its article."""
    builder = _Builder(article)
    for entity in reading["entities"]:
        builder.entity(entity["name"], entity["type"], entity["aliases"])
    for statement in reading["statements"]:
        builder.statement(statement)
    for relation in reading["relations"]:
        builder.relation(relation)
    return article, builder.extraction()


def _article(text: str, fields: dict[str, Any]) -> Article:
    id_ = article_id(text, fields["url"], fields["publisher"], fields["published"], fields["title"])
    authors = tuple(fields.pop("authors"))
    return Article(metadata=Metadata(id=id_, authors=authors, **fields), text=text)


@dataclass
class _Builder:
    article: Article
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    ordinals: Iterator[int] = field(default_factory=count)

    def extraction(self) -> Extraction:
        return Extraction(
            article=self.article.metadata,
            entities=tuple(self.entities.values()),
            relations=tuple(self.claims),
            statements=tuple(self.statements),
        )

    def entity(self, name: str, type_: str, aliases: list[str]) -> None:
        mentions = [
            Mention(start=hit.start(), end=hit.end(), text=hit.group(), kind="name")
            for form in (name, *aliases)
            for hit in re.finditer(rf"\b{re.escape(form)}\b", self.article.text)
        ]
        self.entities[name] = Entity(
            id=entity_id(self.article.id, name, 0),
            type=type_,
            name=name,
            aliases=tuple(aliases),
            mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end))),
        )

    def statement(self, reading: dict[str, Any]) -> None:
        start = self.article.text.index(reading["text_starts_with"])
        evidence = self._evidence(start, len(reading["text_starts_with"]))
        text = self.article.text[start : evidence.sentence[1]]
        statement = Statement(
            id=statement_id(self.article.id, text, next(self.ordinals)),
            speaker=self._id(reading["speaker"]) if reading["speaker"] else None,
            content_spans=(Span(start=start, end=evidence.sentence[1]),),
            text=text,
            quoted=self.article.text[start - 1 : start] in {"“", '"'},
            act=reading["act"],
            stance=reading["stance"],
            about=tuple(self._id(name) for name in reading["about"]),
            addressed_to=self._id(reading["addressed_to"]) if "addressed_to" in reading else None,
            reported_by=tuple(self._id(name) for name in reading.get("reported_by", ())),
            confidence=0.9,
            rule="reader",
            evidence=Evidence(start=start, end=evidence.sentence[1], text=text, sentence=evidence.sentence),
        )
        self.statements.append(statement)
        for key, type_ in _TO_STATEMENT.items():
            names = reading.get(key, ())
            for name in [names] if isinstance(names, str) else names:
                self._claim(type_, statement.id, self._id(name), "asserted", {}, statement.evidence)

    def relation(self, reading: dict[str, Any]) -> None:
        subject, object_, status = reading["subject"], reading["object"], reading["status"]
        qualifiers = {key: str(value) for key, value in reading.get("qualifiers", {}).items()}
        if object_ == "marketMove":
            object_ = self._market_move(subject, qualifiers)
            qualifiers = {}
        evidence = self._sentence_on(subject, object_)
        said = None if status == "asserted" else self._said(subject, object_, denied=status == "denied")
        self._claim(reading["type"], self._id(subject), self._id(object_), status, qualifiers, evidence, said)

    def _market_move(self, who: str, told: dict[str, str]) -> str:
        name = f"market move of {who} {next(self.ordinals)}"
        attributes = {"eventKind": "marketMove"} | {key: told[key] for key in _OF_EVENT if key in told}
        id_ = entity_id(self.article.id, name, 0)
        self.entities[name] = Entity(id=id_, type="Event", name=name, attributes=attributes)
        return name

    def _claim(  # noqa: PLR0913, PLR0917 - what a claim is
        self,
        type_: str,
        subject: str,
        object_: str,
        status: str,
        qualifiers: dict[str, str],
        evidence: Evidence,
        said: str | None = None,
    ) -> None:
        ordinal = next(self.ordinals)
        self.claims.append(
            Claim(
                id=claim_id(self.article.id, type_, subject, object_, status, qualifiers, said, ordinal),
                type=type_,
                subject=subject,
                object=object_,
                status=status,
                qualifiers=qualifiers,
                confidence=0.9,
                rule="reader",
                attributed_to=said,
                evidence=evidence,
            )
        )

    def _id(self, name: str) -> str:
        return self.article.id if name == "article" else self.entities[name].id

    def _said(self, subject: str, object_: str, *, denied: bool) -> str | None:
        """The statement a claim that is not the article's own comes from: one about both ends, for or against."""
        ends = {self._id(subject), self._id(object_)}
        about_both = [one for one in self.statements if ends <= {*one.about, one.speaker}]
        return next((one.id for one in about_both if (one.stance == "deny") == denied), None)

    def _sentence_on(self, *names: str) -> Evidence:
        places = [self.entities[name].mentions for name in names if name in self.entities]
        spans = [self._evidence(place.start, len(place.text)) for mentions in places for place in mentions]
        shared = [one for one in spans if all(any(_within(one, place) for place in mentions) for mentions in places)]
        return (shared or spans or [Evidence(start=0, end=0, text="", sentence=(0, 0))])[0]

    def _evidence(self, start: int, length: int) -> Evidence:
        spans = [hit.span() for hit in _SENTENCE.finditer(self.article.text) if hit.end() > start]
        first, end = spans[0]
        end = max(end, start + length)
        text = self.article.text[start : start + length]
        return Evidence(start=start, end=start + length, text=text, sentence=(first, end))


def _within(evidence: Evidence, mention: Mention) -> bool:
    return evidence.sentence[0] <= mention.start < evidence.sentence[1]
