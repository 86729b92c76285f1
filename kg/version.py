"""The version of the package and of its extractor."""

__version__ = "0.1.0"
