"""The real companion server, for every test below that needs a store."""

from services import postgres, redis
from store_process import companion, companion_of, eventually, still_alive

__all__ = ["companion", "companion_of", "eventually", "postgres", "redis", "still_alive"]
