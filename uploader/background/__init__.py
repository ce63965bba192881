"""The engine on Qt threads: thread pool, runnables, signals, throttling. QtCore only."""
