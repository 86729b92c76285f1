"""Pronouns: he, she and their forms for people, it and its for bodies and countries; sure ones only."""

from kg.extract import gazetteer
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity, DraftMention
from kg.extract.senses import class_of

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = frozenset({"its", "itself", "it"})
_NO_STORY = frozenset({"byline", "credit", "footer"})
"""Who stands there wrote the article, and is not "he" in it."""
_NEAR = 3
"""Sentences back in which what a pronoun stands for is looked for."""


def gender_of(draft: Draft, person: DraftEntity) -> str | None:
    """The gender that a person's given name, title or role word tells: "m", "f" or None."""
    told = gazetteer.given_names().get(person.name.split()[0])
    if told or "gender" in person.attributes:
        return told
    lower = draft.parse.lower
    for mention in person.mentions:
        before = lower[mention.start - 1] if mention.start else ""
        if before in {"mr.", "mr", "king", "prince", "sir", "spokesman", "chairman", "lord", "herr"}:
            return "m"
        if before in {
            "mrs.",
            "mrs",
            "ms.",
            "ms",
            "miss",
            "queen",
            "princess",
            "spokeswoman",
            "chairwoman",
            "frau",
            "lady",
        }:
            return "f"
    return None


def find(draft: Draft) -> None:
    """Add a pronominal mention where one person, or one body that was the subject, can be meant."""
    parse = draft.parse
    credits_ = {i for zone in draft.zones if zone.kind in _NO_STORY for i in range(zone.start, zone.end)}
    genders = {id(person): gender_of(draft, person) for person in draft.named("Person")}
    mentions = sorted(
        ((m, e) for e in draft.entities for m in e.mentions if m.kind != "demonym" and m.start not in credits_),
        key=lambda pair: pair[0].start,
    )
    reader = _Reader(draft, mentions, genders)
    for i, word in enumerate(parse.lower):
        if draft.cover[i] is None and parse.tags[i].startswith("PRP"):
            if word in _HE:
                reader.person(i, _HE[word])
            elif word in _IT:
                reader.thing(i)


class _Reader:
    """What was named, in the order of the text, and what pronouns were found to mean."""

    def __init__(
        self, draft: Draft, mentions: list[tuple[DraftMention, DraftEntity]], genders: dict[int, str | None]
    ) -> None:
        self._draft = draft
        self._mentions = mentions
        self._genders = genders
        self._last: dict[str, tuple[int, DraftEntity]] = {}

    def _before(self, i: int, back: int) -> list[tuple[DraftMention, DraftEntity]]:
        parse = self._draft.parse
        sentence = parse.sentence_of[i]
        first = parse.sentences[max(0, sentence - back)].start
        return [(m, e) for m, e in self._mentions if first <= m.start < i]

    def person(self, i: int, gender: str) -> None:
        """The last person of this gender; a subject before an object; none where two fit alike."""
        found = self._person(i, gender)
        if found is not None:
            self._draft.mention(found, i, i + 1, "pronoun")
            self._genders[id(found)] = self._genders[id(found)] or gender
            self._last[gender] = i, found

    def _person(self, i: int, gender: str) -> DraftEntity | None:
        parse, sentence = self._draft.parse, self._draft.parse.sentence_of[i]
        scores: dict[int, tuple[float, DraftEntity]] = {}
        for mention, entity in self._before(i, _NEAR):
            if entity.type != "Person" or self._genders[id(entity)] not in {gender, None}:
                continue
            score = self._salience(mention, sentence) + (0.5 if self._genders[id(entity)] == gender else 0)
            if score > scores.get(id(entity), (-1.0, entity))[0]:
                scores[id(entity)] = score, entity
        if gender in self._last:
            at, entity = self._last[gender]
            score = 4.0 - (sentence - parse.sentence_of[at]) + 0.5
            if score > max(1.0, scores.get(id(entity), (0.0, entity))[0]):
                scores[id(entity)] = score, entity
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.25):  # noqa: PLR2004 - too close to call
            return None
        return ranked[0][1]

    def _salience(self, mention: DraftMention, sentence: int) -> float:
        parse = self._draft.parse
        head = max(
            range(mention.start, mention.end), key=lambda t: parse.heads[t] not in range(mention.start, mention.end)
        )
        subject = parse.deps[head] in {"nsubj", "nsubjpass"}
        return 4.0 - (sentence - parse.sentence_of[mention.start]) + (1.0 if subject else 0.0)

    def thing(self, i: int) -> None:
        """What "its" or the subject "it" means: the only body that was a subject in this sentence or the one before."""
        parse = self._draft.parse
        if parse.lower[i] == "it" and (parse.deps[i] != "nsubj" or self._is_empty(i)):
            return
        owners = {
            id(e): e
            for m, e in self._before(i, 1)
            if class_of(e.type) == ORGANIZATION or e.type == "Country"
            if parse.deps[m.end - 1] in {"nsubj", "nsubjpass"}
        }
        if len(owners) == 1:
            self._draft.mention(next(iter(owners.values())), i, i + 1, "pronoun")

    def _is_empty(self, i: int) -> bool:
        # "It is likely that", "it remains to be seen", "it took years to": stands for nothing.
        parse = self._draft.parse
        verb = parse.heads[i]
        clause = [c for c in parse.children[verb] if c > verb and parse.deps[c] in {"ccomp", "csubj", "csubjpass"}]
        if clause and parse.child(verb, "nsubjpass") == i:
            return True  # "it was feared that"
        return parse.lemma(verb) in {"be", "seem", "appear", "remain", "happen", "take", "rain", "turn"}
