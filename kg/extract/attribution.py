"""What the finders of speech hand on: who, with which words, what; as token ranges."""

from dataclasses import dataclass, field

from kg.extract.parse import Tokens


@dataclass(eq=False, slots=True)
class Attribution:
    """One act of speech. `head` is the token that carries the cue, `content` one or more ranges in order."""

    head: int
    cue: Tokens
    speaker: Tokens | None
    content: list[Tokens] = field(default_factory=list)
    confidence: float = 0.5
    rule: str = ""
