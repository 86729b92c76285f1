"""Graph stores: projections of the ledger that answer SPARQL and Cypher. Any of them can be dropped and made anew."""
