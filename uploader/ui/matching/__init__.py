"""How photos find their items: the rules, what they would do, and new items for many photos."""
