"""Connectors: one per kind of store, behind one protocol."""
