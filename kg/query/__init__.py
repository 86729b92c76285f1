"""Answers: named questions in three languages, and cards that are read straight from the ledger."""
