"""Checks a running store against the contract (docs/contract.md). Knows nothing of Django."""
