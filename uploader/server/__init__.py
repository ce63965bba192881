"""The companion store (Django); left out of the packaged app."""
