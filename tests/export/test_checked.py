"""What every writer of RDF writes keeps the rules of the ontology, in every profile."""

from pathlib import Path

import pytest

from kg.export import export
from kg.export.rdf import Options
from kg.query.check import check_file
from tests.listed_graph import story

ENDINGS = {"turtle": "ttl", "trig": "trig", "ntriples": "nt", "nquads": "nq.zst", "canonical": "nq", "rdfxml": "rdf"}
WRITTEN = [(format_, profile) for format_ in ENDINGS for profile in ("claims", "plain", "rdf12")]
WRITTEN += [("jsonld", "claims"), ("jsonld", "plain"), ("jsonld-framed", "claims")]


@pytest.mark.parametrize(("format_", "profile"), [one for one in WRITTEN if one != ("rdfxml", "rdf12")])
def test_no_rule_is_broken(format_: str, profile: str, tmp_path: Path) -> None:
    target = tmp_path / f"graph.{ENDINGS.get(format_, 'jsonld')}"
    export(story(), format_, target, Options(profile=profile))
    assert check_file(target) == []
