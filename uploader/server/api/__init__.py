"""The contract's JSON routes (docs/contract.md), described by OpenAPI."""
