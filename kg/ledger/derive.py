"""The claims that a statement's own fields make: SAID, ABOUT, ADDRESSED_TO and REPORTED_BY."""

from collections.abc import Iterator, Mapping

from kg.model import Claim, Statement, claim_id
from kg.model.ontology import allows

RULE = "statement"


def derived_claims(article: str, statements: tuple[Statement, ...], types: Mapping[str, str]) -> Iterator[Claim]:
    """In the article's own voice, on the statement's evidence; ends that the ontology does not allow are left out.

    `types` gives the type of every entity of the article by its id. The outlets of REPORTED_BY are a chain;
    the qualifier `order` counts it from 1.
    """
    for statement in statements:
        for type_, subject, object_, qualifiers in _ends(statement):
            if allows(type_, types[subject], types[object_]):
                yield _claim(article, statement, (type_, subject, object_), qualifiers)


def _ends(statement: Statement) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    own = statement.id
    if statement.speaker is not None:
        yield "SAID", statement.speaker, own, {}
    for about in dict.fromkeys(statement.about):
        yield "ABOUT", own, about, {}
    if statement.addressed_to is not None:
        yield "ADDRESSED_TO", own, statement.addressed_to, {}
    for position, outlet in enumerate(dict.fromkeys(statement.reported_by), start=1):
        yield "REPORTED_BY", own, outlet, {"order": str(position)}


def _claim(article: str, statement: Statement, ends: tuple[str, str, str], qualifiers: dict[str, str]) -> Claim:
    type_, subject, object_ = ends
    return Claim(
        id=claim_id(article, type_, subject, object_, "asserted", qualifiers, None, 0),
        type=type_,
        subject=subject,
        object=object_,
        status="asserted",
        qualifiers=qualifiers,
        confidence=statement.confidence,
        rule=RULE,
        evidence=statement.evidence,
    )
