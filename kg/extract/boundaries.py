"""Token and sentence boundaries, mended before the parser runs, in this one place.

A line break always ends a sentence, and so does a section label ("Why It Matters:"). A full stop that belongs
to an abbreviation ends one only where what follows cannot go on the name: "JPMorgan Chase & Co. Bessent’s
comments", "in the U.S. The move".
"""

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.extract import gazetteer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_DOTTED = ("U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "U.A.E.", "U.S.A.")
_LEGAL = frozenset({"Co.", "Inc.", "Corp.", "Ltd.", "Plc.", "Cos.", "Bros."})
_ABBREVIATIONS = _LEGAL | frozenset({*_DOTTED, "Jr.", "Sr.", "a.m.", "p.m.", "etc."})
_TITLES = gazetteer.word_set("boundaries.titles")
_STARTERS = gazetteer.word_set("boundaries.starters")
_LABEL = re.compile(
    r"(?m)^[ \t]*(?:What Happened|Why It Matters|Why It’s Important|Why It's Important|The Big Picture|What’s Next|"
    r"What's Next|What They Said|Price Action|Read Next|Read More|Also Read|Background|By The Numbers|Go Deeper|"
    r"Driving The News|State Of Play|Between The Lines|The Bottom Line|Details|Key Points|The Details)[ \t]*:",
    re.IGNORECASE,
)


_LINE, _WRAPPED = re.compile(r"\n"), re.compile(r"\n(?:[ \t]*\n|[ \t]{2,})")
_WRAP_WIDTH = range(30, 101)


def paragraph_end(text: str) -> re.Pattern[str]:
    """What ends a paragraph: any line break, or in text that is wrapped at a fixed width a blank or indented line."""
    lines = [line for line in text.split("\n") if line.strip()]
    running = [line for line, after in pairwise(lines) if after[0] not in " \t"]
    open_ = [line for line in running if len(line) in _WRAP_WIDTH and line.rstrip()[-1] not in '.!?:”"’)']
    return _WRAPPED if len(open_) > 3 and len(open_) > 0.5 * len(running) else _LINE  # noqa: PLR2004 - a few short lines are a list


def labels(text: str) -> list[tuple[int, int]]:
    """The section labels of a text ("What Happened:"), as code points."""
    return [m.span() for m in _LABEL.finditer(text)]


def mend_tokens(nlp: "Language") -> None:
    """Teach the tokenizer what news writes and it does not know: "U.S..", "U.S.-China", "U.S./China"."""
    from spacy.util import compile_infix_regex  # noqa: PLC0415 - only where spaCy is loaded anyway

    tokenizer: Any = nlp.tokenizer  # typed as any function that makes a Doc
    for word in _DOTTED:
        tokenizer.add_special_case(f"{word}.", [{"ORTH": word}, {"ORTH": "."}])
    for title in ("Sens.", "Reps.", "Govs.", "Gens."):
        tokenizer.add_special_case(title, [{"ORTH": title}])
    infixes = [
        *(nlp.Defaults.infixes or ()),
        r"(?<=[A-Z]\.)[-–—/](?=[A-Za-z])",
        r"(?<=[A-Za-z])[/–](?=[A-Z])",
        r"(?<=[a-z”\"’])\.(?=[“\"‘A-Z][a-z])",
        r"(?<=[a-z])[,:](?=[“\"][A-Z])",
        r"(?<=[a-z][,:])[“\"](?=[A-Z])",
    ]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def mark_boundaries(doc: "Doc", paragraph: re.Pattern[str]) -> None:
    """Set `is_sent_start` where a sentence must or must not begin; the parser keeps what is set."""
    _mark_breaks(doc, paragraph)
    _mark_labels(doc)
    _mark_abbreviations(doc)


def _mark_breaks(doc: "Doc", paragraph: re.Pattern[str]) -> None:
    after_break = False
    for token in doc:
        if token.is_space:
            after_break = after_break or paragraph.search(token.text) is not None
        elif after_break:
            token.is_sent_start = True
            after_break = False


def _mark_labels(doc: "Doc") -> None:
    ends = {end for _, end in labels(doc.text)}
    if ends:
        for token in doc[:-1]:
            if token.idx + len(token) in ends:
                token.nbor().is_sent_start = True


def _mark_abbreviations(doc: "Doc") -> None:
    tokens = [token for token in doc if not token.is_space]
    for token, after, later in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        if token.text in _ABBREVIATIONS and after.text[:1].isupper():
            if after.text in _STARTERS or (token.text in _LEGAL and _is_new_subject(after.text, later, doc.text)):
                after.is_sent_start = True
        elif token.text in _TITLES and after.text[:1].isupper():
            after.is_sent_start = False


def _is_new_subject(word: str, later: object, text: str) -> bool:
    # A capitalised word before a possessive or a small letter, that elsewhere ends a longer name, is that name.
    follower = str(later or "")
    if not (follower in {"'s", "’s"} or follower[:1].islower()):
        return False
    return re.search(rf"[A-Z][a-z’'-]+ {re.escape(word)}\b", text) is not None
