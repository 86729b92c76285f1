"""From an article to its mentions, entities, claims and statements: the output contract of the project.

    extract(article)  ->  Extraction

The parse is made once (`reader`); then each stage reads and adds to the `Draft` in the order of
`stages.STAGES`; at the end `assemble` gives ids and checks the ontology.
"""

from kg.model import Article, Extraction


def extract(article: Article) -> Extraction:
    """Read one article; the same article gives the same extraction, whatever was read before it.

    Raises `ExtractionError` where the text cannot be read as an article or the model is missing.
    """
    from kg.extract import stages  # noqa: PLC0415 - what only reads the ledger must not load lexicons and weights

    return stages.extract(article)
