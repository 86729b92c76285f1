"""From an article to its mentions, entities, claims and statements: the output contract of the project.

    extract(article)  ->  Extraction

The parse is made once (`reader`); then each stage reads and adds to the `Draft` in the order of
`stages.STAGES`; at the end `assemble` gives ids and checks the ontology.
"""

from kg.extract.stages import extract

__all__ = ["extract"]
