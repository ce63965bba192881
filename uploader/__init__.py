"""Store Uploader: product photos into a store, seen exactly and sent exactly once."""

__version__ = "0.1.0"
