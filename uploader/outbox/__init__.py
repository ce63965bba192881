"""The durable queue: SQLite, numbered migrations, a repository."""
