"""Commands of the store beside Django's own."""
