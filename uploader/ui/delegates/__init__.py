"""How rows are painted and edited."""
