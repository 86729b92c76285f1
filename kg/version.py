"""The version of the package and of its extractor."""

__version__ = "0.1.0"

EXTRACTOR = "2"
"""Goes up when the same article would give other claims: `kg ingest --again` redoes what an older one made."""
