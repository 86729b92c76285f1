"""Drafts with given names, so that a stage is tested by itself, whatever the model takes for a name."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kg.extract.draft import Draft, DraftClaim, DraftEntity, TheArticle
from kg.extract.reader import read
from kg.model import Article, Metadata, article_id

Stage = Callable[[Draft], None]


def _mark(draft: Draft, entities: dict[str, DraftEntity], form: str, type_: str, name: str) -> None:
    entity = entities.get(name)
    if entity is None:
        entity = entities[name] = draft.entity(type_, name)
    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", draft.parse.text):
        start, end = draft.parse.token_at(match.start()), draft.parse.token_at(match.end() - 1) + 1
        if draft.cover[start] is None and draft.parse.starts[start] == match.start():
            draft.mention(entity, start, end, "name")


@pytest.fixture(scope="session")
def given() -> Callable[..., Draft]:
    """Text, names (form to "Type" or "Type:Name") and stages to the `Draft` after these stages alone."""

    def draft_of(text: str, names: dict[str, str], stages: Sequence[Stage], **metadata: Any) -> Draft:
        own_id = article_id(text, None, None, None, None)
        draft = Draft(Article(metadata=Metadata(id=own_id, language="en", **metadata), text=text), read(text))
        entities: dict[str, DraftEntity] = {}
        for form in sorted(names, key=len, reverse=True):
            type_, _, name = names[form].partition(":")
            _mark(draft, entities, form, type_, name or form)
        for stage in stages:
            stage(draft)
        return draft

    return draft_of


def _name(claim: DraftClaim, end: str) -> str:
    node = claim.subject if end == "subject" else claim.object
    return "article" if isinstance(node, TheArticle) else str(getattr(node, "name", "statement"))


@pytest.fixture(scope="session")
def told() -> Callable[..., list[str]]:
    """The claims of a draft (of some types) as lines: subject, type, object, status unless asserted, qualifiers."""

    def lines(draft: Draft, *types: str) -> list[str]:
        found = []
        for claim in draft.claims:
            if not types or claim.type in types:
                parts = [_name(claim, "subject"), claim.type, _name(claim, "object")]
                parts += [] if claim.status == "asserted" else [f"({claim.status})"]
                parts += [f"{key}={value}" for key, value in sorted(claim.qualifiers.items())]
                found.append(" ".join(parts))
        return sorted(set(found))

    return lines
