"""Articles from files, folders, pages, rows, standard input and recipes.

`read` is the one way in; what could not be read comes out beside the articles as a `Failure`.
"""

from kg.sources.article import MAX_TEXT, Details, Failure
from kg.sources.reader import read
from kg.sources.recipes import Recipe, load, names

__all__ = ["MAX_TEXT", "Details", "Failure", "Recipe", "load", "names", "read"]
