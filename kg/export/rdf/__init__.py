"""RDF as files: one stream of quads, and a writer a syntax."""

from kg.export.rdf.description import Describing, Source
from kg.export.rdf.jsonld import framed, jsonld
from kg.export.rdf.lines import canonical, nquads, ntriples
from kg.export.rdf.runs import run_quads
from kg.export.rdf.stream import PROFILES, ArticleReader, Options
from kg.export.rdf.turtle import trig, turtle
from kg.export.rdf.xml import rdfxml

FORMATS = {
    "turtle": turtle,
    "trig": trig,
    "ntriples": ntriples,
    "nquads": nquads,
    "canonical": canonical,
    "rdfxml": rdfxml,
    "jsonld": jsonld,
    "jsonld-framed": framed,
}
"""What every syntax of RDF is written by, given the graph, a file and `Options`."""

__all__ = ["FORMATS", "PROFILES", "ArticleReader", "Describing", "Options", "Source", "run_quads"]
