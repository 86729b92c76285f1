"""The language of a text, where it is sure."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 1_500
_LEAST_LETTERS = 60
_SURE = 0.9
# None of them is a frequent word of another language that news is written in.
_ENGLISH = frozenset({"the", "and", "that", "with", "from", "said", "which", "its", "this", "would"})
_ENGLISH_SHARE = 0.06
_WORD = re.compile(r"[^\W\d_]+")
# Creoles, "no language" and small relatives of large languages take wires of figures for their own.
_NEWS_LANGUAGES = (  # noqa: SIM905 - forty quoted strings are no better to read
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv mk ms nl no pl pt ro ru sk sl sq sr sv "
    "sw ta th tr uk ur vi zh"
).split()


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or None where the text is too short or too odd to tell."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words:
        return None
    if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    if sum(map(len, words)) < _LEAST_LETTERS:
        return None
    language, confidence = _identifier().classify(" ".join(words))
    return str(language) if confidence >= _SURE else None


@cache
def _identifier() -> "LanguageIdentifier":
    # Reading the model takes a second, and most English never needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_NEWS_LANGUAGES)
    return identifier
