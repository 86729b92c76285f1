"""News articles in, a knowledge graph one can trust out."""
