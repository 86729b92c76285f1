"""What each rule reads, in words for people: the names of rules stand in every claim."""

from functools import cache

from kg.extract.lexicon import rows
from kg.extract.patterns import Pattern, patterns

_FILES = ("actions", "business", "policy_effects")
_SLOTS = {
    "subject": "its subject", "object": "its object", "possessor": "its possessor", "modifier": "a word before it",
    "apposed": "the name beside it",
}  # fmt: skip


def meaning(rule: str) -> str:
    """What a rule reads; empty for a rule that nothing is told of."""
    if rule in _told_by_patterns():
        return _told_by_patterns()[rule]
    told = {row[0]: row[1] for row in rows("rules.tsv")}
    fitting = [name for name in told if name == rule or (name.endswith((".", ":")) and rule.startswith(name))]
    return told[max(fitting, key=len)] if fitting else ""


@cache
def _told_by_patterns() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _FILES:
        table = patterns(name)
        for index in (table.verbs, table.nouns):
            for pattern in (p for every in index.values() for p in every):
                found.setdefault(pattern.rule, _words(pattern))
    return found


def _words(pattern: Pattern) -> str:
    """“the verb meet: from its subject to its object or "with"”."""
    kind, triggers = ("verb", pattern.verbs) if pattern.verbs else ("noun", pattern.nouns)
    extra = [
        *([f"with {' or '.join(pattern.with_object)}"] if pattern.with_object else []),
        *([f"by {' or '.join(pattern.manner)}"] if pattern.manner else []),
        *([f"and “{pattern.particle}”"] if pattern.particle else []),
    ]
    ends = [" or ".join(_SLOTS.get(slot, f"“{slot}”") for slot in side) for side in (pattern.subject, pattern.object)]
    return f"the {' '.join([kind, ' or '.join(triggers), *extra])}: from {ends[0]} to {ends[1]}"
